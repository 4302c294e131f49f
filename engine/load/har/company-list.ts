import type { Carrier } from './carriers.ts';
import { sounds } from './hints.ts';
import { distinct, isSame, leavesOf, tablesOf } from './leaves.ts';
import { type Exchange, isKeyPath, isSuccess, type Recording } from './recording.ts';
import type { Roles } from './types.ts';

/** The list in which the company stands. Texts identify it: in memory only. */
export interface CompanyList {
  readonly exchange: Exchange;
  /** Path of a row's key → the text there, for the company that was worked in. */
  readonly texts: ReadonlyMap<string, string>;
  /** Paths of keys that no two companies share, and whether the texts there are digits, and how many. */
  readonly keys: ReadonlyMap<string, number | null>;
  /** Path of the key that calls carry. */
  readonly carried: string;
  /** Path of the key that people write and numbers begin with: mostly the same. */
  readonly id: string;
  readonly rows: number;
}

/** Lists of other things, from before anybody asked for an extension where there are such. */
export function otherLists({ exchanges }: Recording, { lists }: Roles): readonly Exchange[] {
  const own = new Set(lists.map(({ segments }) => segments.join('/')));
  return exchanges.filter(
    (one) =>
      one.method === 'GET' &&
      isSuccess(one) &&
      !own.has(one.segments.join('/')) &&
      tablesOf(one.got).length > 0,
  );
}

/** The list of companies: exactly one row has the text, every row another one, and the call itself does not carry it. */
export function companyList(
  exchange: Exchange,
  text: string,
  carrier: Pick<Carrier, 'by' | 'name'> | null,
): CompanyList | null {
  const { segments, query, headers: sent } = exchange;
  const carries = [...query, ...sent].some(([name, value]) => name === carrier?.name && value === text);
  if (carries || segments.includes(text)) return null;
  for (const { rows } of tablesOf(exchange.got)) {
    const row = rows.find((one) => leavesOf(one).some(({ value }) => isSame(value, text)));
    if (row === undefined) continue;
    const telling = carrier === null || !sounds('company', carrier.name);
    const places = leavesOf(row).filter(
      ({ path, value }) => isSame(value, text) && isKey(rows, path) && (!telling || isKeyPath(path)),
    );
    const [id] = [...places.filter(({ path }) => sounds('id', path)), ...places];
    if (id === undefined) continue;
    const texts = leavesOf(row).flatMap(({ path, value }) =>
      typeof value === 'string' || typeof value === 'number' ? [[path, String(value)] as const] : [],
    );
    const keys = texts
      .filter(([path]) => isKey(rows, path))
      .map(([path]) => [path, digitsOf(rows, path)] as const);
    const both = { carried: id.path, id: id.path };
    return { exchange, texts: new Map(texts), keys: new Map(keys), ...both, rows: rows.length };
  }
  return null;
}

function isKey(rows: readonly unknown[], path: string): boolean {
  const values = rows.map((row) => leavesOf(row).find((leaf) => leaf.path === path)?.value);
  return distinct(values.map(String)).length === rows.length;
}

function digitsOf(rows: readonly unknown[], path: string): number | null {
  const texts = rows.map((row) => String(leavesOf(row).find((leaf) => leaf.path === path)?.value));
  const lengths = distinct(texts.map(({ length }) => length));
  return lengths.length === 1 && texts.every((text) => /^\d+$/.test(text)) ? (lengths[0] ?? null) : null;
}
