/** What is no SFTP: the session ends. */
export class Malformed extends Error {}

/** Reads the fields of one packet, in order. Throws {@link Malformed} where it ends too early. */
export interface Fields {
  byte(): number;
  uint32(): number;
  /** Exact up to 2^53. */
  uint64(): number;
  bytes(): Buffer;
  text(): string;
}

export function fieldsOf(packet: Buffer): Fields {
  let at = 0;
  const advance = (length: number): number => {
    const start = at;
    at += length;
    if (at > packet.length) throw new Malformed('the packet ends too early');
    return start;
  };
  const uint32 = (): number => packet.readUInt32BE(advance(4));
  const bytes = (): Buffer => {
    const length = uint32();
    const start = advance(length);
    return packet.subarray(start, start + length);
  };
  return {
    byte: () => packet.readUInt8(advance(1)),
    uint32,
    uint64: () => Number(packet.readBigUInt64BE(advance(8))),
    bytes,
    text: () => bytes().toString('utf8'),
  };
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

export function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** Length, then content. */
export function string(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** A whole packet: its length, its type, its fields. */
export function packet(type: number, ...fields: Buffer[]): Buffer {
  return string(Buffer.concat([Buffer.from([type]), ...fields]));
}

/** The longest packet OpenSSH takes (vendor-code). */
const LONGEST = 256 * 1024;

/** Cuts a stream into packets, without their lengths. Throws {@link Malformed} for one that is empty or too long. */
export async function* packetsOf(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of input) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= 4) {
      const length = held.readUInt32BE();
      if (length === 0 || length > LONGEST) throw new Malformed('no packet has this length');
      if (held.length < 4 + length) break;
      yield held.subarray(4, 4 + length);
      held = held.subarray(4 + length);
    }
  }
}
