import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended, Running } from './alta.ts';
import { hasTerminal, lineOnTerminal } from './terminal.ts';

/** The commands of a page's section in fenced `sh` blocks, block by block, without their comments. */
function blocksUnder(page: string, title: RegExp): string[][] {
  const [, section = ''] = page.split(title);
  const [own = ''] = section.split(/^## /m);
  return [...own.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) =>
    text
      .trim()
      .split('\n')
      .map((line) => line.replace(/ +# .*$/, '')),
  );
}

const pages: readonly [file: string, title: RegExp, ready: RegExp, question: RegExp, none: RegExp][] = [
  ['README.md', /^## Five minutes.*$/m, /Ctrl-C ends it/, /Apply this\?/, /(?<!\d)0 changes/],
  ['README.es.md', /^## Cinco minutos.*$/m, /Ctrl-C ends it/, /¿Aplicar esto\?/, /(?<!\d)0 cambios/],
];

describe.skipIf(!hasTerminal).each(pages)(
  'the five minutes of %s (needs script of util-linux)',
  (file, title, ready, question, none) => {
    let folder = '';
    let lab: Running;
    let lines: string[];
    let inProse: string;

    /** Runs a line of the page as it stands, from the checkout, with a folder of its own in place of the page's. */
    const run = (line: string): Promise<Running & { type(keys: string): void }> =>
      lineOnTerminal(line.replace('/tmp/taller', join(folder, 'taller')), {
        cwd: process.cwd(),
        env: { HOME: folder, npm_config_offline: 'true', npm_config_update_notifier: 'false' },
      });
    const toEnd = async (line: string): Promise<Ended> => (await run(line)).ended;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'alta-readme-'));
      const page = await readFile(file, 'utf8');
      const [first = [], second = []] = blocksUnder(page, title);
      lines = second;
      inProse = /`(npx alta secrets generate\s[^`]+)`/.exec(page)?.[1]?.replace(/\s+/g, ' ') ?? '';
      lab = await run(first.join('\n'));
      await lab.seen(ready);
    });

    afterAll(async () => {
      lab.send('SIGTERM');
      await lab.ended;
      await rm(folder, { recursive: true, force: true });
    });

    it('has a plan, an apply and a plan', () => {
      expect(lines.map((line) => line.replace(/--\S+ \S+ /g, ''))).toEqual([
        'npx alta plan',
        'npx alta apply',
        'npx alta plan',
      ]);
    });

    it('shows what would change', async () => {
      expect(await toEnd(lines[0] ?? '')).toMatchObject({
        code: 0,
        out: expect.stringContaining('Recepción'),
      });
    });

    it('asks, and applies', async () => {
      const session = await run(lines[1] ?? '');
      await session.seen(question);
      session.type('y');
      expect((await session.ended).code).toBe(0);
    });

    it('has a last plan without a change', async () => {
      expect(await toEnd(lines[2] ?? '')).toMatchObject({ code: 0, out: expect.stringMatching(none) });
    });

    it('makes passwords with the command that the text names', async () => {
      expect(inProse).not.toBe('');
      expect((await toEnd(inProse)).code).toBe(0);
    });
  },
);

describe('the pages', () => {
  const codes = (page: string): string[] => [...page.matchAll(/^\| (\d) \| /gm)].map(([, code = '']) => code);

  it('list every exit code', async () => {
    expect(codes(await readFile('README.md', 'utf8'))).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  });

  it('list every command, and no other', async () => {
    const { commands } = await import('../../../cli/table/index.ts');
    const known = new Set(commands.map(({ name }) => name.split(' ')[0]));
    const [, list = ''] = /^`(init · [^`]+)`/m.exec(await readFile('README.md', 'utf8')) ?? [];
    expect(list.split(' · ').sort()).toEqual([...known].sort());
  });
});
