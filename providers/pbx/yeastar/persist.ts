import { AltaError, type Secret, type Target, type Written } from '../../../engine/model/index.ts';
import { failure, inWrite } from '../../transport/refusal.ts';
import type { Answer } from './answers.ts';
import { paths } from './api.ts';
import { aboutCall, type Question } from './call.ts';
import { holds, isWeak, type Native, writeBody } from './dialect.ts';
import { errno, refusedBy } from './errors.ts';
import { facts } from './facts.ts';
import { type Box, fetchRow } from './inventory.ts';

/** One request that writes one extension. */
export interface Job {
  readonly action: 'create' | 'update' | 'delete';
  readonly key: string;
  /** Of the resource, for errors. */
  readonly address: string;
  readonly native: Native;
  /** The extension's name, to explain a refused password. */
  readonly name: string;
}

type Refused = Answer & { readonly ok: false };

/**
 * Sends one write until the box has it. "Applied too often" means saved and perhaps not active, so the box is asked what
 * it stores. What v1.x stored waits for the commit. v2.0.0 applies everything with each write that succeeds, so the same
 * values are sent again after a pause. [vendor-docs, inference]
 * @throws what the box refused, with `written`; `not-in-effect` where it is stored and cannot be known to be active
 */
export async function persist(job: Job, box: Box): Promise<void> {
  const sent: Sent = { written: 'nothing', tooOften: false };
  try {
    await sendUntilStored(job, box, sent);
  } catch (error) {
    throw inWrite(error, sent.written, job.address);
  }
}

/** What became of the attempts so far. */
interface Sent {
  written: Written;
  /** One of them was "too often": what is stored may not be active. */
  tooOften: boolean;
}

async function sendUntilStored(job: Job, box: Box, sent: Sent): Promise<void> {
  let next = job;
  for (const pause of [...pausesOf(box.link.target), null]) {
    const answer = await box.login.ask(questionOf(next, box));
    if (answer.ok) return;
    const tooOften = answer.errno === errno.appliedTooOften;
    if (!tooOften) await settle(next, answer, box);
    if (!tooOften && !sent.tooOften) return;
    const found = tooOften ? await lookFor(next, box) : 'stored';
    const stored = found === 'stored';
    const made = stored || (found === 'different' && next.action === 'create');
    Object.assign(sent, { tooOften: true, written: made ? 'something' : sent.written });
    if (stored && box.login.api.generation === 1) return;
    const hopeless = pause === null || (stored && next.action === 'delete');
    if (hopeless) throw busyFor(next, stored, box);
    await rest(pause, next, sent.written, box);
    if (stored) next = { ...next, action: 'update' };
  }
}

/** Returns where a refusal means that the box stores what was wanted: writes are safe to repeat. */
async function settle(job: Job, answer: Refused, box: Box): Promise<void> {
  const gone = job.action === 'delete' && answer.errno === errno.noSuchExtension;
  if (gone) return;
  const doubtful = answer.errno === errno.alreadyExists || answer.errno === errno.deleteFailed;
  if (doubtful && (await lookFor(job, box)) === 'stored') return;
  throw refusedJob(job, answer, box);
}

/**
 * Whether the box stores what the job wanted, something else of that number, or (for a create or update) nothing at all. An
 * error here leaves it unknown.
 */
async function lookFor(
  { action, key, address, native }: Job,
  box: Box,
): Promise<'stored' | 'different' | 'absent'> {
  try {
    const row = await fetchRow(box, key);
    if (action === 'delete') return row === null ? 'stored' : 'different';
    if (row === null) return 'absent';
    return holds(row, native) ? 'stored' : 'different';
  } catch (error) {
    throw inWrite(error, 'unknown', address);
  }
}

function questionOf({ action, key, address, native }: Job, box: Box): Question {
  const body = writeBody(box.login.api, key, native);
  return { path: paths[action], body, write: true, object: address };
}

function refusedJob(job: Job, { errno: number }: Refused, box: Box): AltaError {
  const error = refusedBy(number, aboutCall(box.link, questionOf(job, box)));
  const { registerpassword } = job.native;
  const weak =
    error.code === 'value-refused' &&
    isSecret(registerpassword) &&
    isWeak(registerpassword, job.key, job.name);
  return weak ? new AltaError('secret-weak', { ...error.params, field: 'sip' }, error.facts) : error;
}

function isSecret(value: string | Secret | undefined): value is Secret {
  return typeof value === 'object';
}

function busyFor(job: Job, stored: boolean, box: Box): AltaError {
  const about = aboutCall(box.link, questionOf(job, box));
  const evidence = `errno ${errno.appliedTooOften}`;
  return stored
    ? failure('not-in-effect', evidence, about, 'something')
    : failure('target-busy', evidence, about, 'nothing');
}

/** Waits for the box to calm down. @throws `aborted`, with what was written so far */
export async function rest(
  ms: number,
  of: { readonly action: string; readonly address: string },
  written: Written,
  { link }: Box,
) {
  const { clock, signal } = link.context;
  link.context.log('applied too often', { host: link.target.host, waitMs: ms });
  try {
    await clock.sleep(ms, signal);
  } catch {
    const params = { host: link.target.host, operation: of.action };
    throw new AltaError('aborted', params, { address: of.address, written });
  }
}

/**
 * How long to leave a box alone that was written to too often, ms: longer each time, in proportion to the interval between
 * writes (5, 10, 20 and 30 s by default), and never nothing at all.
 */
export function pausesOf({ options }: Target): readonly number[] {
  const { writeIntervalMs } = options;
  const interval = typeof writeIntervalMs === 'number' ? writeIntervalMs : facts.host.writeIntervalMs;
  return [5, 10, 20, 30].map((times) => times * Math.max(20, interval));
}
