import assert from 'node:assert/strict';
import { AltaError } from '../../../engine/model/index.ts';
import type { PoweredSession, Write } from '../../../providers/contract.ts';
import type { ContractHarness, Faults } from '../harness.ts';
import {
  change,
  creation,
  differences,
  failure,
  mutated,
  readAll,
  sampleAt,
  withSession,
  writable,
  write,
} from '../scenario.ts';
import type { Law } from './law.ts';
import { needed } from './law.ts';

async function failedWriteSaysHowMuch(harness: ContractHarness): Promise<void> {
  const { faults } = harness;
  const sample = sampleAt(harness, 0);
  const update = await withSession(harness, 'write', async (session) => {
    await write(session, [creation(harness, sample)]);
    const [mutation] = writable(harness, (await readAll(harness, session)).can);
    assert.ok(mutation, 'the harness has a mutation that the driver can write');
    return change(harness, sample, [mutation]);
  });
  for (const fault of [faults.forbidden, faults.unreachable]) {
    if (fault === undefined) continue;
    await withSession(harness, 'write', (session) => failsHonestly(harness, session, update, fault));
  }
  if (faults.lostAnswer)
    await withSession(harness, 'write', (session) => saysUnknown(harness, session, update));
}

async function failsHonestly(
  { oracle, faults }: ContractHarness,
  session: PoweredSession,
  update: Write,
  fault: Faults['unreachable'],
): Promise<void> {
  const before = JSON.stringify(await oracle.saved(update.key));
  await fault.call(faults);
  const attempt = failure(session.apply(update), 'a write to a target that refuses it');
  const { written } = await attempt.finally(() => faults.none());
  assert.ok(written, 'a failed write says in `written` how much of it happened');
  if (written !== 'nothing') return;
  const now = JSON.stringify(await oracle.saved(update.key));
  assert.equal(now, before, 'the error says that nothing was written, and something was');
}

/** A driver that looks for itself may find that the write happened; one that does not says `unknown`. */
async function saysUnknown(
  { oracle, faults }: ContractHarness,
  session: PoweredSession,
  update: Write,
): Promise<void> {
  const before = JSON.stringify(await oracle.saved(update.key));
  await faults.lostAnswer?.();
  const error = await session.apply(update).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  await faults.none();
  assert.notEqual(JSON.stringify(await oracle.saved(update.key)), before, 'the fault lets the write happen');
  if (error === undefined) return;
  assert.ok(error instanceof AltaError, 'a lost answer is an AltaError');
  assert.equal(error.written, 'unknown', 'nobody knows what a write with a lost answer did');
}

async function lostAnswerConverges(harness: ContractHarness): Promise<void> {
  const sample = sampleAt(harness, 0);
  const { can } = await withSession(harness, 'read', (session) => readAll(harness, session));
  const [mutation] = writable(harness, can).filter((one) => 'value' in one);
  assert.ok(mutation, 'the harness has a mutation of a value');
  await loseAndRepeat(harness, creation(harness, sample));
  await loseAndRepeat(harness, change(harness, sample, [mutation]));
  const reading = await withSession(harness, 'read', (session) => readAll(harness, session));
  const left = differences(harness, mutated(sample, [mutation]), reading);
  assert.ok(!left.includes(mutation.field), 'the repeated write did not converge');
}

/** The repetition has a session of its own: the lost answer may have cost the first its connection. */
async function loseAndRepeat(harness: ContractHarness, one: Write): Promise<void> {
  const { faults } = harness;
  const lose = needed(faults.lostAnswer?.bind(faults), 'lostAnswer', 'lost-answer-converges');
  await withSession(harness, 'write', async (session) => {
    await lose();
    await session.apply(one).catch(() => undefined);
    await faults.none();
  });
  await withSession(harness, 'write', (session) => write(session, [one]));
}

/** Laws of failed writes. */
export const failingLaws: readonly Law[] = [
  {
    id: 'failed-write-says-how-much',
    title: 'a failed write says whether nothing, something or an unknown amount was written',
    essential: true,
    run: failedWriteSaysHowMuch,
  },
  {
    id: 'lost-answer-converges',
    title: 'a write whose answer was lost converges when repeated',
    essential: false,
    run: lostAnswerConverges,
  },
];
