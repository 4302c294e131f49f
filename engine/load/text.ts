import { Buffer } from 'node:buffer';
import type { Position, Range } from '../model/index.ts';

/** Largest file that is read, bytes. A rim refuses larger ones without reading them. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

const BOM = '\uFEFF';

/** A file as text without its byte order mark; `invalid` is the byte offset of the first broken UTF-8 sequence. */
export interface SourceText {
  readonly text: string;
  readonly bom: boolean;
  readonly invalid: number | null;
}

/** Decodes UTF-8. Never throws: a broken sequence shows as U+FFFD in `text` and its offset in `invalid`. */
export function decode(bytes: Uint8Array): SourceText {
  const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const bom = whole.startsWith(BOM);
  return { text: bom ? whole.slice(1) : whole, bom, invalid: firstInvalid(whole, bytes) };
}

/** A U+FFFD that is not written as such in the bytes stands for a broken sequence. */
function firstInvalid(text: string, bytes: Uint8Array): number | null {
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', from)) {
    offset += Buffer.byteLength(text.slice(from, at));
    const literal = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd;
    if (!literal) return offset;
    offset += 3;
    from = at + 1;
  }
  return null;
}

/** Where each line starts, in UTF-16 units of the text and in bytes of the file. */
export interface Lines {
  readonly starts: readonly number[];
  readonly bytes: readonly number[];
}

/** What turns an offset into line, column and byte. */
export function linesOf({ text, bom }: Pick<SourceText, 'text' | 'bom'>): Lines {
  const starts = [0];
  const bytes = [bom ? 3 : 0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    bytes.push((bytes.at(-1) ?? 0) + Buffer.byteLength(text.slice(starts.at(-1) ?? 0, at + 1)));
    starts.push(at + 1);
  }
  return { starts, bytes };
}

/** 0-based line that holds an offset. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The text of a 0-based line, without its line break. */
export function lineText(text: string, starts: readonly number[], line: number): string {
  const start = starts[line] ?? text.length;
  const next = starts[line + 1];
  return text.slice(start, next === undefined ? text.length : next - 1).replace(/\r$/, '');
}

/** Range of `[start, end)` in UTF-16 offsets of the decoded text. */
export function rangeOf(
  filename: string,
  text: string,
  { starts, bytes }: Lines,
  start: number,
  end: number,
): Range {
  const position = (offset: number): Position => {
    const line = lineAt(starts, offset);
    const lineStart = starts[line] ?? 0;
    const byte = (bytes[line] ?? 0) + Buffer.byteLength(text.slice(lineStart, offset));
    return { line: line + 1, column: offset - lineStart + 1, byte };
  };
  return { filename, start: position(start), end: position(end) };
}
