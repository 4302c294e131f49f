/** Telephone numbers as people and servers write them. Pure. */

/** A number that is whole without its country's code has as many digits: those of Spain do. [inference] */
const WHOLE = 9;

/** A country's code has three digits at most. [ITU-T E.164] */
const CODE = 3;

interface Parts {
  readonly digits: string;
  /** Begins with `+` or `00`: nothing can stand before it. */
  readonly international: boolean;
}

/**
 * Whether two texts are one telephone number: `+34910000001`, `0034 910 00 00 01`, `34910000001` and `910000001` are. Where one of them has no
 * country's code, only a number that is whole without it counts: an extension is not the number that ends in it. Texts that are no number
 * are the same as nothing.
 */
export function sameNumber(one: string, other: string): boolean {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (a === null || b === null) return false;
  if (a.digits === b.digits) return a.international === b.international || a.digits.length >= WHOLE;
  if (a.international && b.international) return false;
  const [short, long] = a.digits.length < b.digits.length ? [a, b] : [b, a];
  const code = long.digits.length - short.digits.length;
  return (
    !short.international && short.digits.length >= WHOLE && code <= CODE && long.digits.endsWith(short.digits)
  );
}

function partsOf(text: string): Parts | null {
  const plain = text.replace(/[\s().\-/]/g, '');
  const [, prefix, digits] = /^(\+|00(?=[1-9]))?(\d{1,30})$/.exec(plain) ?? [];
  return digits === undefined ? null : { digits, international: prefix !== undefined };
}
