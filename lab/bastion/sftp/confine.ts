import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { Refused, statuses } from './status.ts';

/**
 * Where a client's path is on this machine. Relative ones start at `/`, which is `folder`; `..` does not leave it, and neither do
 * symbolic links: permission denied. The last part need not exist; with `follow` it is followed where it is a link.
 */
export async function placeOf(folder: string, path: string, follow = true): Promise<string> {
  const wanted = join(folder, posix.resolve('/', path));
  if (relative(folder, wanted) === '') return folder;
  const parent = within(folder, await realpath(dirname(wanted)));
  const place = join(parent, basename(wanted));
  return follow && (await isLink(place)) ? within(folder, await realpath(place)) : place;
}

/** A place on this machine as the client knows it. */
export function pathOf(folder: string, place: string): string {
  return `/${relative(folder, place).split(sep).join('/')}`;
}

function within(folder: string, place: string): string {
  if (place === folder || place.startsWith(folder + sep)) return place;
  throw new Refused(statuses.permissionDenied);
}

async function isLink(place: string): Promise<boolean> {
  const stats = await lstat(place).catch(() => undefined);
  return stats?.isSymbolicLink() === true;
}
