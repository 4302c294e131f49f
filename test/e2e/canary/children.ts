import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { builtProduct } from '../../support/build.ts';
import type { Nest } from './canaries.ts';

export interface Printed {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** As `/proc/<pid>/cmdline` shows it to every user of the machine; empty where there is no such file. */
  readonly commandLine: Buffer;
}

export interface RunOptions {
  readonly killAt?: string;
  /** How many times faster than the machine's clock waits go. Default 1. */
  readonly speed?: number;
  /** `undici,http,tls` */
  readonly nodeDebug?: string;
}

export const everything = ['validate', 'plan', 'apply', 'plan', 'verify', 'drift', 'guided', 'attest'];

/** Runs commands on a nest in a process of their own. Its environment holds no secret: the commands get them on standard input. */
export async function printedBy(
  nest: Pick<Nest, 'env'> & { readonly site: Pick<Nest['site'], 'root'> },
  commands: readonly string[] = everything,
  options: RunOptions = {},
): Promise<Printed> {
  const program = join(await builtProduct(), 'test/e2e/canary/workers/everything.js');
  const { killAt, nodeDebug, speed } = options;
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, ...(nodeDebug === undefined ? {} : { NODE_DEBUG: nodeDebug }) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const commandLine = await readFile(`/proc/${child.pid}/cmdline`).catch(() => Buffer.alloc(0));
  child.stdin.end(JSON.stringify({ root: nest.site.root, env: nest.env, commands, killAt, speed }));
  await once(child, 'close');
  return { stdout: Buffer.concat(out), stderr: Buffer.concat(err), commandLine };
}
