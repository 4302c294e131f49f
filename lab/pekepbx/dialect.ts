/** What a dialect must settle: all that no public document says of the API's JSON. Dialects are data, in `dialects/`. */
import type { Refusals } from './failures.ts';
import type { Entry, Kind } from './model.ts';

/** Where ids and numbers of one company are looked up. */
export interface Directory {
  /** The company's five digits. */
  company: string;
  idOf(kind: 'did' | 'extension' | 'queue', number: string): number | string | undefined;
  numberOf(kind: 'did' | 'extension' | 'queue', id: unknown): string | undefined;
}

/** Turns a neutral text into a JSON value and back. */
export interface Codec {
  toWire(value: string, directory: Directory): unknown;
  /** Undefined for what is no value of the field. */
  fromWire(raw: unknown, directory: Directory): string | undefined;
}

export interface Field {
  /** The neutral name. */
  key: string;
  /** Its place in the JSON, dots between levels. */
  path: string;
  codec: Codec;
  /** 'read': never taken. 'write': never shown. Default: both. */
  access?: 'read' | 'write';
}

/** How a call says which company it is about. */
export type Scope =
  /** Absent: all companies at once, where the call allows it. */
  | { by: 'query'; name: string }
  /** Absent: refused. */
  | { by: 'header'; name: string }
  /** `POST /api/v2/company/{id}/<action>` ties the token to a company; before it: refused. */
  | { by: 'switch'; action: string };

export type PagerName = 'page' | 'offset' | 'cursor' | 'bare';

/** What the server adds to an object of its own. */
export interface Facts {
  kind: Kind;
  entry: Entry;
  /** The company's five digits; '' for what belongs to none. */
  company: string;
  registered: boolean;
  /** Extensions of a company. */
  extensions: number;
  directory: Directory;
}

export interface Dialect {
  edition: 'a' | 'b' | 'c';
  id: { key: string; is: 'serial' | 'uuid' };
  scope: Scope;
  pager: PagerName;
  /** Names in the query: rows wanted, and text searched for. */
  query: { rows: string; search: string };
  /** A single object stands below this key; '': it is the whole answer. */
  wrap: string;
  fields: Readonly<Record<Kind, readonly Field[]>>;
  added(facts: Facts): Record<string, unknown>;
  /** 'replace': keys that are not sent go back to their defaults, a SIP password to a new one. 'merge': they stay. */
  update: 'replace' | 'merge';
  /** Neutral names that cannot be changed once created. */
  fixed: Readonly<Partial<Record<Kind, readonly string[]>>>;
  /** Bodies of successful writes: the object, its id alone (with a Location header), a sentence, or none with 204. */
  answers: { created: 'object' | 'id'; updated: 'object' | 'nothing'; removed: 'sentence' | 'nothing' };
  login: {
    /** What a login answers beside `token` and `expires_in`. */
    beside(user: { email: string; role: string }): Record<string, unknown>;
    /** The key of the second factor in the request. */
    factor: string;
    renewed(token: string, seconds: number): unknown;
    /** Whether the token that was renewed dies. */
    renewalKills: boolean;
    goodbye: { status: number; body?: unknown };
    magic(link: string): unknown;
  };
  metrics(counts: Readonly<Record<string, number>>): unknown;
  refusals: Refusals;
}

export function idOf(dialect: Dialect, entry: Entry): number | string {
  return dialect.id.is === 'serial' ? entry.serial : entry.uuid;
}
