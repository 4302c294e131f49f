import { expect, onTestFinished, test } from 'vitest';
import { editions, startMeetip } from './meetip.ts';
import { withSession } from './scenario.ts';
import { describeContract, type Exemption } from './suite.ts';

const eachByItself: Exemption = {
  law: 'reads-in-bulk',
  reason:
    'ext.list shows neither limits nor secrets, and nothing shows them in bulk: each extension is asked for',
};

describeContract('meetip v1', () => startMeetip(editions.v1), [eachByItself]);

describeContract('meetip v2', () => startMeetip(editions.v2), [eachByItself]);

describeContract('meetip v1 whose key lists no tenants', () => startMeetip(editions.scoped), [eachByItself]);

describeContract('meetip v1 whose key sees no tenant', () => startMeetip(editions.blind), [eachByItself]);

/** The two ends of a call have no documented names. */
test.each(['from', 'extension'] as const)(
  'a call by API v2 rings, whatever its ends are called (%s), and is hung up',
  async (v2Call) => {
    const harness = await startMeetip({ ...editions.v2, seed: [{ number: '110' }], doubts: { v2Call } });
    onTestFinished(() => harness.stop());
    const { box } = harness;
    box.register('110', box.saved()['110']?.secret ?? '');
    const placed = await withSession(harness, 'write', async (session) =>
      session.placeCall?.('110', '910000009'),
    );
    expect(placed).toMatchObject({ answered: 'unknown' });
    const calls = box
      .requests()
      .entries.filter(({ path, errno }) => path.includes('/calls') && errno === undefined);
    expect([calls[0]?.method, calls.at(-1)?.method]).toEqual(['POST', 'DELETE']);
  },
);
