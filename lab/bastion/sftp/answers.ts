import type { Stats } from 'node:fs';
import { attributes, longName, noAttributes } from './attributes.ts';
import type { Entry } from './handles.ts';
import { packet, string, uint32 } from './packet.ts';
import { type Status, statuses } from './status.ts';

/** An answer that still lacks the id of its request. */
export type Answer = (id: number) => Buffer;

const STATUS = 101;
const HANDLE = 102;
const DATA = 103;
const NAME = 104;
const ATTRS = 105;
const VERSION = 2;

export const status =
  ({ code, text }: Status): Answer =>
  (id) =>
    packet(STATUS, uint32(id), uint32(code), string(text), string(''));

export const done = status(statuses.ok);

export const handle =
  (name: Buffer): Answer =>
  (id) =>
    packet(HANDLE, uint32(id), string(name));

export const data =
  (bytes: Buffer): Answer =>
  (id) =>
    packet(DATA, uint32(id), string(bytes));

export const attrs =
  (stats: Stats): Answer =>
  (id) =>
    packet(ATTRS, uint32(id), attributes(stats));

/** One path and nothing about it. */
export const path =
  (name: string): Answer =>
  (id) =>
    packet(NAME, uint32(id), uint32(1), string(name), string(name), noAttributes);

export const names =
  (entries: readonly Entry[]): Answer =>
  (id) => {
    const lines = entries.flatMap(({ name, stats }) => [
      string(name),
      string(longName(name, stats)),
      attributes(stats),
    ]);
    return packet(NAME, uint32(id), uint32(entries.length), ...lines);
  };

/** The greeting: version 3 and what is offered beyond it. */
export function version(extensions: Readonly<Record<string, string>>): Buffer {
  const offered = Object.entries(extensions).flatMap(([name, value]) => [string(name), string(value)]);
  return packet(VERSION, uint32(3), ...offered);
}
