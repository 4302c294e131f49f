import { AltaError, type Change, type PendingWrite, Secret, targetOf } from '../../../engine/model/index.ts';
import type { Execution, Lane } from '../../../engine/run/apply/lane.ts';
import type { PreparedWrite } from '../../../engine/run/apply/write.ts';
import type { StateWriter } from '../../../engine/state/index.ts';
import type { Driver, PoweredSession } from '../../../providers/contract.ts';
import { target } from '../plan/kit.ts';

/** What reached the targets, in order. */
export type Calls = string[];

/** One write by the address of what it is for, ready to be sent; values and secrets are nobody's business here. */
export function prepared(
  address: string,
  action: PendingWrite['action'],
  over: Partial<Change> = {},
): PreparedWrite {
  const [, kind = '', key = ''] = /\/(\w+):([^/]+)$/.exec(address) ?? [];
  const base = { address, kind: kind === 'account' ? 'account' : 'extension', key } as const;
  const before = action === 'create' ? 'absent' : 'sha256:before';
  const targetKey = `key of ${targetOf(address)}`;
  const change: Change = {
    ...base,
    target: targetOf(address),
    targetKey,
    action,
    section: 'requested',
    means: 'api',
    fields: [],
    before,
    revs: {},
    after: [],
    blocked: null,
    ...over,
  };
  const pending = { key: `${targetKey}#${kind}:${key}`, address, action, before } as const;
  return {
    change,
    write: writeOf(action, base),
    pending: { ...pending, revs: {}, fingerprints: {}, after: null },
    before: null,
    late: false,
  };
}

function writeOf(
  action: PendingWrite['action'],
  base: Pick<PreparedWrite['write'], 'address' | 'kind' | 'key'>,
): PreparedWrite['write'] {
  if (action === 'delete') return { action, ...base };
  if (action === 'create') return { action, ...base, values: {}, secrets: {} };
  return { action, ...base, values: {}, secrets: {}, before: {} };
}

/** A secret that is given another value: `sip` of an extension, `password` of an account. */
export function newSecret(address: string, over: Partial<Change> = {}): PreparedWrite {
  const field = address.includes('/extension:') ? 'sip' : 'password';
  const plain = { before: null, after: null, sensitive: true, unknown: false, guided: false } as const;
  const fields = [{ ...plain, field, why: 'requested' }] as const;
  const made = prepared(address, 'update', { fields, revs: { [field]: 'rev2' }, ...over });
  if (made.write.action !== 'update') throw new Error('an update was asked for');
  return { ...made, write: { ...made.write, secrets: { [field]: new Secret('new') } } };
}

/** A target by its address with what is to be written to it: one writer, no Apply of its own. */
export function lane(
  address: string,
  writes: readonly PreparedWrite[],
  session: Partial<PoweredSession> = {},
  over: Partial<Lane> = {},
): Lane {
  const label = address.slice(address.lastIndexOf(':') + 1);
  const kind = address.includes('/device:') ? 'device' : 'pbx';
  const driver: Pick<Driver, never> = { facts: { host: { writers: 1 } } };
  return {
    target: target(label, { address, kind, key: `key of ${address}` }),
    driver: driver as Driver,
    session: {
      read: () => Promise.reject(new Error('not here')),
      apply: async () => ({}),
      close: async () => {},
      ...session,
    },
    commit: false,
    commitDue: false,
    wasOpen: false,
    broken: false,
    writes,
    ...over,
  };
}

/** A run whose journal takes everything, and in which every account registers. */
export function execution(
  over: Partial<Execution> = {},
  journal: Partial<Pick<StateWriter, 'intent' | 'committed'>> = {},
): Execution {
  let seq = 0;
  const nothing = async (): Promise<void> => {};
  const writer: Pick<StateWriter, 'intent' | 'done' | 'failed' | 'commitPending' | 'committed'> = {
    intent: async () => ++seq,
    done: nothing,
    failed: nothing,
    commitPending: nothing,
    committed: nothing,
    ...journal,
  };
  return {
    writer: writer as StateWriter,
    now: () => '2026-01-01T00:00:00.000Z',
    stop: new AbortController().signal,
    stepDone: () => {},
    unmet: new Set(),
    complete: async (write) => write,
    unregistered: async () => [],
    notSeen: async () => [],
    inUse: async () => false,
    ...over,
  };
}

/** A write that was refused: the target says that nothing happened. */
export const refused = (): AltaError =>
  new AltaError('forbidden', { host: 'x', operation: 'x', evidence: 'x' }, { written: 'nothing' });

/** A write whose answer never came. */
export const lost = (): AltaError =>
  new AltaError('timeout', { host: 'x', operation: 'x', seconds: 1 }, { written: 'unknown' });
