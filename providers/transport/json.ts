import { AltaError } from '../../engine/model/index.ts';
import type { HttpAnswer } from './http.ts';

/** Deepest nesting accepted. Vendors' answers stay below ten. */
const MAX_DEPTH = 64;

/** What may be said about a body that was not understood: never its content. */
export interface BodyFacts {
  readonly status: number;
  /** Media type without parameters, `none` or `odd`. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  readonly first: 'nothing' | 'brace' | 'angle' | 'text' | 'binary';
  /** A page for people: a login form, a proxy's error, the wrong port. */
  readonly html: boolean;
}

export type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly why: 'not-json' | 'not-text' | 'too-deep' | 'bad-key';
      readonly facts: BodyFacts;
    };

/**
 * Reads a JSON body, whatever its media type claims: vendors label JSON as text or HTML. A byte order mark is skipped.
 * UTF-8 unless the media type says Latin-1; bytes that are not in the encoding are an error, since guessed letters would
 * come back as differences for ever. A key `__proto__` is refused: copying it would change the copy's prototype.
 */
export function readJson(answer: HttpAnswer): JsonReading {
  const facts = factsOf(answer);
  const text = decode(answer);
  if (text === null) return { ok: false, why: 'not-text', facts };
  const value = parse(text);
  if (value === undefined) return { ok: false, why: 'not-json', facts };
  const flaw = flawOf(value);
  return flaw ? { ok: false, why: flaw, facts } : { ok: true, value };
}

/**
 * The value of a JSON body. Throws `strange-answer` with status, media type and length as evidence; for the answer to a
 * write it says `written: unknown`.
 */
export function parseJson(
  answer: HttpAnswer,
  about: { readonly host: string; readonly operation: string; readonly write?: boolean },
): unknown {
  const reading = readJson(answer);
  if (reading.ok) return reading.value;
  const { host, operation, write } = about;
  const params = { host, operation, evidence: evidenceOf(reading.facts, reading.why) };
  throw new AltaError('strange-answer', params, write ? { written: 'unknown' } : {});
}

/** `not-json: status 200, text/html, 5312 bytes, HTML`. Holds nothing of the body. */
export function evidenceOf(facts: BodyFacts, why: string): string {
  const looks = facts.html ? 'HTML' : facts.first;
  return `${why}: status ${facts.status}, ${facts.type}, ${facts.length} bytes, ${looks}`;
}

/** What may be said about a body. */
export function factsOf(answer: HttpAnswer): BodyFacts {
  const head = answer.body.toString('latin1', 0, 1024).replace(/^ï»¿/, '').trimStart();
  const type = mediaTypeOf(answer);
  return {
    status: answer.status,
    type,
    length: answer.body.length,
    first: firstOf(head),
    html:
      /^<(!doctype html|html|head|body|script|meta|title)\b/i.test(head) ||
      (type === 'text/html' && head[0] === '<'),
  };
}

function firstOf(head: string): BodyFacts['first'] {
  const first = head[0];
  if (first === undefined) return 'nothing';
  if (first === '{' || first === '[') return 'brace';
  if (first === '<') return 'angle';
  return /[\x20-\x7e]/.test(first) ? 'text' : 'binary';
}

/** A header is foreign text too: only what looks like a media type is repeated. */
function mediaTypeOf(answer: HttpAnswer): string {
  const header = answer.headers['content-type'];
  if (header === undefined) return 'none';
  const [type = ''] = header.split(';');
  return /^[a-z]{1,20}\/[a-z0-9.+-]{1,40}$/i.test(type.trim()) ? type.trim().toLowerCase() : 'odd';
}

function decode(answer: HttpAnswer): string | null {
  const charset = /charset="?(iso-8859-1|latin1|windows-1252)\b/i.exec(answer.headers['content-type'] ?? '');
  try {
    return new TextDecoder(charset ? 'windows-1252' : 'utf-8', { fatal: true }).decode(answer.body);
  } catch {
    return null;
  }
}

/** Undefined for what is not JSON: the engine's own message quotes the text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Level by level, not by recursion: the depth is what is in doubt. */
function flawOf(value: unknown): 'too-deep' | 'bad-key' | null {
  let level: object[] = isObject(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return 'too-deep';
    if (level.some((item) => Object.hasOwn(item, '__proto__'))) return 'bad-key';
    level = level.flatMap((item) => Object.values(item).filter(isObject));
  }
  return null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
