import { describe, expect, it } from 'vitest';
import type { Seen } from '../../../engine/state/epochs.ts';
import type { Life } from '../../../engine/state/machine.ts';
import { beginWatch, judge, look, pauseOf, type Watch } from '../../../engine/state/watch.ts';
import { standingLease } from './kit.ts';

const holder = { ...standingLease().holder, ttlMs: 1000 };
const seenAs = (content: string, epoch = 1): Seen => ({
  epoch,
  content,
  record: { released: false, holder },
});
const patience = { waitMs: 0, ttlMs: 2000 };
const says = (life: Life) => () => life;
const watchOf = (change: Partial<Watch>): Watch => ({ ...beginWatch(0), ...change });

describe('look', () => {
  it('starts counting at what it sees first', () => {
    expect(look(beginWatch(5), seenAs('a'), 7)).toEqual({
      began: 5,
      seen: seenAs('a'),
      since: 7,
      beaten: false,
      looks: 1,
    });
  });

  it('keeps counting while nothing changes', () => {
    const first = look(beginWatch(0), seenAs('a'), 1);
    expect(look(first, seenAs('a'), 9)).toMatchObject({ since: 1, beaten: false, looks: 2 });
  });

  it('takes a changed content for a sign of life', () => {
    const first = look(beginWatch(0), seenAs('a'), 1);
    expect(look(first, seenAs('b'), 9)).toMatchObject({ since: 9, beaten: true, looks: 2 });
  });

  it('takes a new epoch for a sign of life, and counts its looks anew', () => {
    const first = look(beginWatch(0), seenAs('a'), 1);
    expect(look(first, seenAs('b', 2), 9)).toMatchObject({ since: 9, beaten: true, looks: 1 });
  });
});

describe('judge', () => {
  it.each<[string, Watch, Life, number, string]>([
    ['free where it was never taken', watchOf({ seen: null }), 'unknown', 0, 'free'],
    [
      'free once released',
      watchOf({ seen: { ...seenAs('a'), record: { released: true, holder } } }),
      'alive',
      0,
      'free',
    ],
    ['free where its holder is dead', watchOf({ seen: seenAs('a') }), 'dead', 0, 'free'],
    ['held where its holder lives', watchOf({ seen: seenAs('a') }), 'alive', 0, 'held'],
    ['open where nothing is known', watchOf({ seen: seenAs('a') }), 'unknown', 0, 'wait'],
    ['held after a sign of life', watchOf({ seen: seenAs('a'), beaten: true }), 'unknown', 0, 'held'],
    ['open up to a tenth over the TTL', watchOf({ seen: seenAs('a') }), 'unknown', 1100, 'wait'],
    ['free after that', watchOf({ seen: seenAs('a') }), 'unknown', 1101, 'free'],
    ['free after that even of a stopped process', watchOf({ seen: seenAs('a') }), 'alive', 1101, 'free'],
    [
      'open as long as our own TTL where the record makes no sense',
      watchOf({ seen: { ...seenAs('a'), record: null } }),
      'alive',
      2200,
      'wait',
    ],
    ['free after that too', watchOf({ seen: { ...seenAs('a'), record: null } }), 'alive', 2201, 'free'],
  ])('finds it %s', (_, watch, life, now, verdict) => {
    expect(judge(watch, says(life), patience, now)).toBe(verdict);
  });

  it('waits for a living holder as long as was asked', () => {
    const watch = watchOf({ seen: seenAs('a') });
    const patient = { ...patience, waitMs: 500 };
    expect([499, 500].map((now) => judge(watch, says('alive'), patient, now))).toEqual(['wait', 'held']);
  });
});

describe('pauseOf', () => {
  it('doubles from 20 ms up to a second', () => {
    const pauses = [1, 2, 6, 7, 50].map((looks) => pauseOf(watchOf({ looks }), patience, 0, 1));
    expect(pauses).toEqual([20, 40, 640, 1000, 1000]);
  });

  it('is spread over its upper half', () => {
    expect(pauseOf(watchOf({ looks: 1 }), patience, 0, 0)).toBe(10);
  });

  it('does not outlast the time to wait', () => {
    expect(pauseOf(watchOf({ looks: 50 }), { ...patience, waitMs: 300 }, 200, 1)).toBe(100);
  });
});
