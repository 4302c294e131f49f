import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { laws } from '../contract/laws/index.ts';

const root = join(import.meta.dirname, '..', '..');
/** What a driver and its contract test need. */
const needed = [
  'engine',
  'providers',
  'test/contract',
  'test/support',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

let copy = '';
let before = '';
let output = '';

/** The page's own commands: its `sh` blocks, in order. */
async function commandsOf(page: string): Promise<readonly string[]> {
  const text = await readFile(page, 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '');
}

async function run(command: string): Promise<string> {
  const outer = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|TEST|VITE_)/.test(name));
  const env = { ...Object.fromEntries(outer), NO_COLOR: '1' };
  const { stdout } = await promisify(execFile)('bash', ['-euc', command], { cwd: copy, env });
  return stdout;
}

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'alta-driver-'));
  const there = needed.filter((name) => existsSync(join(root, name)));
  for (const name of there) await cp(join(root, name), join(copy, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  before = await readFile(join(copy, 'providers/registry.ts'), 'utf8');
  for (const command of await commandsOf(join(root, 'docs/writing-a-driver.md'))) output = await run(command);
}, 60_000);

afterAll(() => rm(copy, { recursive: true, force: true }));

describe('the page on writing a driver, followed literally', () => {
  test('holds a command for each of its five steps', async () => {
    expect(await commandsOf(join(root, 'docs/writing-a-driver.md'))).toHaveLength(5);
  });

  test('ends in a driver of another name that keeps every law', () => {
    const kept = Number(/Tests\s+(\d+) passed/.exec(output)?.[1]);
    expect(output).not.toMatch(/[1-9]\d* failed/);
    expect(kept).toBe(2 * laws.length - 1 + 1);
  });

  test('adds one line to the core', async () => {
    const after = await readFile(join(copy, 'providers/registry.ts'), 'utf8');
    const added = after.split('\n').filter((line) => !before.split('\n').includes(line));
    expect(added).toEqual([expect.stringContaining("import('./pbx/tiny/driver.ts')")]);
  });

  test('leaves nothing of the old name in the copy', async () => {
    const left = await run(
      'grep -rn memory providers/pbx/tiny test/contract/tiny.ts test/contract/tiny.test.ts || true',
    );
    expect(left).toBe('');
  });

  test('names every essential law', async () => {
    const text = await readFile(join(root, 'docs/writing-a-driver.md'), 'utf8');
    const essential = laws.filter((law) => law.essential).map(({ id }) => `\`${id}\``);
    expect(essential.filter((id) => !text.includes(id))).toEqual([]);
  });
});
