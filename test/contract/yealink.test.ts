import { expect, test } from 'vitest';
import { AltaError } from '../../engine/model/index.ts';
import { describeContract, type Exemption } from './suite.ts';
import { phones, startYealink } from './yealink.ts';

const exemptions: readonly Exemption[] = [
  {
    law: 'three-answers',
    reason: 'a phone has one administrator, who may do everything: its 403 says that nobody is logged in',
  },
];

describeContract('yealink web b0', () => startYealink(phones.b0), exemptions);

describeContract('yealink web b1', () => startYealink(phones.b1), exemptions);

describeContract('yealink web b2', () => startYealink(phones.b2), exemptions);

describeContract('yealink web c', () => startYealink(phones.c), exemptions);

test('the web page before V80 is refused by name, without a login', async () => {
  const harness = await startYealink({ name: 'recepcion', generation: 'a' });
  try {
    const opened = await harness.open('write').catch((error: unknown) => error);
    expect(opened instanceof AltaError && opened.code).toBe('device-web-old');
    expect(await harness.oracle.logins()).toBe(0);
  } finally {
    await harness.stop();
  }
});
