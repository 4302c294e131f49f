import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** One request as the log tells it. */
export interface Line {
  readonly address: string;
  /** Of Basic authentication, also where it was refused. */
  readonly user: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Path and query as they were asked for. */
  readonly target: string;
  readonly httpVersion: string;
  readonly status: number;
  /** Of the body, as far as it was sent. */
  readonly bytes: number;
  readonly referer: string;
  readonly userAgent: string;
}

/** A line of the combined format as nginx writes it (vendor-docs), without the line end. */
export function combined(line: Line): string {
  const { address, user, at, method, target, httpVersion, status, bytes, referer, userAgent } = line;
  const request = quoted(`${method} ${target} HTTP/${httpVersion}`);
  return `${address} - ${escaped(user) || '-'} [${moment(at)}] ${request} ${status} ${bytes} ${quoted(referer)} ${quoted(userAgent)}`;
}

/** Appends to a log, at once; its folder is made now. */
export function logTo(file: string): (line: Line) => void {
  mkdirSync(dirname(file), { recursive: true });
  return (line) => appendFileSync(file, `${combined(line)}\n`);
}

/** `23/Nov/2026:10:00:00 +0000` */
function moment(at: number): string {
  const [, day, month, year, time] = new Date(at).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

function quoted(text: string): string {
  return `"${escaped(text) || '-'}"`;
}

/** Quotes, backslashes, control characters and bytes beyond ASCII as `\xHH`. */
function escaped(text: string): string {
  return [...Buffer.from(text, 'latin1')]
    .map((byte) =>
      byte < 32 || byte > 126 || byte === 34 || byte === 92 ? hex(byte) : String.fromCharCode(byte),
    )
    .join('');
}

function hex(byte: number): string {
  return `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
