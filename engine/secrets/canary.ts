import { createHash } from 'node:crypto';
import { reveal, type Secret } from '../model/index.ts';

/** One way a value may appear in a text. The needle is as secret as the value: for searching only. */
export interface CanaryForm {
  readonly form: string;
  readonly needle: Buffer;
}

/** Where a form was found. Says nothing of the value. */
export interface CanaryHit {
  readonly form: string;
  /** In bytes. */
  readonly offset: number;
}

/** User and realm of an HTTP digest login that may use the value: HA1 = MD5 of `user:realm:value` (RFC 7616). */
export interface DigestLogin {
  readonly user: string;
  readonly realm: string;
}

/** Shorter needles are found by chance anywhere, so they are not searched. Values should have 8 bytes or more. */
const shortestNeedle = 4;

/** Every form in which a value is searched: itself, its encodings, its escapes and its hashes. */
export function canaryForms(canary: string | Secret, logins: readonly DigestLogin[] = []): CanaryForm[] {
  const value = typeof canary === 'string' ? canary : reveal(canary);
  const forms = [
    ...plainForms(value),
    ...base64Forms(value),
    ...urlForms(value),
    ...jsonForms(value),
    ...markupForms(value),
    ...hashForms('', value, ['md5', 'sha1', 'sha256']),
    ...logins.flatMap(({ user, realm }) => hashForms('ha1-', `${user}:${realm}:${value}`, ['md5'])),
  ];
  const seen = new Set<string>();
  return forms.flatMap(([form, text]) => {
    const needle = Buffer.from(text);
    const key = needle.toString('latin1');
    if (needle.length < shortestNeedle || seen.has(key)) return [];
    seen.add(key);
    return [{ form, needle }];
  });
}

/** Every form of a value that occurs in bytes or text, with the offset of its first occurrence. */
export function findCanary(
  haystack: Uint8Array | string,
  canary: string | Secret,
  logins: readonly DigestLogin[] = [],
): CanaryHit[] {
  const bytes =
    typeof haystack === 'string'
      ? Buffer.from(haystack)
      : Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
  return canaryForms(canary, logins)
    .map(({ form, needle }) => ({ form, offset: bytes.indexOf(needle) }))
    .filter(({ offset }) => offset >= 0);
}

type Form = readonly [form: string, needle: string | Uint8Array];

function plainForms(value: string): Form[] {
  const hex = Buffer.from(value).toString('hex');
  return [
    ['raw', value],
    ['utf16le', Buffer.from(value, 'utf16le')],
    ['utf16be', Buffer.from(value, 'utf16le').swap16()],
    ['hex', hex],
    ['hex-upper', hex.toUpperCase()],
    ...latin1Forms(value),
  ];
}

/** None where a character has no byte of its own: the truncated bytes would be another text. */
function latin1Forms(value: string): Form[] {
  return /^[\u0000-\u00ff]*$/.test(value) ? [['latin1', Buffer.from(value, 'latin1')]] : [];
}

/** Base64 of a longer text that holds the value: what the value alone decides, for each of the three alignments. */
function base64Forms(value: string): Form[] {
  return [0, 1, 2].flatMap((offset): Form[] => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
    const certain = bytes
      .toString('base64')
      .slice(Math.ceil((offset * 4) / 3), Math.floor((bytes.length * 4) / 3));
    const url = certain.replaceAll('+', '-').replaceAll('/', '_');
    return [
      [`base64-${offset}`, certain],
      [`base64url-${offset}`, url],
    ];
  });
}

/** Browsers, strict RFC 3986 (PHP's rawurlencode) and forms, with capital and small hex digits. */
function urlForms(value: string): Form[] {
  const component = encodeURIComponent(value);
  const strict = component.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = { url: component, 'url-strict': strict, 'url-form': strict.replaceAll('%20', '+') };
  return Object.entries(forms).flatMap(([form, text]): Form[] => [
    [form, text],
    [`${form}-lower`, text.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase())],
  ]);
}

/** As JavaScript writes JSON, as ASCII-only writers do, as PHP does (which escapes `/` too), and JSON within JSON. */
function jsonForms(value: string): Form[] {
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [
    ['json', json],
    ['json-ascii', ascii],
    ['json-slash', json.replaceAll('/', '\\/')],
    ['json-php', ascii.replaceAll('/', '\\/')],
    ['json-twice', JSON.stringify(json).slice(1, -1)],
  ];
}

/** Quotes have several spellings in markup, and text content often keeps them as they are. */
function markupForms(value: string): Form[] {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = (double: string, single: string) => text.replaceAll('"', double).replaceAll("'", single);
  return [
    ['markup-text', text],
    ['html', quoted('&quot;', '&#39;')],
    ['html-hex', quoted('&quot;', '&#x27;')],
    ['html-decimal', quoted('&#34;', '&#39;')],
    ['xml', quoted('&quot;', '&apos;')],
    ['markup-double', quoted('&quot;', "'")],
  ];
}

function hashForms(prefix: string, text: string, algorithms: readonly string[]): Form[] {
  return algorithms.flatMap((algorithm): Form[] => {
    const digest = createHash(algorithm).update(text).digest();
    const hex = digest.toString('hex');
    const base64 = digest.toString('base64').replace(/=+$/, '');
    return [
      [`${prefix}${algorithm}-hex`, hex],
      [`${prefix}${algorithm}-hex-upper`, hex.toUpperCase()],
      [`${prefix}${algorithm}-base64`, base64],
      [`${prefix}${algorithm}-base64url`, base64.replaceAll('+', '-').replaceAll('/', '_')],
    ];
  });
}
