import type { Secret } from '../../../engine/model/index.ts';
import type { ProfileAuth } from '../../../engine/model/profile.ts';
import type { HttpAnswer } from '../../transport/http.ts';
import { cookieHeaders } from './dialect.ts';

/** The cookies of one session. */
export interface Jar {
  /** Takes the cookies of an answer. */
  keep(answer: HttpAnswer): void;
  /** The headers that give them back. */
  headers(): Readonly<Record<string, Secret>>;
}

/** More and longer ones than any session needs are not kept. */
const MAX_COOKIES = 20;
const MAX_LENGTH = 4_096;

/** A jar that keeps nothing unless the profile says so. Only names and values count: all go to one server, for one session. */
export function newJar({ cookies, xsrf }: ProfileAuth): Jar {
  const held = new Map<string, string>();
  if (cookies !== 'keep') return { keep: () => {}, headers: () => ({}) };
  return {
    keep: ({ headers }) => {
      for (const line of (headers['set-cookie'] ?? '').split('\n')) put(held, line);
    },
    headers: () => cookieHeaders(held, xsrf),
  };
}

function put(held: Map<string, string>, line: string): void {
  const found = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*)\s*(;|$)/.exec(
    line.trim(),
  );
  const [, name, value = ''] = found ?? [];
  if (name === undefined || value.length > MAX_LENGTH) return;
  const ended = value === '' || /;\s*max-age=0\s*(;|$)/i.test(line);
  if (ended) held.delete(name);
  else if (held.has(name) || held.size < MAX_COOKIES) held.set(name, value);
}
