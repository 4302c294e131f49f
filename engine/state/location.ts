import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { AltaError } from '../model/index.ts';
import { syncDirectory } from './file.ts';
import { type Io, ifExists, reasonOf } from './io.ts';

/** Where the states of a workspace lie. */
export interface Location {
  /** The workspace's real path. */
  readonly root: string;
  /** The state folder's real path; it need not exist yet. */
  readonly directory: string;
}

/**
 * Resolves `state.path` against the workspace.
 *
 * @throws state-outside-workspace where it leads out of the workspace, also by way of a symbolic link.
 */
export async function locate(io: Io, workspace: string, path: string): Promise<Location> {
  const root = await io.disk.realpath(workspace);
  const directory = await realpathAsFarAsExists(io, resolve(root, path));
  if (!contains(root, directory)) throw new AltaError('state-outside-workspace', { path });
  return { root, directory };
}

async function realpathAsFarAsExists(io: Io, path: string): Promise<string> {
  const real = await ifExists(io.disk.realpath(path));
  if (real !== undefined) return real;
  const parent = await realpathAsFarAsExists(io, dirname(path));
  return join(parent, relative(dirname(path), path));
}

function contains(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A path for people: relative to the workspace where it lies inside. */
export function labelOf({ root }: Location, path: string): string {
  return contains(root, path) ? relative(root, path) : path;
}

/**
 * Does something in the state folder.
 *
 * @throws state-folder-unusable where the system objects (no right to write, no hard links); AltaErrors pass.
 */
export async function inFolder<T>(location: Location, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    const path = labelOf(location, location.directory);
    throw new AltaError('state-folder-unusable', { path, reason: reasonOf(cause) }, { cause });
  }
}

/**
 * Makes the state folder where it is missing, and refuses one where leases would not hold.
 *
 * @throws state-network-filesystem
 */
export async function prepare(io: Io, location: Location): Promise<void> {
  const { directory } = location;
  const made = await io.disk.mkdir(directory, { recursive: true });
  if (made !== undefined) await syncDirectory(io, dirname(made));
  const { type } = await io.disk.statfs(directory);
  const shared = SHARED_FILESYSTEMS.get(type);
  if (shared === undefined) return;
  throw new AltaError('state-network-filesystem', { path: labelOf(location, directory), type: shared });
}

/**
 * Linux file systems (statfs(2), linux/magic.h) that another kernel may have mounted too, so that neither `link()` nor a
 * process table proves anything. FUSE and 9p are among them: from outside, sshfs looks like any other. macOS numbers
 * its types differently and is not checked.
 */
const SHARED_FILESYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'nfs'],
  [0x517b, 'smb'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x65735546, 'fuse'],
  [0x01021997, '9p'],
  [0x00c36400, 'ceph'],
  [0x5346414f, 'afs'],
  [0x73757245, 'coda'],
  [0x564c, 'ncp'],
  [0x0bd00bd0, 'lustre'],
  [0x47504653, 'gpfs'],
  [0x01161970, 'gfs2'],
  [0x7461636f, 'ocfs2'],
  [0x786f4256, 'vboxsf'],
]);
