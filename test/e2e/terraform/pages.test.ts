import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from '../../../cli/parse.ts';
import { messages } from '../../../engine/model/messages/index.ts';
import { alta } from '../cli/alta.ts';

const files = ['docs/terraform.md', 'docs/es/terraform.md'] as const;

const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, found, body = '']) =>
    found === language ? [body] : [],
  );

const prose = (text: string): string => text.replace(/^```\w*\n[\s\S]*?^```$/gm, '');

/** Command lines of Alta's, in blocks and within sentences, without comments. */
function commandsIn(text: string): readonly string[] {
  const shown = blocks(text, 'sh').flatMap((body) => body.split('\n'));
  const named = [...prose(text).matchAll(/`(alta [^`]+)`/g)].map(([, line = '']) => line);
  return [...shown, ...named]
    .filter((line) => line.startsWith('alta '))
    .map((line) => line.replace(/ +#.*$/, ''));
}

describe.each(files)('%s', (file) => {
  let text = '';
  beforeAll(async () => {
    text = await readFile(file, 'utf8');
  });

  it('shows only command lines that can be given', () => {
    const silent = { out: () => undefined, err: () => undefined };
    const lines = commandsIn(text);
    expect(lines.length).toBeGreaterThan(12);
    expect(lines.filter((line) => parse(line.split(' ').slice(1), 'en', silent) === null)).toEqual([]);
  });

  it('hands every word after -- to Terraform', () => {
    const silent = { out: () => undefined, err: () => undefined };
    const lines = commandsIn(text).filter((line) => line.includes(' -- '));
    const passed = lines.map((line) => parse(line.split(' ').slice(1), 'en', silent)?.args.join(' '));
    expect(passed).toEqual(lines.map((line) => line.replace(/^.* -- /, '')));
  });

  it('shows YAML without a mistake', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'alta-page-'));
    try {
      for (const body of blocks(text, 'yaml')) {
        const path = join(cwd, /^# (\S+\.yaml)$/m.exec(body)?.[1] ?? '');
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, body);
      }
      expect(await alta(['validate'], { cwd, env: { LANG: 'C' } })).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^Valid: .*1 client, 0 extensions, 0 devices, 2 files\.\n$/),
      });
    } finally {
      await rm(cwd, { recursive: true, force: true });
    }
  });

  it('names only codes that exist', () => {
    const [, table = ''] = /^\| (?:code|código) \|.*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(text) ?? [];
    const cells = table.split('\n').map((row) => row.split(' | ')[0] ?? '');
    const codes = cells.flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code));
    expect(codes.length).toBeGreaterThan(8);
    expect(codes.filter((code) => !Object.hasOwn(messages, code))).toEqual([]);
  });
});

it('both pages show the same commands', async () => {
  const [english = '', spanish = ''] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const translated = commandsIn(spanish).map((line) =>
    line.replace('cambio.', 'change.').replace('CARPETA', 'DIR'),
  );
  expect(new Set(translated)).toEqual(new Set(commandsIn(english)));
});
