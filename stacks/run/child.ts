import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import type { Crew } from './crew.ts';

/** Where and with what a program runs. */
export interface Place {
  /** Absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What a finished program said. */
export interface Heard {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Takes what a program prints while it prints it. */
export interface Listener {
  out(piece: string): void;
  err(piece: string): void;
}

/**
 * Runs a program that owns the terminal: it reads the person's answers and its colours are its own. Ctrl-C reaches it from the terminal.
 *
 * @returns its exit code; null where a signal ended it.
 * @throws the system's error where it cannot be started (`ENOENT`, `EACCES`).
 */
export function runInTerminal(
  crew: Crew,
  program: string,
  args: readonly string[],
  place: Place,
): Promise<number | null> {
  const child = spawn(program, args, { ...place, stdio: 'inherit' });
  return ending(crew, child, false);
}

/**
 * Runs a program that shares the terminal with others: it reads nothing, and what it prints goes to `listener`. It has a process group of
 * its own, so that a signal reaches it once, through us: a second one would make Terraform give up its state.
 */
export async function runListening(
  crew: Crew,
  program: string,
  args: readonly string[],
  place: Place,
  listener: Listener,
): Promise<number | null> {
  const options: SpawnOptions = {
    ...place,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  };
  const child = spawn(program, args, options);
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => listener.out(piece));
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => listener.err(piece));
  return ending(crew, child, true);
}

/** {@link runListening} to the end. For short answers: all of it is kept. */
export async function hear(
  crew: Crew,
  program: string,
  args: readonly string[],
  place: Place,
): Promise<Heard> {
  const text = { out: '', err: '' };
  const code = await runListening(crew, program, args, place, {
    out: (piece) => {
      text.out += piece;
    },
    err: (piece) => {
      text.err += piece;
    },
  });
  return { code, ...text };
}

function ending(crew: Crew, child: ChildProcess, apart: boolean): Promise<number | null> {
  const leave = crew.join({ apart, kill: (signal) => void child.kill(signal) });
  return new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  }).finally(leave);
}
