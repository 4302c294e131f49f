import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One start of the program that pretends to be Terraform. */
export interface Start {
  readonly args: readonly string[];
  /** Name of the folder it ran in. */
  readonly client: string;
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly ended?: number;
}

/**
 * A program that notes how it was started and does as told by files of its folder: `<client>.code` holds the exit code of the command
 * itself, `<client>.state` what `state pull` says, `<client>.init` the exit code of `init`, `version` a version, `wait` milliseconds.
 */
const script = `#!/usr/bin/env node
const fs = require('node:fs'), path = require('node:path');
const home = __dirname, args = process.argv.slice(2), client = path.basename(process.cwd());
const told = (name, otherwise) => { try { return fs.readFileSync(path.join(home, name), 'utf8'); } catch { return otherwise; } };
const note = (more) => fs.appendFileSync(path.join(home, 'starts'), JSON.stringify({ args, client, ...more }) + '\\n');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  if (args[0] === 'version') {
    if (args.length === 1) note({ env: process.env, at: Date.now() });
    return console.log(JSON.stringify({ terraform_version: told('version', '1.11.4') }));
  }
  const at = Date.now();
  if (args[0] === 'init') {
    note({ env: process.env, at });
    const code = Number(told(client + '.init', '0'));
    if (code !== 0) console.error('Error: no backend for ' + client);
    process.exitCode = code;
    return;
  }
  if (args.join(' ') === 'state pull') { note({ env: process.env, at }); return process.stdout.write(told(client + '.state', '')); }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { note({ signal }); console.log('got ' + signal); });
  console.log('working on ' + client);
  await wait(Number(told('wait', '0')));
  console.error('warned ' + client);
  process.stdout.write('done ' + client);
  note({ env: process.env, at, ended: Date.now() });
  process.exitCode = Number(told(client + '.code', '0'));
})();
`;

/** A pretended Terraform in a folder of its own. */
export interface Pretender {
  readonly path: string;
  tell(name: string, text: string): Promise<void>;
  starts(): Promise<readonly Start[]>;
}

export async function pretender(folder: string): Promise<Pretender> {
  const path = join(folder, 'terraform');
  await mkdir(folder, { recursive: true });
  await writeFile(path, script);
  await chmod(path, 0o755);
  return {
    path,
    tell: (name, text) => writeFile(join(folder, name), text),
    starts: async () => {
      const text = await readFile(join(folder, 'starts'), 'utf8').catch(() => '');
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Start);
    },
  };
}
