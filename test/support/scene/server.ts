import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { LabBox } from '../../../lab/index.ts';
import type { Reattach } from '../../../stacks/plugin/index.ts';
import { builtProduct } from '../build.ts';
import type { SceneOptions, SceneServer } from './contract.ts';
import { serveDrivers } from './serve-drivers.ts';

interface Serving {
  readonly reattach: Reattach;
  readonly close: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

/** Each start listens at another place: Terraform must be told of it again. */
export async function startServer(
  root: string,
  { lang = 'en', apart = false }: Pick<SceneOptions<LabBox>, 'lang' | 'apart'>,
): Promise<SceneServer> {
  let errors = '';
  const note = (text: string): void => {
    errors += text;
  };
  const open = (env: Readonly<Record<string, string>>): Promise<Serving> =>
    apart ? inChild([root, lang], env, note) : here(root, lang, env);
  let now = await open({});
  onTestFinished(() => now.close());
  return {
    reattach: () => now.reattach,
    restart: async (env = {}) => {
      await now.close();
      now = await open(env);
    },
    kill: () => now.kill(),
    errors: () => errors,
  };
}

async function here(
  root: string,
  lang: 'en' | 'es',
  env: Readonly<Record<string, string>>,
): Promise<Serving> {
  const { reattach, close } = await serveDrivers(root, lang, { PATH: process.env.PATH, ...env });
  const kill = () => Promise.reject(new Error('the drivers are served from this very process'));
  return { reattach, close, kill };
}

async function inChild(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  note: (text: string) => void,
): Promise<Serving> {
  const program = join(await builtProduct(), 'test/support/scene/serve-main.js');
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.setEncoding('utf8').on('data', note);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const end = (signal: NodeJS.Signals) => ended(child, signal);
  return { reattach: JSON.parse(line), close: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
