import { AltaError, type Secret } from '../../../engine/model/index.ts';
import { failure } from '../../transport/refusal.ts';
import type { Answer, Detail } from './answers.ts';
import type { Box } from './box.ts';
import { aboutOf, paths, type Question } from './call.ts';
import { holds, isSame, type Native, unshown, writeBody } from './dialect.ts';
import { meaningOf, type Refused, refusedBy } from './errors.ts';
import { secretFields } from './fields.ts';
import { fetchDetail, find } from './inventory.ts';
import { countOf, isJson } from './json.ts';
import type { Meaning } from './meanings.ts';
import { type Owner, weakSecret } from './passwords/dialect.ts';
import { fetchPassword } from './passwords/fetch.ts';

/** One request that creates an extension or changes some of its keys. */
export interface Job {
  /** Address of the resource, for errors. */
  readonly address: string;
  readonly native: Native;
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Whose passwords they are: explains a refusal. */
  readonly owner: Owner;
}

/**
 * Creates. Whatever the box says but yes, the number is looked up: a lost answer may have been a yes, and creating twice is creating once.
 * @returns the id, where anybody tells it
 * @throws `already-exists` where another one has the number; what the box refused
 */
export async function create(job: Job, box: Box): Promise<number | undefined> {
  const question: Question = writing(paths.create, job, writeBody(job.native));
  const answer = await sent(question, box);
  if (answer instanceof AltaError) return (await equalTo(job, box))?.id ?? raise(answer);
  if (answer.ok) return idOfNew(answer, job, box);
  const error = refused(answer, job, question, box);
  if (settled.includes(meaningOf(answer))) throw error;
  const found = await lookFor(job, box);
  if (found === null) throw error;
  if (await isEqual(found, job, box)) return found.id;
  throw failure(
    'already-exists',
    `errcode ${answer.errcode}`,
    aboutOf(box.link, question),
    error.written ?? 'nothing',
  );
}

/** Refusals that have nothing to do with what is there. */
const settled: readonly (Meaning | undefined)[] = [
  'locked',
  'expired',
  'denied',
  'address',
  'not-allowed',
  'no-interface',
  'version',
  'off',
  'limit',
  'busy',
];

/** Changes the keys of one extension. A lost answer is a yes where the box shows all of it. */
export async function change(id: number, job: Job, box: Box): Promise<void> {
  const question: Question = writing(paths.update, job, writeBody(job.native, id));
  const answer = await sent(question, box);
  if (answer instanceof AltaError) {
    const found = await looking(() => fetchDetail(box, id));
    if (found === null || unshown(found, job.native).length > 0 || !holds(found, job.native)) throw answer;
  } else if (!answer.ok) throw refused(answer, job, question, box);
}

/** Deletes. What is gone already is deleted. */
export async function remove(id: number, { address }: Pick<Job, 'address'>, box: Box): Promise<void> {
  const question: Question = { path: paths.delete, query: { id: String(id) }, write: true, object: address };
  const answer = await sent(question, box);
  if (answer instanceof AltaError) {
    if (!(await isGone(id, box))) throw answer;
  } else if (!answer.ok && meaningOf(answer) !== 'missing')
    throw refusedBy(answer, aboutOf(box.link, question));
}

function writing(path: string, { address: object }: Job, body: Secret): Question {
  return { path, body, write: true, object };
}

/** The answer, or the error where none came back and nobody knows what was written. */
async function sent(question: Question, box: Box): Promise<Answer | AltaError> {
  try {
    return await box.login.ask(question);
  } catch (error) {
    if (error instanceof AltaError && error.written === 'unknown') return error;
    throw error;
  }
}

function raise(error: AltaError): never {
  throw error;
}

/** @returns null where there is nothing, and where looking fails: what happened before counts then */
async function looking(look: () => Promise<Detail | null>): Promise<Detail | null> {
  try {
    return await look();
  } catch {
    return null;
  }
}

function lookFor({ owner }: Job, box: Box): Promise<Detail | null> {
  return looking(() => find(box, owner.key));
}

async function equalTo(job: Job, box: Box): Promise<Detail | null> {
  const found = await lookFor(job, box);
  return found !== null && (await isEqual(found, job, box)) ? found : null;
}

/** Equal in all that the box shows. A password that it says it hides counts as equal; one that is asked for in vain does not: it may be any. */
async function isEqual(found: Detail, { native, secrets }: Job, box: Box): Promise<boolean> {
  if (found.type !== 'sip' || !holds(found, native)) return false;
  if (secrets.sip === undefined) return true;
  const shown = await fetchPassword(box, found.id).catch(() => null);
  return shown === 'hidden' || (shown !== null && isSame(shown, secrets.sip));
}

async function isGone(id: number, box: Box): Promise<boolean> {
  try {
    return (await fetchDetail(box, id)) === null;
  } catch {
    return false;
  }
}

/** The answer's own id, else looked up: the next reading tells it too. [inference] */
async function idOfNew(
  answer: Answer & { readonly ok: true },
  job: Job,
  box: Box,
): Promise<number | undefined> {
  const { id, data } = answer.body;
  const told = countOf(id) ?? (isJson(data) ? countOf(data.id) : undefined);
  return told ?? (await lookFor(job, box))?.id;
}

/** A refused value is a weak password where the box names one, or nothing, and one of those sent is weak. [inference] */
function refused(answer: Refused, job: Job, question: Question, box: Box): AltaError {
  const error = refusedBy(answer, aboutOf(box.link, question));
  const weak = error.code === 'value-refused' ? weakOf(answer, job) : undefined;
  return weak === undefined
    ? error
    : new AltaError('secret-weak', { ...error.params, field: weak }, error.facts);
}

function weakOf({ fields }: Refused, { secrets, owner }: Job): string | undefined {
  if (fields.length === 0) return weakSecret(secrets, owner);
  return (['sip', 'portal', 'pin'] as const).find(
    (name) => secrets[name] !== undefined && fields.includes(secretFields[name]),
  );
}
