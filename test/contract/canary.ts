import { createHash } from 'node:crypto';

/** Every form in which a secret has been seen to escape. */
export function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString('hex'),
    Buffer.from(secret, 'utf16le').toString('latin1'),
    createHash('md5').update(bytes).digest('hex'),
    createHash('md5').update(bytes).digest('base64'),
    createHash('sha256').update(bytes).digest('hex'),
    ...[0, 1, 2].map((offset) => base64Core(bytes, offset)),
  ];
}

/**
 * The forms of `secret` that `text` holds, letter case aside. Of a PIN, whose few digits stand in many a number, only itself where it stands
 * alone.
 */
export function leaksIn(text: string, secret: string): readonly string[] {
  if (secret.length < 6) return new RegExp(`(?<![\\w:.-])${secret}(?![\\w:.-])`).test(text) ? [secret] : [];
  const haystack = text.toLowerCase();
  return formsOf(secret).filter((form) => haystack.includes(form.toLowerCase()));
}

/** The part of the base64 text that is the same whatever stands around the secret. */
function base64Core(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + bytes.length) * 8) / 6);
  return text.slice(start, end);
}
