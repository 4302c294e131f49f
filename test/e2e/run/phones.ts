import { AltaError } from '../../../engine/model/index.ts';
import type { Driver, FieldFact, Registration } from '../../../providers/contract.ts';

/** Phones that exist in this process only: what each of their lines says of itself, by `device/line`. */
export interface Phones {
  readonly driver: Driver;
  readonly lines: Map<string, Registration['status']>;
  /** Ids of devices that are switched off. */
  readonly off: Set<string>;
  /** Ids of devices that break down when asked for registrations. */
  readonly broken: Set<string>;
  /** `recepcion: 1,2` for every time a device was asked. */
  readonly asked: string[];
}

const open: FieldFact = { native: 'x', read: 'yes', write: 'yes', source: 'unknown' };
const fields = ['active', 'label', 'displayName', 'registerName', 'userName', 'server', 'port', 'transport'];

/** The driver `generic` as such phones: it reads nothing and knows the registration of every line. */
export function fakePhones(): Phones {
  const lines: Phones['lines'] = new Map();
  const off = new Set<string>();
  const broken = new Set<string>();
  const asked: string[] = [];
  const driver: Driver = {
    name: 'generic',
    version: '1',
    facts: {
      title: 'Phones of a test',
      target: 'device',
      kinds: {
        account: {
          unit: 'resource',
          create: 'yes',
          update: 'yes',
          delete: 'yes',
          fields: {
            ...Object.fromEntries(fields.map((field) => [field, open])),
            password: { ...open, read: 'no', secret: true },
          },
        },
      },
      host: { concurrency: 4, writers: 1, readIntervalMs: 0, writeIntervalMs: 0, sessions: null },
      commit: 'never',
      settleMs: 0,
      lateWriteMs: 0,
      credential: [],
      verify: {},
      unconfirmed: [],
    },
    check: () => [],
    normalise: (desired) => desired,
    form: () => [],
    open: async ({ label, host }) => {
      if (off.has(label))
        throw new AltaError('unreachable', { host, operation: 'open', kind: 'ECONNREFUSED' });
      const can = { guidedActions: {}, guidedFields: {}, hiddenFields: {}, commit: false };
      return {
        read: async () => ({ edition: 'test', identity: {}, can, resources: [] }),
        apply: async () => ({}),
        close: async () => {},
        registrations: async (keys) => {
          asked.push(`${label}: ${keys.join(',')}`);
          if (broken.has(label)) throw new AltaError('connection-reset', { host, operation: 'status' });
          return keys.map((key) => {
            const status = lines.get(`${label}/${key}`) ?? 'unregistered';
            return { key, status, evidence: `line ${status}` };
          });
        },
      };
    },
  };
  return { driver, lines, off, broken, asked };
}
