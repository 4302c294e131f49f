import { clue, learnt, open } from './finding.ts';
import { distinct } from './leaves.ts';
import { isPlainParameter } from './plain.ts';
import type { Exchange, Pair } from './recording.ts';
import type { Scene } from './scene.ts';
import type { Edit, Finding } from './types.ts';

/**
 * A session that lives in cookies: none of the later calls carries a text of the login's answer or authorises itself, and all of them carry
 * cookies. With it, the header that repeats one of them. A recording without cookies tells nothing.
 */
export function cookieFindings({ recording, roles, base }: Scene, hasToken: boolean): readonly Finding[] {
  const { login } = roles;
  if (login === null || hasToken || recording.sanitised) return [];
  const later = recording.exchanges.slice(recording.exchanges.indexOf(login) + 1);
  const carrying = later.filter(({ headers }) => cookiesIn(headers).length > 0);
  const authorised = later.some(({ headers }) => headers.some(([name]) => name === 'authorization'));
  if (later.length === 0 || authorised || carrying.length < later.length) return [];
  const without: readonly Edit[] = ['token', 'header'].flatMap((key) =>
    key in base.auth ? [{ path: ['auth', key], value: undefined }] : [],
  );
  const kept: readonly Edit[] =
    base.auth.cookies === 'keep' ? [] : [{ path: ['auth', 'cookies'], value: 'keep' }];
  return [
    {
      place: 'auth.cookies',
      standing: 'found',
      shown: 'keep',
      clues: clue('calls', carrying.length),
      candidates: [],
      edits: [...kept, ...without],
    },
    xsrfFinding(carrying, base.auth.xsrf),
  ];
}

/** A header that holds what a cookie holds. */
function xsrfFinding(calls: readonly Exchange[], known: unknown): Finding {
  const place = 'auth.xsrf';
  const echoes = calls.flatMap(({ headers }) =>
    cookiesIn(headers).flatMap(([cookie, value]) =>
      headers.flatMap(([header, text]) =>
        header !== 'cookie' && text.length >= 8 && text === decoded(value) ? [`${cookie}\n${header}`] : [],
      ),
    ),
  );
  const [only, second] = distinct(echoes);
  const [cookie = '', header = ''] = only?.split('\n') ?? [];
  if (second !== undefined || !isPlainParameter(cookie) || !isPlainParameter(header)) return open(place);
  const shown = `${cookie} → ${header}`;
  return learnt(
    { place, standing: 'found', shown, clues: clue('calls', echoes.length), settings: { cookie, header } },
    known,
  );
}

function cookiesIn(headers: readonly Pair[]): readonly Pair[] {
  return headers
    .filter(([name]) => name === 'cookie')
    .flatMap(([, value]) => value.split(/;\s*/))
    .flatMap((one) => {
      const at = one.indexOf('=');
      return at < 1 ? [] : [[one.slice(0, at), one.slice(at + 1)] as const];
    });
}

/** Cookies hold such values percent-encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
