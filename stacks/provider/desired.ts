import type { MarkerSource } from '../../engine/compile/index.ts';
import {
  AltaError,
  type Desired,
  resourceAddress,
  type Scalar,
  Secret,
  type SecretMarker,
  type Target,
} from '../../engine/model/index.ts';
import type { Driver } from '../../providers/contract.ts';
import { attributeName } from '../name.ts';
import { unknown, type Value, type ValueObject } from '../plugin/contract.ts';
import { type ResourceShape, secretNames } from '../schema/resource.ts';

/** What a configuration wants, as the engine wants it, and the secrets that stand in it themselves. */
export interface Wanted {
  readonly desired: Desired;
  /** Write-only values: secret field → its value. Held in memory only. */
  readonly given: Readonly<Record<string, Secret>>;
  /** Secret fields whose write-only value is not known yet. */
  readonly open: readonly string[];
}

/** What turns secrets into markers. */
export interface Markers {
  /** Client id. */
  readonly scope: string;
  /** As the vault's: the rev, or an HMAC; null without a key. @throws AltaError where there is no such secret */
  readonly marker: (source: MarkerSource) => string | null;
  /** Keyed fingerprint of a value that stands in the configuration; null without a key. */
  readonly fingerprint: (context: string, value: Secret) => string | null;
}

/** The key of a resource in a configuration or a state; null where it is not known yet. */
export function keyIn({ keyAttribute }: ResourceShape, object: ValueObject): string | null {
  const value = object[keyAttribute];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

export function textIn(object: ValueObject, attribute: string): string | null {
  const value = object[attribute];
  return typeof value === 'string' ? value : null;
}

/**
 * A configuration as a desired resource, not yet normalised. What another resource only says at apply stays a reference.
 * @throws AltaError `secret-source-unclear`, `secret-given-twice`, `secret-version-stale`, and the vault's for a secret that is not there
 */
export function wantedOf(
  shape: ResourceShape,
  config: ValueObject,
  target: Pick<Target, 'address'>,
  markers: Markers,
): Wanted {
  const key = keyIn(shape, config) ?? '';
  const address = resourceAddress(target.address, shape.kind, key);
  const extension = textIn(config, 'extension');
  const secrets = shape.secrets.map((field) => secretOf(field, config, address, markers));
  const leave = leftAlone(shape, config);
  return {
    desired: {
      address,
      kind: shape.kind,
      key,
      values: { ...(shape.kind === 'extension' ? { number: key } : {}), ...valuesIn(shape, config) },
      secrets: Object.fromEntries(
        secrets.flatMap((found) => (found === null ? [] : [[found.field, found.secret]])),
      ),
      references: referencesIn(shape, config, extension ?? ''),
      ...(leave.length === 0 ? {} : { leave }),
      dependsOn: extension === null ? [] : [extension],
      protect: config.protect === true,
      adopt: adoptIn(config),
      origin: { filename: '', path: [] },
    },
    given: Object.fromEntries(
      secrets.flatMap((found) => (found?.given === undefined ? [] : [[found.field, found.given]])),
    ),
    open: shape.secrets.filter((field) => config[secretNames(field).value] === unknown),
  };
}

/** A configuration with what its target is set to where it says nothing. Pure. */
export function withDefaults(shape: ResourceShape, config: ValueObject, { facts }: Driver): ValueObject {
  const left = Array.isArray(config.leave) ? config.leave : [];
  const known = facts.kinds[shape.kind]?.fields ?? {};
  const added = shape.values.flatMap(({ field, attribute, default: usual }) => {
    const said = (config[attribute] ?? null) !== null || left.includes(attribute);
    return usual === undefined || said || known[field] === undefined ? [] : [[attribute, usual] as const];
  });
  return { ...config, ...Object.fromEntries(added) };
}

/** The plain values that an object gives. */
export function valuesIn(shape: ResourceShape, object: ValueObject): Readonly<Record<string, Scalar>> {
  return Object.fromEntries(
    shape.values.flatMap(({ field, attribute }) => {
      const value = object[attribute] ?? null;
      return isScalar(value) ? [[field, value]] : [];
    }),
  );
}

function isScalar(value: Value): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function referencesIn(shape: ResourceShape, config: ValueObject, address: string): Desired['references'] {
  const open = shape.values.filter(({ attribute }) => config[attribute] === unknown);
  return Object.fromEntries(open.map(({ field }) => [field, { address, field: 'registrationName' }]));
}

function leftAlone({ values }: ResourceShape, { leave }: ValueObject): readonly string[] {
  if (!Array.isArray(leave)) return [];
  const named = new Map(values.map(({ field, attribute }) => [attribute, field]));
  return leave.flatMap((name) => (typeof name === 'string' ? [named.get(name) ?? name] : []));
}

function adoptIn({ adopt }: ValueObject): Desired['adopt'] {
  return adopt === 'values' || adopt === 'secrets' ? adopt : 'no';
}

interface FoundSecret {
  readonly field: string;
  readonly secret: SecretMarker;
  readonly given?: Secret;
}

function secretOf(field: string, config: ValueObject, address: string, markers: Markers): FoundSecret | null {
  const names = secretNames(field);
  const source = textIn(config, names.source);
  const version = textIn(config, names.version);
  const value = config[names.value] ?? null;
  if (source !== null && value !== null) {
    throw new AltaError(
      'secret-given-twice',
      { attribute: names.source, other: names.value, field },
      { address },
    );
  }
  if (value !== null) return writeOnly(field, value, version, address, markers);
  if (source === null) return null;
  if (source === 'pbx' || source === 'unmanaged')
    return { field, secret: { name: source, source, marker: null } };
  return { field, secret: { ...declared(field, source, version, address, markers), source: 'declared' } };
}

/** Without a version of its own, the fingerprint tells one value from another. */
function writeOnly(
  field: string,
  value: Value,
  version: string | null,
  address: string,
  { fingerprint }: Markers,
): FoundSecret {
  const { value: name } = secretNames(field);
  if (typeof value !== 'string') return { field, secret: { name, source: 'declared', marker: version } };
  const given = new Secret(value);
  const marker = version ?? fingerprint(`terraform ${address}.${field}`, given);
  return { field, secret: { name, source: 'declared', marker }, given };
}

/** `secret:NAME`, `env:NAME`, `file:NAME`; the engine names the first by its bare name. */
function declared(
  field: string,
  source: string,
  version: string | null,
  address: string,
  { scope, marker }: Markers,
): Pick<SecretMarker, 'name' | 'marker'> {
  const [, kind, name = ''] = /^(secret|env|file):(.+)$/.exec(source) ?? [];
  if (kind === undefined) {
    const { source: attribute } = secretNames(field);
    throw new AltaError('secret-source-unclear', { attribute, field }, { address });
  }
  if (kind === 'env') return { name: source, marker: version ?? marker({ env: name }) };
  if (kind === 'file') return { name: source, marker: version ?? marker({ file: name }) };
  const found = marker({ secret: name, scope });
  if (version !== null && found !== version) {
    throw new AltaError('secret-version-stale', { name, version, found: found ?? '-', field }, { address });
  }
  return { name, marker: found };
}

/** How an attribute spells what the engine calls a field: `callerId` → `caller_id`, a secret → where it comes from. */
export function attributeOfField({ secrets, keyAttribute }: ResourceShape, field: string): string {
  if (secrets.includes(field)) return secretNames(field).source;
  return field === 'number' || field === 'line' ? keyAttribute : attributeName(field);
}
