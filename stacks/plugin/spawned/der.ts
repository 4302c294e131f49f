/** Just enough of DER (ITU-T X.690) to write a certificate. */

/** One element: tag, length, contents. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(contents);
  return Buffer.concat([Uint8Array.of(tag), lengthOf(body.length), body]);
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  return Uint8Array.of(0x82, length >> 8, length & 0xff);
}

export const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]) => der(0x31, ...parts);
export const octets = (content: Uint8Array) => der(0x04, content);
export const yes = der(0x01, Uint8Array.of(0xff));
export const utf8 = (text: string) => der(0x0c, Buffer.from(text));

/** A number from its bytes, most significant first; a zero byte keeps it positive. */
export const integer = (bytes: Uint8Array) =>
  der(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Uint8Array.of(0), bytes]));

/** @param unused bits of the last byte that do not count */
export const bits = (content: Uint8Array, unused = 0) => der(0x03, Uint8Array.of(unused), content);

/** The name of an algorithm or an extension: `oid(2, 5, 29, 17)`. */
export function oid(first: number, second: number, ...rest: readonly number[]): Uint8Array {
  return der(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const high = (rest: number): number[] =>
    rest === 0 ? [] : [...high(Math.floor(rest / 128)), (rest % 128) | 0x80];
  return [...high(Math.floor(value / 128)), value % 128];
}

/** Seconds, UTC, with two digits of the year: from 2000 to 2049. */
export function time(at: Date): Uint8Array {
  return der(
    0x17,
    Buffer.from(
      at
        .toISOString()
        .slice(2)
        .replace(/[-:T]|\.\d+/g, ''),
    ),
  );
}
