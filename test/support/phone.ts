import { type Actual, AltaError, reveal, type Values } from '../../engine/model/index.ts';
import type { Lab } from '../../lab/index.ts';
import type { Driver, Facts, FieldFact, PoweredSession, Write } from '../../providers/contract.ts';
import { loadDriver } from '../../providers/registry.ts';

/** One account as the phone holds it; the password stays inside. */
export interface PhoneLine {
  readonly values: Values;
  readonly password: string;
}

/** A phone of this process, and the hands that disturb it. */
export interface Phone {
  readonly lines: Map<string, PhoneLine>;
  readonly writes: string[];
  /** Fails at these moments: `open` = cannot be reached, `ready` = in a call, `apply` = refuses, `lost` = the answer is lost. */
  fault: 'open' | 'ready' | 'apply' | 'lost' | null;
  /** Takes everything and registers nowhere. */
  deaf: boolean;
}

const text: FieldFact = { native: '-', read: 'yes', write: 'yes', source: 'inference' };
const fields = ['active', 'label', 'displayName', 'registerName', 'userName', 'server', 'port', 'transport'];

const facts: Facts = {
  title: 'Telephone of the tests',
  target: 'device',
  kinds: {
    account: {
      unit: 'document',
      create: 'yes',
      update: 'yes',
      delete: 'yes',
      fields: {
        ...Object.fromEntries(fields.map((field) => [field, text])),
        password: { native: '-', read: 'no', write: 'yes', secret: true, source: 'inference' },
      },
    },
  },
  host: { concurrency: 1, writers: 1, readIntervalMs: 0, writeIntervalMs: 0, sessions: 1 },
  commit: 'never',
  settleMs: 200,
  lateWriteMs: 0,
  credential: [],
  verify: {},
  unconfirmed: [],
};

/** The phones of one test, by the id of their device. */
export interface Phones {
  phone(id: string): Phone;
  /** Serves `driver: generic` with these phones, everything else as usual. */
  readonly driver: (name: string) => Promise<Driver | null>;
}

/** Phones that register at the boxes of a lab: only where account and running extension agree. */
export function startPhones(lab: Lab): Phones {
  const phones = new Map<string, Phone>();
  const phone = (id: string): Phone => {
    const known = phones.get(id) ?? { lines: new Map(), writes: [], fault: null, deaf: false };
    phones.set(id, known);
    return known;
  };
  const driver: Driver = {
    name: 'generic',
    version: '1',
    facts,
    check: () => [],
    normalise: (desired) => desired,
    form: ({ values }) =>
      Object.entries(values).map(([label, value]) => ({ do: 'set', label, value: String(value) })),
    open: async ({ label, host }) => {
      if (phone(label).fault === 'open')
        throw new AltaError('unreachable', { host, operation: 'open', kind: 'off' });
      return sessionOf(phone(label), host, lab);
    },
  };
  return { phone, driver: async (name) => (name === 'generic' ? driver : loadDriver(name)) };
}

function sessionOf(phone: Phone, host: string, lab: Lab): PoweredSession {
  return {
    read: async () => ({
      edition: 'test',
      identity: {},
      can: { guidedActions: {}, guidedFields: {}, hiddenFields: {}, commit: false },
      resources: [...phone.lines].map(([key, line]): Actual => {
        return { kind: 'account', key, values: line.values, secrets: {}, observed: {} };
      }),
    }),
    apply: async (write) => {
      if (phone.fault === 'apply') {
        throw new AltaError(
          'target-busy',
          { host, operation: 'apply', kind: 'busy' },
          { written: 'nothing' },
        );
      }
      carryOut(phone, write);
      if (phone.fault === 'lost') {
        throw new AltaError('timeout', { host, operation: 'apply', seconds: 1 }, { written: 'unknown' });
      }
      return {};
    },
    ready: async () => {
      if (phone.fault === 'ready')
        throw new AltaError('device-in-call', { host, address: host }, { written: 'nothing' });
    },
    registrations: async (keys) =>
      keys.map((key) => {
        const registered = !phone.deaf && isRegistered(phone.lines.get(key), lab);
        return { key, status: registered ? 'registered' : 'unregistered', evidence: registered ? '2' : '0' };
      }),
    close: async () => {},
  };
}

function carryOut({ lines, writes }: Phone, write: Write): void {
  writes.push(`${write.action} ${write.key}`);
  if (write.action === 'delete') {
    lines.delete(write.key);
    return;
  }
  const before = lines.get(write.key);
  const password = write.secrets.password === undefined ? before?.password : reveal(write.secrets.password);
  lines.set(write.key, { values: { ...before?.values, ...write.values }, password: password ?? '' });
}

function isRegistered(line: PhoneLine | undefined, lab: Lab): boolean {
  if (line === undefined) return false;
  return lab.boxes.some(({ name }) =>
    Object.values(lab.box(name).running()).some((extension) => {
      const { registername = extension.number, registerpassword } = extension;
      return registername === line.values.registerName && registerpassword === line.password;
    }),
  );
}
