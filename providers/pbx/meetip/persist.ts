import { AltaError, type Written } from '../../../engine/model/index.ts';
import { inWrite, strange } from '../../transport/refusal.ts';
import { isJson, textOf } from './answers.ts';
import { aboutOf, ask, type Link, pause, type Question } from './call.ts';
import { refusedFor } from './errors.ts';

/** What the server stores of what a write wanted. `hidden`: it does not show it. `absent`: there is nothing under that number. */
export type Found = 'stored' | 'other' | 'absent' | 'hidden';

/** What one sending came to. */
export type Attempt =
  /** `number`: of the extension, as far as the answer tells. */
  | { readonly end: 'done'; readonly id?: string; readonly number?: string }
  /** Nothing was written, and nothing will be by trying again. */
  | { readonly end: 'refused'; readonly error: AltaError }
  /** Nothing was written: the number is taken, perhaps by what we want. */
  | { readonly end: 'taken'; readonly error: AltaError }
  | Doubt;

/** It may have been written. */
export interface Doubt {
  readonly end: 'doubtful';
  readonly error: AltaError;
  /** How often it may be sent again once a look has shown that it is not there. */
  readonly retries: number;
  readonly answer: Answer;
}

/** `refusal`: in the API's own words. `strange`: none of the API, so that anything may lie behind it. `none`: it may still be under way. */
type Answer = 'refusal' | 'strange' | 'none';

/** One thing to write, with the eyes to see whether it is there. */
export interface Job {
  /** Address of the resource. */
  readonly object: string;
  readonly send: () => Promise<Attempt>;
  /** Asks the server anew. */
  readonly look: () => Promise<Found>;
  /** The error where a look finds nothing to write to. */
  readonly gone?: AltaError;
}

/** Before sending again, ms: a tenant that is being built needs seconds to minutes. [field] */
const pauses: readonly number[] = [5_000, 15_000, 30_000, 60_000];

/**
 * Before looking for what a write did, ms. What was written may take the settle time to show, so that only then its absence is believed; what
 * is still under way takes longer. `now`: one look is enough before it is sent again, since a number is taken once only. [field]
 */
const looks = {
  now: [0],
  settled: [0, 3_000, 7_000],
  none: [0, 3_000, 7_000, 20_000],
} as const satisfies Readonly<Record<string, readonly number[]>>;

/**
 * Sends until it is known that the server has it. Whatever is not a clear answer is looked up before anything is believed or sent again,
 * so that a lost answer neither fails what succeeded nor makes a second extension.
 * @returns the vendor's id, where it told one
 * @throws what the server refused; `written` is `nothing` only where the refusal or a look proves it
 */
export async function persist(job: Job, link: Link): Promise<string | undefined> {
  for (let tried = 0; ; tried += 1) {
    const attempt = await job.send();
    if (attempt.end === 'done') return attempt.id;
    if (attempt.end === 'refused' && tried === 0) throw withWritten(attempt.error, 'nothing', job);
    // Taken by what an earlier attempt made in the end, perhaps; or that came late, and this one is refused.
    const before: Written = tried === 0 ? 'nothing' : 'unknown';
    const found = await lookFor(job, attempt, tried, link);
    if (found === 'stored') return undefined;
    if (attempt.end === 'taken') throw withWritten(attempt.error, before, job);
    if (attempt.end === 'refused')
      throw withWritten(attempt.error, found === 'hidden' ? 'unknown' : 'nothing', job);
    if (attempt.answer === 'none' || found === 'hidden') throw withWritten(attempt.error, 'unknown', job);
    if (found === 'absent' && job.gone !== undefined) throw job.gone;
    await restOrGiveUp(attempt, tried, job, link);
  }
}

/** @throws the doubt, proven to have written nothing, where nothing is to be tried again */
async function restOrGiveUp(doubt: Doubt, tried: number, job: Job, link: Link): Promise<void> {
  const wait = pauseAfter(doubt, tried, link);
  if (wait === undefined) {
    link.manner.tired ||= doubt.retries >= pauses.length;
    throw withWritten(doubt.error, 'nothing', job);
  }
  await rest(wait, job, link, 'nothing');
}

