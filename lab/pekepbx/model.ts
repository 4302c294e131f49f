/** What the platform keeps, in no dialect: objects with the panel's fields under neutral names. */

/** What belongs to one company. */
export type CompanyKind =
  | 'extension'
  | 'queue'
  | 'did'
  | 'blacklist'
  | 'videoRoom'
  | 'alias'
  | 'dialpin'
  | 'event';

export type Kind = CompanyKind | 'company' | 'banned';

/** Neutral names; every value a text. */
export type Values = Readonly<Record<string, string>>;

export interface Entry {
  /** Never used twice. A company's is its code. */
  serial: number;
  uuid: string;
  values: Values;
  /** Milliseconds. */
  createdAt: number;
  updatedAt: number;
  /** Grows with every write. */
  version: number;
}

/** Objects of one kind in the order they were created, by the id the API knows them by. */
export type Shelf = Map<string, Entry>;

export interface Company {
  entry: Entry;
  shelves: Record<CompanyKind, Shelf>;
}

export const COMPANY_KINDS: readonly CompanyKind[] = [
  'extension',
  'queue',
  'did',
  'blacklist',
  'videoRoom',
  'alias',
  'dialpin',
  'event',
];

/** Five digits. */
export function codeOf(company: Company): string {
  return company.entry.values.number ?? '';
}

/** The name a phone registers with: `ext`, the company's five digits, the short number (D). */
export function sipUserOf(code: string, number: string): string {
  return `ext${code}${number}`;
}

/** The first object of a shelf that has a value. */
export function withValue(shelf: Shelf, key: string, value: string): Entry | undefined {
  for (const entry of shelf.values()) if (entry.values[key] === value) return entry;
  return undefined;
}

export function listOf(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((part) => part !== '');
}
