import { watchPages } from '../../transport/pages.ts';
import { type About, strange } from '../../transport/refusal.ts';
import { ask, type Box } from './box.ts';
import { aboutOf, type Question } from './call.ts';
import { countOf, type Json, listIn } from './json.ts';

/** Rows asked for in one page: what integrators' clients ask for. [field] */
const PAGE_SIZE = 100;

/** A list of the box that comes in pages. */
export interface Listing<T extends { readonly id: number }> {
  readonly path: string;
  /** Where the rows stand in an answer, where not in `data`. */
  readonly rows?: string;
  readonly read: (entry: Json, about: About) => T;
}

/** What one walk through all pages found. */
interface Walk<T> {
  readonly rows: readonly T[];
  /** What is wrong with it; null = it is complete. */
  readonly flaw: string | null;
}

/**
 * The whole list. A list that changes while it is read is read once more.
 * @throws `strange-answer` where it is still not complete: a part is never returned as the whole
 */
export async function fetchAll<T extends { readonly id: number }>(
  box: Box,
  listing: Listing<T>,
): Promise<readonly T[]> {
  const first = await walk(box, listing);
  if (first.flaw === null) return first.rows;
  const second = await walk(box, listing);
  if (second.flaw === null) return second.rows;
  throw strange(second.flaw, aboutOf(box.link, { path: listing.path }));
}

/** Sorted by id, so that what is added meanwhile comes last. [vendor-docs: the sorting] Ends where the total changes. */
async function walk<T extends { readonly id: number }>(box: Box, listing: Listing<T>): Promise<Walk<T>> {
  const about = aboutOf(box.link, { path: listing.path });
  const watch = watchPages(about);
  const rows: T[] = [];
  const totals = new Set<number>();
  for (let page = 1; ; page += 1) {
    const { found, total } = await fetchPage(box, listing, page);
    rows.push(...found);
    totals.add(total);
    const done = rows.length >= total || found.length === 0 || totals.size > 1;
    if (done) return { rows, flaw: flawOf(rows, [...totals]) };
    watch(Buffer.from(JSON.stringify(found)));
  }
}

async function fetchPage<T extends { readonly id: number }>(
  box: Box,
  { path, rows = 'data', read }: Listing<T>,
  page: number,
): Promise<{ readonly found: readonly T[]; readonly total: number }> {
  const query = { page: String(page), page_size: String(PAGE_SIZE), sort_by: 'id', order_by: 'asc' };
  const question: Question = { path, query };
  const about = aboutOf(box.link, question);
  const body = await ask(box, question);
  const total = countOf(body.total_number);
  if (total === undefined) throw strange('no total_number', about);
  const empty = total === 0 && !Array.isArray(body[rows]);
  const found = empty ? [] : listIn(body, rows, about).map((entry) => read(entry, about));
  return { found, total };
}

function flawOf(rows: readonly { readonly id: number }[], totals: readonly number[]): string | null {
  const [total = 0] = totals;
  const different = new Set(rows.map(({ id }) => id)).size;
  if (totals.length > 1) return `total_number changed from ${totals.join(' to ')} while the list was read`;
  if (rows.length !== total) return `total_number ${total}, but ${rows.length} rows`;
  return different === rows.length ? null : `${rows.length - different} rows listed twice`;
}
