import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { load } from '../../../engine/load/index.ts';
import { readWorkspace } from '../../../engine/run/workspace/files.ts';
import { loadProfiles, readProfile } from '../../../engine/run/workspace/profiles.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'alta-profiles-'));
});
afterEach(() => rm(root, { recursive: true }));

async function profilesOf(platform: string, own?: string) {
  await writeFile(
    join(root, 'alta.yaml'),
    `apiVersion: alta/v1\nkind: Workspace\nplatforms:\n  nube: ${platform}\n`,
  );
  if (own !== undefined) {
    await mkdir(join(root, 'profiles'));
    await writeFile(join(root, 'profiles', 'propio.yaml'), own);
  }
  const { input } = await readWorkspace(root);
  return loadProfiles(root, load(input), input);
}

const at = (driver: string, profile: string): string =>
  `{ driver: ${driver}, profile: ${profile}, url: "https://192.0.2.1" }`;

it('finds the profile that comes with the package', async () => {
  const { found, diagnostics } = await profilesOf(at('pekepbx', 'pekepbx-v36'));
  expect(diagnostics).toEqual([]);
  expect(found.get('pekepbx-v36')?.driver).toBe('pekepbx');
});

it('says on the line that there is none of that name, and which there are', async () => {
  const { diagnostics } = await profilesOf(at('pekepbx', 'pekepbx-v99'));
  expect(diagnostics).toMatchObject([
    {
      code: 'profile-unknown',
      params: { profile: 'pekepbx-v99', known: expect.arrayContaining(['pekepbx-v36']) },
      range: { filename: 'alta.yaml', start: { line: 4 } },
    },
  ]);
});

it('refuses a profile of another driver', async () => {
  const { diagnostics } = await profilesOf(at('meetip', 'pekepbx-v36'));
  expect(diagnostics).toMatchObject([
    {
      code: 'profile-other-driver',
      params: { meant: 'pekepbx', driver: 'meetip' },
      range: { start: { line: 4 } },
    },
  ]);
});

it('takes the workspace’s own before the package’s, and says what is wrong with it', async () => {
  const { found, diagnostics } = await profilesOf(
    at('pekepbx', 'propio'),
    'apiVersion: alta/v1\nkind: Profile\n',
  );
  expect([found.size, diagnostics.length > 0]).toEqual([0, true]);
  expect(diagnostics.every(({ range }) => range?.filename === 'profiles/propio.yaml')).toBe(true);
  expect((await readProfile(root, 'propio'))?.own).toBe(true);
});
