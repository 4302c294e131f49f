import { describe, expect, it } from 'vitest';
import { realClock } from '../../../providers/transport/clock.ts';
import { thrown } from './servers.ts';

describe('the real clock', () => {
  it('sleeps as long as asked', async () => {
    const before = realClock.elapsed();
    await realClock.sleep(30);
    expect(realClock.elapsed() - before).toBeGreaterThanOrEqual(28);
  });

  it('wakes with the reason of its signal', async () => {
    const stop = new AbortController();
    const slept = thrown(realClock.sleep(60_000, stop.signal));
    stop.abort(new Error('stopped'));
    expect(await slept).toMatchObject({ message: 'stopped' });
  });

  it('does not fall asleep after the signal', async () => {
    expect(await thrown(realClock.sleep(60_000, AbortSignal.abort(new Error('stopped'))))).toMatchObject({
      message: 'stopped',
    });
  });

  it('tells the time of day', () => {
    expect(Math.abs(realClock.now() - Date.now())).toBeLessThan(1_000);
  });
});
