/**
 * Terraform counts with 512 bits, JavaScript with 53. Integers travel as integers; a fraction travels as decimal text, since 0.1 is no
 * binary fraction, and is written back as the same text. What would come back as another number is refused before it does harm.
 */

/** The number that stands for `wire` without loss; null where there is none. */
export function exactNumber(wire: number | bigint | string): number | null {
  if (typeof wire === 'number' && Number.isSafeInteger(wire)) return wire;
  // A hundred digits write out what a double holds, to its last bit.
  const text = typeof wire === 'number' ? wire.toPrecision(100) : String(wire);
  const number = Number(text);
  return Number.isFinite(number) && decimalOf(text) === decimalOf(String(number)) ? number : null;
}

/** How a number is sent: an integer as it is, all else as text. */
export function wireNumber(value: number): number | string {
  return Number.isSafeInteger(value) ? value : String(value);
}

/** `12.50`, `1.25e1` → `125e-1`: equal texts for equal numbers, sign aside. */
function decimalOf(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace(/^[-+]/, '').split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '0' : `${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`;
}
