import assert from 'node:assert/strict';
import { AltaError } from '../../../engine/model/index.ts';
import type { PoweredSession } from '../../../providers/contract.ts';
import type { ContractHarness } from '../harness.ts';
import { creation, deletion, failure, kindOf, sampleAt, withSession } from '../scenario.ts';
import type { Law } from './law.ts';
import { needed } from './law.ts';

async function wrongCredentialsOnce(harness: ContractHarness): Promise<void> {
  const { oracle, faults } = harness;
  await faults.wrongCredentials();
  const before = await oracle.logins();
  const codes = await codesOfOpening(harness);
  await faults.none();
  assert.deepEqual(
    codes,
    codes.map(() => 'wrong-credentials'),
    'a refused login has another code',
  );
  assert.equal((await oracle.logins()) - before, 1, 'wrong credentials were not tried exactly once');
}

/** The codes of opening, or of what follows where the driver logs in late. */
async function codesOfOpening(harness: ContractHarness): Promise<readonly string[]> {
  const opened = await harness.open('write').catch((error: unknown) => error);
  if (opened instanceof AltaError) return [opened.code];
  assert.ok(!(opened instanceof Error), 'a refused login is an AltaError');
  const session = opened as PoweredSession;
  const scope = { kinds: [kindOf(harness)] };
  const first = await failure(session.read(scope), 'reading with wrong credentials');
  const second = await failure(session.read(scope), 'reading again with wrong credentials');
  const third = await failure(
    session.apply(deletion(sampleAt(harness, 0))),
    'writing with wrong credentials',
  );
  await session.close();
  return [first.code, second.code, third.code];
}

async function wrongIdentityWritesNothing(harness: ContractHarness): Promise<void> {
  const { oracle, faults } = harness;
  await needed(faults.wrongIdentity?.bind(faults), 'wrongIdentity', 'wrong-identity')();
  const before = await oracle.writes();
  await withSession(harness, 'write', async (session) => {
    const error = await failure(
      session.apply(creation(harness, sampleAt(harness, 0))),
      'writing to another box',
    );
    assert.equal(error.code, 'wrong-identity');
    assert.equal(error.written, 'nothing');
    if (session.commit) await failure(session.commit(), 'committing on another box');
  });
  assert.equal(await oracle.writes(), before, 'another box was written to');
}

async function readSessionRefusesWrites(harness: ContractHarness): Promise<void> {
  const before = await harness.oracle.writes();
  await withSession(harness, 'read', async (session) => {
    const error = await failure(
      session.apply(creation(harness, sampleAt(harness, 0))),
      'writing in a read session',
    );
    assert.equal(error.written, 'nothing');
    if (session.commit) await failure(session.commit(), 'committing in a read session');
  });
  assert.equal(await harness.oracle.writes(), before, 'a read session wrote');
}

/** Laws of credentials, identity and rights. */
export const trustLaws: readonly Law[] = [
  {
    id: 'wrong-credentials-once',
    title: 'wrong credentials are tried exactly once',
    essential: true,
    run: wrongCredentialsOnce,
  },
  {
    id: 'wrong-identity',
    title: 'a box that is not the declared one is not written to',
    essential: false,
    run: wrongIdentityWritesNothing,
  },
  {
    id: 'read-session-refuses-writes',
    title: 'a session opened for reading refuses to write',
    essential: false,
    run: readSessionRefusesWrites,
  },
];
