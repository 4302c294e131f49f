import type { Dialect, PagerName } from '../dialect.ts';
import { bare, flat } from './flat.ts';
import { nested } from './nested.ts';

export const DIALECTS: Readonly<Record<Dialect['edition'], Dialect>> = { a: flat, b: nested, c: bare };

/** A dialect, paged in its own way or in another. */
export function dialectFor(edition: Dialect['edition'], pager?: PagerName): Dialect {
  return pager === undefined ? DIALECTS[edition] : { ...DIALECTS[edition], pager };
}
