import { describe, expect, test } from 'vitest';
import { patternFlaw } from '../../../engine/load/profile/pattern.ts';
import { seeded } from './input.ts';

describe('patterns', () => {
  test.each([
    'taken',
    'ya existe',
    'número de extensiones',
    '(already|ya) (exists|existe)',
    'a.*b',
    '[+*(]{2}',
    '\\(a\\)+',
    '(?:ab)+c',
    '(ab)?',
    '(a|b)?',
  ])('may be %j', (pattern) => {
    expect(patternFlaw(pattern)).toBeNull();
  });

  test.each([
    '(a+)+',
    '(a|a)*',
    '(a?){5,}',
    '((ab)*c)+',
    '(.*)\\1',
    '.*.*.*x',
    '(?:a+|b)+',
    '(a{2,3}){2,}',
    '(?<n>a)\\k<n>',
    'a{0,50}b{0,50}c{0,50}',
    '([a-z]+)*',
  ])('may not be %j', (pattern) => {
    expect(patternFlaw(pattern)).toBe('profile-pattern-slow');
  });

  test.each(['(', '[', '*', 'a{2,1}', '\\', '(?<=a)(?<'])('are not %j', (pattern) => {
    expect(patternFlaw(pattern)).toBe('profile-pattern-invalid');
  });

  test('that pass are quick on the longest text that is ever tried', () => {
    const random = seeded(36);
    const parts = ['a', 'b', '.', '.*', 'a+', '[ab]*', '(ab)?', 'a{2}', '|', '(a|b)'];
    const text = `${'ab'.repeat(149)}!`;
    for (let round = 0; round < 400; round += 1) {
      const pattern = Array.from({ length: 6 }, () => parts[Math.floor(random() * parts.length)]).join('');
      if (patternFlaw(pattern) !== null) continue;
      const start = process.cpuUsage();
      new RegExp(`${pattern}x$`, 'iu').test(text);
      expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_000);
    }
  });
});
