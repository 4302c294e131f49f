import { expect, it } from 'vitest';
import { createTurns } from '../../../engine/state/turns.ts';

/** Work that writes down when it starts and ends, and ends when told. */
function work(log: string[], name: string) {
  let end = () => {};
  const told = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    log.push(`${name} starts`);
    await told;
    log.push(`${name} ends`);
  };
  return { run, end };
}

it('lets shared work overlap', async () => {
  const turns = createTurns();
  const log: string[] = [];
  const [a, b] = [work(log, 'a'), work(log, 'b')];
  const all = [turns.shared(a.run), turns.shared(b.run)];
  b.end();
  a.end();
  await Promise.all(all);
  expect(log).toEqual(['a starts', 'b starts', 'b ends', 'a ends']);
});

it('lets lone work wait for shared work, and later work for it', async () => {
  const turns = createTurns();
  const log: string[] = [];
  const [a, b, c, d] = [work(log, 'a'), work(log, 'b'), work(log, 'c'), work(log, 'd')];
  const all = [turns.shared(a.run), turns.alone(b.run), turns.shared(c.run), turns.alone(d.run)];
  for (const one of [d, c, b, a]) one.end();
  await Promise.all(all);
  expect(log.slice(0, 4)).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
  expect(log.slice(4).toSorted()).toEqual(['c ends', 'c starts', 'd ends', 'd starts']);
});

it('goes on after work that failed', async () => {
  const turns = createTurns();
  const fail = async () => {
    throw new Error('no');
  };
  const failed = [turns.shared(fail), turns.alone(fail)];
  const after = turns.shared(async () => 'yes');
  expect((await Promise.allSettled(failed)).map((one) => one.status)).toEqual(['rejected', 'rejected']);
  expect(await after).toBe('yes');
});
