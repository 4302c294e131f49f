import type { NumberFormat } from '../model/input.ts';

/**
 * Brings an outside number to the form that a platform writes: `+34910000001` with `{ form: digits }` → `34910000001`.
 * A number without `+` is taken as already in that form. Words (`anonymous`, `internal`) pass through.
 */
export function formatNumber(number: string, format: NumberFormat | undefined): string {
  if (format === undefined || !number.startsWith('+')) return number;
  const digits = number.slice(1);
  switch (format.form) {
    case 'e164':
      return number;
    case 'digits':
      return digits;
    case 'international':
      return `00${digits}`;
    case 'national':
      return nationalOf(digits, format);
  }
}

/** Numbers of other countries keep their international form. */
function nationalOf(digits: string, format: NumberFormat): string {
  const country = format.countryCode;
  if (country === undefined || !digits.startsWith(country)) return `00${digits}`;
  return `${format.nationalPrefix ?? ''}${digits.slice(country.length)}`;
}
