import assert from 'node:assert/strict';
import { AltaError } from '../../../engine/model/index.ts';
import type { PoweredSession } from '../../../providers/contract.ts';
import type { ContractHarness } from '../harness.ts';
import { creation, failure, kindOf, readAll, sampleAt, within, withSession, write } from '../scenario.ts';
import type { Law } from './law.ts';
import { needed } from './law.ts';

/** A call that ends by itself may take this much longer than the harness's limit, ms. */
const SLACK_MS = 1_000;

async function timeLimit(harness: ContractHarness): Promise<void> {
  const { faults, timeLimitMs } = harness;
  const hang = needed(faults.hang?.bind(faults), 'hang', 'time-limit');
  const stop = new AbortController();
  const limit = timeLimitMs + SLACK_MS;
  const use = async (session: PoweredSession) => {
    await hang();
    const reading = failure(session.read({ kinds: [kindOf(harness)] }), 'reading a target that hangs');
    await within(limit, reading, 'the end of a read on a target that hangs');
    const writing = failure(
      session.apply(creation(harness, sampleAt(harness, 0))),
      'writing to a target that hangs',
    );
    const error = await within(limit, writing, 'the end of a write on a target that hangs');
    assert.ok(error.written, 'a write that ran out of time says in `written` how much of it happened');
  };
  await withSession(
    harness,
    'write',
    async (session) => {
      await use(session).finally(async () => {
        stop.abort(new Error('end of test'));
        await faults.none();
      });
    },
    { signal: stop.signal },
  );
}

async function abortHonoured(harness: ContractHarness): Promise<void> {
  const { faults, timeLimitMs } = harness;
  const hang = needed(faults.hang?.bind(faults), 'hang', 'abort-honoured');
  const stop = new AbortController();
  await withSession(
    harness,
    'write',
    async (session) => {
      await hang();
      const waiting = session.read({ kinds: [kindOf(harness)] }).then(
        () => assert.fail('a read on a target that hangs succeeded'),
        () => undefined,
      );
      await harness.clock.sleep(10);
      stop.abort(new Error('Ctrl-C'));
      try {
        await within(timeLimitMs / 2, waiting, 'the end of an aborted read');
      } finally {
        await waiting.finally(() => faults.none());
      }
      const before = await harness.oracle.writes();
      const error = await failure(
        session.apply(creation(harness, sampleAt(harness, 0))),
        'a write after the abort',
      );
      assert.equal(error.written, 'nothing', 'a write after the abort does not start');
      assert.equal(await harness.oracle.writes(), before);
    },
    { signal: stop.signal },
  );
}

async function lostLease(harness: ContractHarness): Promise<void> {
  const mayWrite = () => {
    throw new AltaError('aborted', { host: harness.target.host, operation: 'write' });
  };
  await withSession(
    harness,
    'write',
    async (session) => {
      const before = await harness.oracle.writes();
      const error = await failure(
        session.apply(creation(harness, sampleAt(harness, 0))),
        'a write without its lease',
      );
      assert.equal(error.written, 'nothing', 'a write that did not start wrote nothing');
      if (session.commit) await failure(session.commit(), 'a commit without its lease');
      assert.equal(await harness.oracle.writes(), before, 'a write passed by the gate');
    },
    { mayWrite },
  );
}

async function closeIdempotent(harness: ContractHarness): Promise<void> {
  const session = await harness.open('read');
  await readAll(harness, session);
  await session.close();
  await assert.doesNotReject(session.close(), 'a second close failed');
}

async function closeNeverThrows(harness: ContractHarness): Promise<void> {
  const session = await harness.open('read');
  await harness.faults.unreachable();
  await assert.doesNotReject(session.close(), 'closing failed because the target is not reachable');
  await harness.faults.none();
}

async function noSessionLeft(harness: ContractHarness): Promise<void> {
  const { faults, oracle } = harness;
  await withSession(harness, 'write', (session) => write(session, [creation(harness, sampleAt(harness, 0))]));
  assert.equal(await oracle.openSessions(), 0, 'a session stayed open after a write');
  const stop = new AbortController();
  const stopped = await harness.open('read', { signal: stop.signal });
  stop.abort(new Error('Ctrl-C'));
  await stopped.read({ kinds: [kindOf(harness)] }).catch(() => undefined);
  await stopped.close();
  assert.equal(await oracle.openSessions(), 0, 'a session stayed open after an abort');
  if (faults.forbidden === undefined) return;
  await faults.forbidden();
  const denied = await harness.open('read').catch(() => undefined);
  await denied?.read({ kinds: [kindOf(harness)] }).catch(() => undefined);
  await denied?.close();
  assert.equal(await oracle.openSessions(), 0, 'a session stayed open after a refusal');
}

/** Laws of waiting, stopping and closing. */
export const endingLaws: readonly Law[] = [
  {
    id: 'time-limit',
    title: 'a target that hangs ends in an error in time',
    essential: false,
    run: timeLimit,
  },
  {
    id: 'abort-honoured',
    title: 'an abort ends a wait at once, and no write starts after it',
    essential: false,
    run: abortHonoured,
  },
  { id: 'lost-lease', title: 'no write starts when its lease is lost', essential: false, run: lostLease },
  { id: 'close-idempotent', title: 'closing twice is closing once', essential: false, run: closeIdempotent },
  {
    id: 'close-never-throws',
    title: 'closing succeeds when the target is gone',
    essential: false,
    leavesSession: true,
    run: closeNeverThrows,
  },
  {
    id: 'no-session-left',
    title: 'no session stays open on the target',
    essential: false,
    run: noSessionLeft,
  },
];
