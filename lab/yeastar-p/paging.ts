import type { Box } from './box.ts';
import {
  type Answer,
  type ApiCall,
  ERRCODE,
  failure,
  invalid,
  isAnswer,
  success,
  textParam,
} from './wire.ts';

/** Something a list call answers: its `id` and what it can be sorted by. */
export type Row = Record<string, unknown> & { id: number };

/** How a kind of record is listed. */
export interface Listing {
  /** Keys that `sort_by` takes. */
  sorts: readonly string[];
  /** The key of the answer that holds the rows. Default `data` (D). */
  key?: string;
  more?: Record<string, unknown>;
  /** Completes the rows of the page, with what is dear to work out. */
  complete?(row: Row): Row;
}

/**
 * A page of rows: `page` from 1, `page_size`, `sort_by`, `order_by` asc or desc; `total_number` counts all of them (D). Without
 * `sort_by` rows come by id (I). A page beyond the last is empty (I).
 */
export function listed(
  box: Box,
  call: ApiCall,
  rows: Row[],
  { sorts, key = 'data', more = {}, complete = (row) => row }: Listing,
): Answer {
  const page = pageOf(box, call);
  if (isAnswer(page)) return page;
  const sort = textParam(call.params, 'sort_by') || 'id';
  const order = textParam(call.params, 'order_by') || 'asc';
  if (sort !== 'id' && !sorts.includes(sort)) return invalid('sort_by', 'oneof');
  if (order !== 'asc' && order !== 'desc') return invalid('order_by', 'oneof');
  const sorted = [...rows].sort((a, b) => compare(a[sort], b[sort]) || a.id - b.id);
  if (order === 'desc') sorted.reverse();
  return success({
    total_number: rows.length,
    ...more,
    [key]: sorted.slice(page.from, page.to).map(complete),
  });
}

/** The record of `id` (`…/get`), which is required (D). */
export function got(call: ApiCall, details: ReadonlyMap<string, () => unknown>): Answer {
  const id = idParam(call, 'id');
  if (typeof id !== 'string') return id;
  const detail = details.get(id);
  return detail === undefined ? failure(ERRCODE.notFound) : success({ data: detail() });
}

/** The records of `ids`, a comma list (`…/query`, D). */
export function queried(box: Box, call: ApiCall, details: ReadonlyMap<string, () => unknown>): Answer {
  const asked = textParam(call.params, 'ids');
  if (asked === '') return invalid('ids', 'required');
  const found = asked.split(',').map((id) => details.get(id.trim()));
  const known = found.filter((detail) => detail !== undefined);
  const isLenient = box.settings.doubts.unknownInQuery === 'skip' && known.length > 0;
  if (known.length < found.length && !isLenient) return failure(ERRCODE.notFound);
  return success({ data: known.map((detail) => detail()) });
}

/** An id out of a query string, or the answer that refuses it. */
export function idParam(call: ApiCall, key: string): string | Answer {
  const id = textParam(call.params, key);
  if (id === '') return invalid(key, 'required');
  return /^\d{1,10}$/.test(id) ? id : invalid(key, 'number');
}

/** Rows one of whose texts holds the `search_value`, in any case of letters (D: the parameter; how it compares I). */
export function searched<T extends Row>(call: ApiCall, rows: T[], keys: readonly string[]): T[] {
  const wanted = textParam(call.params, 'search_value').toLowerCase();
  return rows.filter((row) =>
    keys.some((key) =>
      String(row[key] ?? '')
        .toLowerCase()
        .includes(wanted),
    ),
  );
}

function pageOf(box: Box, call: ApiCall): { from: number; to: number } | Answer {
  const { pageSize, maxPageSize, overlongPage } = box.settings.doubts;
  const page = textParam(call.params, 'page') || '1';
  const asked = textParam(call.params, 'page_size') || String(pageSize);
  if (!isCount(page)) return invalid('page', 'min');
  if (!isCount(asked)) return invalid('page_size', 'min');
  if (Number(asked) > maxPageSize && overlongPage === 'refuse') return invalid('page_size', 'max');
  const size = Math.min(Number(asked), maxPageSize);
  const from = (Number(page) - 1) * size;
  return { from, to: from + size };
}

function isCount(text: string): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) > 0;
}

/** Numbers as such, everything else as text: extension 10000 stands before 999 (I: the column is text). */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : Number(left > right);
}
