import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Holder } from './store.ts';

/** Where this process runs: the part of a {@link Holder} by which another process can tell whether it lives. */
export type Machine = Pick<Holder, 'host' | 'machine' | 'bootId' | 'pidNamespace' | 'pid' | 'processStart'>;

/** How this machine's kernel is asked. Everything answers null for *cannot tell*. */
export interface Kernel {
  readonly file: (path: string) => string | null;
  readonly link: (path: string) => string | null;
  /** Whether a process of this number exists in our PID namespace, whoever owns it. */
  readonly exists: (pid: number) => boolean;
}

/** Linux answers all of it; macOS has no `/proc` and answers `exists` only. */
export const systemKernel: Kernel = {
  file: (path) => orNull(() => readFileSync(path, 'utf8').trim()),
  link: (path) => orNull(() => readlinkSync(path)),
  exists: (pid) => {
    try {
      return process.kill(pid, 0);
    } catch (error) {
      return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
    }
  },
};

function orNull(answer: () => string): string | null {
  try {
    return answer();
  } catch {
    return null;
  }
}

/** Describes this process. The machine's id is confidential (machine-id(5)): only a digest leaves this function. */
export function thisMachine(kernel: Kernel = systemKernel): Machine {
  const id = kernel.file('/etc/machine-id');
  return {
    host: hostname(),
    machine: id === null || id === '' ? null : createHash('sha256').update(`alta lease ${id}`).digest('hex'),
    bootId: kernel.file('/proc/sys/kernel/random/boot_id'),
    pidNamespace: kernel.link('/proc/self/ns/pid'),
    pid: process.pid,
    processStart: startIn(statOf('self', kernel)),
  };
}

/** The fields of `/proc/<pid>/stat` from the third on (proc(5)): the second, a name, may hold spaces and parentheses. */
function statOf(pid: number | 'self', kernel: Kernel): readonly string[] {
  const stat = kernel.file(`/proc/${pid}/stat`) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const stateIn = (stat: readonly string[]) => stat[3 - 3];
const startIn = (stat: readonly string[]) => stat[22 - 3] ?? null;

/** Ended, but not yet collected by its parent. */
const ZOMBIE = 'Z';

export type Life = 'dead' | 'alive' | 'unknown';

/**
 * Whether the process of a holder still lives, as far as it can be told at once.
 *
 * - Same boot and same PID namespace: the process table decides. `/proc` of other users may be hidden, so a process is
 *   gone only if the kernel says so, if it is a zombie, or if its number now belongs to one of another start time.
 * - Another boot id on what is provably the same machine (host name and machine id): it was restarted, so dead. A
 *   state folder on a local disk, the only kind accepted, is in use by one kernel at a time.
 * - Everything else (another container, another host, no `/proc`): unknown.
 */
export function lifeOf(holder: Machine, me: Machine, kernel: Kernel = systemKernel): Life {
  if (holder.bootId === null || me.bootId === null) return 'unknown';
  if (holder.bootId !== me.bootId) return sameMachine(holder, me) ? 'dead' : 'unknown';
  if (holder.pidNamespace === null || holder.pidNamespace !== me.pidNamespace) return 'unknown';
  if (!kernel.exists(holder.pid)) return 'dead';
  const stat = statOf(holder.pid, kernel);
  if (startIn(stat) === null || holder.processStart === null) return 'unknown';
  return startIn(stat) === holder.processStart && stateIn(stat) !== ZOMBIE ? 'alive' : 'dead';
}

function sameMachine(a: Machine, b: Machine): boolean {
  return a.machine !== null && a.machine === b.machine && a.host === b.host;
}
