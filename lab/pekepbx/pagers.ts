import type { PagerName } from './dialect.ts';
import type { Entry } from './model.ts';

/** One list call: all rows in order of creation, and what the query asks of them. */
export interface Wanted {
  rows: readonly Entry[];
  query: URLSearchParams;
  /** Name of the query parameter that says how many. */
  rowsKey: string;
  usual: number;
  most: number;
  /** Path of the list. */
  path: string;
}

/** The rows of one page, and what goes around them. */
export interface Page {
  rows: readonly Entry[];
  around(items: readonly unknown[]): unknown;
}

type Pager = (wanted: Wanted) => Page | undefined;

/** Undefined for a cursor that is none. */
export function pageOf(style: PagerName, wanted: Wanted): Page | undefined {
  return PAGERS[style](wanted);
}

const PAGERS: Readonly<Record<PagerName, Pager>> = {
  /** Numbered pages, as the framework makes them (I). */
  page(wanted) {
    const { rows, query, path } = wanted;
    const size = sizeOf(wanted);
    const number = Math.max(1, wholeOf(query.get('page'), 1));
    const last = Math.max(1, Math.ceil(rows.length / size));
    const from = (number - 1) * size;
    const link = (page: number) => (page < 1 || page > last ? null : `${path}?page=${page}`);
    return {
      rows: rows.slice(from, from + size),
      around: (items) => ({
        data: items,
        links: { first: link(1), last: link(last), prev: link(number - 1), next: link(number + 1) },
        meta: {
          current_page: number,
          from: items.length === 0 ? null : from + 1,
          last_page: last,
          path,
          per_page: size,
          to: items.length === 0 ? null : from + items.length,
          total: rows.length,
        },
      }),
    };
  },
  offset(wanted) {
    const { rows, query } = wanted;
    const size = sizeOf(wanted);
    const offset = Math.max(0, wholeOf(query.get('offset'), 0));
    return {
      rows: rows.slice(offset, offset + size),
      around: (items) => ({ items, count: rows.length, offset, limit: size }),
    };
  },
  /** A cursor goes on behind the last row seen, whatever was created or deleted meanwhile. */
  cursor(wanted) {
    const { rows, query } = wanted;
    const size = sizeOf(wanted);
    const after = serialIn(query.get('cursor'));
    if (after === undefined) return undefined;
    const left = rows.filter(({ serial }) => serial > after);
    const chosen = left.slice(0, size);
    const last = chosen.at(-1);
    const next = last === undefined || left.length <= size ? null : cursorFor(last);
    return { rows: chosen, around: (items) => ({ results: items, next }) };
  },
  /** No word of what is missing. */
  bare: ({ rows, most }) => ({ rows: rows.slice(0, most), around: (items) => items }),
};

function sizeOf({ query, rowsKey, usual, most }: Wanted): number {
  return Math.min(Math.max(1, wholeOf(query.get(rowsKey), usual)), most);
}

function wholeOf(text: string | null, otherwise: number): number {
  return text !== null && /^-?\d{1,9}$/.test(text) ? Number(text) : otherwise;
}

function cursorFor({ serial }: Entry): string {
  return Buffer.from(`after:${serial}`).toString('base64url');
}

function serialIn(cursor: string | null): number | undefined {
  if (cursor === null || cursor === '') return 0;
  const [, serial] = /^after:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return serial === undefined ? undefined : Number(serial);
}
