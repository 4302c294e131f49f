import { expect, it } from 'vitest';
import { leaseMs } from '../../../engine/run/apply/lease-length.ts';
import type { Driver } from '../../../providers/contract.ts';
import { driver as memory } from '../../../providers/memory/driver.ts';
import { target } from '../plan/kit.ts';

const slow: Driver = {
  ...memory,
  facts: { ...memory.facts, host: { ...memory.facts.host, longestWriteMs: 60_000 } },
};
const drivers = new Map<string, Driver | null>([
  ['memory', memory],
  ['slow', slow],
  ['unbuilt', null],
]);

it.each([
  ['as usual', [target()], 60_000],
  ['longer for a driver whose writes take longer', [target(), target('b', { driver: 'slow' })], 90_000],
  [
    'as long as its options say',
    [target('b', { driver: 'slow', options: { timeLimitMs: 600_000 } })],
    900_000,
  ],
  ['never shorter than usual', [target('b', { driver: 'slow', options: { timeLimitMs: 1_000 } })], 60_000],
  ['as usual without a driver', [target('b', { driver: 'unbuilt' })], 60_000],
  ['as usual without targets', [], 60_000],
])('a lease lives %s', (_, targets, ms) => {
  expect(leaseMs(targets, drivers)).toBe(ms);
});
