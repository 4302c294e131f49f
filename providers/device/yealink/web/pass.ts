import type { KeyObject } from 'node:crypto';
import { Secret } from '../../../../engine/model/index.ts';
import type { HttpAnswer } from '../../../transport/http.ts';
import type { Status } from './face.ts';

/** What the phone handed out for one session. Mutable: it changes with every answer. Shared by all links of a session. */
export interface Pass {
  /** Name → value. */
  readonly cookies: Map<string, Secret>;
  /** Anti-forgery token of the JSON interface. */
  token: Secret | null;
  /** The RSA key of the login form in use. */
  key: KeyObject | null;
  /** What the phone last said of itself: who logs in anew may have met another phone. */
  status: Status | null;
}

export function newPass(): Pass {
  return { cookies: new Map(), token: null, key: null, status: null };
}

/** Forgets everything: the next login starts as a stranger. */
export function wipe(pass: Pass): void {
  pass.cookies.clear();
  pass.token = null;
  pass.key = null;
  pass.status = null;
}

/** More cookies than this are not kept. Phones set one or two. */
const MAX_COOKIES = 20;

/** One cookie as the header gives it, `name=value` first. What does not look like one is passed over. */
const cookiePattern = /^\s*([\w.-]{1,64})=([\x21\x23-\x3a\x3c-\x5b\x5d-\x7e]{0,4096})\s*(?:;|$)/;

/** Keeps the cookies of an answer. One that is emptied or has expired is dropped. */
export function keepCookies(pass: Pass, answer: HttpAnswer): void {
  const lines = answer.headers['set-cookie']?.split('\n') ?? [];
  for (const line of lines) {
    const [, name, value] = cookiePattern.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    if (value === '' || /;\s*max-age=0*(;|\s*$)/i.test(line)) pass.cookies.delete(name);
    else if (pass.cookies.size < MAX_COOKIES || pass.cookies.has(name))
      pass.cookies.set(name, new Secret(value));
  }
}
