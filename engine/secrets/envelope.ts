import { AltaError } from '../model/index.ts';
import { workspaceScope } from './file.ts';

/** Longest value, in bytes of UTF-8. */
export const maxValueBytes = 65_536;

/** What a ciphertext is bound to. */
export interface Binding {
  readonly scope: string;
  readonly name: string;
  readonly rev: string;
}

/** An opened envelope. `value` is in clear: wrap it at once. */
export interface Opened extends Binding {
  readonly value: string;
}

const blockBytes = 128;
const scopePattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const segment = '[A-Za-z0-9][A-Za-z0-9._-]*';
const namePattern = new RegExp(`^${segment}(?:/${segment})*$`);
const maxNameLength = 200;
const loneSurrogate = /\p{Surrogate}/u;
const headerPattern = /^alta1 ([^/ \n]+)\/([^ \n]+) ([^ \n]+)\n/;
const revPattern = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** A client id, or the workspace's own scope. */
export function isScope(text: string): boolean {
  return text === workspaceScope || scopePattern.test(text);
}

/**
 * Secret names are paths such as `extensions/main/110/sip`: segments of ASCII letters, digits and `._-`, each
 * beginning with a letter or digit; at most 200 characters. The same rule as in the schema, kept here as well
 * because a name that comes out of a ciphertext has passed no schema.
 */
export function isSecretName(text: string): boolean {
  return text.length <= maxNameLength && namePattern.test(text);
}

/** A rev is a ULID in capitals. */
export function isRev(text: string): boolean {
  return revPattern.test(text);
}

/**
 * The bytes that are encrypted: `alta1 <scope>/<name> <rev>`, a newline, the value in UTF-8, then NUL bytes up to
 * the next multiple of 128. The padding is unambiguous because a value never holds NUL; a text that fills the last
 * block exactly gets none.
 *
 * @throws AltaError `secret-name-invalid`, `secret-value-refused` (empty, over 64 KiB, NUL, or not text).
 */
export function packEnvelope(binding: Binding, value: string): Uint8Array {
  if (!isBinding(binding)) {
    throw new AltaError('secret-name-invalid', { scope: binding.scope, name: binding.name });
  }
  const header = `alta1 ${binding.scope}/${binding.name} ${binding.rev}\n`;
  const text = Buffer.from(header + checkedValue(value, binding.name));
  return Buffer.concat([text], paddedLength(text.length));
}

/** The inverse of {@link packEnvelope}; null for anything that it cannot have made. */
export function unpackEnvelope(bytes: Uint8Array): Opened | null {
  const unpadded = withoutPadding(bytes);
  const text = unpadded && decodeUtf8(unpadded);
  const match = text?.match(headerPattern);
  if (!text || !match || text.includes('\0')) return null;
  const [line, scope = '', name = '', rev = ''] = match;
  const opened = { scope, name, rev, value: text.slice(line.length) };
  return isBinding(opened) && opened.value !== '' ? opened : null;
}

/**
 * The value itself, if it may be a secret: 1 to 65,536 bytes of text without NUL.
 *
 * @throws AltaError `secret-value-refused`, with the length only.
 */
export function checkedValue(value: string, name: string): string {
  const bytes = Buffer.byteLength(value);
  if (bytes === 0 || bytes > maxValueBytes || value.includes('\0') || loneSurrogate.test(value)) {
    throw new AltaError('secret-value-refused', { name, bytes, max: maxValueBytes });
  }
  return value;
}

/** Strict UTF-8, a byte order mark kept as part of the text; null where the bytes are no text. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The bytes before the padding; null where the length or the padding is not what {@link packEnvelope} makes. */
function withoutPadding(bytes: Uint8Array): Uint8Array | null {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.length === paddedLength(end) ? bytes.subarray(0, end) : null;
}

function paddedLength(bytes: number): number {
  return Math.ceil(bytes / blockBytes) * blockBytes;
}

function isBinding({ scope, name, rev }: Binding): boolean {
  return isScope(scope) && isSecretName(name) && isRev(rev);
}
