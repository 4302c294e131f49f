import { expect, test } from 'vitest';
import { suggest } from '../../../engine/load/suggest.ts';

const fields = ['pbx', 'number', 'name', 'nat', 'email', 'concurrentRegistrations', 'callerId'];

test.each([
  ['concurentRegistrations', 'concurrentRegistrations'],
  ['concurrent_registrations', 'concurrentRegistrations'],
  ['nmae', 'name'],
  ['CallerID', 'callerId'],
  ['emial', 'email'],
  ['numbers', 'number'],
])('%s: did you mean %s?', (word, meant) => {
  expect(suggest(word, fields)).toBe(meant);
});

test.each(['colour', 'x', 'department', ''])('%s: nothing near', (word) => {
  expect(suggest(word, fields)).toBeNull();
});

test('a very long word costs nothing', () => {
  expect(suggest('x'.repeat(1_000_000), fields)).toBeNull();
});
