import type { Compiled } from '../../../engine/compile/index.ts';
import {
  type Desired,
  type GuidedState,
  resourceAddress,
  type State,
  type StateEntry,
  stateKey,
  type Target,
  targetAddress,
} from '../../../engine/model/index.ts';
import { nothingKnown } from '../../../stacks/synth/known.ts';
import { type StackInput, stackOf } from '../../../stacks/synth/stack.ts';

/** A PBX of the client `acme`. Its natural key is `memory:<label>`, unless `key` says otherwise. */
export function pbx(label: string, mode: Target['mode'] = 'api', key = `memory:${label}`): Target {
  return target('pbx', label, mode, key);
}

export function device(id: string, mode: Target['mode'] = 'api'): Target {
  return target('device', id, mode, `mac:${id}`);
}

function target(kind: Target['kind'], label: string, mode: Target['mode'], key: string): Target {
  return {
    address: targetAddress('acme', kind, label),
    client: 'acme',
    label,
    kind,
    driver: 'memory',
    mode,
    presence: 'always',
    key,
    host: 'https://192.0.2.10',
    endpoint: { url: 'https://192.0.2.10', tls: {} },
    credentials: { read: {}, write: {} },
    identity: {},
    sip: {},
    options: {},
    origin: { filename: 'clients/acme/client.yaml', path: [kind, label] },
  };
}

/** An extension `number` on the PBX `label`; `over` replaces parts of it. */
export function extension(label: string, number: string, over: Partial<Desired> = {}): Desired {
  return {
    address: resourceAddress(targetAddress('acme', 'pbx', label), 'extension', number),
    kind: 'extension',
    key: number,
    values: { number, name: 'Recepción' },
    secrets: {},
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/client.yaml', path: ['extensions', 0] },
    ...over,
  };
}

/** Line 1 of a device, for an extension whose registration name it takes. */
export function account(id: string, on: Desired, over: Partial<Desired> = {}): Desired {
  return {
    ...extension(id, '1'),
    address: resourceAddress(targetAddress('acme', 'device', id), 'account', '1'),
    kind: 'account',
    key: '1',
    values: { label: 'Recepción' },
    references: { registerName: { address: on.address, field: 'registrationName' } },
    dependsOn: [on.address],
    ...over,
  };
}

export function compiled(targets: readonly Target[], desired: readonly Desired[]): Compiled {
  return { client: 'acme', status: 'activo', targets, desired, released: new Set(), referenced: new Map() };
}

/** Alta's own state of the client. */
export function state(parts: Partial<State> = {}): State {
  return {
    format_version: '1.0',
    client: 'acme',
    lineage: '00000000-0000-4000-8000-000000000000',
    serial: 1,
    alta_version: '0.0.0-test',
    commit: null,
    updatedAt: '2026-11-01T10:00:00Z',
    resources: {},
    targets: {},
    guided: {},
    outstanding: {},
    pending: null,
    ...parts,
  };
}

const at = '2026-11-01T10:00:00Z';

/** State after a person vouched for these, on targets that only people write to. */
export function attestedState(targets: readonly Target[], desired: readonly Desired[]): State {
  const keys = new Map(targets.map(({ address, key }) => [address, key]));
  const entries = desired.map((one): [string, StateEntry, GuidedState] => {
    const targetKey = keys.get(one.address.split('/').slice(0, 2).join('/')) ?? '';
    const { address, kind, key, values, dependsOn } = one;
    const secrets = Object.fromEntries(
      Object.entries(one.secrets).map(([field, { marker }]) => [field, { marker }]),
    );
    const entry = { address, kind, key, targetKey, values, secrets, dependsOn, appliedAt: at };
    const step = { address, action: 'create', values, digest: `sha256:${key}`, since: at } as const;
    return [stateKey(targetKey, kind, key), entry, { ...step, attested: { by: 'ana', at } }];
  });
  return state({
    resources: Object.fromEntries(entries.map(([id, entry]) => [id, entry])),
    guided: Object.fromEntries(entries.map(([id, , step]) => [id, step])),
  });
}

/** Everything a stack rests on; by default nobody did anything and Terraform's state is empty. */
export function input(parts: Partial<StackInput> & Pick<StackInput, 'compiled'>): StackInput {
  return {
    state: state(),
    known: nothingKnown,
    drivers: new Map(),
    backend: { name: 'local', settings: { path: 'acme.tfstate' } },
    verify: false,
    preliminary: false,
    ...parts,
  };
}

export function stack(
  targets: readonly Target[],
  desired: readonly Desired[],
  parts: Partial<StackInput> = {},
) {
  return stackOf(input({ compiled: compiled(targets, desired), ...parts }));
}

/** What `terraform state pull` prints. */
export function terraformState(resources: readonly TerraformResource[]): string {
  return JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 3,
    lineage: '00000000-0000-4000-8000-000000000001',
    outputs: {},
    resources: resources.map(({ type, name, attributes, ...more }) => ({
      mode: 'managed',
      type,
      name,
      provider: 'provider["terraform.local/alta/alta"]',
      instances: [{ schema_version: 0, attributes, ...more }],
    })),
  });
}

interface TerraformResource {
  readonly type: string;
  readonly name: string;
  readonly attributes: object;
  readonly index_key?: number;
  readonly deposed?: string;
}

/** An extension as Terraform's state has it. */
export function held(
  name: string,
  label: string,
  number: string,
  key = `memory:${label}`,
  client = 'acme',
): TerraformResource {
  const attributes = { id: `${key}#extension:${number}`, target: `${client}/pbx:${label}`, number };
  return { type: 'alta_extension', name, attributes };
}
