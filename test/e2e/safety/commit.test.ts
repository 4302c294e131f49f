import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { apply, outcomesOf } from '../../support/commands.ts';
import type { Site } from '../../support/site.ts';
import { writesTo } from '../../support/traffic.ts';
import { acmeWith, at, declare, extension, extensionsOn, sipSecrets } from './fixtures.ts';

const run = promisify(execFile);

async function git(root: string, ...args: readonly string[]): Promise<string> {
  const who = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', '-c', 'commit.gpgsign=false'];
  const { stdout } = await run('git', [...who, ...args], { cwd: root });
  return stdout.trim();
}

/** Commits everything but state and keys; answers the commit's id. */
async function commit(root: string, message: string): Promise<string> {
  await git(root, 'add', '--all');
  await git(root, 'commit', '--quiet', '--message', message);
  return git(root, 'rev-parse', 'HEAD');
}

let site: Site;
/** The commit applied first, and the one applied last. */
let older: string;
let newer: string;

beforeEach(async () => {
  site = await acmeWith(['2000']);
  await git(site.root, 'init', '--quiet');
  await writeFile(join(site.root, '.gitignore'), '.alta/\nstate/\n');
  older = await commit(site.root, 'alta');
  await apply(site);
  await declare(site, [extension('sede', '2000', { name: 'Almacén' })]);
  newer = await commit(site.root, 'nombre');
  await apply(site);
  site.lab.box('sede').resetRequests();
});

describe('state knows the commit that it was applied from', () => {
  it('refuses a commit that is older', async () => {
    await git(site.root, 'checkout', '--quiet', older);
    expect((await apply(site)).diagnostics).toMatchObject([
      { code: 'old-commit', severity: 'error', params: { client: 'acme', applied: newer, head: older } },
    ]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('refuses a branch that does not hold it', async () => {
    await git(site.root, 'checkout', '--quiet', '-b', 'otra', older);
    await declare(site, [extension('sede', '2000', { name: 'Tienda' })]);
    await commit(site.root, 'otra');
    expect((await apply(site)).diagnostics).toMatchObject([{ code: 'old-commit' }]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });

  it('goes back where that is what somebody wants', async () => {
    await git(site.root, 'checkout', '--quiet', older);
    expect(outcomesOf(await apply(site, { rollback: true }))).toEqual([`done ${at('2000')}`]);
    expect((await site.state()).commit).toBe(older);
  });

  it('takes the same commit again', async () => {
    site.lab.box('sede').edit('2000', { username: 'Cambiado' }, { apply: true });
    expect(outcomesOf(await apply(site))).toEqual([`done ${at('2000')}`]);
  });

  it('takes a commit that descends from it', async () => {
    await declare(site, [extension('sede', '2000', { name: 'Tienda' })]);
    const newest = await commit(site.root, 'tienda');
    expect(outcomesOf(await apply(site))).toEqual([`done ${at('2000')}`]);
    expect((await site.state()).commit).toBe(newest);
  });

  it('gives the lease back after a refusal', async () => {
    await git(site.root, 'checkout', '--quiet', older);
    await apply(site);
    expect((await apply(site, { rollback: true })).diagnostics).toEqual([]);
  });

  it('leaves the other clients of a run to their turn', async () => {
    await git(site.root, 'checkout', '--quiet', older);
    const pbx = { centro: { driver: 'yeastar', mode: 'guided', tenantName: 'Beta' } };
    await sipSecrets(site, 'centro', ['40'], { client: 'beta' });
    await site.client('beta', { pbx, extensions: extensionsOn('centro', ['40']) });
    const result = await apply(site);
    expect(result.diagnostics).toMatchObject([{ code: 'old-commit', address: 'acme' }]);
    expect(outcomesOf(result)).toEqual(['pending beta/pbx:centro/extension:40']);
  });

  it('refuses a workspace that is in no git any more', async () => {
    await rm(join(site.root, '.git'), { recursive: true });
    expect((await apply(site)).diagnostics).toMatchObject([{ code: 'old-commit', params: { head: '-' } }]);
  });
});

/** A clone with one commit of history, with the state and the key of the workspace. */
async function shallowClone(): Promise<{ root: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'alta-clone-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const root = join(folder, 'clone');
  await git(folder, 'clone', '--quiet', '--depth', '1', `file://${site.root}`, root);
  for (const name of ['state', '.alta'])
    await cp(join(site.root, name), join(root, name), { recursive: true });
  return { root };
}

describe('in a shallow clone', () => {
  it('takes the commit that was applied last', async () => {
    expect((await apply(await shallowClone())).diagnostics).toEqual([]);
  });

  it('refuses where the history does not reach back to it', async () => {
    await declare(site, [extension('sede', '2000', { name: 'Tienda' })]);
    await commit(site.root, 'tienda');
    const clone = await shallowClone();
    expect((await apply(clone)).diagnostics).toMatchObject([{ code: 'old-commit' }]);
    expect(writesTo(site, 'sede')).toEqual([]);
  });
});
