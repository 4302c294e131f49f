/** Key names whose values are secret, in both languages. */
const SECRET_KEY =
  /pass(word|wd|phrase)|contrase|^pwd$|^pass$|^pin$|^clave|secret|(api|private|access|encryption|customer|client)_?-?key|token|^http_auth$|^conn_str$/i;
/** An extension's secrets: a value beside one of these is a password in the wrong place. `sip:` also opens the SIP settings of a PBX. */
const EXTENSION_SECRET = /^(sip|portal|pin)$/;
const SIP_SETTING = /^(server|port|transport|domain|outboundProxy|lan|wan)$/;
const KEY = /(["']?)([\p{L}_][\p{L}\p{N}_.-]{0,63})\1[ \t]*:(?=\s|$)/gu;
/** Keys of a reference: what follows is a name, not a secret. */
const REFERENCE_KEY = /^(secret|env|file|source)$/;
/** Keys of secrets.yaml whose values may be shown. */
const OPEN_KEY = /^(apiVersion|kind|client|rev)$/;
/** `user:password@` inside an address. */
const USER_INFO = /(?<=:\/\/)[^\s/@"']+(?=@)/g;
/** The value of a parameter of an address whose name says that it is a login, unless it is a client's own name: `?token=…`. */
const QUERY_LOGIN =
  /(?<=[?&;][^=&;#\s]{0,40}(?:pass|pwd|token|secret|key|code|sig|auth|cred|login|user|sas)[^=&;#\s]{0,40}=)(?![^&;#\s]*\{client\})[^&;#\s"']+/gi;
const MASK = '********';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether a key's name says that its value is a secret. */
export function isSecretKey(name: string): boolean {
  return SECRET_KEY.test(name);
}

/** A text without the login that an address in it may carry, as user and password or as a parameter. */
export function withoutLogin(text: string): string {
  return text.replace(USER_INFO, MASK).replace(QUERY_LOGIN, MASK);
}

/** Whether an address in a text carries a login. */
export function holdsLogin(text: string): boolean {
  return withoutLogin(text) !== text;
}

/**
 * A source line with every value that may be a secret replaced, and a highlight moved along. Works on the text alone, so
 * that it holds for files that do not parse. `parent` is the nearest line above that is indented less; `extra` is
 * masked in any case, and with `vault` (secrets.yaml) every value but those known to be public.
 */
export function maskLine(
  line: string,
  parent: string,
  highlight: Span,
  extra: Span | null,
  vault: boolean,
): { code: string } & Span {
  const spans = merged([
    ...secretSpans(line, parent, vault),
    ...loginSpans(line),
    ...(extra === null ? [] : [extra]),
  ]);
  let code = '';
  let from = 0;
  for (const span of spans) {
    code += line.slice(from, span.start) + MASK;
    from = span.end;
  }
  code += line.slice(from);
  const moved = (offset: number, edge: 'start' | 'end') => shift(spans, offset, edge);
  return { code, start: moved(highlight.start, 'start'), end: moved(highlight.end, 'end') };
}

/** Values of a line that may be secret, by the names of their keys. */
function secretSpans(line: string, parent: string, vault: boolean): Span[] {
  const opener = [...parent.matchAll(KEY)].at(-1)?.[2];
  const opensBlock = /:[ \t]*$/.test(parent);
  const keys = [...line.matchAll(KEY)];
  const spans = keys.flatMap((match) => {
    const name = match[2] ?? '';
    const hidden = vault ? !OPEN_KEY.test(name) : saysSecret(name, line.slice(0, match.index));
    if (!hidden) return [];
    const value = valueSpan(line, match.index + match[0].length);
    const reference = REFERENCE_KEY.test(name) && isReference(line.slice(0, match.index), opensBlock);
    return value === null || (!vault && reference && !mayBePassword(name, line, value)) ? [] : [value];
  });
  const continued = keys.length === 0 && opener !== undefined && (vault || isSecretKey(opener));
  const start = line.search(/[^\s-]/);
  return continued && start !== -1 ? [...spans, { start, end: line.length }] : spans;
}

/** By its own name, or because it stands in a secret's own braces: `sip: { value: …`. */
function saysSecret(name: string, beforeKey: string): boolean {
  if (isSecretKey(name) || EXTENSION_SECRET.test(name)) return true;
  const opener = /([\p{L}_][\p{L}\p{N}_.-]*)["']?[ \t]*:[ \t]*\{[^{}]*$/u.exec(beforeKey)?.[1];
  return opener !== undefined && EXTENSION_SECRET.test(opener) && !SIP_SETTING.test(name);
}

/** Names of secrets have a `/`, by convention; what has none may be the password itself. */
function mayBePassword(name: string, line: string, { start, end }: Span): boolean {
  return name === 'secret' && !line.slice(start, end).includes('/');
}

function loginSpans(line: string): Span[] {
  return [...line.matchAll(USER_INFO), ...line.matchAll(QUERY_LOGIN)].map(({ 0: text, index }) => ({
    start: index,
    end: index + text.length,
  }));
}

/** `password: { secret: name }` on one line, or `secret: name` under `password:`. */
function isReference(beforeKey: string, opener: boolean): boolean {
  const text = beforeKey.trimEnd();
  if (text.endsWith('{')) return /[\p{L}\p{N}_.-]["']?[ \t]*:[ \t]*\{$/u.test(text);
  return text === '' && opener;
}

function valueSpan(line: string, from: number): Span | null {
  const start = from + (/^\s*/.exec(line.slice(from))?.[0].length ?? 0);
  const first = line[start];
  if (first === undefined || first === '{' || first === '[' || first === '#') return null;
  if (first === '"' || first === "'") {
    const close = line.indexOf(first, start + 1);
    return { start, end: close === -1 ? line.length : close + 1 };
  }
  const inFlow = /[{[]/.test(line.slice(0, from));
  const stop = line.slice(start).search(inFlow ? /\s*[,}\]]|\s#/ : /\s#/);
  return { start, end: stop === -1 ? line.length : start + stop };
}

function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last === undefined || span.start > last.end) result.push(span);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return result;
}

/** Where an offset of the line stands after masking; inside a mask it moves to the mask's edge. */
function shift(spans: readonly Span[], offset: number, edge: 'start' | 'end'): number {
  let delta = 0;
  for (const { start, end } of spans) {
    if (offset <= start) break;
    if (offset < end) return start + delta + (edge === 'start' ? 0 : MASK.length);
    delta += MASK.length - (end - start);
  }
  return offset + delta;
}
