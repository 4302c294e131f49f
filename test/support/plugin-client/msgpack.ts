/** As much of MessagePack as Terraform's values need, written from its specification: shares nothing with the server's library. */

/** A value that is known after apply: any extension type. */
export const UNKNOWN: unique symbol = Symbol('unknown');

export type Plain =
  | null
  | boolean
  | number
  | string
  | bigint
  | typeof UNKNOWN
  | Plain[]
  | { [name: string]: Plain };

export function pack(value: Plain): Buffer {
  if (value === null) return Buffer.of(0xc0);
  if (value === UNKNOWN) return Buffer.of(0xd4, 0, 0);
  if (typeof value === 'boolean') return Buffer.of(value ? 0xc3 : 0xc2);
  if (typeof value === 'string') return packText(value);
  if (typeof value === 'number' || typeof value === 'bigint') return packNumber(value);
  if (Array.isArray(value)) return Buffer.concat([sized(0xdc, value.length), ...value.map(pack)]);
  const entries = Object.entries(value as Record<string, Plain>);
  return Buffer.concat([
    sized(0xde, entries.length),
    ...entries.flatMap(([key, part]) => [pack(key), pack(part)]),
  ]);
}

function sized(tag: number, size: number): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(tag);
  head.writeUInt16BE(size, 1);
  return head;
}

function packText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([sized(0xda, bytes.length), bytes]);
}

/** As Terraform does: an integer as such, else a double where it is exact, else decimal text. */
function packNumber(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(9);
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) {
    bytes.writeUInt8(0xd3);
    bytes.writeBigInt64BE(BigInt(value), 1);
    return bytes;
  }
  if (!Number.isInteger(value * 2 ** 20)) return packText(String(value));
  bytes.writeUInt8(0xcb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

export function unpack(bytes: Uint8Array): Plain {
  const reader = { view: Buffer.from(bytes), at: 0 };
  const value = next(reader);
  if (reader.at !== bytes.length) throw new Error('bytes are left over');
  return value;
}

interface Reader {
  readonly view: Buffer;
  at: number;
}

function take(reader: Reader, size: number): Buffer {
  const part = reader.view.subarray(reader.at, reader.at + size);
  if (part.length < size) throw new Error('the value is cut off');
  reader.at += size;
  return part;
}

const length = (reader: Reader, size: number): number => take(reader, size).readUIntBE(0, size);

function next(reader: Reader): Plain {
  const tag = length(reader, 1);
  if (tag < 0x80) return tag;
  if (tag < 0x90) return fields(reader, tag & 0x0f);
  if (tag < 0xa0) return elements(reader, tag & 0x0f);
  if (tag < 0xc0) return take(reader, tag & 0x1f).toString();
  if (tag >= 0xe0) return tag - 0x100;
  const read = tagged[tag];
  if (read === undefined) throw new Error(`tag ${tag.toString(16)} is not expected`);
  return read(reader);
}

function elements(reader: Reader, count: number): Plain[] {
  return Array.from({ length: count }, () => next(reader));
}

function fields(reader: Reader, count: number): { [name: string]: Plain } {
  return Object.fromEntries(Array.from({ length: count }, () => [next(reader), next(reader)]));
}

function extension(reader: Reader, size: number): Plain {
  take(reader, size + 1);
  return UNKNOWN;
}

const tagged: Readonly<Record<number, (reader: Reader) => Plain>> = {
  192: () => null,
  194: () => false,
  195: () => true,
  199: (reader) => extension(reader, length(reader, 1)),
  202: (reader) => take(reader, 4).readFloatBE(),
  203: (reader) => take(reader, 8).readDoubleBE(),
  204: (reader) => length(reader, 1),
  205: (reader) => length(reader, 2),
  206: (reader) => length(reader, 4),
  207: (reader) => Number(take(reader, 8).readBigUInt64BE()),
  208: (reader) => take(reader, 1).readInt8(),
  209: (reader) => take(reader, 2).readInt16BE(),
  210: (reader) => take(reader, 4).readInt32BE(),
  211: (reader) => Number(take(reader, 8).readBigInt64BE()),
  212: (reader) => extension(reader, 1),
  217: (reader) => take(reader, length(reader, 1)).toString(),
  218: (reader) => take(reader, length(reader, 2)).toString(),
  219: (reader) => take(reader, length(reader, 4)).toString(),
  220: (reader) => elements(reader, length(reader, 2)),
  221: (reader) => elements(reader, length(reader, 4)),
  222: (reader) => fields(reader, length(reader, 2)),
  223: (reader) => fields(reader, length(reader, 4)),
};
