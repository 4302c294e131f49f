import { describe, expect, test } from 'vitest';
import { decode, lineAt, linesOf, lineText, rangeOf } from '../../../engine/load/text.ts';

const bytes = (...values: number[]) => new Uint8Array(values);
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('decoding', () => {
  test('finds the first broken byte after characters of several bytes', () => {
    const broken = new Uint8Array([...utf8('ñ€'), 0xff, 0x41]);
    expect(decode(broken).invalid).toBe(5);
  });

  test('finds a character that is cut off at the end', () => {
    expect(decode(bytes(0x41, 0xc3)).invalid).toBe(1);
  });

  test('does not take a written replacement character for a broken byte', () => {
    expect(decode(utf8('a\uFFFDb')).invalid).toBeNull();
  });

  test('finds a broken byte after a written replacement character', () => {
    expect(decode(new Uint8Array([...utf8('\uFFFD'), 0xff])).invalid).toBe(3);
  });

  test('takes a byte order mark off', () => {
    expect(decode(utf8('\uFEFFa'))).toEqual({ text: 'a', bom: true, invalid: null });
  });
});

describe('positions', () => {
  const text = 'año\r\nb😀c\n';
  const lines = linesOf({ text, bom: true });
  const { starts } = lines;

  test('lines start after each line break', () => {
    expect(starts).toEqual([0, 5, 10]);
  });

  test('the last offset belongs to the last line', () => {
    expect(lineAt(starts, text.length)).toBe(2);
  });

  test('a line is shown without its Windows line end', () => {
    expect(lineText(text, starts, 0)).toBe('año');
  });

  test('columns count UTF-16 units and bytes count bytes, with the mark at the start', () => {
    const { start, end } = rangeOf('a.yaml', text, lines, 8, 9);
    expect(start).toEqual({ line: 2, column: 4, byte: 14 });
    expect(end.column).toBe(5);
  });
});
