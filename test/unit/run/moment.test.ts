import { describe, expect, it } from 'vitest';
import { ageOf, momentOf } from '../../../engine/run/targets/moment.ts';

const clock = (wall: number, monotonic: number) => ({
  now: () => wall,
  elapsed: () => monotonic,
  sleep: async () => {},
});

describe('the age of a moment', () => {
  const moment = momentOf(clock(10_000, 500));

  it.each([
    ['both clocks say the same', clock(11_000, 1_500), 1_000],
    ['the machine slept', clock(70_000, 1_500), 60_000],
    ['the wall clock was held back', clock(10_000, 3_500), 3_000],
    ['the wall clock was set back', clock(9_999, 501), Number.POSITIVE_INFINITY],
  ])('where %s', (_, now, age) => {
    expect(ageOf(moment, now)).toBe(age);
  });
});
