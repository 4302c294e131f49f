import { AltaError } from '../../../engine/model/index.ts';
import { strange } from '../../transport/refusal.ts';
import { type Detail, type Entry, readDetail, readDetails, readEntry } from './answers.ts';
import { fetchByIds } from './batches.ts';
import { ask, type Box } from './box.ts';
import { aboutOf, paths, type Question } from './call.ts';
import { meaningOf, refusedBy } from './errors.ts';
import { countOf, listIn } from './json.ts';
import { fetchAll, type Listing } from './listing.ts';

/** One extension: the list knows who is registered, the detail knows the fields. */
export interface Found {
  readonly entry: Entry;
  readonly detail: Detail;
}

const extensions: Listing<Entry> = { path: paths.list, read: readEntry };

export function fetchEntries(box: Box): Promise<readonly Entry[]> {
  return fetchAll(box, extensions);
}

/** What a box holds. */
export interface Inventory {
  /** Every extension, of whatever type. */
  readonly entries: readonly Entry[];
  /** With details: every one, or those of some numbers. */
  readonly found: readonly Found[];
}

/**
 * Pages of the list, then the details in batches: of all, or of some numbers. Once more where both disagree, since somebody may have added
 * or removed one in between.
 * @throws `strange-answer` where they still disagree: a part is never returned as the whole
 */
export async function fetchInventory(box: Box, keys?: readonly string[]): Promise<Inventory> {
  const first = await fetchOnce(box, keys);
  if (first.open === 0) return first;
  const second = await fetchOnce(box, keys);
  if (second.open === 0) return second;
  throw strange(
    `list and details disagree on ${second.open} extensions`,
    aboutOf(box.link, { path: paths.query }),
  );
}

async function fetchOnce(box: Box, keys?: readonly string[]): Promise<Inventory & { readonly open: number }> {
  const entries = await fetchEntries(box);
  const wanted = keys === undefined ? entries : entries.filter(({ number }) => keys.includes(number));
  const details = await fetchDetails(box, wanted);
  const found = wanted.flatMap((entry): Found[] => {
    const detail = details.get(entry.id);
    return detail?.number === entry.number ? [{ entry, detail }] : [];
  });
  return { entries, found, open: wanted.length - found.length };
}

async function fetchDetails(box: Box, entries: readonly Entry[]): Promise<ReadonlyMap<number, Detail>> {
  const ids = entries.map(({ id }) => id);
  const details = await fetchByIds(box, paths.query, ids, readDetails);
  return new Map(details.map((detail) => [detail.id, detail]));
}

/** One extension as the box stores it now; null = the box says that there is no such id. */
export async function fetchDetail(box: Box, id: number): Promise<Detail | null> {
  const question: Question = { path: paths.get, query: { id: String(id) } };
  const answer = await box.login.ask(question);
  if (!answer.ok && meaningOf(answer) === 'missing') return null;
  const about = aboutOf(box.link, question);
  if (!answer.ok) throw refusedBy(answer, about);
  return readDetail(answer.body, about);
}

/**
 * The extension of that number as it is stored now; null = a complete list does not hold it. Looked up freshly before every write: an id may
 * be another's by now.
 * @param hint an id that it had a while ago
 */
export async function find(box: Box, key: string, hint?: number): Promise<Detail | null> {
  const hinted = hint === undefined ? null : await fetchDetail(box, hint);
  if (hinted?.number === key) return hinted;
  const id = (await searched(box, key)) ?? (await listed(box, key));
  if (id === undefined) return null;
  const detail = await fetchDetail(box, id);
  if (detail?.number === key) return detail;
  throw strange(
    'an extension that the list shows and its detail does not',
    aboutOf(box.link, { path: paths.get }),
  );
}

async function listed(box: Box, key: string): Promise<number | undefined> {
  return (await fetchEntries(box)).find(({ number }) => number === key)?.id;
}

/** How the box searches is not documented: what it does not find here is looked for in the whole list. */
async function searched(box: Box, key: string): Promise<number | undefined> {
  const question: Question = {
    path: paths.search,
    query: { search_value: key, page: '1', page_size: '100' },
  };
  const about = aboutOf(box.link, question);
  try {
    const body = await ask(box, question);
    if (countOf(body.total_number) === 0) return undefined;
    const rows = listIn(body, 'data', about).map((row) => readEntry(row, about));
    return rows.find(({ number }) => number === key)?.id;
  } catch (error) {
    const other =
      error instanceof AltaError && ['forbidden', 'unsupported-operation', 'not-found'].includes(error.code);
    if (other) return undefined;
    throw error;
  }
}
