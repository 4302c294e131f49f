import { describe, expect, it } from 'vitest';
import { reveal } from '../../../engine/model/index.ts';
import { generatePassword, generatePin, isTrivialPin } from '../../../engine/secrets/index.ts';
import { failureCode } from './support.ts';

const samples = 3_000;
const draw = (make: () => string) => Array.from({ length: samples }, make);
const passwords = draw(() => reveal(generatePassword({ number: '110', name: 'Recepción' })));

describe('3,000 generated passwords', () => {
  it.each<[string, RegExp]>([
    ['have 20 characters of the alphabet', /^[A-Za-z0-9_-]{20}$/],
    ['have a capital', /[A-Z]/],
    ['have a small letter', /[a-z]/],
    ['have a digit', /[0-9]/],
    ['have one separator, not at an end', /^[^_-]+[_-][^_-]+$/],
  ])('%s', (_, rule) => {
    expect(passwords.filter((password) => !rule.test(password))).toEqual([]);
  });

  it.each<[string, RegExp]>([
    ['have no look-alikes', /[0OoQ1Il|i2Zz5Ss8B]/],
    ['have no two digits side by side', /[0-9]{2}/],
  ])('%s', (_, rule) => {
    expect(passwords.filter((password) => rule.test(password))).toEqual([]);
  });

  it('are all different', () => {
    expect(new Set(passwords).size).toBe(samples);
  });

  it('use every letter about equally', () => {
    const letters = passwords.map((password) => password.replace(/[-_]/, '')).join('');
    const counts = [...'ACDEFGHJKLMNPRTUVWXYabcdefghjkmnpqrtuvwxy'].map(
      (letter) => letters.split(letter).length - 1,
    );
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(Math.max(...counts) / mean).toBeLessThan(1.25);
    expect(Math.min(...counts) / mean).toBeGreaterThan(0.75);
  });

  it('put the separator at each of the 18 places', () => {
    expect(new Set(passwords.map((password) => password.search(/[-_]/))).size).toBe(18);
  });
});

describe('what a password may not hold', () => {
  it.each([
    ['a word of the name', { name: 'Ana Fer' }, /ana|fer/i],
    ['a word with accents', { name: 'Áge' }, /age/i],
    ['a short name', { name: 'Tv' }, /tv/i],
    ['a name of one letter', { name: 'A' }, /a/i],
    ['a number of one digit', { number: '7' }, /7/],
    ['initials written apart', { name: 'r t' }, /rt/i],
  ])('%s', (_, subject, forbidden) => {
    const found = draw(() => reveal(generatePassword(subject))).filter((password) =>
      forbidden.test(password),
    );
    expect(found).toEqual([]);
  });

  it('the name, even if it is drawn', () => {
    const script = scripted('anaACDEFGHJKLMNP3ac', 'tuvACDEFGHJKLMNP3ac');
    expect(reveal(generatePassword({ name: 'Ana' }, script))).toMatch(/^t-uvA/);
  });

  it.each([
    ['only signs', { number: '-', name: '_' }],
    ['nothing', { number: '', name: '' }],
    ['only spaces', { number: ' ', name: '  ' }],
  ])('where number and name are %s, anything else', (_, subject) => {
    expect(reveal(generatePassword(subject))).toHaveLength(20);
  });
});

describe('3,000 generated PINs', () => {
  const pins = draw(() => reveal(generatePin(4, '4071')));

  it('have the digits asked for and no leading zero', () => {
    expect(pins.filter((pin) => !/^[1-9][0-9]{3}$/.test(pin))).toEqual([]);
  });

  it('are never trivial nor the number', () => {
    expect(pins.filter((pin) => isTrivialPin(pin) || pin === '4071')).toEqual([]);
  });

  it('use every digit in the last place', () => {
    expect(new Set(pins.map((pin) => pin.at(-1))).size).toBe(10);
  });

  it('do not hold the number nor lie in it', () => {
    const longer = draw(() => reveal(generatePin(6, '110')));
    const within = draw(() => reveal(generatePin(4, '910246810')));
    expect(longer.filter((pin) => pin.includes('110'))).toEqual([]);
    expect(within.filter((pin) => '910246810'.includes(pin))).toEqual([]);
  });
});

describe('PINs that people choose', () => {
  it.each([
    '1111',
    '1212',
    '123123',
    '1234',
    '2345',
    '4321',
    '9876',
    '8901',
    '3210',
    '1221',
    '12321',
    '1987',
    '2026',
  ])('%s is one', (pin) => {
    expect(isTrivialPin(pin)).toBe(true);
  });

  it.each(['4071', '1243', '9071', '19875', '3100'])('%s is not', (pin) => {
    expect(isTrivialPin(pin)).toBe(false);
  });

  it.each([3, 13, 4.5, Number.NaN])('cannot have %s digits', async (digits) => {
    expect(await failureCode(() => generatePin(digits))).toBe('pin-length');
  });
});

/** Randomness that draws the given letters, each candidate with `-` in second place. */
function scripted(...candidates: string[]): (limit: number) => number {
  const symbols = 'ACDEFGHJKLMNPRTUVWXYabcdefghjkmnpqrtuvwxy34679';
  const numbers = candidates.flatMap((text) => [...[...text].map((letter) => symbols.indexOf(letter)), 0, 0]);
  return () => numbers.shift() ?? 0;
}
