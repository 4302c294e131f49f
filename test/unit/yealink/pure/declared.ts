import { type Desired, Secret, type Target } from '../../../../engine/model/index.ts';
import type { Write } from '../../../../providers/contract.ts';

/** A phone as the YAML declares it: over its web page unless the change says otherwise. */
export function phone(change: Partial<Target> = {}): Target {
  return {
    address: 'acme/device:recepcion',
    client: 'acme',
    label: 'recepcion',
    kind: 'device',
    driver: 'yealink',
    mode: 'api',
    presence: 'always',
    key: 'mac:805ec0000001',
    host: 'https://192.0.2.31',
    endpoint: { url: 'https://192.0.2.31', tls: {} },
    credentials: { read: {}, write: {} },
    identity: { mac: '805ec0000001' },
    sip: {},
    options: { model: 'T46U', firmware: '108.86' },
    origin: { filename: 'clients/acme/devices.yaml', path: ['devices', 0] },
    ...change,
  };
}

/** The account of the procedure: the seed's fields and values. */
export const seedValues = {
  active: true,
  label: 'Recepción',
  displayName: 'Recepción Acme',
  registerName: 'ext0301110',
  userName: 'ext0301110',
  server: 'sip.acme.example',
  port: 5060,
  transport: 'udp',
  expires: 180,
  retries: 3,
};

export function account(change: Partial<Desired> = {}): Desired {
  return {
    address: 'acme/device:recepcion/account:1',
    kind: 'account',
    key: '1',
    values: seedValues,
    secrets: { password: { name: 'extensions/main/110/sip', source: 'declared', marker: 'rev' } },
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/devices.yaml', path: ['devices', 0, 'accounts', 0] },
    ...change,
  };
}

export const samplePassword = 'Kr4t-Zw7mQp2vXn9Lb5D';

type Creation = Extract<Write, { action: 'create' }>;

/** A create of {@link account}. */
export function create(change: Partial<Creation> = {}): Creation {
  return {
    action: 'create',
    kind: 'account',
    key: '1',
    address: 'acme/device:recepcion/account:1',
    values: seedValues,
    secrets: { password: new Secret(samplePassword) },
    ...change,
  };
}

export function remove(key = '1'): Write {
  return { action: 'delete', kind: 'account', key, address: `acme/device:recepcion/account:${key}` };
}
