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
    '\\+?\\d{0,15}',
    '.*\\S.*',
    Array.from({ length: 30 }, (_, index) => `word${index}`).join('|'),
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
    '\\w{0,9}\\w{0,9}\\w{0,9}\\w{0,9}\\w{0,9}\\w{0,9}!',
    `${'a?'.repeat(26)}${'a'.repeat(26)}`,
    `${'(?:a|b|ab)?'.repeat(14)}c`,
    `${'(a|ab)'.repeat(20)}c`,
  ])('may not be %j', (pattern) => {
    expect(patternFlaw(pattern)).toBe('profile-pattern-slow');
  });

  test.each(['(', '[', '*', 'a{2,1}', '\\', '(?<=a)(?<'])('are not %j', (pattern) => {
    expect(patternFlaw(pattern)).toBe('profile-pattern-invalid');
  });

  test('that pass are quick on the longest text that is ever tried', () => {
    const random = seeded(36);
    const parts = [
      'a',
      '.',
      '.*',
      'a+',
      '[ab]*',
      '(ab)?',
      'a{2}',
      '|',
      '(a|b)',
      'a?',
      '\\w{0,9}',
      '(?:a|b|ab)?',
      '.{1,4}',
    ];
    const drawn = () => parts[Math.floor(random() * parts.length)] ?? '';
    const texts = [`${'ab'.repeat(149)}!`, 'a'.repeat(300)];
    let tried = 0;
    for (let round = 0; round < 400; round += 1) {
      // One part again and again is the worst of its kind.
      const pattern =
        round % 2 === 0 ? drawn().repeat(1 + (round % 20)) : Array.from({ length: 6 }, drawn).join('');
      if (patternFlaw(pattern) !== null) continue;
      tried += 1;
      const start = process.cpuUsage();
      for (const text of texts) new RegExp(`${pattern}x$`, 'iu').test(text);
      expect(process.cpuUsage(start).user / 1_000, pattern).toBeLessThan(2_000);
    }
    expect(tried).toBeGreaterThan(100);
  });
});
