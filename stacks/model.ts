import type { Compiled } from '../engine/compile/index.ts';
import { type Desired, digestOf, type Scalar, type Target, targetOf } from '../engine/model/index.ts';
import { attributeName, terraformName } from './name.ts';
import { attributeOf, literal } from './template.ts';

/** Terraform's JSON for one argument; every string in it is a template already. */
export type Argument = Scalar | { readonly [name: string]: Argument };

interface Block {
  readonly name: string;
  /** `alta_extension.main_10`, in alphabetical order. */
  readonly dependsOn: readonly string[];
}

/** What the provider carries out. */
export interface ProvidedResource extends Block {
  readonly type: 'alta_extension' | 'alta_account';
  /** Never destroyed, nor replaced. */
  readonly protect: boolean;
  readonly arguments: Readonly<Record<string, Argument>>;
}

/** A step that only a person can do. It is replaced, and so asked for again, when a trigger changes. */
export interface ManualStep extends Block {
  readonly type: 'null_resource';
  readonly triggers: Readonly<Record<string, string>>;
}

export type StackResource = ProvidedResource | ManualStep;

/** The Terraform stack of one client, before cdktf: plain data. */
export interface ClientStack {
  readonly client: string;
  /** In alphabetical order of type and name. */
  readonly resources: readonly StackResource[];
}

/**
 * What the YAML of one client comes to in Terraform. Holds no secret: of a secret only its name, where it comes from and
 * its public rev.
 */
export function stackOf(compiled: Compiled): ClientStack {
  const targets = new Map(compiled.targets.map((target) => [target.address, target]));
  const named = compiled.desired.map((desired) => ({ desired, ...naming(desired, targets) }));
  const labels = new Map(named.map(({ desired, type, name }) => [desired.address, `${type}.${name}`]));
  const resources = named.map(({ desired, type, name }): StackResource => {
    const block = { name, dependsOn: dependenciesOf(desired, labels) };
    return type === 'null_resource'
      ? { ...block, type, triggers: triggersOf(desired) }
      : { ...block, type, arguments: argumentsOf(desired, labels), protect: desired.protect };
  });
  return { client: compiled.client, resources: resources.sort(byLabel) };
}

function naming(
  desired: Desired,
  targets: ReadonlyMap<string, Target>,
): Pick<StackResource, 'type' | 'name'> {
  const target = targets.get(targetOf(desired.address));
  if (target === undefined) throw new TypeError(`${desired.address} has no target`);
  const type = target.mode === 'guided' ? 'null_resource' : (`alta_${desired.kind}` as const);
  return { type, name: terraformName(target.label, desired.key) };
}

/** The arguments of a resource that the provider carries out. What another resource computes is left to Terraform. */
function argumentsOf(desired: Desired, labels: ReadonlyMap<string, string>): Record<string, Argument> {
  const values = Object.entries(desired.values).map(([field, value]) => [
    attributeName(field),
    argument(value),
  ]);
  const references = Object.entries(desired.references).flatMap(([field, { address, field: source }]) => {
    const label = labelOf(labels, address);
    // A panel computes nothing that Terraform could read: the person copies it.
    if (label.startsWith('null_resource.')) return [];
    return [[attributeName(field), attributeOf(label, attributeName(source))]];
  });
  const secrets = Object.entries(desired.secrets).map(([field, { name, source }]) => {
    const version = revOf(desired, field);
    return [attributeName(field), { name: literal(name), source, ...(version === null ? {} : { version }) }];
  });
  return {
    target: literal(targetOf(desired.address)),
    ...Object.fromEntries(values),
    ...Object.fromEntries(references),
    ...(secrets.length === 0 ? {} : { secrets: Object.fromEntries(secrets) }),
    ...(desired.protect ? { protect: true } : {}),
  };
}

/** The digest covers the plain values and the random revs of secrets, never anything made from a secret's value. */
function triggersOf(desired: Desired): Record<string, string> {
  const markers = Object.fromEntries(
    Object.keys(desired.secrets).map((field) => [field, revOf(desired, field)]),
  );
  const digest = digestOf({ action: 'create', values: desired.values, markers });
  return { address: literal(desired.address), digest };
}

/** The random rev of a secret. Fingerprints of values (`hmac:…`) stay out of Terraform's files. */
function revOf(desired: Desired, field: string): string | null {
  const marker = desired.secrets[field]?.marker ?? null;
  return marker === null || marker.includes(':') ? null : marker;
}

function argument(value: Scalar): Argument {
  return typeof value === 'string' ? literal(value) : value;
}

function dependenciesOf(desired: Desired, labels: ReadonlyMap<string, string>): readonly string[] {
  const referred = Object.values(desired.references).map(({ address }) => address);
  const addresses = new Set([...desired.dependsOn, ...referred]);
  return [...addresses].map((address) => labelOf(labels, address)).sort();
}

function labelOf(labels: ReadonlyMap<string, string>, address: string): string {
  const label = labels.get(address);
  if (label === undefined) throw new TypeError(`${address} is depended on, but not declared`);
  return label;
}

function byLabel(a: StackResource, b: StackResource): number {
  const [left, right] = [`${a.type}.${a.name}`, `${b.type}.${b.name}`];
  return left < right ? -1 : left > right ? 1 : 0;
}
