import {
  type Desired,
  resourceAddress,
  type Scalar,
  type SecretMarker,
  type Target,
} from '../model/index.ts';
import type { Extension, ExtensionDefaults, Policy } from '../model/input.ts';
import { formatNumber } from './number.ts';
import { type CompileInput, type MarkerSource, workspaceScope } from './source.ts';
import { effectivePbx } from './target.ts';

/** Fields of the YAML that are not values of the extension itself. */
const notValues = new Set(['pbx', 'secrets', 'protect', 'adopt']);

/** The extensions of one client as desired resources, in the order of the files. */
export function compileExtensions(input: CompileInput, targets: readonly Target[]): readonly Desired[] {
  const byLabel = new Map(targets.map((target) => [target.label, target]));
  return (input.client.data.extensions ?? []).flatMap((extension, index) => {
    const target = byLabel.get(extension.pbx);
    return target === undefined ? [] : [compileExtension(input, target, extension, index)];
  });
}

function compileExtension(input: CompileInput, target: Target, extension: Extension, index: number): Desired {
  const policies = policiesFor(input, extension.pbx);
  return {
    address: resourceAddress(target.address, 'extension', extension.number),
    kind: 'extension',
    key: extension.number,
    values: valuesOf(input, target, extension, policies),
    secrets: secretsOf(input, extension, policies),
    references: {},
    dependsOn: [],
    protect: extension.protect === true,
    adopt: adoptOf(extension.adopt),
    origin: input.client.origin(['extensions', index]),
  };
}

/** Weakest first: workspace, platform, client, PBX. */
function policiesFor(input: CompileInput, label: string): readonly Policy[] {
  const { workspace, client } = input;
  const pbx = client.data.pbx?.[label];
  const platform = pbx?.platform === undefined ? undefined : workspace.platforms?.[pbx.platform];
  return [workspace.policy, platform?.policy, client.data.policy, pbx?.policy].filter((p) => p !== undefined);
}

/** Declared values over policy defaults. `null` opts out of a default: the field is not managed. */
function valuesOf(
  input: CompileInput,
  target: Target,
  extension: Extension,
  policies: readonly Policy[],
): Record<string, Scalar> {
  const defaults = Object.assign(
    {},
    ...policies.map((policy) => policy.extensions ?? {}),
  ) as ExtensionDefaults;
  const supported = Object.entries(defaults).filter(([field]) => input.supports(target.driver, field));
  const email = emailFrom(input, extension, policies);
  const merged = { ...email, ...Object.fromEntries(supported), ...extension };
  const pbx = input.client.data.pbx?.[extension.pbx];
  const format = pbx === undefined ? undefined : effectivePbx(input.workspace, pbx).numberFormat;
  const entries = Object.entries(merged).flatMap(([field, value]): [string, Scalar][] => {
    if (notValues.has(field) || value === null || typeof value === 'object') return [];
    return [[field, field === 'callerId' ? formatNumber(String(value), format) : value]];
  });
  return Object.fromEntries(entries);
}

function emailFrom(
  input: CompileInput,
  extension: Extension,
  policies: readonly Policy[],
): { email?: string } {
  const pattern = policies.findLast((policy) => policy.emailPattern !== undefined)?.emailPattern;
  if (pattern === undefined) return {};
  const parts: Record<string, string> = {
    number: extension.number,
    client: input.client.id,
    pbx: extension.pbx,
  };
  return { email: pattern.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole) };
}

const secretFields = ['sip', 'portal', 'pin'] as const;

/** By convention a secret is managed as soon as secrets.yaml holds it; `secrets:` says otherwise. */
function secretsOf(
  input: CompileInput,
  extension: Extension,
  policies: readonly Policy[],
): Record<string, SecretMarker> {
  const declared = Object.assign(
    {},
    ...policies.map((p) => p.extensions?.secrets ?? {}),
    extension.secrets,
  ) as NonNullable<Extension['secrets']> | undefined;
  const entries = secretFields.flatMap((field): [string, SecretMarker][] => {
    const conventional = `extensions/${extension.pbx}/${extension.number}/${field}`;
    const source = declared?.[field];
    if (source === undefined) {
      const held = input.client.secrets?.values?.[conventional] !== undefined;
      return held ? [[field, marked(input, { secret: conventional, scope: input.client.id })]] : [];
    }
    if ('source' in source && source.source !== undefined) {
      if (source.source !== 'declared')
        return [[field, { name: conventional, source: source.source, marker: null }]];
      return [[field, marked(input, { secret: conventional, scope: input.client.id })]];
    }
    return [[field, marked(input, referenceOf(source, input.client.id))]];
  });
  return Object.fromEntries(entries);
}

function marked(input: CompileInput, source: MarkerSource): SecretMarker {
  const name =
    'secret' in source ? source.secret : 'env' in source ? `env:${source.env}` : `file:${source.file}`;
  return { name, source: 'declared', marker: input.marker(source) };
}

function referenceOf(source: object, scope: string): MarkerSource {
  if ('secret' in source) return { secret: String(source.secret), scope };
  if ('env' in source) return { env: String(source.env) };
  if ('file' in source) return { file: String(source.file) };
  return { secret: '', scope: workspaceScope };
}

function adoptOf(adopt: Extension['adopt']): Desired['adopt'] {
  if (adopt === undefined || adopt === false) return 'no';
  return typeof adopt === 'object' && adopt.secrets === true ? 'secrets' : 'values';
}
