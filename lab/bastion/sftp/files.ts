import { constants } from 'node:fs';
import { type FileHandle, open as openFile } from 'node:fs/promises';
import { attrs, data, done, handle, status } from './answers.ts';
import { readAttributes, setAttributes } from './attributes.ts';
import { placeOf } from './confine.ts';
import type { Request, Scene } from './scene.ts';
import { Refused, statuses } from './status.ts';

/** The requests that open a file and work on it by its handle. */
export const fileRequests = {
  open: async ({ host, handles }, fields) => {
    const place = await placeOf(host.folder, fields.text());
    const flags = flagsOf(fields.uint32());
    const { mode = 0o666 } = readAttributes(fields);
    return handle(handles.add({ file: await openFile(place, flags, mode) }));
  },
  close: async ({ handles }, fields) => {
    await handles.close(fields.bytes());
    return done;
  },
  read: async ({ handles }, fields) => {
    const file = handles.file(fields.bytes());
    const offset = fields.uint64();
    const wanted = Buffer.alloc(Math.min(fields.uint32(), LONGEST_READ));
    const { bytesRead } = await file.read(wanted, 0, wanted.length, offset);
    return bytesRead === 0 ? status(statuses.endOfFile) : data(wanted.subarray(0, bytesRead));
  },
  write: async (scene, fields) => {
    const file = scene.handles.file(fields.bytes());
    return write(scene, file, fields.uint64(), fields.bytes());
  },
  fstat: async ({ handles }, fields) => attrs(await handles.file(fields.bytes()).stat()),
  fsetstat: async ({ handles }, fields) => {
    const file = handles.file(fields.bytes());
    await setAttributes(file, readAttributes(fields));
    return done;
  },
  'fsync@openssh.com': async ({ handles }, fields) => {
    await handles.file(fields.bytes()).sync();
    return done;
  },
} satisfies Record<string, Request>;

/** As OpenSSH: what fits in its longest packet (vendor-code). */
const LONGEST_READ = 255 * 1024;

const READ = 1;
const WRITE = 2;
const flagBits: ReadonlyArray<readonly [number, number]> = [
  [4, constants.O_APPEND],
  [8, constants.O_CREAT],
  [16, constants.O_TRUNC],
  [32, constants.O_EXCL],
];

function flagsOf(asked: number): number {
  const both = READ | WRITE;
  const access =
    (asked & both) === both ? constants.O_RDWR : asked & WRITE ? constants.O_WRONLY : constants.O_RDONLY;
  return flagBits.reduce((flags, [bit, flag]) => (asked & bit ? flags | flag : flags), access);
}

/** Writes what the disk still takes and what comes before the cut. */
async function write({ host, cut }: Scene, file: FileHandle, offset: number, bytes: Buffer) {
  const { faults, counters } = host;
  const fits = Math.min(bytes.length, faults.quota, faults.untilDrop);
  await file.write(bytes, 0, fits, offset);
  counters().bytesWritten += fits;
  faults.quota -= fits;
  faults.untilDrop -= fits;
  if (faults.untilDrop === 0) {
    faults.untilDrop = Number.POSITIVE_INFINITY;
    cut();
    return null;
  }
  if (fits < bytes.length) throw new Refused(statuses.failure);
  return done;
}
