import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { builtProduct } from '../../support/build.ts';

/** What a child that applied a workspace came to. */
export interface Ended {
  /** Exit code, or the signal that killed it. */
  readonly end: number | string;
  /** Every point that it passed, in order: `lease:taken 1`. */
  readonly points: readonly string[];
  /** Its last line, where it got that far. */
  readonly said: string | null;
}

export interface ApplyChild {
  readonly process: ChildProcess;
  /** Resolves when everything is loaded and the apply begins. */
  readonly ready: Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface ChildOptions {
  /** The point at which it kills itself: `journal:synced 2` = the second time it gets there. Default: it lives. */
  readonly killAt?: string;
  readonly consent?: { readonly allowDelete?: number };
}

/** Starts `workers/applier.ts` on a workspace. */
export async function startApply(root: string, options: ChildOptions = {}): Promise<ApplyChild> {
  const program = join(await builtProduct(), 'test/e2e/crash/workers/applier.js');
  const child = spawn(process.execPath, [program, root, JSON.stringify(options.consent ?? {})], {
    env: { PATH: process.env.PATH, ALTA_TEST_KILL: options.killAt ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve) => {
    output.once('line', () => resolve());
  });
  output.on('line', (line) => lines.push(line));
  return { process: child, ready, ended: endOf(child, output, lines) };
}

async function endOf(
  child: ChildProcess,
  output: NodeJS.EventEmitter,
  lines: readonly string[],
): Promise<Ended> {
  await Promise.all([once(child, 'exit'), once(output, 'close')]);
  const last = lines.at(-1) ?? '';
  return {
    end: child.exitCode ?? child.signalCode ?? 'unknown',
    points: lines.filter((line) => line !== 'ready' && !line.startsWith('end ')),
    said: last.startsWith('end ') ? last : null,
  };
}

/** Runs an apply to its end, whatever that is. */
export async function applyInChild(root: string, options: ChildOptions = {}): Promise<Ended> {
  return (await startApply(root, options)).ended;
}
