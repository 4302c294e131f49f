import { describe, expect, it } from 'vitest';
import { decodeRecords, encodeRecord, type JournalRecord } from '../../../engine/state/record.ts';
import { creation, entry } from './kit.ts';

const records: JournalRecord[] = [
  { t: 'begin', v: 1, lineage: 'l', serial: 1, epoch: 1, open: [] },
  { t: 'intent', seq: 1, write: creation('10') },
  { t: 'outcome', seq: 1, result: 'done', entry: entry('10', { name: 'Almacén' }) },
];
const parts = records.map(encodeRecord);
const whole = Buffer.concat(parts);

/** How many whole records fit in the first `length` bytes. */
function wholeRecords(length: number): number {
  const ends = parts.map((_, i) => Buffer.concat(parts.slice(0, i + 1)).length);
  return ends.filter((end) => end <= length).length;
}

describe('decodeRecords', () => {
  it('reads back what was encoded', () => {
    expect(decodeRecords(whole)).toEqual({ records, bytes: whole.length, torn: false });
  });

  it('loses only the last record when cut at any byte', () => {
    const cuts = Array.from(whole.keys());
    const found = cuts.map((cut) => decodeRecords(whole.subarray(0, cut)).records);
    expect(found).toEqual(cuts.map((cut) => records.slice(0, wholeRecords(cut))));
  });

  it('says at every cut whether something was left over', () => {
    const cuts = Array.from(whole.keys());
    const boundaries = cuts.filter((cut) => !decodeRecords(whole.subarray(0, cut)).torn);
    expect(boundaries).toEqual([0, parts[0]?.length, Buffer.concat(parts.slice(0, 2)).length]);
  });

  it('stops before a damaged record', () => {
    const damaged = Buffer.from(whole);
    damaged[damaged.length - 3] = 0;
    expect(decodeRecords(damaged)).toMatchObject({ records: records.slice(0, 2), torn: true });
  });

  it('takes a tail of zero bytes for no record', () => {
    const padded = Buffer.concat([whole, Buffer.alloc(64)]);
    expect(decodeRecords(padded)).toEqual({ records, bytes: whole.length, torn: true });
  });
});
