import assert from 'node:assert/strict';
import type { Write } from '../../../providers/contract.ts';
import type { ContractHarness, Sample } from '../harness.ts';
import {
  change,
  creation,
  deletion,
  failure,
  readAll,
  sampleAt,
  snapshot,
  withSession,
  writable,
  write,
} from '../scenario.ts';
import type { Law } from './law.ts';

async function deleteGone(harness: ContractHarness): Promise<void> {
  const sample = sampleAt(harness, 0);
  await withSession(harness, 'write', async (session) => {
    await write(session, [deletion(sample)]);
    await write(session, [creation(harness, sample), deletion(sample), deletion(sample)]);
  });
  assert.equal(await harness.oracle.saved(sample.desired.key), null, 'what was deleted is still there');
}

async function foreignUntouched(harness: ContractHarness): Promise<void> {
  const foreign = await harness.oracle.addForeign(3);
  const before = await snapshot(harness, foreign);
  const sample = sampleAt(harness, 0);
  await withSession(harness, 'write', async (session) => {
    const { can } = await readAll(harness, session);
    const guided = can.guidedActions[sample.desired.kind] ?? [];
    const steps = [
      creation(harness, sample),
      change(harness, sample, writable(harness, can)),
      deletion(sample),
    ].filter(({ action }) => !guided.includes(action));
    await write(session, steps);
  });
  assert.equal(await snapshot(harness, foreign), before, 'foreign things changed');
}

async function createNeverOverwrites(harness: ContractHarness): Promise<void> {
  const [key = ''] = await harness.oracle.addForeign(1);
  const before = await snapshot(harness, [key]);
  await withSession(harness, 'write', async (session) => {
    const error = await failure(
      session.apply(creationAt(harness, sampleAt(harness, 0), key)),
      'creating over a foreign thing',
    );
    assert.equal(error.written, 'nothing');
  });
  assert.equal(await snapshot(harness, [key]), before, 'create overwrote a foreign thing');
}

function creationAt(harness: ContractHarness, sample: Sample, key: string): Write {
  const { desired } = sample;
  const values = Object.entries(desired.values).map(([field, value]) => [
    field,
    value === desired.key ? key : value,
  ]);
  return creation(harness, { ...sample, desired: { ...desired, key, values: Object.fromEntries(values) } });
}

/** Laws of what is ours and what is not. */
export const ownershipLaws: readonly Law[] = [
  { id: 'delete-gone', title: 'deleting what is gone succeeds', essential: false, run: deleteGone },
  {
    id: 'foreign-untouched',
    title: 'foreign things are never touched',
    essential: true,
    run: foreignUntouched,
  },
  {
    id: 'create-never-overwrites',
    title: 'a create over a foreign thing is refused and writes nothing',
    essential: false,
    run: createNeverOverwrites,
  },
];
