import { strange } from '../../transport/refusal.ts';
import type { Answer, Device, Line, Row } from './answers.ts';
import { readDevice, readLines, readRows } from './answers.ts';
import { paths } from './api.ts';
import { aboutCall, type Link, type Question } from './call.ts';
import { queryBody } from './dialect.ts';
import { errno, refusedBy } from './errors.ts';
import { type Login, refuseOlder } from './login.ts';

/** A logged-in way to one box. */
export interface Box {
  readonly link: Link;
  readonly login: Login;
}

/** Every extension of the box: the list knows types and states, the query knows the fields. */
export interface Inventory {
  readonly lines: readonly Line[];
  readonly rows: readonly Row[];
}

/** @throws what {@link refuseOlder} throws */
export async function fetchDevice(box: Box): Promise<Device> {
  const question: Question = { path: paths.device };
  const about = aboutCall(box.link, question);
  const device = readDevice(succeeded(await box.login.ask(question), box, question), about);
  refuseOlder(box.login, device);
  return device;
}

/**
 * List and query, two requests whatever the number of extensions; once more where they disagree, since somebody may have
 * added one in between.
 * @throws `strange-answer` where they still disagree: a part is never returned as the whole
 */
export async function fetchInventory(box: Box): Promise<Inventory> {
  const first = await fetchOnce(box);
  if (disagreement(first) === 0) return first;
  const second = await fetchOnce(box);
  const open = disagreement(second);
  if (open === 0) return second;
  const about = aboutCall(box.link, { path: paths.query });
  throw strange(`list and query disagree on ${open} extensions`, about);
}

async function fetchOnce(box: Box): Promise<Inventory> {
  const lines = await fetchLines(box);
  const question: Question = { path: paths.query, body: queryBody(box.login.api) };
  const answer = await box.login.ask(question);
  const none = !answer.ok && answer.errno === errno.noSuchExtension && lines.length === 0;
  if (none) return { lines, rows: [] };
  const body = succeeded(answer, box, question);
  return { lines, rows: readRows(body, box.login.api, aboutCall(box.link, question)) };
}

export async function fetchLines(box: Box): Promise<readonly Line[]> {
  const question: Question = { path: box.login.api.listPath };
  const body = succeeded(await box.login.ask(question), box, question);
  return readLines(body, box.login.api, aboutCall(box.link, question));
}

/** One extension as the box stores it now; null = the box says that it does not exist. */
export async function fetchRow(box: Box, key: string): Promise<Row | null> {
  const question: Question = { path: paths.query, body: queryBody(box.login.api, key) };
  const answer = await box.login.ask(question);
  if (!answer.ok && answer.errno === errno.noSuchExtension) return null;
  const about = aboutCall(box.link, question);
  const rows = readRows(succeeded(answer, box, question), box.login.api, about);
  const found = rows.find(({ number }) => number === key);
  if (found === undefined) throw strange('a query for one extension without it', about);
  return found;
}

/** SIP extensions must stand in both; others may be missing from the query, which is about SIP above all. */
function disagreement({ lines, rows }: Inventory): number {
  const listed = new Set(lines.map(({ number }) => number));
  const queried = new Set(rows.map(({ number }) => number));
  const unqueried = lines.filter(({ type, number }) => type === 'sip' && !queried.has(number));
  const unlisted = rows.filter(({ number }) => !listed.has(number));
  return unqueried.length + unlisted.length;
}

/** @throws the error of a `Failed` answer */
export function succeeded(answer: Answer, { link }: Box, question: Question) {
  if (answer.ok) return answer.body;
  throw refusedBy(answer.errno, aboutCall(link, question));
}
