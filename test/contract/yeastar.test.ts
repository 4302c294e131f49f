import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ContractHarness } from './harness.ts';
import { change, creation, sampleAt, withSession, write } from './scenario.ts';
import { describeContract } from './suite.ts';
import { editions, startYeastar } from './yeastar.ts';

describeContract('yeastar v2.0.0 that shows NAT', () => startYeastar(editions.shown));

describeContract('yeastar v2.0.0 that hides NAT', () => startYeastar(editions.hidden));

describeContract('yeastar v1.1.0', () => startYeastar(editions.first), [
  { law: 'apply-twice', reason: 'v1.x leaves creating to the panel, where nothing is created twice' },
  { law: 'delete-gone', reason: 'v1.x leaves deleting to the panel' },
  { law: 'lost-answer-converges', reason: 'v1.x leaves creating to the panel, whose answer a person sees' },
]);

/** What the exempted laws say of updates holds on v1.1.0 as well. */
describe('an update on v1.1.0', () => {
  let harness: ContractHarness;
  const renaming = () => change(harness, sampleAt(harness, 0), [{ field: 'name', value: 'Recepción Este' }]);

  beforeEach(async () => {
    harness = await startYeastar(editions.first);
    const sample = sampleAt(harness, 0);
    await withSession(harness, 'write', (session) => write(session, [creation(harness, sample)]));
  });

  afterEach(() => harness.stop());

  test('applied twice is applied once', async () => {
    await withSession(harness, 'write', (session) => write(session, [renaming()]));
    const once = [await harness.oracle.saved('110'), await harness.oracle.running('110')];
    await withSession(harness, 'write', (session) => write(session, [renaming()]));
    expect([await harness.oracle.saved('110'), await harness.oracle.running('110')]).toEqual(once);
    expect(once[1]).toMatchObject({ username: 'Recepción Este' });
  });

  test('whose answer was lost is known as unknown, and converges when repeated', async () => {
    await harness.faults.lostAnswer?.();
    await withSession(harness, 'write', async (session) => {
      await expect(session.apply(renaming())).rejects.toMatchObject({ written: 'unknown' });
    });
    await harness.faults.none();
    await withSession(harness, 'write', (session) => write(session, [renaming()]));
    expect(await harness.oracle.running('110')).toMatchObject({ username: 'Recepción Este' });
  });
});
