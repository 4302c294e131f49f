import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { apply, codesOf, plan } from '../../support/commands.ts';
import type { Site } from '../../support/site.ts';
import { acmeWith, declare, sipSecrets } from './fixtures.ts';

const more = [
  'apiVersion: alta/v1',
  'kind: Client',
  'extensions:',
  '  - pbx: sede',
  '    number: "2001"',
  '    name: Puesto 2001',
  '',
].join('\n');

/** git in the workspace; states and keys stay out of it. */
async function gitIn(site: Site): Promise<(...args: string[]) => string> {
  await writeFile(join(site.root, '.gitignore'), '.alta\nstate\n');
  const git = (...args: string[]) => {
    const safe = ['-c', 'user.name=ana', '-c', 'user.email=ana@example.com', ...args];
    return execFileSync('git', safe, { cwd: site.root }).toString().trim();
  };
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  return git;
}

it('counts a file that moved as a change of both clients', async () => {
  const site = await acmeWith(['2000', '2001']);
  await declare(site, ['2000']);
  await writeFile(join(site.root, 'clients/acme/more.yaml'), more);
  await sipSecrets(site, 'sede', ['2001'], { client: 'beta' });
  await site.client('beta', { pbx: { sede: { driver: 'yeastar', mode: 'guided' } }, extensions: [] });
  const git = await gitIn(site);
  git('mv', 'clients/acme/more.yaml', 'clients/beta/more.yaml');
  git('commit', '-qm', 'second');

  const { plan: made } = await plan(site, { since: 'HEAD~1', noRead: true });

  expect(made?.clients.map(({ client }) => client)).toEqual(['acme', 'beta']);
});

/** acme was applied and its folder was removed in the last commit but one; beta changed in the last. */
async function acmeRemoved(): Promise<Site> {
  const site = await acmeWith(['2000']);
  await site.client('beta', { pbx: { otra: { driver: 'yeastar', mode: 'guided' } }, extensions: [] });
  await apply(site);
  const git = await gitIn(site);
  await rm(join(site.root, 'clients/acme'), { recursive: true });
  git('commit', '-qam', 'second');
  await site.client('beta', { client: { name: 'Beta' }, pbx: {}, extensions: [] });
  git('commit', '-qam', 'third');
  return site;
}

it('tells of a client folder that was removed since the revision', async () => {
  const site = await acmeRemoved();

  expect(codesOf(await plan(site, { since: 'HEAD~2' }))).toContain('client-vanished');
});

it('leaves a folder that was removed before the revision to the run of everything', async () => {
  const site = await acmeRemoved();

  expect(codesOf(await plan(site, { since: 'HEAD~1' }))).not.toContain('client-vanished');
});

it('tells of a vanished client also where something else is excluded', async () => {
  const site = await acmeRemoved();

  const selection = { targets: [], exclude: ['beta'] };

  expect(codesOf(await plan(site, { selection }))).toContain('client-vanished');
});

it('records the commit whose files were applied, not one that arrived meanwhile', async () => {
  const site = await acmeWith(['2000']);
  const git = await gitIn(site);
  const applied = git('rev-parse', 'HEAD');
  const confirm = async () => {
    git('commit', '-q', '--allow-empty', '-m', 'meanwhile');
    return true;
  };

  const { report } = await apply(site, { confirm });

  expect([report?.commit, (await site.state()).commit]).toEqual([applied, applied]);
});
