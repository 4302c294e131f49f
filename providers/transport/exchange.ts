import { type Dispatcher, errors } from 'undici';
import { AltaError, type Written } from '../../engine/model/index.ts';
import { DEFAULT_TIMEOUT_MS, type Errand, startDeadline } from './deadline.ts';
import type { HttpAnswer, HttpContext, HttpRequest } from './http.ts';
import { kindOf } from './kind.ts';
import type { Lane } from './lane.ts';
import type { Lanes } from './lanes.ts';
import { type Outgoing, outgoingOf } from './outgoing.ts';
import type { Site } from './site.ts';

const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;

/** Everything one attempt needs, gathered once. */
interface Job {
  readonly errand: Errand;
  readonly outgoing: Outgoing;
  readonly maxBytes: number;
  readonly write: boolean;
  readonly lanes: Lanes;
  readonly signal: AbortSignal;
}

/** Who and what for, as errors say it. */
export function errandOf(request: HttpRequest, site: Site): Errand {
  return { host: site.host, operation: request.operation };
}

/** One request from its first to its last byte, under one deadline. */
export async function exchange(
  request: HttpRequest,
  site: Site,
  lanes: Lanes,
  context: HttpContext,
): Promise<HttpAnswer> {
  const errand = errandOf(request, site);
  const outgoing = outgoingOf(request, site.base, errand);
  const ends = [context.signal, lanes.closing];
  const deadline = startDeadline(request.timeoutMs ?? DEFAULT_TIMEOUT_MS, ends, errand);
  const { maxBytes = DEFAULT_MAX_BYTES, write = false } = request;
  const job: Job = { errand, outgoing, maxBytes, write, lanes, signal: deadline.signal };
  const started = context.clock.elapsed();
  try {
    const answer = request.once ? await send(job, lanes.fresh()) : await sendPatiently(job);
    const ms = Math.round(context.clock.elapsed() - started);
    context.log('http', { ...errand, status: answer.status, bytes: answer.body.length, ms });
    return answer;
  } finally {
    deadline.end();
  }
}

/**
 * A host may close a kept connection in the very moment a request leaves on it. A read that got no answer there is sent
 * once more over a new connection; a write never is, since nobody knows whether it arrived.
 */
async function sendPatiently(job: Job): Promise<HttpAnswer> {
  const lane = job.lanes.take();
  const kept = lane.isKept();
  try {
    return await send(job, lane);
  } catch (error) {
    const again = kept && !job.write && error instanceof AltaError && error.code === 'connection-reset';
    if (!again || error.params.kind === MID_ANSWER) throw error;
    return await send(job, job.lanes.fresh());
  }
}

/** The `kind` of a connection that was cut after the head of the answer had arrived. */
const MID_ANSWER = 'mid-answer';

async function send(job: Job, lane: Lane): Promise<HttpAnswer> {
  let answered = false;
  try {
    const response = await lane.send(job.outgoing, job.errand, job.signal);
    answered = true;
    const body = await readBody(response.body, job);
    job.lanes.giveBack(lane);
    return { status: response.statusCode, headers: flat(response.headers), body };
  } catch (error) {
    job.lanes.discard(lane);
    const failure = failureOf(error, job, answered);
    throw job.write ? withWritten(failure, lane) : failure;
  }
}

async function readBody(body: Dispatcher.ResponseData['body'], job: Job): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > job.maxBytes) throw tooLarge(job);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function tooLarge(job: Job): AltaError {
  return new AltaError('answer-too-large', { ...job.errand, limit: job.maxBytes });
}

/**
 * Any failure as one of ours. undici's own errors are dropped, not wrapped: a parser error carries the bytes it stumbled
 * over.
 */
function failureOf(error: unknown, job: Job, answered: boolean): AltaError {
  if (job.signal.aborted && !(error instanceof AltaError)) return failureOf(job.signal.reason, job, answered);
  if (error instanceof AltaError) return error;
  const kind = kindOf(error);
  if (error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError) {
    return new AltaError('request-unsendable', { ...job.errand, kind });
  }
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) {
    return new AltaError('strange-answer', { ...job.errand, evidence: `not HTTP, ${kind}` });
  }
  return new AltaError('connection-reset', { ...job.errand, kind: answered ? MID_ANSWER : kind });
}

function withWritten(failure: AltaError, lane: Lane): AltaError {
  const nothing = failure.code === 'request-unsendable' || !lane.wasReached();
  const written: Written = nothing ? 'nothing' : 'unknown';
  return new AltaError(failure.code, failure.params, { ...failure.facts, written });
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => {
    const separator = name === 'set-cookie' ? '\n' : ', ';
    return [name, Array.isArray(value) ? value.join(separator) : (value ?? '')] as const;
  });
  return Object.fromEntries(entries);
}
