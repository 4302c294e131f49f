import { randomInt } from 'node:crypto';
import { AltaError, Secret } from '../model/index.ts';
import type { RandomInt } from './password.ts';

const shortest = 4;
const longest = 12;

/**
 * A PIN of 4 to 12 digits that is not among the first that anyone tries. The first digit is never 0, which boxes
 * that keep PINs as numbers drop. Drawn again until it is none of: one digit or one group repeated (1111, 1212),
 * a run up or down (2345, 9876, 8901), mirrored (1221), a year (1900–2099), part of the extension's number or
 * holding it.
 *
 * @param number the extension's number.
 * @throws AltaError `pin-length`.
 */
export function generatePin(digits: number, number = '', random: RandomInt = randomInt): Secret {
  if (!Number.isInteger(digits) || digits < shortest || digits > longest) {
    throw new AltaError('pin-length', { digits, min: shortest, max: longest });
  }
  for (;;) {
    const rest = Array.from({ length: digits - 1 }, () => random(10));
    const pin = [1 + random(9), ...rest].join('');
    if (!isTrivialPin(pin) && !echoes(pin, number)) return new Secret(pin);
  }
}

/** Whether a PIN is one that people choose. */
export function isTrivialPin(pin: string): boolean {
  const mirrored = [...pin].reverse().join('') === pin;
  return /^(\d+)\1+$/.test(pin) || isRun(pin, 1) || isRun(pin, 9) || mirrored || /^(19|20)\d\d$/.test(pin);
}

/** Each digit is the one before plus `step`, 9 being followed by 0. */
function isRun(pin: string, step: number): boolean {
  const digits = [...pin].map(Number);
  return digits.every((digit, index) => index === 0 || digit === ((digits[index - 1] ?? 0) + step) % 10);
}

/** Numbers of one or two digits are in too many PINs to matter. */
function echoes(pin: string, number: string): boolean {
  return number.length >= 3 && (pin.includes(number) || number.includes(pin));
}
