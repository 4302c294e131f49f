import { AltaError, type Code } from '../../../engine/model/index.ts';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import type { HttpAnswer } from '../../transport/http.ts';
import { evidenceOf, factsOf, parseJson, readJson } from '../../transport/json.ts';
import { refuseRedirect } from '../../transport/redirect.ts';
import { type About, failure, refusedByStatus, strange } from '../../transport/refusal.ts';
import { aboutOf, type Link, type Question } from './link.ts';
import { isSame } from './profile/codec.ts';
import { isMarked } from './profile/marks.ts';
import { isJson, isScalar, valueAt } from './profile/path.ts';

/** An answer of success. */
export interface Answer {
  /** Undefined where the answer was empty, which only a write's may be. */
  readonly body: unknown;
  readonly headers: HttpAnswer['headers'];
}

/** As much of a message as is looked at: enough for any sentence, and not for what keeps a pattern busy. */
const MAX_MESSAGE = 300;

/**
 * What an answer says. Redirections and pages for people are errors whatever their status. [vendor-docs]
 * @throws `redirected`, `forbidden`, `not-found`, `already-exists`, `limit-reached`, `value-refused`, `field-refused`, `target-busy`,
 *   `locked-out`, `unreachable`, `strange-answer`
 */
export function understand(answer: HttpAnswer, link: Link, question: Question): Answer {
  const about = aboutOf(link, question);
  refuseRedirect(answer, about);
  if (!question.call.success.includes(answer.status)) throw refusalOf(answer, link, about);
  const empty = answer.body.length === 0 && question.write === true;
  const body = empty ? undefined : parseJson(answer, about);
  if (saysFailed(link.profile, body))
    throw refused(body, answer.status, link.profile, about, 'value-refused');
  return { body, headers: answer.headers };
}

/** Null where the server says that there is none. */
export async function orAbsent(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AltaError && error.code === 'not-found') return null;
    throw error;
  }
}

/** The error of a status that is no success: one that is no refusal either may have done anything. What cannot be read as JSON proves nothing, least of all an absence. */
export function refusalOf(answer: HttpAnswer, link: Link, about: About): AltaError {
  const { status } = answer;
  const { profile, context } = link;
  if (status < 400) return strange(`HTTP ${status}`, about);
  const reading = readJson(answer);
  const usual = refusedByStatus(answer, about, context.clock.now());
  if (!reading.ok)
    return readable(status)
      ? usual
      : strange(evidenceOf(factsOf(answer), reading.why), about, writtenBy(status));
  const code = codeOfStatus(profile, status);
  if (status === 429 && code === null) return usual;
  const spoken = textCode(profile, reading.value);
  if (spoken === null && (code === null || status >= 500)) return usual;
  const meant = refused(reading.value, status, profile, about, code ?? 'value-refused');
  return meant.code === usual.code ? usual : meant;
}

/** Statuses that mean the same whoever answers, be it a gateway's page. */
function readable(status: number): boolean {
  return [401, 403, 429, 502, 503, 504].includes(status);
}

function writtenBy(status: number): 'nothing' | 'unknown' {
  return status >= 400 && status < 500 ? 'nothing' : 'unknown';
}

const usualCodes: Readonly<Record<number, Code>> = {
  400: 'value-refused',
  403: 'forbidden',
  404: 'not-found',
  409: 'already-exists',
  422: 'value-refused',
};

/** What the profile says of a status, or what it means everywhere. Null = the transport knows best. */
function codeOfStatus({ errors }: ProfileDocument, status: number): Code | null {
  return errors?.status?.[String(status)] ?? usualCodes[status] ?? null;
}

function refused(
  body: unknown,
  status: number,
  profile: ProfileDocument,
  about: About,
  fallback: Code,
): AltaError {
  const evidence = `HTTP ${status}`;
  const written = status < 400 ? 'unknown' : writtenBy(status);
  const code = textCode(profile, body) ?? fallback;
  const fields = wrongFields(profile, body);
  if (code === 'value-refused' && fields.length > 0)
    return failure('field-refused', evidence, about, written, { fields });
  // What exists already is an address, say, and not this extension.
  if (code === 'already-exists' && fields.length > 0 && !fields.includes('number'))
    return failure('field-refused', `${evidence}: ${code}`, about, written, { fields });
  return failure(code, evidence, about, written);
}

/** What the words of a message mean by the patterns of the profile; null where none of them fits. */
export function textCode({ errors }: ProfileDocument, body: unknown): Code | null {
  const text = wordsIn(errors, body);
  if (text === '') return null;
  return errors?.text?.find(({ match }) => new RegExp(match, 'iu').test(text))?.code ?? null;
}

/** The message and what is said of single fields. Never part of an error or a log. */
function wordsIn(errors: ProfileDocument['errors'], body: unknown): string {
  const message = errors?.message === undefined ? undefined : valueAt(body, errors.message.path);
  const details = errors?.fields === undefined ? undefined : valueAt(body, errors.fields.path);
  const parts = [message, ...(isJson(details) ? Object.values(details).flat() : sentencesIn(details))];
  return parts.filter(isScalar).join(' ').slice(0, MAX_MESSAGE);
}

/** Our names of the fields that an answer calls wrong. The server's own keys are not repeated. */
export function wrongFields(profile: ProfileDocument, body: unknown): readonly string[] {
  const { errors, fields, identity } = profile;
  const details = errors?.fields === undefined ? undefined : valueAt(body, errors.fields.path);
  const keys = new Set(isJson(details) ? Object.keys(details) : sentencesIn(details).map(firstWord));
  return Object.entries({ number: identity.number, ...fields }).flatMap(
    ([name, { path, writePath, also = [], readOnly }]) => {
      const places = readOnly === true ? [] : [path, writePath, ...also];
      return places.some((place) => place !== undefined && keys.has(place)) ? [name] : [];
    },
  );
}

function sentencesIn(details: unknown): readonly string[] {
  return Array.isArray(details) ? details.filter((one) => typeof one === 'string') : [];
}

/** `sip.name` of `"sip.name" is required`. */
function firstWord(sentence: string): string {
  return /^\W*([^\s:"'`]*)/.exec(sentence)?.[1] ?? '';
}

function saysFailed({ errors }: ProfileDocument, body: unknown): boolean {
  if (errors?.failed === undefined) return false;
  const { path, values } = errors.failed;
  const said = valueAt(body, path);
  return said !== undefined && values.some((value) => isSame(value, said));
}

/**
 * The error of an answer that does not look as the profile says at one place: a guess that is wrong, or a profile that is out of date.
 * @param place of the profile: `list.results`
 * @param evidence names and types, never values
 */
export function mismatch(link: Link, place: string, evidence: string, about: About): AltaError {
  const { profile } = link;
  const code = isMarked(profile, place) ? 'profile-guess-wrong' : 'profile-outdated';
  return failure(code, evidence, { ...about, target: link.target.address }, 'unknown', {
    profile: profile.name,
    mark: place,
  });
}
