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

/** On Windows `detached` would open a window. */
const groups = process.platform !== 'win32';

/** Takes what a program prints while it prints it. */
export interface Listener {
  out(piece: string): void;
  err(piece: string): void;
}

/**
 * Runs a program that owns our standard streams: it reads the person's answers and its colours are its own. Where a person sits there,
 * Ctrl-C reaches it from the terminal; elsewhere it has a process group of its own, and a signal reaches it through us. That the terminal
 * closes it hears from us only.
 *
 * @returns its exit code; null where a signal ended it.
 * @throws the system's error where it cannot be started (`ENOENT`, `EACCES`).
 */
export async function runInTerminal(
  crew: Crew,
  program: string,
  args: readonly string[],
  place: Place,
  person: boolean,
): Promise<number | null> {
  const apart = !person && groups;
  const [file, words] = person && groups ? deafToHangUp(program, args) : [program, args];
  return ending(crew, spawn(file, words, { ...place, stdio: 'inherit', detached: apart }), apart);
}

/** Terraform dies at once of the SIGHUP of a closed terminal, and its state with it. What is ignored when a program starts stays ignored. */
function deafToHangUp(program: string, args: readonly string[]): [string, readonly string[]] {
  return ['/bin/sh', ['-c', `trap '' HUP; exec "$0" "$@"`, program, ...args]];
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
  const options: SpawnOptions = { ...place, stdio: ['ignore', 'pipe', 'pipe'], detached: groups };
  const child = spawn(program, args, options);
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => listener.out(piece));
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => listener.err(piece));
  return ending(crew, child, groups);
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
