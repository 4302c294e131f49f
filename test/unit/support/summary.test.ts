import { expect, test } from 'vitest';
import { reasonOf, summaryText } from '../../support/summary.ts';

test('the last line counts', () => {
  expect(summaryText({ passed: 3, failed: 1, skipped: [] })).toBe('\n3 passed, 1 failed, 0 skipped\n');
});

test('skipped tests are listed with their reasons before it', () => {
  const text = summaryText({ passed: 1, failed: 0, skipped: ['a.test.ts > b: needs age'] });
  expect(text).toBe('\nskipped:\n  a.test.ts > b: needs age\n\n1 passed, 0 failed, 1 skipped\n');
});

test.each([
  ['the note', 'law (exempt: x)', 'no sshd here', 'no sshd here'],
  ['the last brackets', 'age (1.1) > opens (needs age)', undefined, 'needs age'],
  ['the brackets of a group', 'age (needs age) > opens', undefined, 'needs age'],
  ['a complaint', 'opens', undefined, 'no reason given'],
])('the reason is %s', (_what, name, note, reason) => {
  expect(reasonOf(name, note)).toBe(reason);
});
