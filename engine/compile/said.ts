import type { Desired, Scalar } from '../model/index.ts';

/** What the YAML says of the values of one thing: what they shall be, and, with `null`, which are left alone. */
export type Said = Pick<Desired, 'values' | 'leave'>;

/** Blocks of the YAML are no values. `leave` is there only where something is left alone. */
export function saidIn(entries: readonly (readonly [field: string, value: unknown])[]): Said {
  const values = entries.filter((entry): entry is readonly [string, Scalar] => isScalar(entry[1]));
  const leave = entries.flatMap(([field, value]) => (value === null ? [field] : []));
  return { values: Object.fromEntries(values), ...(leave.length === 0 ? {} : { leave }) };
}

function isScalar(value: unknown): value is Scalar {
  return value !== null && value !== undefined && typeof value !== 'object';
}
