import { AltaError } from '../../../engine/model/index.ts';
import { strange } from '../../transport/refusal.ts';
import { actions } from './actions.ts';
import {
  type Agent,
  type Configuration,
  type Line,
  only,
  readAgents,
  readConfiguration,
  readDepartments,
  readLines,
  textOf,
} from './answers.ts';
import { aboutOf, ask, type Link, type Question, tell } from './call.ts';
import { refusedFor } from './errors.ts';
import { facts } from './facts.ts';
import { type CallerId, readCallerId } from './outgoing.ts';
import { inParallel } from './parallel.ts';

/** The outgoing number of one extension, with the state of its service; null = not asked, since no number is set. */
export interface Outgoing extends CallerId {
  readonly on: boolean | null;
}

/** One SIP extension, all of it. */
export interface Row {
  readonly line: Line;
  readonly configuration: Configuration;
  /** Null where the key may not look, or the server has no such service. */
  readonly outgoing: Outgoing | null;
}

/** Every extension of the tenant; rows for those that were asked for. */
export interface Inventory {
  readonly lines: readonly Line[];
  readonly rows: readonly Row[];
  /** Why outgoing numbers are not shown, of some or of all. */
  readonly denied: Denial | null;
}

/** An action that the key lacks, or that the server refuses for an extension which it shows otherwise: a service without licence, perhaps. */
export interface Denial {
  readonly action: string;
  readonly evidence: string;
  /** Of the key, whatever the extension. */
  readonly forbidden: boolean;
}

/** A protocol that is not said is looked at in the configuration. */
export function isSip({ protocol }: Pick<Line, 'protocol'>): boolean {
  return protocol === '' || protocol === 'sip';
}

export async function fetchLines(link: Link, server: string): Promise<readonly Line[]> {
  const question: Question = { action: actions.list, params: { server } };
  return readLines(await tell(link, question), aboutOf(link, question));
}

/**
 * The list, and for each SIP extension what it leaves out: one request for the configuration, one for the outgoing number, and one more
 * for its state where a number is set. The API knows nothing in bulk. [vendor-docs]
 * @param keys numbers that matter; undefined = all
 * @throws `strange-answer` where an extension is listed, also when asked again, and cannot be read: a part is never returned as the whole
 */
export async function fetchInventory(
  link: Link,
  server: string,
  keys: readonly string[] | undefined,
): Promise<Inventory> {
  const lines = await fetchLines(link, server);
  const asked = keys === undefined ? null : new Set(keys);
  const wanted = lines.filter((line) => isSip(line) && (asked === null || asked.has(line.number)));
  const denied: Denied = { denial: null };
  const read = await inParallel(wanted, widthOf(link), (line) => fetchRow(link, server, line, denied));
  const rows = read.filter((row): row is Row => 'line' in row);
  const missing = wanted.filter((_line, index) => 'missing' in (read[index] ?? {}));
  const left = await withoutVanished(link, server, lines, missing, read.find(isMissing));
  return { lines: left, rows, denied: denied.denial };
}

interface Denied {
  denial: Denial | null;
}

interface Missing {
  readonly missing: AltaError;
}

function isMissing(row: Row | Missing): row is Missing {
  return 'missing' in row;
}

function widthOf({ target }: Link): number {
  const { concurrency } = target.options;
  return typeof concurrency === 'number' ? concurrency : facts.host.concurrency;
}

/** Somebody may delete an extension while we read: it is gone only if a new list says so. */
async function withoutVanished(
  link: Link,
  server: string,
  lines: readonly Line[],
  missing: readonly Line[],
  first: Missing | undefined,
): Promise<readonly Line[]> {
  if (first === undefined) return lines;
  const again = new Set((await fetchLines(link, server)).map(({ id }) => id));
  if (missing.some(({ id }) => again.has(id))) throw first.missing;
  return lines.filter((line) => !missing.includes(line));
}

async function fetchRow(link: Link, server: string, line: Line, denied: Denied): Promise<Row | Missing> {
  const configuration = await fetchConfiguration(link, server, line);
  if (configuration instanceof AltaError) return { missing: configuration };
  const outgoing = await fetchOutgoing(link, server, line, denied);
  if (outgoing instanceof AltaError) return { missing: outgoing };
  return { line, configuration, outgoing };
}

/** An error in place of an exception where it may mean that the extension is not there any more. */
export async function fetchConfiguration(
  link: Link,
  server: string,
  { id, number }: Pick<Line, 'id' | 'number'>,
): Promise<Configuration | AltaError> {
  const question: Question = { action: actions.configuration, params: { server, id } };
  const body = await tellOrMissing(link, question);
  if (body instanceof AltaError) return body;
  const about = aboutOf(link, question);
  const configuration = readConfiguration(body, id, about);
  if (configuration === null) return strange('no configuration of a listed extension', about);
  return configuration.number === number ? configuration : strange('another extension than asked for', about);
}

/**
 * A key without this right, and a server without this service, still tell all the rest: null, and nothing more is asked. What is complained of
 * with the extension itself gone is the extension's.
 */
async function fetchOutgoing(
  link: Link,
  server: string,
  line: Line,
  denied: Denied,
): Promise<Outgoing | AltaError | null> {
  if (denied.denial !== null) return null;
  const found = await outgoingOf(link, server, line.id).catch(orForbidden);
  if (!(found instanceof AltaError)) return found;
  const forbidden = found.code === 'forbidden';
  if (!forbidden && (await fetchConfiguration(link, server, line)) instanceof AltaError) return found;
  const { operation, evidence } = found.params;
  denied.denial = { action: String(operation), evidence: String(evidence), forbidden };
  return null;
}

function orForbidden(error: unknown): AltaError {
  if (error instanceof AltaError && error.code === 'forbidden') return error;
  throw error;
}

/** @throws `forbidden`, and what `ask` throws */
export async function outgoingOf(link: Link, server: string, id: string): Promise<Outgoing | AltaError> {
  const question: Question = { action: actions.callerId, params: { server, id } };
  const body = await tellOrMissing(link, question);
  if (body instanceof AltaError) return body;
  const callerId = readCallerId(body, aboutOf(link, question));
  if (callerId.number === '') return { ...callerId, on: null };
  const asked: Question = { action: actions.callerIdState, params: { server, id } };
  const state = await tellOrMissing(link, asked);
  if (state instanceof AltaError) return state;
  const word = textOf(only(state, 'state')?.state).toLowerCase();
  if (word !== 'yes' && word !== 'no')
    throw strange('a state that is neither yes nor no', aboutOf(link, asked));
  return { ...callerId, on: word === 'yes' };
}

/** What an id that does not exist is answered with is not known: any complaint that is not about rights or time may be that. */
async function tellOrMissing(link: Link, question: Question): Promise<unknown> {
  const said = await ask(link, question);
  if (said.ok) return said.body;
  const error = refusedFor(said.complaint, aboutOf(link, question));
  if (['forbidden', 'target-busy', 'wrong-identity'].includes(error.code)) throw error;
  return error;
}

/** @throws `forbidden` where the key may not list them */
export async function fetchAgents(link: Link, server: string): Promise<readonly Agent[]> {
  const question: Question = { action: actions.userAgents, params: { server } };
  return readAgents(await tell(link, question), aboutOf(link, question));
}

/** Id → name. @throws `forbidden` where the key may not list them */
export async function fetchDepartments(link: Link, server: string): Promise<ReadonlyMap<string, string>> {
  const question: Question = { action: actions.departments, params: { server } };
  return readDepartments(await tell(link, question), aboutOf(link, question));
}
