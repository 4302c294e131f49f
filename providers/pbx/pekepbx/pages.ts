import { type Answer, mismatch, orAbsent } from './answers.ts';
import { aboutOf, type Question } from './link.ts';
import { nextQuery } from './next-page.ts';
import { pagerOf, placeOfList, profileDefaults, resourceOf } from './profile/defaults.ts';
import { isJson, type Json, typeOf, valueAt } from './profile/path.ts';
import type { Box } from './tenant.ts';
import { odd, type Walk } from './walk.ts';

/** A whole list. */
export interface Rows {
  readonly rows: readonly Json[];
  /** Pages that it took. */
  readonly pages: number;
  /** The first answer, for what stands beside the rows. */
  readonly first: unknown;
}

/** Pages of one list at most. */
const MAX_PAGES = 1_000;

/**
 * Every row of a list, over all its pages. Where somebody adds or removes one meanwhile, pages shift and the total changes: then it is read
 * once more. A part is never returned as the whole.
 * @param question without paging
 * @param size rows of a page; default: the profile's
 * @throws `strange-answer` for a page that comes again, a total that is not reached, a row that is listed twice; `profile-guess-wrong`,
 *   `profile-outdated` where there is no such list
 */
export async function fetchRows(box: Box, kind: string, question: Question, size?: number): Promise<Rows> {
  const pager = pagerOf(box.link.profile, kind);
  const usual = size ?? pager.size ?? profileDefaults.pageSize;
  const start = (): Walk => ({ box, kind, question, pager, size: usual, rows: [], pages: 0 });
  const first = await walkThrough(start());
  if (typeof first !== 'string') return first;
  const again = start();
  const second = await walkThrough(again);
  if (typeof second !== 'string') return second;
  throw odd(second, again);
}

/** The whole list, or what does not fit together about it: it may have changed while it was read. */
async function walkThrough(walk: Walk): Promise<Rows | string> {
  const { rows } = walk;
  const seen = new Set<string>();
  let query: Readonly<Record<string, string>> | null = firstQuery(walk);
  let first: unknown;
  let total: number | null = null;
  while (query !== null) {
    const answer: Answer = await asked(walk, query);
    const page = rowsIn(answer.body, walk);
    refuseAgain(page, seen, walk);
    rows.push(...page);
    walk.pages += 1;
    first ??= answer.body;
    total = countAt(answer.body, walk.pager.total, walk);
    query = nextQuery(walk, answer, page.length, {
      total,
      last: countAt(answer.body, walk.pager.last, walk),
    });
  }
  if (total !== null && total !== rows.length) return `${rows.length} rows of ${total}`;
  const distinct = new Set(rows.map((row) => JSON.stringify(row))).size;
  return distinct === rows.length ? { rows, pages: walk.pages, first } : 'a row is listed twice';
}

/** A list that is not there is a wrong path, not an empty one. */
async function asked({ box, kind, question }: Walk, query: Question['query']): Promise<Answer> {
  const answer = await orAbsent(box.login.ask({ ...question, query: { ...question.query, ...query } }));
  if (answer !== null) return answer;
  const evidence = `${question.call.path}: HTTP 404`;
  throw mismatch(box.link, `resources.${kind}.list`, evidence, aboutOf(box.link, question));
}

function firstQuery({ pager, size }: Walk): Readonly<Record<string, string>> {
  const { style, parameter, sizeParameter, first = profileDefaults.firstPage } = pager;
  if (style === 'none') return {};
  const start = style === 'page' ? String(first) : style === 'offset' ? '0' : null;
  return {
    ...(sizeParameter === undefined ? {} : { [sizeParameter]: String(size) }),
    ...(start === null || parameter === undefined ? {} : { [parameter]: start }),
  };
}

/** The rows of one page. A list that is not there is not an empty one. */
function rowsIn(body: unknown, { box, kind, question }: Walk): readonly Json[] {
  const { link } = box;
  const { path } = resourceOf(link.profile, kind).list.results ?? link.profile.list.results;
  const rows = valueAt(body, path);
  const wrong = !Array.isArray(rows) ? typeOf(rows) : rows.every(isJson) ? null : 'not all of them objects';
  if (wrong === null) return rows as readonly Json[];
  const place = placeOfList(link.profile, kind, 'results');
  throw mismatch(link, place, `${path}: ${wrong}`, aboutOf(link, question));
}

/** A server that ignores the page number answers the same page for ever. */
function refuseAgain(page: readonly Json[], seen: Set<string>, walk: Walk): void {
  const text = JSON.stringify(page);
  if (page.length > 0 && seen.has(text)) throw odd(`page ${walk.pages + 1} repeats an earlier one`, walk);
  if (walk.pages >= MAX_PAGES) throw odd(`more than ${MAX_PAGES} pages`, walk);
  seen.add(text);
}

/** A count beside the rows; null where the profile does not look for one. */
function countAt(body: unknown, path: string | undefined, { box, kind, question }: Walk): number | null {
  if (path === undefined) return null;
  const said = valueAt(body, path);
  const text = typeof said === 'number' || typeof said === 'string' ? String(said) : '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const place = placeOfList(box.link.profile, kind, 'pager');
  throw mismatch(box.link, place, `${path}: ${typeOf(said)}`, aboutOf(box.link, question));
}
