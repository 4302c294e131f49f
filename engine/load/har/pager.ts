import { distinct, type Leaf, leavesOf, type Scalar, tablesOf } from './leaves.ts';
import { isPlainParameter } from './plain.ts';
import type { Exchange } from './recording.ts';
import type { Scene } from './scene.ts';

/** How lists go on, with settings as a profile has them; `undefined` = not there. */
export interface Paging {
  readonly standing: 'found' | 'guessed';
  readonly settings: Readonly<Record<string, Scalar | undefined>>;
  /** Lists that were looked at, and steps from one page to the next. */
  readonly lists: number;
  readonly steps: number;
}

/** One list call: what it asked for, what it got. */
interface Page {
  readonly query: ReadonlyMap<string, string>;
  readonly rows: number;
  /** Scalars beside the rows. */
  readonly around: readonly Leaf[];
}

/** A step from one page to the next: a parameter that moved, and from what. */
interface Step {
  /** Missing where a link says it all. */
  readonly parameter?: string;
  readonly style: 'page' | 'offset' | 'cursor' | 'next-link';
  readonly first?: number;
  readonly next?: string;
}

const SIZE = /size|limit|per_?page|count|rows|length|take|max/i;

/** How the lists of extensions go on, from steps between pages or, without any, from what stands around the rows. Null = it does not show. */
export function pagingIn({ roles, company }: Scene): Paging | null {
  const { table, lists } = roles;
  if (table === null || lists.length === 0) return null;
  const scoped = new Set(company.carriers.map(({ name }) => name));
  const pages = lists.map((list) => pageOf(list, table, scoped));
  const steps = pages.flatMap((page, index) => (index === 0 ? [] : (stepFrom(pages[index - 1], page) ?? [])));
  const [step] = steps;
  const base = { lists: lists.length, steps: steps.length };
  const size = sizeIn(pages, step?.parameter);
  if (step !== undefined) return { standing: 'found', settings: settingsOf(step, size, pages), ...base };
  const guess = guessed(pages, table, size);
  return guess === null ? null : { standing: 'guessed', settings: guess, ...base };
}

function pageOf({ query, got }: Exchange, table: string, scoped: ReadonlySet<string>): Page {
  const named = query.filter(([name]) => isPlainParameter(name) && !scoped.has(name));
  const rows = tablesOf(got).find(({ path }) => path === table)?.rows.length ?? 0;
  return { query: new Map(named), rows, around: leavesOf(got) };
}

/** The one parameter that differs between two calls that follow each other, as a step to the next page. */
function stepFrom(before: Page | undefined, after: Page): Step | null {
  if (before === undefined || before.rows === 0) return null;
  const names = distinct([...before.query.keys(), ...after.query.keys()]);
  const moved = names.filter((name) => before.query.get(name) !== after.query.get(name));
  const [parameter, second] = moved;
  const to = parameter === undefined ? undefined : after.query.get(parameter);
  if (parameter === undefined || second !== undefined || to === undefined || SIZE.test(parameter))
    return null;
  const from = before.query.get(parameter);
  const told = before.around.find(
    ({ value }) => value !== null && String(value) === to && !/^\d{1,4}$/.test(to),
  );
  if (told !== undefined) return { parameter, style: 'cursor', next: told.path };
  if (!/^\d{1,9}$/.test(to)) return linkStep(before, parameter, to);
  const start = from === undefined ? null : Number(from);
  const rowwise = Number(to) - (start ?? 0) === before.rows && Number(to) > 1;
  if (rowwise && !/pag/i.test(parameter)) return { parameter, style: 'offset' };
  if (start === null) return Number(to) <= 2 ? { parameter, style: 'page', first: Number(to) - 1 } : null;
  return Number(to) === start + 1 ? { parameter, style: 'page', first: Math.min(start, 1) } : null;
}

/** A link that was followed: it holds what the next call asks for. */
function linkStep({ around }: Page, parameter: string, to: string): Step | null {
  const asked = new URLSearchParams({ [parameter]: to }).toString();
  const link = around.find(({ value }) => typeof value === 'string' && value.includes(asked));
  return link === undefined ? null : { style: 'next-link', next: link.path };
}

/** The parameter that says how many rows: never more came than it asked for, and it sounds like it. */
function sizeIn(pages: readonly Page[], moving: string | undefined): string | undefined {
  const names = distinct(pages.flatMap(({ query }) => [...query.keys()]));
  return names.find((name) => {
    const asked = pages.filter(({ query }) => query.has(name));
    return (
      name !== moving &&
      SIZE.test(name) &&
      asked.every(
        ({ query, rows }) => /^\d{1,5}$/.test(query.get(name) ?? '') && rows <= Number(query.get(name)),
      )
    );
  });
}

function settingsOf(
  { style, parameter, first, next }: Step,
  size: string | undefined,
  pages: readonly Page[],
) {
  return {
    style,
    parameter,
    sizeParameter: size,
    first: style === 'page' && first !== 1 ? first : undefined,
    next,
    ...counts(style, pages),
  };
}

/** Where the answers say how many rows and pages there are. What is not there must not be looked for. */
function counts(
  style: string,
  pages: readonly Page[],
): { total: string | undefined; last: string | undefined } {
  if (style === 'cursor' || style === 'next-link') return { total: undefined, last: undefined };
  const numbers = distinct(pages.flatMap(({ around }) => around.map(({ path }) => path)));
  const at = ({ around }: Page, path: string) => around.find((leaf) => leaf.path === path)?.value;
  const counting = (path: string) => pages.every((page) => typeof at(page, path) === 'number');
  const total = numbers.filter(counting).find((path) => {
    return (
      /total|count/i.test(path) &&
      !/page/i.test(path) &&
      pages.every((page) => Number(at(page, path)) >= page.rows)
    );
  });
  const last = numbers.filter(counting).find((path) => /last|pages/i.test(path));
  return { total, last: style === 'page' ? last : undefined };
}

/** All lists fitted on one page: what stands around the rows may still tell the style. */
function guessed(pages: readonly Page[], table: string, size: string | undefined) {
  const [first] = pages;
  if (first === undefined) return null;
  const nothing = { parameter: undefined, sizeParameter: undefined, size: undefined, first: undefined };
  if (table === '$') return { style: 'none', ...nothing, total: undefined, last: undefined, next: undefined };
  const has = (pattern: RegExp) => first.around.find(({ path }) => pattern.test(path))?.path;
  const next = has(/(^|\.)next(_?(cursor|token|page))?$/i);
  if (has(/last_?page|current_?page|(^|\.)page$|pages$/i) !== undefined)
    return {
      style: 'page',
      parameter: 'page',
      sizeParameter: size,
      next: undefined,
      first: undefined,
      ...counts('page', pages),
    };
  if (has(/(^|\.)offset$/i) !== undefined)
    return {
      style: 'offset',
      parameter: 'offset',
      sizeParameter: size,
      next: undefined,
      first: undefined,
      ...counts('offset', pages),
    };
  if (next === undefined) return null;
  return {
    style: 'cursor',
    parameter: 'cursor',
    sizeParameter: size,
    next,
    first: undefined,
    ...counts('cursor', pages),
  };
}
