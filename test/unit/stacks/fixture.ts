import type { Compiled } from '../../../engine/compile/index.ts';
import { type Desired, resourceAddress, type Target, targetAddress } from '../../../engine/model/index.ts';

/** A PBX of the client `acme`. */
export function pbx(label: string, mode: Target['mode'] = 'api'): Target {
  const origin = { filename: 'clients/acme/client.yaml', path: ['pbx', label] };
  return {
    address: targetAddress('acme', 'pbx', label),
    client: 'acme',
    label,
    kind: 'pbx',
    driver: 'memory',
    mode,
    presence: 'always',
    key: `memory:${label}`,
    host: 'https://192.0.2.10',
    endpoint: { url: 'https://192.0.2.10', tls: {} },
    credentials: { read: {}, write: {} },
    identity: {},
    sip: {},
    options: {},
    origin,
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

export function compiled(targets: readonly Target[], desired: readonly Desired[]): Compiled {
  return {
    client: 'acme',
    status: 'activo',
    targets,
    desired,
    released: new Set(),
    referenced: new Map(),
  };
}
