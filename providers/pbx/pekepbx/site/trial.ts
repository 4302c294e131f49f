import { AltaError, type Params } from '../../../../engine/model/index.ts';
import type { CallProbe, Said } from './contract.ts';

/** What a server may answer without the visit being over: everything that is about one call, not about the way to it. */
const answers: ReadonlySet<string> = new Set([
  'forbidden',
  'not-found',
  'already-exists',
  'limit-reached',
  'value-refused',
  'field-refused',
  'value-one-of',
  'value-unsupported',
  'redirected',
  'strange-answer',
  'profile-guess-wrong',
  'profile-outdated',
  'profile-identity-guess',
  'wrong-identity',
  'tenant-ambiguous',
  'unsupported-operation',
]);

/** What came of one step: its result, or why there is none. */
export type Trial<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AltaError };

/**
 * The result of a step, or the server's refusal as data.
 * @throws what is wrong with the way to the server, the login or this run: then nothing else would work either
 */
export async function tried<T>(step: Promise<T>): Promise<Trial<T>> {
  try {
    return { ok: true, value: await step };
  } catch (error) {
    if (error instanceof AltaError && answers.has(error.code)) return { ok: false, error };
    throw error;
  }
}

/** Code, place of the profile and evidence of an error: no content of the server. */
export function saidOf({ code, params }: AltaError): Said {
  const { mark, marks: place = mark, fields, evidence } = params;
  const known = Object.entries({ place, fields, evidence }).filter(([, value]) => value !== undefined);
  return { says: 'error', of: { code, ...(Object.fromEntries(known) as Params) } };
}

/** A call's trial for the report. */
export function callProbe<T>(place: string, trial: Trial<T>, evidence: (value: T) => Said): CallProbe {
  return trial.ok
    ? { place, verdict: 'works', evidence: [evidence(trial.value)] }
    : { place, verdict: 'fails', evidence: [saidOf(trial.error)] };
}

export function untried(place: string, says: Said['says']): CallProbe {
  return { place, verdict: 'not-tried', evidence: [{ says }] };
}
