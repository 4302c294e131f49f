import { fits, stepsOf } from './pattern.ts';
import type { Route } from './places.ts';

/** How a route takes a number: `any` = it has no pattern, so that its trunks decide; `extension` = with what the number ends in. */
export type Match = { readonly by: 'number' | 'any' } | { readonly by: 'extension'; readonly number: string };

/** Null where it does not take it. Pure. */
export function matchOf(route: Route, number: string): Match | null {
  switch (route.option) {
    case 'patterns':
      if (route.patterns.length === 0) return { by: 'any' };
      return route.patterns.some((pattern) => takes(pattern, number)) ? { by: 'number' } : null;
    case 'pattern_to_ext':
      return extensionIn(route.patterns[0] ?? '', number);
    case 'range_to_ext':
      return isWithin(number, route.range) ? { by: 'number' } : null;
    default:
      return route.patterns.some((one) => isSame(one, number)) ? { by: 'number' } : null;
  }
}

/** The box's patterns: X, Z and N are digits, `[…]` some of them, `.` one or more of any, `!` none or more. [vendor-docs] */
function takes(pattern: string, number: string): boolean {
  if (isSame(pattern, number)) return true;
  const steps = stepsOf(pattern);
  return steps !== undefined && [number, digitsOf(number)].some((form) => fits(steps, form));
}

const EXTENSION = '{{.Ext}}';

/** `5503{{.Ext}}`: the rest of the number is the extension. [vendor-docs] */
function extensionIn(pattern: string, number: string): Match | null {
  const [head = '', tail] = pattern.split(EXTENSION);
  if (tail === undefined) return null;
  const found = [number, digitsOf(number)].find((form) => isAround(form, head, tail));
  return found === undefined
    ? null
    : { by: 'extension', number: found.slice(head.length, found.length - tail.length) };
}

function isAround(form: string, head: string, tail: string): boolean {
  return form.startsWith(head) && form.endsWith(tail) && form.length > head.length + tail.length;
}

/** Compared only where all three are written alike. */
function isWithin(number: string, [first, last]: readonly [string, string]): boolean {
  const digits = digitsOf(number);
  return digits.length === first.length && first.length === last.length && first <= digits && digits <= last;
}

/** A whole number has nine digits or more, with or without its country's code. [inference] */
const WHOLE = 9;

function isSame(one: string, other: string): boolean {
  if (!/^\+?[0-9]+$/.test(one)) return false;
  const [short, long] = [digitsOf(one), digitsOf(other)].sort((a, b) => a.length - b.length) as [
    string,
    string,
  ];
  return short === long || (short.length >= WHOLE && long.endsWith(short));
}

/** `+34…` and `0034…` are the same number. */
function digitsOf(number: string): string {
  return number.replace(/\D/g, '').replace(/^00/, '');
}
