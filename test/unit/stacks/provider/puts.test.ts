import { describe, expect, it } from 'vitest';
import { createPuts } from '../../../../stacks/provider/puts.ts';

/** A clock that moves only while somebody sleeps, and what happens as it does. */
function clockWith(at: Readonly<Record<number, () => void>>) {
  let now = 0;
  const sleep = async (ms: number) => {
    for (const end = now + ms; now < end; ) {
      now += 1;
      at[now]?.();
    }
  };
  return { now: () => now, sleep };
}

const { signal } = new AbortController();

describe('deletions wait', () => {
  it('for nothing where nothing is under way there', async () => {
    const puts = createPuts(clockWith({}));
    puts.note('acme/pbx:otra', 'acme/pbx:otra/extension:10', 'failed');
    expect(await puts.over('acme/pbx:sede', signal)).toBe(true);
  });

  it.each([
    ['done', true],
    ['failed', false],
  ] as const)('until what is under way is %s', async (put, well) => {
    const note = (now: 'planned' | 'under-way' | 'done' | 'failed') => () =>
      puts.note('acme/pbx:sede', 'acme/pbx:sede/extension:10', now);
    const clock = clockWith({ 5: note('planned'), 500: note('under-way'), 9000: note(put) });
    const puts = createPuts(clock);
    expect(await puts.over('acme/pbx:sede', signal)).toBe(well);
    expect(clock.now()).toBeGreaterThanOrEqual(9_000);
  });

  it('not for ever, where what was planned is never asked for', async () => {
    const clock = clockWith({});
    const puts = createPuts(clock);
    puts.note('acme/pbx:sede', 'acme/pbx:sede/extension:10', 'planned');
    expect(await puts.over('acme/pbx:sede', signal)).toBe(true);
    expect(clock.now()).toBeLessThan(5_000);
  });

  it('not once the run is to end', async () => {
    const ending = new AbortController();
    const puts = createPuts(clockWith({ 100: () => ending.abort() }));
    puts.note('acme/pbx:sede', 'acme/pbx:sede/extension:10', 'under-way');
    expect(await puts.over('acme/pbx:sede', ending.signal)).toBe(false);
  });
});
