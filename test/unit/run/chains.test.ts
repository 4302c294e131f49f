import { describe, expect, it } from 'vitest';
import { AltaError, type PendingWrite, Secret } from '../../../engine/model/index.ts';
import { execute } from '../../../engine/run/apply/execute.ts';
import type { Lane } from '../../../engine/run/apply/lane.ts';
import type { PoweredSession } from '../../../providers/contract.ts';
import { entry } from '../plan/kit.ts';
import { type Calls, execution, lane, lost, newSecret, refused } from './kit.ts';

const pbx = 'acme/pbx:main';
const numbers = ['1', '2', '3', '4'];
const on = (number: string) => `${pbx}/extension:${number}`;

/** A PBX with its own Apply that shows the secrets it has, and new ones for some of its extensions. */
function box(
  calls: Calls,
  rotating: readonly string[],
  session: Partial<PoweredSession> = {},
  over: Partial<Lane> = {},
): Lane {
  const can = { guidedActions: {}, guidedFields: {}, hiddenFields: {}, commit: true };
  const resources = numbers.map((key) => {
    return { kind: 'extension', key, values: {}, observed: {}, secrets: { sip: new Secret('old') } } as const;
  });
  const usual: Partial<PoweredSession> = {
    read: async () => ({ edition: '', identity: {}, can, resources }),
    apply: async ({ key }) => {
      calls.push(`pbx ${key}`);
      return {};
    },
    commit: async () => {
      calls.push('commit');
    },
  };
  const writes = rotating.map((number) => newSecret(on(number)));
  return lane(pbx, writes, { ...usual, ...session }, { commit: true, ...over });
}

/** The phone of an extension, which is to be given its new secret. */
function phone(calls: Calls, number: string, session: Partial<PoweredSession> = {}): Lane {
  const address = `acme/device:mesa-${number}`;
  const apply: PoweredSession['apply'] = async () => {
    calls.push(`phone ${number}`);
    return {};
  };
  return lane(address, [newSecret(`${address}/account:1`, { after: [on(number)] })], { apply, ...session });
}

/** The extensions whose secret was touched on the PBX. */
const touched = (calls: Calls) => [...new Set(calls.filter((call) => call.startsWith('pbx ')))];

describe('until one extension with its phones has gone through', () => {
  const others = (calls: Calls, session: Partial<PoweredSession> = {}) =>
    numbers.slice(1).map((number) => phone(calls, number, session));

  it('the next one is tried alone where the first is in a call', async () => {
    const calls: Calls = [];
    const ready = async () => {
      throw new AltaError('device-in-call', { host: 'x', address: 'x' }, { written: 'nothing' });
    };
    const refusing = { apply: () => Promise.reject(refused()) };
    const lanes = [box(calls, numbers), phone(calls, '1', { ready }), ...others(calls, refusing)];
    await execute(lanes, execution());
    expect(touched(calls)).toEqual(['pbx 2']);
  });

  it('nobody else is touched where its phone does not answer', async () => {
    const calls: Calls = [];
    const apply = () => Promise.reject(lost());
    await execute([box(calls, numbers), phone(calls, '1', { apply }), ...others(calls)], execution());
    expect(touched(calls)).toEqual(['pbx 1']);
  });

  it('nobody else is touched where the PBX does not answer', async () => {
    const calls: Calls = [];
    const apply: PoweredSession['apply'] = async ({ key }) => {
      calls.push(`pbx ${key}`);
      throw lost();
    };
    await execute([box(calls, numbers, { apply }), phone(calls, '1'), ...others(calls)], execution());
    expect(touched(calls)).toEqual(['pbx 1']);
  });
});

it('the journal of an undo names the version that goes back', async () => {
  const before = entry('1', { secrets: { sip: { marker: 'rev1', readback: 'print of rev1' } } });
  const { appliedAt: _, ...after } = { ...before, secrets: { sip: { marker: 'rev2' } } };
  const made = newSecret(on('1'));
  const rotation = { ...made, before, pending: { ...made.pending, revs: { sip: 'rev2' }, after } };
  const noted: PendingWrite[] = [];
  const intent = async (write: PendingWrite) => noted.push(write);
  const lanes = [
    box([], [], {}, { writes: [rotation] }),
    phone([], '1', { apply: () => Promise.reject(refused()) }),
  ];
  await execute(lanes, execution({}, { intent }));
  expect(noted.at(-1)).toMatchObject({
    address: on('1'),
    revs: { sip: 'rev1' },
    fingerprints: { sip: 'print of rev1' },
    after: { secrets: before.secrets },
  });
});

describe('what an earlier run saved and did not put into effect', () => {
  it('is put into effect before a phone is told of it', async () => {
    const calls: Calls = [];
    await execute([box(calls, [], {}, { commitDue: true, wasOpen: true }), phone(calls, '1')], execution());
    expect(calls).toEqual(['commit', 'phone 1']);
  });

  it('is not told to a phone where the PBX refuses to', async () => {
    const calls: Calls = [];
    const commit = async () => {
      calls.push('refused');
      throw refused();
    };
    const open = box(calls, [], { commit }, { commitDue: true, wasOpen: true });
    await execute([open, phone(calls, '1')], execution());
    expect(calls).toEqual(['refused']);
  });

  /** Whether the journal holds the commit for done after a write that the box refused. */
  async function cleared(wasOpen: boolean): Promise<boolean> {
    let done = false;
    const committed = async () => {
      done = true;
    };
    const refusing = box([], ['1'], { apply: () => Promise.reject(refused()) }, { wasOpen });
    await execute([refusing], execution({}, { committed }));
    return done;
  }

  it('stays due where nothing of this run was written', async () => {
    expect(await cleared(true)).toBe(false);
  });

  it('is the only commit that stays due then', async () => {
    expect(await cleared(false)).toBe(true);
  });
});
