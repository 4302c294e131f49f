import assert from 'node:assert/strict';
import type { ContractHarness } from '../harness.ts';
import {
  actualOf,
  change,
  creation,
  differences,
  kindOf,
  mutated,
  originalOf,
  readAll,
  sampleAt,
  snapshot,
  withSession,
  writable,
  write,
} from '../scenario.ts';
import type { Law } from './law.ts';

async function createReadsBack(harness: ContractHarness): Promise<void> {
  await withSession(harness, 'write', async (session) => {
    await write(
      session,
      harness.samples.map((sample) => creation(harness, sample)),
    );
    const reading = await readAll(harness, session);
    const wrong = harness.samples.map((sample) => differences(harness, sample, reading));
    assert.deepEqual(
      wrong,
      harness.samples.map(() => []),
      'fields that do not read back as created',
    );
  });
}

/** Plan, apply, plan again: what the first plan asks for, the second no longer does. */
async function secondPlanEmpty(harness: ContractHarness): Promise<void> {
  const sample = sampleAt(harness, 0);
  await withSession(harness, 'write', async (session) => {
    await write(session, [creation(harness, sample)]);
    const before = await readAll(harness, session);
    const wanted = mutated(sample, writable(harness, before.can));
    const planned = differences(harness, wanted, before);
    assert.ok(planned.length > 1, 'the mutations change at least two fields that the target shows');
    const named = harness.mutations.filter(({ field }) => planned.includes(field));
    await write(session, [change(harness, sample, named)]);
    const left = differences(harness, wanted, await readAll(harness, session));
    assert.deepEqual(left, [], 'a second plan has changes');
  });
}

async function updateLeavesOthers(harness: ContractHarness): Promise<void> {
  const sample = sampleAt(harness, 0);
  const { key, values } = sample.desired;
  await withSession(harness, 'write', async (session) => {
    await write(session, [creation(harness, sample)]);
    const { can } = await readAll(harness, session);
    const pairs = writable(harness, can).flatMap((there) => {
      const back = originalOf(values, there);
      return back === undefined ? [] : [{ there, back }];
    });
    assert.ok(pairs.length > 1, 'the first sample declares at least two fields that have mutations');
    await write(session, [
      change(
        harness,
        sample,
        pairs.map(({ back }) => back),
      ),
    ]);
    const before = await snapshot(harness, [key]);
    for (const { there, back } of pairs) {
      await write(session, [change(harness, sample, [there]), change(harness, sample, [back])]);
      assert.equal(await snapshot(harness, [key]), before, `changing ${there.field} and back changed more`);
    }
  });
}

async function applyTwice(harness: ContractHarness): Promise<void> {
  const sample = sampleAt(harness, 0);
  await withSession(harness, 'write', async (session) => {
    const mutations = writable(harness, (await readAll(harness, session)).can).slice(0, 2);
    for (const one of [creation(harness, sample), change(harness, sample, mutations)]) {
      await write(session, [one]);
      const once = await snapshot(harness, await harness.oracle.keys());
      await write(session, [one]);
      assert.equal(
        await snapshot(harness, await harness.oracle.keys()),
        once,
        `${one.action} twice is not once`,
      );
    }
  });
}

async function commitMakesRunning(harness: ContractHarness): Promise<void> {
  const sample = sampleAt(harness, 0);
  const { key } = sample.desired;
  await withSession(harness, 'write', async (session) => {
    await session.apply(creation(harness, sample));
    const reading = await session.read({ kinds: [kindOf(harness)] });
    assert.equal(session.commit !== undefined, reading.can.commit, 'the power and the capability disagree');
    await session.commit?.();
    await harness.clock.sleep(harness.driver.facts.settleMs);
    actualOf(await readAll(harness, session), key);
  });
  const saved = await harness.oracle.saved(key);
  assert.notEqual(saved, null, 'what was created is not saved');
  assert.deepEqual(await harness.oracle.running(key), saved, 'what is saved is not running');
}

/** Laws of writing. */
export const writingLaws: readonly Law[] = [
  {
    id: 'create-reads-back',
    title: 'what was created reads back as the normalised desired',
    essential: false,
    run: createReadsBack,
  },
  { id: 'second-plan-empty', title: 'a second plan has no change', essential: false, run: secondPlanEmpty },
  {
    id: 'update-leaves-others',
    title: 'an update leaves the fields it does not name',
    essential: false,
    run: updateLeavesOthers,
  },
  {
    id: 'apply-twice',
    title: 'applying a write twice equals applying it once',
    essential: false,
    run: applyTwice,
  },
  {
    id: 'commit-makes-running',
    title: 'after commit, what is saved is running',
    essential: false,
    run: commitMakesRunning,
  },
];
