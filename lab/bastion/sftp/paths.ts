import {
  chmod,
  chown,
  lstat,
  mkdir,
  readdir,
  rename,
  rmdir,
  stat,
  truncate,
  unlink,
  utimes,
} from 'node:fs/promises';
import { join } from 'node:path';
import { attrs, done, handle, names, path, status } from './answers.ts';
import { type Changeable, readAttributes, setAttributes } from './attributes.ts';
import { pathOf, placeOf } from './confine.ts';
import type { Entry } from './handles.ts';
import type { Request } from './scene.ts';
import { Refused, statuses } from './status.ts';

/** The requests that name a path. */
export const pathRequests = {
  stat: async ({ host }, fields) => attrs(await stat(await placeOf(host.folder, fields.text()))),
  lstat: async ({ host }, fields) => attrs(await lstat(await placeOf(host.folder, fields.text(), false))),
  setstat: async ({ host }, fields) => {
    const place = await placeOf(host.folder, fields.text());
    await setAttributes(fileAt(place), readAttributes(fields));
    return done;
  },
  opendir: async ({ host, handles }, fields) => {
    const entries = await entriesOf(await placeOf(host.folder, fields.text()));
    return handle(handles.add({ entries }));
  },
  readdir: async ({ handles }, fields) => {
    const some = handles.entries(fields.bytes()).splice(0, ENTRIES_AT_ONCE);
    return some.length === 0 ? status(statuses.endOfFile) : names(some);
  },
  remove: async ({ host }, fields) => {
    await unlink(await placeOf(host.folder, fields.text(), false));
    return done;
  },
  mkdir: async ({ host }, fields) => {
    const place = await placeOf(host.folder, fields.text(), false);
    const { mode = 0o777 } = readAttributes(fields);
    await mkdir(place, { mode });
    return done;
  },
  rmdir: async ({ host }, fields) => {
    await rmdir(await placeOf(host.folder, fields.text(), false));
    return done;
  },
  realpath: async ({ host }, fields) => path(pathOf(host.folder, await placeOf(host.folder, fields.text()))),
  /** Never replaces anything. */
  rename: async ({ host }, fields) => {
    const from = await placeOf(host.folder, fields.text(), false);
    const to = await placeOf(host.folder, fields.text(), false);
    await lstat(from);
    if (await isThere(to)) throw new Refused(statuses.failure);
    await rename(from, to);
    return done;
  },
  /** Replaces what is there, in one step. */
  'posix-rename@openssh.com': async ({ host }, fields) => {
    const from = await placeOf(host.folder, fields.text(), false);
    const to = await placeOf(host.folder, fields.text(), false);
    await rename(from, to);
    return done;
  },
} satisfies Record<string, Request>;

/** As OpenSSH (vendor-code). */
const ENTRIES_AT_ONCE = 100;

/** With `.` and `..`, as every Unix lists them. */
async function entriesOf(place: string): Promise<Entry[]> {
  const found = ['.', '..', ...(await readdir(place))];
  const entries = found.map(async (name) => ({
    name,
    stats: await lstat(name === '..' ? place : join(place, name)),
  }));
  return (await Promise.allSettled(entries)).flatMap((entry) =>
    entry.status === 'fulfilled' ? [entry.value] : [],
  );
}

async function isThere(place: string): Promise<boolean> {
  return lstat(place).then(
    () => true,
    () => false,
  );
}

/** What is at a path, with the methods of an open file. */
function fileAt(place: string): Changeable {
  return {
    truncate: (size) => truncate(place, size),
    chmod: (mode) => chmod(place, mode),
    utimes: (atime, mtime) => utimes(place, atime, mtime),
    chown: (uid, gid) => chown(place, uid, gid),
  };
}
