import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alta, startAlta } from './alta.ts';

const has = (...tools: string[]): boolean =>
  tools.every((tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0);

/** What a person without Alta does to read one value, taken from the page that says so. */
describe.skipIf(!has('age', 'yq', 'base64'))('docs/security.md (needs age, yq and base64)', () => {
  let home = '';
  let line = '';

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'alta-by-hand-'));
    const lab = await startAlta(['lab', '--json', '--workspace', 'taller'], { cwd: home });
    await lab.seen(/\n/);
    lab.send('SIGTERM');
    await lab.ended;
    await mkdir(join(home, '.config/alta'), { recursive: true });
    await cp(join(home, 'taller/.alta/identity.txt'), join(home, '.config/alta/identity.txt'));
    const [, block = ''] =
      /```sh\n(alta secrets check\n[\s\S]*?)```/.exec(await readFile('docs/security.md', 'utf8')) ?? [];
    line = block.split('\n')[1] ?? '';
  });

  afterAll(() => rm(home, { recursive: true, force: true }));

  it('begins with a check that succeeds', async () => {
    expect((await alta(['secrets', 'check'], { cwd: join(home, 'taller') })).code).toBe(0);
  });

  it('shows name and value of one secret', () => {
    const env = { PATH: process.env.PATH, HOME: home };
    const { stdout, stderr } = spawnSync('sh', ['-c', line], {
      cwd: join(home, 'taller'),
      env,
      encoding: 'utf8',
    });
    expect([stdout, stderr]).toEqual([
      expect.stringMatching(/^alta1 acme\/extensions\/sede\/110\/sip [0-9A-Z]{26}\n[\w-]{20}/),
      '',
    ]);
  });
});