/** Undefined = it is not sent again. */
function pauseAfter({ retries }: Doubt, tried: number, { manner }: Link): number | undefined {
  return tried < retries && !manner.tired ? pauses[tried] : undefined;
}

async function lookFor(
  job: Job,
  attempt: Exclude<Attempt, { readonly end: 'done' }>,
  tried: number,
  link: Link,
): Promise<Found> {
  const nothing = attempt.end === 'taken' && tried === 0;
  let found: Found = 'hidden';
  for (const wait of looksAfter(attempt, tried, link)) {
    if (wait > 0) await rest(wait, job, link, 'unknown');
    try {
      found = await job.look();
    } catch {
      throw withWritten(attempt.error, nothing ? 'nothing' : 'unknown', job);
    }
    if (found === 'stored' || found === 'hidden') return found;
  }
  return found;
}

/** What is refused, or taken, after an attempt of ours may be ours, and not show yet. So may what nobody sends again. */
function looksAfter(
  attempt: Exclude<Attempt, { readonly end: 'done' }>,
  tried: number,
  link: Link,
): readonly number[] {
  if (attempt.end !== 'doubtful') return tried === 0 ? looks.now : looks.settled;
  if (attempt.answer === 'none') return looks.none;
  const again = attempt.answer === 'refusal' && pauseAfter(attempt, tried, link) !== undefined;
  return again ? looks.now : looks.settled;
}

function withWritten(error: AltaError, written: Written, { object }: Job): AltaError {
  const facts = { ...error.facts, address: object, written };
  return new AltaError(error.code, { ...error.params, address: object }, facts);
}

/** @throws `aborted`, with what was written so far */
async function rest(ms: number, { object }: Job, link: Link, written: Written): Promise<void> {
  link.context.log('wait before the next try', { host: link.target.host, waitMs: ms });
  await pause(link, ms, 'write', { address: object, written });
}

/** What a write of the action API came to. Only a plain success without complaints counts as one. */
export async function attemptOf(link: Link, question: Question): Promise<Attempt> {
  const about = aboutOf(link, question);
  try {
    const said = await ask(link, question);
    if (!said.ok) {
      const error = refusedFor(said.complaint, about);
      if (error.code === 'already-exists') return { end: 'taken', error };
      if (error.written === 'nothing') return { end: 'refused', error };
      return { ...doubt(error, said.complaint.passing === true ? pauses.length : 0), answer: 'refusal' };
    }
    const { body, noticed } = said;
    if (!noticed && isJson(body) && typeof body.success === 'string')
      return { end: 'done', ...told('id', body.id), ...told('number', body.ext) };
    return doubt(strange(noticed ? 'PHP complained beside the answer' : 'JSON without success', about), 1);
  } catch (error) {
    return unanswered(error, about.object);
  }
}

function told<K extends string>(name: K, value: unknown): { readonly [name in K]?: string } {
  const text = textOf(value);
  return text === '' ? {} : ({ [name]: text } as { readonly [name in K]: string });
}

const lostCodes: readonly string[] = ['timeout', 'connection-reset', 'unreachable', 'aborted'];

/**
 * A failure without an answer that was understood. What certainly wrote nothing is a refusal; a page in place of JSON may be sent again,
 * once, when a look has shown that nothing came of it; what got no answer at all may come late, and is not sent again.
 * @throws what is no AltaError
 */
export function unanswered(error: unknown, object: string): Attempt {
  const known = inWrite(error, 'nothing', object);
  if (!(known instanceof AltaError)) throw error;
  if (known.written === 'nothing') return { end: 'refused', error: known };
  const lost = lostCodes.includes(known.code);
  return { ...doubt(known, known.code === 'strange-answer' ? 1 : 0), ...(lost ? { answer: 'none' } : {}) };
}

/** Of an answer that is none of the API. */
export function doubt(error: AltaError, retries: number): Doubt {
  return { end: 'doubtful', error, retries, answer: 'strange' };
}
