import { crc32 } from 'node:zlib';
import type { PendingWrite, StateEntry, Written } from '../model/index.ts';
import type { OpenIntent } from './store.ts';

/**
 * The first record of every journal: what it adds to. A journal counts only for the very state (lineage and serial)
 * it names; for a later one its content is already folded in.
 */
export interface HeaderRecord {
  readonly t: 'begin';
  /** Version of the journal's records. */
  readonly v: 1;
  readonly lineage: string;
  readonly serial: number;
  readonly epoch: number;
  /** Intents that were open when the journal began. */
  readonly open: readonly OpenIntent[];
}

/** One thing that happened, in the order in which it did. */
export type ChangeRecord =
  | {
      readonly t: 'intent';
      readonly seq: number;
      readonly write: PendingWrite;
      /** RFC 3339, UTC: when the call was about to be made. Absent in older journals. */
      readonly at?: string;
    }
  | {
      readonly t: 'outcome';
      readonly seq: number;
      readonly result: 'done';
      readonly entry: StateEntry | null;
    }
  | { readonly t: 'outcome'; readonly seq: number; readonly result: 'failed'; readonly written: Written }
  | { readonly t: 'commit-pending'; readonly targetKey: string; readonly address: string }
  | { readonly t: 'committed'; readonly targetKey: string };

export type JournalRecord = HeaderRecord | ChangeRecord;

/** Bytes before a record's JSON: its length and its CRC-32, both unsigned 32 bit, little endian. */
const PREFIX = 8;

/** One record as it stands in the file. */
export function encodeRecord(record: JournalRecord): Buffer {
  const json = Buffer.from(JSON.stringify(record));
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32LE(json.length, 0);
  prefix.writeUInt32LE(crc32(json), 4);
  return Buffer.concat([prefix, json]);
}

/** What a journal's bytes hold, up to the first record that is not whole. */
export interface Decoded {
  readonly records: readonly JournalRecord[];
  /** Bytes of whole records. */
  readonly bytes: number;
  /** Something follows them. */
  readonly torn: boolean;
}

/** Reads records until the end or until the first one that is cut off or damaged. */
export function decodeRecords(data: Buffer): Decoded {
  const records: JournalRecord[] = [];
  let bytes = 0;
  for (let payload = payloadAt(data, 0); payload !== undefined; payload = payloadAt(data, bytes)) {
    records.push(JSON.parse(payload.toString()) as JournalRecord);
    bytes += PREFIX + payload.length;
  }
  return { records, bytes, torn: bytes < data.length };
}

/** A length of zero is no record: a tail of zero bytes, as a power loss leaves it, would pass the CRC. */
function payloadAt(data: Buffer, offset: number): Buffer | undefined {
  if (offset + PREFIX > data.length) return undefined;
  const length = data.readUInt32LE(offset);
  const start = offset + PREFIX;
  if (length === 0 || start + length > data.length) return undefined;
  const payload = data.subarray(start, start + length);
  return crc32(payload) === data.readUInt32LE(offset + 4) ? payload : undefined;
}
