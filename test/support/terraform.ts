import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Reattach } from '../../stacks/plugin/contract.ts';

const nowhere = process.platform === 'win32' ? 'NUL' : '/dev/null';

/** Why nothing can be proven here; null where Terraform 1.11 or later is on PATH. */
export const missingTerraform: string | null = missing();

/** For the name of a describe: says aloud that nothing was proven. */
export const terraformNote = missingTerraform === null ? '' : `: SKIPPED, ${missingTerraform}`;

function missing(): string | null {
  const { status, stdout } = spawnSync('terraform', ['version', '-json'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: nowhere },
  });
  if (status !== 0) return 'no terraform on PATH, nothing was proven';
  const version = (JSON.parse(stdout) as { terraform_version: string }).terraform_version;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 1 || minor >= 11 ? null : `terraform ${version} is older than 1.11, nothing was proven`;
}

/** What one command of Terraform came to. */
export interface Outcome {
  /** Null where a signal ended it. */
  readonly code: number | null;
  /** Standard output and error as they came, without colours. */
  readonly output: string;
}

export interface Stack {
  readonly folder: string;
  /** `run('plan', '-detailed-exitcode')` */
  run(...args: readonly string[]): Promise<Outcome>;
  /** The same, to be disturbed: `group` gives it a process group of its own, as a terminal would. */
  start(args: readonly string[], group?: boolean): Running;
  /** Replaces a file of the folder: `main.tf.json` where it is an object. */
  write(configuration: string | object, name?: string): Promise<void>;
  /** The state file's text; empty before the first apply. */
  state(): Promise<string>;
  remove(): Promise<void>;
}

export interface Running {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
  /** Resolves as soon as the output holds `text`. */
  readonly said: (text: string) => Promise<void>;
}

export interface StackOptions {
  /** Provider address (`terraform.local/test/toy`) → what serves it. */
  readonly reattach?: Readonly<Record<string, Reattach>>;
  /** Text of the CLI configuration; see `mirror.ts`. Default: no settings at all. */
  readonly cliConfig?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * A temporary folder in which the real Terraform runs: without this user's settings, home folder, credentials and network check.
 *
 * @param configuration HCL, or an object for Terraform's JSON
 */
export async function openStack(
  configuration: string | object,
  { reattach = {}, cliConfig = '', environment = {} }: StackOptions = {},
): Promise<Stack> {
  const root = await mkdtemp(join(tmpdir(), 'alta-terraform-'));
  const folder = join(root, 'stack');
  await mkdir(join(root, 'home'), { recursive: true });
  await mkdir(folder);
  await writeFile(join(root, 'terraform.rc'), cliConfig);
  const env = {
    PATH: process.env.PATH,
    HOME: join(root, 'home'),
    TMPDIR: root,
    TF_CLI_CONFIG_FILE: join(root, 'terraform.rc'),
    TF_REATTACH_PROVIDERS: JSON.stringify(reattach),
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    ...environment,
  };
  const start = (args: readonly string[], group = false): Running =>
    started(
      spawn('terraform', [...args], { cwd: folder, env, detached: group, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  const write = async (text: string | object, name?: string): Promise<void> => {
    const isText = typeof text === 'string';
    const path = join(folder, name ?? (isText ? 'main.tf' : 'main.tf.json'));
    await writeFile(path, isText ? text : JSON.stringify(text, null, 2));
  };
  await write(configuration);
  return {
    folder,
    run: (...args) => start(args).outcome,
    start,
    write,
    state: () => readFile(join(folder, 'terraform.tfstate'), 'utf8').catch(() => ''),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

function started(child: ChildProcess): Running {
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of waiting) look();
    });
  }
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: stripVTControlCharacters(output) }));
  });
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!stripVTControlCharacters(output).includes(text)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { process: child, outcome, said };
}
