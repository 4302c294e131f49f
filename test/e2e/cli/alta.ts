import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { builtProduct } from '../../support/build.ts';

/** How a command ended. `code` is null where a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A command that is still at work. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves once `pattern` stands in what was printed so far, on either stream. Rejects where the command ends without. */
  seen(pattern: RegExp): Promise<void>;
  /** What stands on standard output so far. */
  printed(): string;
  /** Ctrl-C and the like. */
  send(signal: NodeJS.Signals): void;
  /** Stops reading what it prints, as `| head` does. */
  deafen(): void;
}

export interface Surroundings {
  readonly cwd: string;
  /** Added to an environment that holds only PATH and a HOME. */
  readonly env?: Readonly<Record<string, string>>;
  /** Piped in; empty by default. */
  readonly stdin?: string | Uint8Array;
  /** It is ended after this time, milliseconds. Default: 30 s. */
  readonly longest?: number;
  /** Options of node itself, before the script. */
  readonly node?: readonly string[];
}

/** Runs the real command in a process of its own, to its end. */
export async function alta(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return (await startAlta(args, surroundings)).ended;
}

export async function startAlta(args: readonly string[], surroundings: Surroundings): Promise<Running> {
  const script = join(await builtProduct(), 'cli', 'main.js');
  const { cwd, env = {}, stdin = '', node = [], longest } = surroundings;
  const child = spawn(process.execPath, [...node, script, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: join(cwd, 'home'), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined).end(stdin);
  return watch(child, longest);
}

/** Follows a process to its end, `longest` ms at most. */
export function watch(child: ChildProcess, longest = 30_000): Running {
  const text = { out: '', err: '' };
  const waiting = new Set<() => void>();
  const heard = (stream: 'out' | 'err') => (chunk: string) => {
    text[stream] += chunk;
    for (const look of waiting) look();
  };
  child.stdout?.setEncoding('utf8').on('data', heard('out'));
  child.stderr?.setEncoding('utf8').on('data', heard('err'));
  const timer = setTimeout(() => child.kill('SIGKILL'), longest);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...text });
    });
  });
  const seen = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(text.out) && !pattern.test(text.err)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without ${pattern}: ${text.out}${text.err}`)));
    });
  return {
    pid: child.pid ?? 0,
    ended,
    seen,
    printed: () => text.out,
    send: (signal) => void child.kill(signal),
    deafen: () => void child.stdout?.destroy(),
  };
}
