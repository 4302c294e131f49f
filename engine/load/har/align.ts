import { bySound } from './hints.ts';
import { distinct, type Json, leavesOf, type Scalar } from './leaves.ts';
import type { Views } from './views.ts';

/** Where one typed value stands. */
export interface Place {
  readonly path: string;
  /** Bodies, rows of lists, and single objects that hold it there. */
  readonly sent: number;
  readonly rows: number;
  readonly shown: number;
  /** What stands before the typed value there. */
  readonly before: string;
  readonly value: Scalar;
}

/** Where a value is written and where it is read. */
export interface Alignment {
  /** Null where it is never sent. */
  readonly write: Place | null;
  /** Null where it is never shown. */
  readonly read: Place | null;
  /** Other places that fit as well as the one that was taken. */
  readonly others: readonly string[];
  /** Several fit and none sounds right: nothing was taken. */
  readonly torn: boolean;
}

/** The places that hold a typed value: exactly, or where there is none such, with something before it. */
export function placesOf(typed: string, { sent, rows, shown }: Views): readonly Place[] {
  const all = gather(typed, sent, rows, shown);
  const exact = all.filter(({ before }) => before === '');
  return exact.length > 0 ? exact : all;
}

function gather(
  typed: string,
  sent: readonly Json[],
  rows: readonly Json[],
  shown: readonly Json[],
): readonly Place[] {
  const hits = [sent, rows, shown].map((objects) => objects.flatMap((one) => hitsIn(typed, one)));
  const keys = distinct(hits.flat().map(({ path, before }) => `${path}\n${before}`));
  return keys.flatMap((key) => {
    const same = hits.map((list) => list.filter(({ path, before }) => `${path}\n${before}` === key));
    const [first] = same.flat();
    if (first === undefined) return [];
    const [inSent = 0, inRows = 0, inShown = 0] = same.map(({ length }) => length);
    return [{ ...first, sent: inSent, rows: inRows, shown: inShown }];
  });
}

function hitsIn(typed: string, object: Json) {
  return leavesOf(object).flatMap(({ path, value }) => {
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    const text = String(value);
    return text.endsWith(typed) ? [{ path, value, before: text.slice(0, -typed.length) }] : [];
  });
}

/**
 * Where a field is written and read. What is sent and shown in one place goes before what is only one of both; among several the one whose
 * name sounds right is taken, and none where none does.
 */
export function align(name: string, places: readonly Place[], taken: ReadonlySet<string>): Alignment {
  const free = places.filter(({ path }) => !taken.has(path));
  const written = free.filter(({ sent }) => sent > 0);
  const read = free.filter(({ rows, shown }) => rows + shown > 0);
  const both = written.filter((one) => read.includes(one));
  if (both.length > 0) return chosen(bySound(name, both, pathOf), (one) => ({ write: one, read: one }), both);
  const writes = bySound(name, written, pathOf);
  const reads = bySound(name, read, pathOf);
  const [write = null, second] = writes;
  const [shows = null, other] = reads;
  const torn = second !== undefined || other !== undefined;
  const others = [...writes, ...reads].map(pathOf);
  return torn ? { write: null, read: null, others, torn } : { write, read: shows, others: [], torn };
}

function chosen(
  fitting: readonly Place[],
  as: (one: Place) => Pick<Alignment, 'write' | 'read'>,
  all: readonly Place[],
): Alignment {
  const [first, second] = fitting;
  const others = all.filter((one) => one !== first).map(pathOf);
  if (first === undefined || second !== undefined)
    return { write: null, read: null, others: all.map(pathOf), torn: first !== undefined };
  return { ...as(first), others, torn: false };
}

function pathOf({ path }: Place): string {
  return path;
}
