import { userInfo } from 'node:os';
import type { Engine } from './engine.ts';
import type { Host, Output } from './host.ts';
import { run } from './run.ts';

/** Whoever reads our output may stop reading: `alta plan | head` is no error. */
function quietPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
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
  onInterrupt(listener) {
    process.on('SIGINT', listener).on('SIGTERM', listener);
    return () => void process.off('SIGINT', listener).off('SIGTERM', listener);
  },
  exit: (code) => process.exit(code),
  user: userName,
  engine: async (): Promise<Engine> => import('../engine/run/index.ts'),
};

/** A defect that no command caught: its name and message, never a stack, the environment or an argument. */
function uncaught(error: unknown): void {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  process.stderr.write(`alta: ${text}\n`);
  if (process.argv.includes('--debug') && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}

quietPipe(process.stdout);
quietPipe(process.stderr);
process.on('uncaughtException', uncaught).on('unhandledRejection', uncaught);
process.exitCode = await run(process.argv.slice(2), host);
