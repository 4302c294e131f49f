import { AltaError, type Written } from '../../../engine/model/index.ts';
import type { Write } from '../../contract.ts';
import { failure, inWrite } from '../../transport/refusal.ts';
import { actions } from './actions.ts';
import type { Line } from './answers.ts';
import { aboutOf, type Link, type Question } from './call.ts';
import { refuseUnsayable, setOutgoing } from './caller-id.ts';
import { compare, type Native, toNative } from './dialect.ts';
import { createDefaults, namesOutgoing } from './fields.ts';
import { type Clearance, clear } from './guard.ts';
import { fetchConfiguration, fetchLines } from './inventory.ts';
import type { Known } from './known.ts';
import { type Attempt, attemptOf, type Found, persist } from './persist.ts';
import type { SecondApi } from './v2/api.ts';
import { attemptBySecond, patchOf } from './v2/write.ts';

type Setting = Exclude<Write, { readonly action: 'delete' }>;
type Update = Extract<Write, { readonly action: 'update' }>;

/**
 * One write: the extension in one request, then its outgoing number, which is a service of its own.
 * @param secondApi API v2, where this server has it
 * @returns the id of a new extension
 * @throws an AltaError that says what was `written`
 */
export async function perform(
  write: Write,
  known: Known,
  secondApi: () => Promise<SecondApi | null>,
): Promise<{ readonly id?: string }> {
  let written: Written = 'nothing';
  try {
    const clearance = await clear(write, known);
    const second = await secondApi();
    if (write.action === 'delete') return await remove(write, known, clearance, second);
    const { values, address: object, key: number } = write;
    const isNew = write.action === 'create';
    const place = { server: clearance.tenant.serverId, id: clearance.line?.id ?? '', number, object, isNew };
    if (!isNew && namesOutgoing(values)) await refuseUnsayable(values, place, known.link);
    const id = isNew ? await add(write, known, clearance) : place.id;
    written = isNew ? 'something' : await edit(write, known, clearance, second);
    if (namesOutgoing(values)) await setOutgoing(values, { ...place, id }, known.link);
    return isNew ? { id } : {};
  } catch (error) {
    throw inWrite(error, written, write.address);
  }
}

/** Always with its number: left to choose one, the server would make a second extension of a repeated request. [field] */
async function add(write: Setting, known: Known, { tenant, ids }: Clearance): Promise<string> {
  const { link } = known;
  const { key, address } = write;
  const native = toNative({ ...createDefaults, ...write.values }, write.secrets, ids);
  const params = { server: tenant.serverId, ext: key, prot: 'sip', ...native };
  const question: Question = { action: actions.add, params, write: true, object: address };
  const { look, seen } = looker(write, native, known);
  const send = async () => ofNumber(key, await attemptOf(link, question), question, link);
  const told = await persist({ object: address, send, look }, link);
  const id = told ?? seen()?.id ?? (await known.line(key))?.id;
  if (id === undefined)
    throw failure('not-found', 'made, and not in the list', aboutOf(link, question), 'unknown');
  known.put(key, { id, number: key, protocol: 'sip', name: '', status: '', departments: '' });
  return id;
}

/** Only what changes is sent; nothing where only the outgoing number does. Answers how much was written. */
async function edit(
  write: Update,
  known: Known,
  { tenant, ids, line }: Clearance,
  second: SecondApi | null,
): Promise<Written> {
  const { link } = known;
  const { key, address, values, secrets } = write;
  const native = toNative(values, secrets, ids);
  if (line === undefined || Object.keys(native).length === 0) return 'nothing';
  const about = { action: actions.edit, write: true, object: address } as const;
  const gone = failure('not-found', 'not in the list any more', aboutOf(link, about), 'nothing');
  const place = placer(key, line, known);
  const body = namesOutgoing(values) ? null : patchOf(values, secrets);
  const send = async (): Promise<Attempt> => {
    const { id } = (await place()) ?? raise(gone);
    const bySecond =
      second?.alive === true && body !== null ? await attemptBySecond(second, key, address, body) : null;
    if (bySecond !== null) return bySecond;
    const question: Question = { ...about, params: { server: tenant.serverId, id, ...native } };
    return ofNumber(key, await attemptOf(link, question), question, link);
  };
  await persist({ object: address, send, look: looker(write, native, known).look, gone }, link);
  return 'something';
}

/** One at a time, as all writes: several at once fail. [field] What is gone is deleted. */
async function remove(
  write: Write,
  known: Known,
  { tenant, line }: Clearance,
  second: SecondApi | null,
): Promise<Record<string, never>> {
  if (line === undefined) return {};
  const { link } = known;
  const { key, address } = write;
  const place = placer(key, line, known);
  const send = async (): Promise<Attempt> => {
    const there = await place();
    if (there === undefined) return { end: 'done' };
    const bySecond = second?.alive === true ? await attemptBySecond(second, key, address, null) : null;
    const params = { server: tenant.serverId, id: there.id };
    return bySecond ?? attemptOf(link, { action: actions.delete, params, write: true, object: address });
  };
  const look = async (): Promise<Found> => ((await lineNow(key, known)) === undefined ? 'stored' : 'other');
  await persist({ object: address, send, look }, link);
  known.put(key, null);
  return {};
}

/**
 * Where a write goes, asked before each sending: at first what was made sure of a moment ago; later, after a pause, whatever has the number
 * then. An id alone may be another's by now.
 */
function placer(key: string, line: Line, known: Known): () => Promise<Line | undefined> {
  let sure: Line | undefined = line;
  return async () => {
    const there = sure ?? (await known.line(key));
    sure = undefined;
    return there;
  };
}

/** @throws `strange-answer` where the answer names another extension: that is the one that was written */
function ofNumber(key: string, attempt: Attempt, question: Question, link: Link): Attempt {
  const other = attempt.end === 'done' && Number(attempt.number ?? key) !== Number(key);
  if (!other) return attempt;
  throw failure('strange-answer', 'another number than asked for', aboutOf(link, question), 'something');
}

function raise(error: AltaError): never {
  throw error;
}

async function lineNow(key: string, { link, server }: Known): Promise<Line | undefined> {
  const lines = await fetchLines(link, await server());
  return lines.find(({ number }) => number === key);
}

/** Looks at one extension anew: whether it is there, and as it was sent. */
function looker(write: Setting, native: Native, known: Known) {
  let line: Line | undefined;
  const look = async (): Promise<Found> => {
    line = await lineNow(write.key, known);
    if (line === undefined) return 'absent';
    const configuration = await fetchConfiguration(known.link, await known.server(), line);
    if (configuration instanceof AltaError) throw configuration;
    if (configuration.protocol !== '' && configuration.protocol !== 'sip') return 'other';
    const department = line.departments === '' ? {} : { department: line.departments };
    const found = compare({ ...configuration.shown, ...department }, native);
    return found === 'same' ? 'stored' : found;
  };
  return { look, seen: () => line };
}
