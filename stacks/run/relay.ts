import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runListening } from './child.ts';
import type { TerraformRun } from './contract.ts';
import type { Crew } from './crew.ts';

/** What starts Alta where the keys are. */
type Starter = Pick<TerraformRun, 'alta' | 'fullEnv' | 'workspace'>;

/** What starts Alta from inside a Terraform that holds no secret. */
export interface Relay {
  /** Absolute path of a program, or a name on PATH. */
  readonly program: string;
  close(): Promise<void>;
}

/** One line of the answer to a relayed command. */
export type RelayedLine =
  | { readonly stream: 'out' | 'err'; readonly text: string }
  | { readonly code: number };

/** The only command that a stack runs. */
const allowed = 'verify';

const client = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? 'relay-client.ts' : 'relay-client.js', import.meta.url),
);

/**
 * A step of a stack verifies with `alta verify`, which needs keys, and Terraform, which starts it, must have none. So it starts a
 * stand-in: that asks this process over a socket in a folder that only we can enter, and this process starts Alta. Windows has no such
 * sockets: there it is `alta`, with what keys it finds in files.
 */
export async function openRelay(starter: Starter, crew: Crew): Promise<Relay> {
  if (process.platform === 'win32') return { program: 'alta', close: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'alta-'));
  const [socket, program] = [join(folder, 's'), join(folder, 'alta')];
  const server = createServer((connection) => void answer(connection, starter, crew));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve));
  const script = [process.execPath, client, socket].map(quoted).join(' ');
  await writeFile(program, `#!/bin/sh\nexec ${script} "$@"\n`);
  await chmod(program, 0o700);
  return {
    program,
    async close() {
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answer(connection: Socket, starter: Starter, crew: Crew): Promise<void> {
  const say = (line: RelayedLine): void => void connection.write(`${JSON.stringify(line)}\n`);
  connection.on('error', () => undefined);
  try {
    const [text] = await once(createInterface({ input: connection }), 'line');
    say({ code: await relayed(argumentsIn(String(text)), starter, crew, say) });
  } catch (error) {
    say({ stream: 'err', text: `${error instanceof Error ? error.message : String(error)}\n` });
    say({ code: 1 });
  }
  connection.end();
}

async function relayed(
  args: readonly string[],
  { alta, fullEnv, workspace }: Starter,
  crew: Crew,
  say: (line: RelayedLine) => void,
): Promise<number> {
  if (args[0] !== allowed) throw new TypeError(`only \`alta ${allowed}\` is started from within Terraform`);
  const [program = '', ...first] = alta;
  const env = Object.fromEntries(
    Object.entries(fullEnv).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const place = { cwd: workspace, env };
  const code = await runListening(crew, program, [...first, ...args], place, {
    out: (text) => say({ stream: 'out', text }),
    err: (text) => say({ stream: 'err', text }),
  });
  return code ?? 1;
}

function argumentsIn(text: string): readonly string[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.map(String) : [];
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
