import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { builtProduct } from '../../support/build.ts';

/** A folder for one test, removed after it. */
export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'alta-state-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** An empty log that several processes add lines to. */
export async function sharedLog(directory: string, name: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, '');
  return path;
}

export async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
}

/** Starts `workers/<name>.ts`; killed at the end of the test if it still runs. */
export async function start(name: string, args: readonly string[]): Promise<ChildProcess> {
  const program = join(await builtProduct(), `test/e2e/state/workers/${name}.js`);
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** How a process ended: its exit code, or the signal that killed it. */
export async function end(child: ChildProcess): Promise<number | string> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode ?? child.signalCode ?? 'unknown';
}

/** Looks every 5 ms until the condition holds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
