import {
  AltaError,
  type Desired,
  digestOf,
  type State,
  type StateEntry,
  stateKey,
  type Target,
  targetOf,
} from '../../engine/model/index.ts';
import { attributeName } from '../name.ts';
import type { ImportAnswer, Value, ValueObject } from '../plugin/contract.ts';
import { type ResourceShape, secretNames } from '../schema/resource.ts';
import type { Instance } from './instance.ts';
import { encodeMemory, type Memory } from './memory.ts';
import { remarkOfError } from './remark.ts';

/**
 * A resource by its id (`platform:meetip-sip17/301#extension:110`) or its address (`acme/pbx:main/extension:110`). What Alta's own state
 * knows of it comes along, so that what moves over from the embedded engine stays managed as it was.
 */
export async function importResource(
  instance: Instance,
  shape: ResourceShape,
  id: string,
): Promise<ImportAnswer> {
  try {
    const found = locate(instance, shape, id);
    const known = await instance.hub.stateOf(instance.client);
    const entry = known?.resources[stateKey(found.target.key, shape.kind, found.key)] ?? null;
    if (known?.targets[found.target.key]?.commitPending === true) {
      await instance.dues.expect(found.target, [stateKey(found.target.key, shape.kind, found.key)]);
    }
    return {
      state: imported(instance, shape, found, entry),
      private: encodeMemory({ entry, imported: true, ...followed(known, entry) }),
    };
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    return { state: null, remarks: [remarkOfError(error, instance.lang, undefined, shape)] };
  }
}

/** What the PBX showed of the extension's secret when Alta last wrote it: another one now is drift that the phone must hear of too. */
function followed(known: State | null, entry: StateEntry | null): Pick<Memory, 'follows'> {
  const [extension] = entry?.dependsOn ?? [];
  const leader = Object.values(known?.resources ?? {}).find(({ address }) => address === extension);
  const follows = leader?.secrets.sip?.readback;
  return follows === undefined || follows === null ? {} : { follows };
}

interface Found {
  readonly target: Target;
  readonly key: string;
}

/** @throws AltaError `import-id-unclear` */
function locate({ compiled, client }: Instance, { kind }: ResourceShape, id: string): Found {
  const at = id.lastIndexOf(`${id.includes('#') ? '#' : '/'}${kind}:`);
  const key = id.slice(at + kind.length + 2);
  const where = id.slice(0, Math.max(at, 0));
  const target = compiled.targets.find((one) => one.key === where || one.address === where);
  if (at < 0 || key === '' || target === undefined) throw new AltaError('import-id-unclear', { id, client });
  return { target, key };
}

/** What only the configuration says is taken from the YAML, where it declares the same thing: the first plan then has nothing to add. */
function imported(
  { compiled }: Instance,
  shape: ResourceShape,
  { target, key }: Found,
  entry: StateEntry | null,
): ValueObject {
  const nothing = Object.keys(shape.schema.attributes).map((attribute): [string, Value] => [attribute, null]);
  const declared = compiled.desired.find(
    (one) => one.kind === shape.kind && one.key === key && targetOf(one.address) === target.address,
  );
  return {
    ...Object.fromEntries(nothing),
    id: stateKey(target.key, shape.kind, key),
    target: target.address,
    [shape.keyAttribute]: shape.keyAttribute === 'line' ? Number(key) : key,
    ...(declared === undefined ? unmanagedSecrets(shape) : {}),
    ...(entry === null || declared === undefined ? {} : fromYaml(declared, entry)),
  };
}

/** Nobody declares them: a configuration made of the import leaves them alone. */
function unmanagedSecrets({ secrets }: ResourceShape): ValueObject {
  return Object.fromEntries(secrets.map((field) => [secretNames(field).source, 'unmanaged']));
}

/** Of something that was managed before: what was last applied, as far as it is still declared. */
function fromYaml(declared: Desired, entry: StateEntry): ValueObject {
  const values = Object.entries(entry.values).filter(
    ([field]) => (field in declared.values || field in declared.references) && field !== 'number',
  );
  const secrets = Object.entries(declared.secrets).flatMap(([field, { name, source, marker }]) => {
    const names = secretNames(field);
    const known = entry.secrets[field]?.marker ?? null;
    const rev = known === marker && marker !== null && !marker.includes(':') ? marker : null;
    return [
      [names.source, source === 'declared' ? spelled(name) : source],
      [names.version, rev],
    ] as const;
  });
  const [extension] = declared.dependsOn;
  const markers = Object.entries(entry.secrets).map(([field, { marker }]) => [field, marker]);
  return {
    applied_digest: digestOf({ values: entry.values, markers: Object.fromEntries(markers) }),
    ...Object.fromEntries(values.map(([field, value]) => [attributeName(field), value])),
    ...Object.fromEntries(secrets),
    ...(declared.kind === 'account' ? { extension: extension ?? null } : {}),
    ...(declared.protect ? { protect: true } : {}),
    ...(declared.adopt === 'no' ? {} : { adopt: declared.adopt }),
    ...(declared.leave === undefined ? {} : { leave: declared.leave.map(attributeName) }),
  };
}

function spelled(name: string): string {
  return /^(env|file):/.test(name) ? name : `secret:${name}`;
}
