import assert from 'node:assert/strict';
import type { ContractHarness } from '../harness.ts';
import { creation, failure, kindOf, readAll, sampleAt, snapshot, withSession } from '../scenario.ts';
import type { Law } from './law.ts';
import { needed } from './law.ts';

/** Foreign things enough for three pages, or a handful where the target has no pages. */
function manyOf(harness: ContractHarness): number {
  return harness.pageSize === null ? 5 : 2 * harness.pageSize + 1;
}

async function readingNeverWrites(harness: ContractHarness): Promise<void> {
  const { oracle } = harness;
  await withSession(harness, 'write', (session) => session.apply(creation(harness, sampleAt(harness, 0))));
  await oracle.addForeign(2);
  const keys = await oracle.keys();
  const before = [await snapshot(harness, keys), await oracle.writes()];
  for (const purpose of ['read', 'write'] as const) {
    await withSession(harness, purpose, async (session) => {
      await readAll(harness, session);
      await session.read({ kinds: [kindOf(harness)], keys: keys.slice(0, 1) });
      await session.registrations?.(keys);
    });
  }
  assert.deepEqual(
    [await snapshot(harness, keys), await oracle.writes()],
    before,
    'reading changed the target',
  );
}

async function listsComplete(harness: ContractHarness): Promise<void> {
  await harness.oracle.addForeign(manyOf(harness));
  const there = await harness.oracle.keys();
  const reading = await withSession(harness, 'read', (session) => readAll(harness, session));
  const keys = reading.resources.map(({ key }) => key).sort();
  assert.deepEqual(keys, [...there].sort(), 'the list is not what is there, each once');
}

async function readsInBulk(harness: ContractHarness): Promise<void> {
  const { oracle } = harness;
  const many = manyOf(harness);
  await withSession(harness, 'read', async (session) => {
    await readAll(harness, session);
    const start = await oracle.requests();
    await readAll(harness, session);
    const forNone = (await oracle.requests()) - start;
    await oracle.addForeign(many);
    await readAll(harness, session);
    const extra = (await oracle.requests()) - start - 2 * forNone;
    assert.ok(extra <= 3, `${many} more objects cost ${extra} more requests: one page each is the most`);
  });
}

async function readsByKey(harness: ContractHarness): Promise<void> {
  const [first, second] = await harness.oracle.addForeign(2);
  assert.ok(first !== undefined && second !== undefined, 'the oracle adds two foreign things');
  const gone = sampleAt(harness, 0).desired.key;
  await withSession(harness, 'read', async (session) => {
    const all = await readAll(harness, session);
    const some = await session.read({ kinds: [kindOf(harness)], keys: [first, gone] });
    const pick = (reading: typeof all) => reading.resources.filter(({ key }) => key === first);
    assert.equal(pick(some).length, 1, 'a reading by key holds what is there');
    assert.deepEqual(pick(some), pick(all), 'a reading by key shows something else than a whole one');
    assert.ok(!some.resources.some(({ key }) => key === gone), 'a reading by key invents nothing');
  });
}

async function absentOnlyOnProof(harness: ContractHarness): Promise<void> {
  const { faults, oracle } = harness;
  const [key] = await oracle.addForeign(manyOf(harness));
  await withSession(harness, 'read', async (session) => {
    const scope = { kinds: [kindOf(harness)] };
    await faults.partialPage?.();
    if (faults.partialPage) await failure(session.read(scope), 'a list that breaks off');
    for (const fault of [faults.forbidden, faults.unreachable]) {
      await fault?.call(faults);
      if (fault) await failure(session.read(scope), 'reading what cannot be seen');
      if (fault)
        await failure(session.read({ ...scope, keys: [key ?? ''] }), 'reading a key that cannot be seen');
    }
    await faults.none();
  });
}

async function threeAnswers(harness: ContractHarness): Promise<void> {
  const { faults } = harness;
  const forbidden = needed(faults.forbidden?.bind(faults), 'forbidden', 'three-answers');
  const { key: missing } = sampleAt(harness, 0).desired;
  await withSession(harness, 'read', async (session) => {
    const { resources } = await readAll(harness, session);
    assert.ok(!resources.some(({ key }) => key === missing), 'what is missing is not listed');
    await forbidden();
    const denied = await codeOf(session.read({ kinds: [kindOf(harness)] }));
    await faults.unreachable();
    const away = await codeOf(session.read({ kinds: [kindOf(harness)] }));
    await faults.none();
    assert.deepEqual(
      [denied, away],
      ['forbidden', 'unreachable'],
      'forbidden and unreachable have their own codes',
    );
  });
}

function codeOf(reading: Promise<unknown>): Promise<string> {
  return failure(reading, 'reading what cannot be seen').then(({ code }) => code);
}

/** Laws of reading. */
export const readingLaws: readonly Law[] = [
  { id: 'reading-never-writes', title: 'reading never writes', essential: true, run: readingNeverWrites },
  { id: 'lists-complete', title: 'lists are complete over all pages', essential: false, run: listsComplete },
  { id: 'reads-in-bulk', title: 'reading costs pages, not objects', essential: false, run: readsInBulk },
  {
    id: 'reads-by-key',
    title: 'a reading by key shows what a whole one shows',
    essential: false,
    run: readsByKey,
  },
  {
    id: 'absent-only-on-proof',
    title: 'a list is never shortened by what cannot be seen',
    essential: true,
    run: absentOnlyOnProof,
  },
  {
    id: 'three-answers',
    title: 'missing, forbidden and unreachable are three answers',
    essential: false,
    run: threeAnswers,
  },
];
