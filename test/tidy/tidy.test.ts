import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { messages } from '../../engine/model/index.ts';
import { type Rule, shown } from './rule.ts';
import { rules } from './rules/index.ts';
import { unequalCodes, unusedCodes } from './rules/messages.ts';
import { longFiles, staleExceptions } from './rules/size.ts';
import { readRepository } from './source.ts';

const repository = readRepository(fileURLToPath(new URL('../..', import.meta.url)));

describe.each(rules.map((rule): [string, Rule] => [rule.name, rule]))('%s', (_name, rule) => {
  test('here', () => {
    expect(rule.check(repository).map(shown)).toEqual([]);
  });

  test.each(rule.caught.map((file, index) => [index + 1, file] as const))(
    'catches sample %i',
    (_index, file) => {
      expect(rule.check([file])).not.toEqual([]);
    },
  );

  test.each(rule.fine.map((file, index) => [index + 1, file] as const))(
    'leaves sample %i',
    (_index, file) => {
      expect(rule.check([file])).toEqual([]);
    },
  );
});

describe('every exception to a length is needed', () => {
  test('here', () => {
    expect(staleExceptions(repository, longFiles)).toEqual([]);
  });

  test('finds one that is not', () => {
    const stale = { path: /^a\.ts$/, ceiling: 300, reason: 'long once' };
    expect(staleExceptions([{ path: 'a.ts', text: 'x;\n' }], [stale])).toEqual(['/^a\\.ts$/']);
  });
});

describe('every message is used', () => {
  test('here', () => {
    expect(unusedCodes(repository, Object.keys(messages))).toEqual([]);
  });

  test('finds one that is not', () => {
    const users = [
      { path: 'engine/a.ts', text: "throw new AltaError('used-code');" },
      { path: 'engine/model/messages/a.ts', text: "'lost-code': {}" },
    ];
    expect(unusedCodes(users, ['used-code', 'lost-code'])).toEqual(['lost-code']);
  });
});

describe('messages hold the same parts and placeholders in both languages', () => {
  test('here', () => {
    expect(unequalCodes(messages)).toEqual([]);
  });

  test.each([
    ['a placeholder', { summary: 'a {x}' }, { summary: 'b {y}' }],
    ['a part', { summary: 'a', hint: 'do' }, { summary: 'b' }],
  ])('finds %s that differs', (_what, en, es) => {
    expect(unequalCodes({ odd: { en, es } })).toEqual(['odd']);
  });
});
