import type { Code, Params, Target, Written } from '../../engine/model/index.ts';
import { AltaError } from '../../engine/model/index.ts';
import type { SessionContext } from '../contract.ts';
import { TIME_LIMIT_MS } from './facts.ts';
import type { Answer, Request } from './server.ts';
import { Disconnected, send } from './server.ts';

/** A native request and its answer, with the host's turns, the time limit and the errors that people get. */
export interface Link {
  /** For the texts of errors: the target's origin. */
  readonly host: string;
  /** Asks without writing. Throws AltaError: `unreachable`, `timeout`, `aborted`, `connection-reset`, or the box's refusal. */
  readonly read: (request: Request, object: string) => Promise<Answer>;
  /** Asks for a write. What it throws says in `written` how much of it happened. */
  readonly write: (request: Request, object: string) => Promise<Answer>;
  /** Says goodbye: out of turn, after an abort too, and without minding what becomes of it. */
  readonly end: (request: Request) => Promise<void>;
}

/** What the box's refusals are called here. */
const refusals: Readonly<Record<Exclude<Answer['status'], 'ok'>, Code>> = {
  'bad-login': 'wrong-credentials',
  denied: 'forbidden',
  missing: 'not-found',
  exists: 'already-exists',
  full: 'limit-reached',
  'bad-value': 'value-refused',
};

/** A link to the target's endpoint. Nothing is sent yet. */
export function connect(target: Target, context: SessionContext): Link {
  const url = target.endpoint?.url ?? '';
  const limitMs = Number(target.options.timeLimitMs ?? TIME_LIMIT_MS);
  return {
    host: target.host,
    read: (request, object) => ask({ request, object, turn: 'read', target, url, limitMs, context }),
    write: (request, object) => ask({ request, object, turn: 'write', target, url, limitMs, context }),
    end: async (request) => {
      const forever = new AbortController().signal;
      await timed(limitMs, forever, (signal) => send(url, request, signal)).catch(() => undefined);
    },
  };
}

/** One request on its way. */
interface Call {
  readonly request: Request;
  readonly object: string;
  readonly turn: 'read' | 'write';
  readonly target: Target;
  readonly url: string;
  readonly limitMs: number;
  readonly context: SessionContext;
}

async function ask(call: Call): Promise<Answer> {
  const { request, turn, url, limitMs, context } = call;
  let sent = false;
  const answer = await context.gate[turn](() => {
    sent = true;
    return timed(limitMs, context.signal, (signal) => send(url, request, signal));
  }, context.signal).catch((error: unknown) => {
    if (error instanceof Disconnected) sent = error.sent;
    const failure = broken(error, call);
    throw turn === 'read' ? failure : withWritten(failure, sent ? 'unknown' : 'nothing');
  });
  context.log('memory.request', { operation: request.do, object: call.object, status: answer.status });
  if (answer.status === 'ok') return answer;
  const refusal = new AltaError(refusals[answer.status], { ...paramsOf(call), evidence: answer.status });
  throw turn === 'read' ? refusal : withWritten(refusal, 'nothing');
}

/** The reason of a signal whose time is over. */
class Late extends Error {}

/**
 * Runs `action` with a signal that ends with the outer one, or when the time is over. A composed
 * `AbortSignal.any` of a timeout would do, but on Node 20 the garbage collector may take it away before it fires.
 */
async function timed<T>(
  limitMs: number,
  outer: AbortSignal,
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort(outer.reason);
  const timer = setTimeout(() => controller.abort(new Late()), limitMs);
  outer.addEventListener('abort', stop, { once: true });
  if (outer.aborted) stop();
  try {
    return await action(controller.signal);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', stop);
  }
}

function paramsOf({ target, request, object }: Call): Params {
  return { host: target.host, target: target.address, operation: request.do, object };
}

/** Why no answer came. The cause stays out: it may quote what was sent. */
function broken(error: unknown, call: Call): AltaError {
  const params = paramsOf(call);
  if (error instanceof AltaError) return error;
  if (error instanceof Disconnected) {
    return error.sent
      ? new AltaError('connection-reset', { ...params, kind: 'no answer' })
      : new AltaError('unreachable', { ...params, kind: 'refused' });
  }
  return error instanceof Late
    ? new AltaError('timeout', { ...params, seconds: call.limitMs / 1000 })
    : new AltaError('aborted', params);
}

/** A failed write also says how much of it happened. */
function withWritten(error: AltaError, written: Written): AltaError {
  return new AltaError(error.code, error.params, { ...error.facts, written });
}
