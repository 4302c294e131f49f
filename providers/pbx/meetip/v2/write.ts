import { AltaError, type Values } from '../../../../engine/model/index.ts';
import type { HttpAnswer } from '../../../transport/http.ts';
import { refusedByStatus, strange } from '../../../transport/refusal.ts';
import type { Json } from '../answers.ts';
import { type Attempt, doubt, unanswered } from '../persist.ts';
import { lookUp2, objectIn, type SecondApi, type SecondQuestion, send2 } from './api.ts';

/**
 * What API v2 is documented to change, by names and words that are known here. Everything else stays with v1, secrets too: they lie in an
 * object of several, and whether a part of it may be sent is not said. [inference]
 */
const documented: Readonly<Record<string, (value: Values[string]) => Json>> = {
  name: (name) => ({ name }),
  email: (email) => ({ email }),
  status: (status) => ({ status }),
};

/** The body of a PATCH; null where v2 cannot say all of it, or there is nothing to say. */
export function patchOf(values: Values, secrets: Readonly<Record<string, unknown>>): Json | null {
  const names = Object.keys(values);
  const sayable = names.length > 0 && names.every((name) => Object.hasOwn(documented, name));
  if (!sayable || Object.keys(secrets).length > 0) return null;
  return Object.assign({}, ...Object.entries(values).map(([name, value]) => documented[name]?.(value)));
}

/** One write by API v2; null = not by this way: nothing was written, and v1 is to do it. */
export async function attemptBySecond(
  api: SecondApi,
  number: string,
  object: string,
  body: Json | null,
): Promise<Attempt | null> {
  const found = await known(api, number);
  if (found === null) return null;
  const what: SecondQuestion =
    body === null
      ? { method: 'DELETE', path: `/extensions/${found.id}`, operation: 'v2 extensions DELETE', write: true }
      : {
          method: 'PATCH',
          path: `/extensions/${found.id}`,
          operation: 'v2 extensions PATCH',
          write: true,
          body,
        };
  try {
    return judged(await send2(api, what), api, what, object);
  } catch (error) {
    return unanswered(error, object);
  }
}

/** Failing to look costs v1 nothing. An abort ends both. */
async function known(api: SecondApi, number: string): Promise<{ readonly id: string } | null> {
  try {
    const found = await lookUp2(api, number);
    return typeof found === 'string' ? null : found;
  } catch (error) {
    api.alive = false;
    if (error instanceof AltaError && error.code !== 'aborted') return null;
    throw error;
  }
}

/**
 * Done is what says so by its status and by a body of its kind: a page or an error with status 200 is neither. Below 500 a refusal has written
 * nothing, so that v1 may say it in its own way. Everything else is looked up first. [field]
 */
function judged(answer: HttpAnswer, api: SecondApi, what: SecondQuestion, object: string): Attempt | null {
  const { status } = answer;
  const succeeded = status >= 200 && status < 300;
  if (succeeded && isPlain(answer)) return { end: 'done' };
  const { target, context } = api.link;
  const { operation } = what;
  const about = { host: target.host, target: target.address, operation, object, write: true };
  context.log('v2 refused', { host: target.host, operation, status });
  api.alive = false;
  if (!succeeded && status < 500) return null;
  const error = succeeded
    ? strange(`HTTP ${status}, and no plain success`, about)
    : refusedByStatus(answer, about, context.clock.now());
  return doubt(error, 1);
}

/** What stands in a complaint of v2, and in one of v1. [field] */
const complaining: readonly string[] = ['code', 'trace_id', 'error'];

/** Without a body, or with an object that is no complaint. */
function isPlain(answer: HttpAnswer): boolean {
  if (answer.status === 204 || answer.body.length === 0) return true;
  const found = objectIn(answer);
  return found !== null && !complaining.some((key) => key in found);
}
