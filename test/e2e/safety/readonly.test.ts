import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { driftWorkspace } from '../../../engine/run/drift.ts';
import { verifyWorkspace } from '../../../engine/run/verify/verify.ts';
import { apply, contextAt, plan, planOptions } from '../../support/commands.ts';
import type { Site } from '../../support/site.ts';
import { callsTo } from '../../support/traffic.ts';
import { acmeWith, declare, extension } from './fixtures.ts';

/** Every file of a workspace but the parse cache, with a digest of its content and its mode. */
async function treeOf(root: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const kept = files.filter((file) => !relative(root, file).startsWith(join('.alta', 'cache'))).sort();
  const digests = kept.map(async (file) => {
    const hash = createHash('sha256').update(await readFile(file));
    return [relative(root, file), `${(await stat(file)).mode} ${hash.digest('hex')}`] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}

/** Changes of every kind wait: a new one, a renamed one, a drifted one and one to delete. */
async function everythingToDo(): Promise<Site> {
  const site = await acmeWith(['2000', '2001', '2002', '2003']);
  await declare(site, ['2000', '2001', '2002']);
  await apply(site);
  site.lab.box('sede').edit('2001', { username: 'Cambiado' }, { apply: true });
  await declare(site, [extension('sede', '2000', { name: 'Almacén' }), '2001', '2003']);
  site.lab.box('sede').resetRequests();
  return site;
}

const reading = ['login', 'deviceinfo/query', 'extension/list', 'extension/query', 'logout'];

const commands = {
  plan: (site: Site) => plan(site),
  drift: (site: Site) => driftWorkspace(contextAt(site.root), planOptions),
  verify: (site: Site) => verifyWorkspace(contextAt(site.root), planOptions),
};

it.each(Object.entries(commands))('%s leaves every file of the workspace as it was', async (_, command) => {
  const site = await everythingToDo();
  const before = await treeOf(site.root);
  await command(site);
  expect(await treeOf(site.root)).toEqual(before);
});

it.each(Object.entries(commands))('%s asks the box nothing but to read', async (_, command) => {
  const site = await everythingToDo();
  const saved = site.lab.box('sede').saved();
  await command(site);
  expect(callsTo(site, 'sede').filter((call) => !reading.includes(call))).toEqual([]);
  expect(site.lab.box('sede').saved()).toEqual(saved);
});

it('plan makes no state folder where there is none', async () => {
  const site = await acmeWith(['2000']);
  const before = await treeOf(site.root);
  await plan(site);
  expect(await treeOf(site.root)).toEqual(before);
});

it('plan gives its session back', async () => {
  const site = await everythingToDo();
  await plan(site);
  expect(site.lab.box('sede').sessions()).toBe(0);
});

it('plan without reading contacts nobody', async () => {
  const site = await everythingToDo();
  await plan(site, { noRead: true });
  expect(callsTo(site, 'sede')).toEqual([]);
});
