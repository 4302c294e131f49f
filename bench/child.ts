import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What one run of a Node program cost, from its start to its end. */
export interface Cost {
  /** Milliseconds of wall clock, the start of Node included. */
  readonly wallMs: number;
  /** User and system time of all its threads, ms. */
  readonly cpuMs: number;
  /** Largest resident memory, MB. */
  readonly peakMb: number;
  readonly stdout: string;
}

export interface ChildOptions {
  readonly cwd: string;
  /** Exit code that the run must have. Default 0. */
  readonly exit?: number;
}

const meter = fileURLToPath(new URL('./meter.cjs', import.meta.url));

/** What a measured process may see of ours: nothing that could change what it does. */
export const childEnv = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LANG: 'C.UTF-8' };

/**
 * Runs a Node program to its end.
 * @throws Error with what it said where its exit code is another: a failed run must not look fast.
 */
export function runNode(args: readonly string[], options: ChildOptions): Promise<Cost> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--require', meter, ...args], {
    cwd: options.cwd,
    env: childEnv,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const texts = [1, 2, 3].map((fd) => collect(child.stdio[fd]));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const wallMs = performance.now() - started;
      const [stdout = '', stderr = '', used = ''] = texts.map((text) => text());
      if (code !== (options.exit ?? 0)) {
        reject(
          new Error(`exit ${code}: node ${args.join(' ')}\n${stdout.slice(-2000)}${stderr.slice(-2000)}`),
        );
      } else resolve({ wallMs, stdout, ...(JSON.parse(used) as Pick<Cost, 'cpuMs' | 'peakMb'>) });
    });
  });
}

function collect(stream: unknown): () => string {
  const chunks: Buffer[] = [];
  const readable = stream as NodeJS.ReadableStream;
  readable.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
