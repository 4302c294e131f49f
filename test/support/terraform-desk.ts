import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { parse, stringify } from 'yaml';
import { alta, type Ended, type Running, startAlta } from '../e2e/cli/alta.ts';
import { onTerminal, type Session } from '../e2e/cli/terminal.ts';

/** A workspace whose clients belong to Terraform, each with a simulated PBX of its own: `acme` with sede, `beta` with otra. */
export interface TerraformDesk {
  /** Absolute path of the workspace. */
  readonly folder: string;
  /** What it printed comes without colours: Terraform writes them into pipes too. */
  alta(...args: readonly string[]): Promise<Ended>;
  start(...args: readonly string[]): Promise<Running>;
  /** With somebody at the keyboard. */
  onTerminal(...args: readonly string[]): Promise<Session>;
  /** `alta terraform -- …` for one client, or for both with null. */
  terraform(client: string | null, ...args: readonly string[]): Promise<Ended>;
  /** Changes a file of the workspace. */
  edit(file: string, change: (text: string) => string): Promise<void>;
  /** The login of a PBX of the lab. */
  password(box: 'sede' | 'otra'): string;
  /** Folder of a client's stack. */
  stack(client: string): string;
  close(): Promise<void>;
}

export interface DeskOptions {
  /** Milliseconds added to every answer of the PBXs. Default: 0. */
  readonly latency?: number;
  /** For every command; may be changed between them. */
  readonly env?: Record<string, string>;
}

/** Starts a lab in a process of its own and makes the workspace. No setting of the person who runs the tests reaches Terraform. */
export async function openTerraformDesk({ latency = 0, env = {} }: DeskOptions = {}): Promise<TerraformDesk> {
  const root = await mkdtemp(join(tmpdir(), 'alta-desk-'));
  const folder = join(root, 'workspace');
  await mkdir(join(root, 'home'));
  await writeFile(join(root, 'terraform.rc'), '');
  const clean = { CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: join(root, 'terraform.rc'), LANG: 'C' };
  const lab = await startAlta(
    ['lab', '--boxes', 'sede:v2.0.0,otra:v2.0.0', '--workspace', folder, '--latency', String(latency)],
    { cwd: root, env: clean, longest: 600_000 },
  );
  await lab.seen(/Ctrl-C ends it/);
  const start = (...args: readonly string[]) => startAlta(args, { cwd: folder, env: { ...clean, ...env } });
  const desk: TerraformDesk = {
    folder,
    alta: async (...args) => {
      const { out, err, ...ended } = await (await start(...args)).ended;
      return { ...ended, out: stripVTControlCharacters(out), err: stripVTControlCharacters(err) };
    },
    start,
    onTerminal: (...args) => onTerminal(args, { cwd: folder, env: { ...clean, ...env } }),
    terraform: (client, ...args) =>
      desk.alta('terraform', ...(client === null ? [] : ['--client', client]), '--', ...args),
    edit: async (file, change) => {
      const path = join(folder, file);
      await writeFile(path, change(await readFile(path, 'utf8')));
    },
    password: (box) => new RegExp(`${box} .* api / (\\S+)`).exec(lab.printed())?.[1] ?? '',
    stack: (client) => join(folder, 'cdktf.out', 'stacks', client),
    close: async () => {
      lab.send('SIGTERM');
      await lab.ended;
      await rm(root, { recursive: true, force: true });
    },
  };
  await halve(folder, async (args) => {
    await alta(args, { cwd: folder, env: clean, stdin: desk.password('otra') });
  });
  await desk.alta('secrets', 'generate', '--client', 'beta');
  return desk;
}

/** Gives the second PBX to a second client, and both clients to Terraform. */
async function halve(folder: string, enter: (args: readonly string[]) => Promise<void>): Promise<void> {
  const path = join(folder, 'clients', 'acme', 'client.yaml');
  const { client, pbx, extensions, ...rest } = parse(await readFile(path, 'utf8'));
  const part = (name: string, label: string) => ({
    ...rest,
    engine: 'terraform',
    client: { ...client, id: name },
    pbx: { [label]: pbx[label] },
    extensions: extensions
      .filter((one: { pbx: string }) => one.pbx === label)
      .map(({ number, name: called }: { number: string; name: string }) => ({
        pbx: label,
        number,
        name: called,
      }))
      .filter(({ number }: { number: string }) => number.length === 3),
  });
  const acme = part('acme', 'sede');
  // A name of their own: the label may change.
  for (const one of acme.extensions) one.secrets = { sip: { secret: `extensions/sede/${one.number}/sip` } };
  await writeFile(path, stringify(acme));
  await mkdir(join(folder, 'clients', 'beta'));
  await writeFile(join(folder, 'clients', 'beta', 'client.yaml'), stringify(part('beta', 'otra')));
  await enter(['secrets', 'set', 'pbx/otra/password', '--client', 'beta']);
}
