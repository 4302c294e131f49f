import { userInfo } from 'node:os';
import type { Engine } from './engine.ts';
import type { Host, Output } from './host.ts';
import { preferencesOf } from './preferences.ts';
import { silenceNode } from './quiet.ts';
import { run } from './run.ts';
import { hearSignals } from './signals.ts';

/** What a stream says whose reader is gone; EIO is said of a terminal that was closed. */
const unheard: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED']);

/**
 * Whoever reads our output may stop reading: `alta plan | head` is no error, and `alta apply --yes | head` must not end in the middle of
 * a write. What is left to say is lost, the work goes on.
 */
function quietPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!unheard.has(error.code)) throw error;
  });
}

function output(stream: NodeJS.WriteStream): Output {
  return { write: (text) => void stream.write(text), isTTY: stream.isTTY === true };
}

async function readAll(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function userName(): string {
  const { ALTA_USER, GITLAB_USER_LOGIN, GITHUB_ACTOR } = process.env;
  const named = [ALTA_USER, GITLAB_USER_LOGIN, GITHUB_ACTOR].find((name) => name);
  try {
    return named ?? userInfo().username;
  } catch {
    return 'unknown';
  }
}

const host: Host = {
  cwd: process.cwd(),
  env: process.env,
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  stdin: { isTTY: process.stdin.isTTY === true, text: readAll },
  onInterrupt: (listener) => hearSignals(process, listener),
  exit: (code) => process.exit(code),
  user: userName,
  engine: async (): Promise<Engine> => import('../engine/run/index.ts'),
};

/** A defect that no command caught ends the process as an internal error, told like any other. */
async function uncaught(error: unknown): Promise<void> {
  const argv = process.argv.slice(2);
  const { fail } = await import('./failure.ts');
  process.exit(fail(error, host, preferencesOf(argv, process.env), argv[0] ?? ''));
}

silenceNode();
quietPipe(process.stdout);
quietPipe(process.stderr);
process.on('uncaughtException', (error) => void uncaught(error));
process.on('unhandledRejection', (error) => void uncaught(error));
process.exitCode = await run(process.argv.slice(2), host);
