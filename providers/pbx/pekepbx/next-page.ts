import { type Answer, mismatch } from './answers.ts';
import { aboutOf } from './link.ts';
import { placeOfList, profileDefaults } from './profile/defaults.ts';
import { isScalar, typeOf, valueAt } from './profile/path.ts';
import { odd, type Walk } from './walk.ts';

type Query = Readonly<Record<string, string>>;

/** What an answer says of the whole list; null where the profile does not look for it. */
export interface Counts {
  readonly total: number | null;
  readonly last: number | null;
}

/**
 * What to ask for next; null where the list is over. By pages and offsets it is over where the total or the last page is reached; where
 * neither is told, only an empty page proves it: a server may give fewer rows than it was asked for.
 * @param length rows of this page
 * @throws `strange-answer` for a link that leads to another server
 */
export function nextQuery(walk: Walk, answer: Answer, length: number, counts: Counts): Query | null {
  switch (walk.pager.style) {
    case 'none':
      refuseCut(walk);
      return null;
    case 'page':
    case 'offset':
      return isOver(walk, length, counts) ? null : nextNumber(walk);
    case 'cursor':
      return nextCursor(walk, answer);
    case 'next-link':
      return nextLink(walk, answer, length);
  }
}

/** Sizes at which servers cut lists. */
const usualCuts: readonly number[] = [
  10, 15, 20, 25, 30, 50, 100, 150, 200, 250, 300, 500, 1_000, 2_000, 5_000, 10_000,
];

/** A list without pages and without a total says nothing of what is missing: one that is as long as the server lets it be may have been cut. */
function refuseCut({ pager, rows, box, kind, question }: Walk): void {
  const { length } = rows;
  const cut = pager.most === undefined ? usualCuts.includes(length) : length >= pager.most;
  if (pager.total !== undefined || !cut) return;
  const { link } = box;
  const evidence = `${length} rows, which may be where the server cuts; most: ${pager.most ?? 'unknown'}`;
  throw mismatch(link, placeOfList(link.profile, kind, 'pager'), evidence, aboutOf(link, question));
}

function isOver(walk: Walk, length: number, { total, last }: Counts): boolean {
  const { pager, rows, pages } = walk;
  const at = (pager.first ?? profileDefaults.firstPage) + pages - 1;
  const before = last !== null && pager.style === 'page' && at < last;
  if (length === 0 && before) throw odd(`page ${at} of ${last} is empty`, walk);
  if (length === 0) return true;
  if (total !== null && rows.length >= total) return true;
  return last !== null && !before;
}

function nextNumber({ pager, size, rows, pages }: Walk): Query {
  const { style, parameter = 'page', sizeParameter, first = profileDefaults.firstPage } = pager;
  const at = style === 'offset' ? rows.length : first + pages;
  return {
    ...(sizeParameter === undefined ? {} : { [sizeParameter]: String(size) }),
    [parameter]: String(at),
  };
}

function nextCursor(walk: Walk, answer: Answer): Query | null {
  const { parameter = 'cursor', sizeParameter, next = '$' } = walk.pager;
  const cursor = valueAt(answer.body, next);
  if (isEnd(cursor)) return null;
  if (!isScalar(cursor)) throw unfound(walk, `${next}: ${typeOf(cursor)}`);
  return {
    ...(sizeParameter === undefined ? {} : { [sizeParameter]: String(walk.size) }),
    [parameter]: String(cursor),
  };
}

function nextLink(walk: Walk, answer: Answer, length: number): Query | null {
  const { next } = walk.pager;
  if (next === undefined) {
    const link = linkIn(answer.headers.link ?? '');
    const silent = answer.headers.link === undefined && walk.pages === 1 && length >= walk.size;
    if (silent) throw unfound(walk, 'no header Link');
    return link === null ? null : queryOf(link, walk);
  }
  const link = valueAt(answer.body, next);
  if (isEnd(link)) return null;
  if (typeof link !== 'string') throw unfound(walk, `${next}: ${typeOf(link)}`);
  return queryOf(link, walk);
}

/** The ways to say that nothing follows. A key that is not there at all says nothing. */
function isEnd(next: unknown): boolean {
  return next === null || next === false || next === '';
}

function unfound(walk: Walk, evidence: string) {
  const { link } = walk.box;
  const place = placeOfList(link.profile, walk.kind, 'pager');
  return mismatch(link, place, evidence, aboutOf(link, walk.question));
}

/** `<https://…>; rel="next"` (RFC 8288). */
function linkIn(header: string): string | null {
  const found = header.split(/,(?=\s*<)/).find((part) => /;\s*rel\s*=\s*"?next"?\s*(;|$)/i.test(part));
  return found === undefined ? null : (/<([^<>]*)>/.exec(found)?.[1] ?? null);
}

/**
 * The parameters of a link. Its host must be ours; scheme, port and path may be those of the server behind a proxy, and are not used: the next
 * request goes where the list's own goes.
 */
function queryOf(link: string, walk: Walk): Query {
  const { target } = walk.box.link;
  const here = new URL(target.endpoint?.url ?? 'http://nowhere.invalid');
  const there = URL.canParse(link, here.href) ? new URL(link, here.href) : null;
  if (there === null || there.hostname !== here.hostname) throw odd('a next link that leads elsewhere', walk);
  return Object.fromEntries(there.searchParams);
}
