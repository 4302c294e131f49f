import { AltaError } from '../../engine/model/index.ts';
import type { HttpAnswer } from './http.ts';

/** Hands back any answer but a redirection, which is never followed: credentials go only where they are bound to. */
export function refuseRedirect(
  answer: HttpAnswer,
  about: { readonly host: string; readonly operation: string; readonly write?: boolean },
): HttpAnswer {
  if (!isRedirect(answer)) return answer;
  const { host, operation, write } = about;
  const params = { host, operation, status: answer.status, to: destinationOf(answer) };
  throw new AltaError('redirected', params, write ? { written: 'unknown' } : {});
}

/** 304 and other 3xx without a `location` point nowhere. */
export function isRedirect(answer: HttpAnswer): boolean {
  return answer.status >= 300 && answer.status < 400 && answer.headers.location !== undefined;
}

/** The origin pointed to, and nothing else of it: paths and queries of redirections hold tokens. `/` = the same origin. */
function destinationOf(answer: HttpAnswer): string {
  const location = answer.headers.location ?? '';
  if (URL.canParse(location)) {
    const { origin, protocol } = new URL(location);
    return origin === 'null' ? protocol : origin;
  }
  const network = /^[/\\]{2}/.test(location) && URL.canParse(location, 'http://here.invalid');
  return network ? new URL(location, 'http://here.invalid').host : '/';
}
