/** Text laid out as C does it: widths count bytes. */

/** At most `width` bytes, as `%.*s`; a letter cut in two becomes the sign for what cannot be read. */
export function cut(text: string, width: number): string {
  const bytes = Buffer.from(text);
  return bytes.length <= width ? text : bytes.subarray(0, width).toString();
}

/** At least `width` bytes, as `%-*s`. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - Buffer.byteLength(text)));
}

/** Exactly `width` bytes, as `%-*.*s`. */
export function cell(text: string, width: number): string {
  return padded(cut(text, width), width);
}

/** Compares as `strcmp` does. */
export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** A test for names against a POSIX pattern; null where it is none. The dialects agree on what names are looked up with (I). */
export function matcher(pattern: string): ((name: string) => boolean) | null {
  try {
    const expression = new RegExp(pattern);
    return (name) => expression.test(name);
  } catch {
    return null;
  }
}
