import { spawnSync } from 'node:child_process';
import { appendFile, copyFile, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../cli/version.ts';
import { bundleProvider } from '../../scripts/bundle-provider.mjs';
import { type Mirror, writeMirror } from '../../stacks/mirror/index.ts';
import { platformName } from '../support/mirror.ts';
import { missingTerraform, terraformNote } from '../support/terraform.ts';
import { openTerraformDesk, type TerraformDesk } from '../support/terraform-desk.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform-own-mirror.test.ts${terraformNote}`);

describe.skipIf(missingTerraform !== null)(`terraform by itself, with the mirror${terraformNote}`, () => {
  let folder = '';
  let desk: TerraformDesk;
  let mirror: Mirror;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alta-mirror-'));
    await bundleProvider(join(folder, 'bundle'));
    mirror = await writeMirror(join(folder, 'mirror'), version, join(folder, 'bundle'));
    desk = await openTerraformDesk();
    expect(await desk.alta('synth')).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Terraform as somebody starts it who has never heard of the wrapper. Nothing of this checkout is above the folder. */
  const terraform = (args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const { status, stdout, stderr } = spawnSync('terraform', args, {
      cwd: desk.stack('acme'),
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        CHECKPOINT_DISABLE: '1',
        TF_IN_AUTOMATION: '1',
        TF_CLI_CONFIG_FILE: mirror.cliConfig,
        ...more,
      },
    });
    const said = stripVTControlCharacters(`${stdout}${stderr}`);
    return { code: status, said, words: said.replace(/[\s│]+/g, ' ') };
  };

  it('installs the provider that the lock file pins, and finds nothing to add to it', async () => {
    await copyFile(mirror.lockFile, join(desk.stack('acme'), '.terraform.lock.hcl'));
    const { code, said } = terraform(['init', '-input=false', '-lockfile=readonly']);
    expect(code, said).toBe(0);
    const after = await readFile(join(desk.stack('acme'), '.terraform.lock.hcl'), 'utf8');
    expect(after).toBe(await readFile(mirror.lockFile, 'utf8'));
  });

  it.each(['linux_amd64', 'linux_arm64', 'darwin_arm64', 'windows_amd64'])(
    'pins what Terraform itself computes for %s',
    async (platform) => {
      const own = join(folder, platform);
      await mkdir(own);
      await copyFile(join(desk.stack('acme'), 'cdk.tf.json'), join(own, 'cdk.tf.json'));
      const args = [
        `-chdir=${own}`,
        'providers',
        'lock',
        `-fs-mirror=${mirror.folder}`,
        `-platform=${platform}`,
      ];
      expect(terraform(args)).toMatchObject({ code: 0 });
      const [hash = ''] = (await readFile(join(own, '.terraform.lock.hcl'), 'utf8')).match(/h1:[^"]+/) ?? [];
      expect(mirror.hashes).toContain(hash);
    },
  );

  it('plans, applies, and then has nothing to do', () => {
    const planned = terraform(['plan', '-detailed-exitcode', '-out=a.tfplan']);
    expect(planned.code, planned.said).toBe(2);
    const applied = terraform(['apply', 'a.tfplan']);
    expect(applied.said).toContain('Apply complete! Resources: 2 added');
    const again = terraform(['plan', '-detailed-exitcode']);
    expect(again.code, again.said).toBe(0);
  });

  it('agrees with the wrapper, which is not bothered by the lock file', async () => {
    expect(await desk.terraform('acme', 'plan', '-detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it('says in one line that Node.js is missing', async () => {
    const bin = join(folder, 'bin');
    await mkdir(bin);
    for (const name of ['sh', 'terraform']) {
      const { stdout } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
      await symlink(stdout.trim(), join(bin, name));
    }
    const { code, words } = terraform(['plan'], { PATH: bin });
    expect([code, words.includes('Alta needs Node.js 20.18.1 or newer on PATH; there is none')]).toEqual([
      1,
      true,
    ]);
  });

  it('refuses a provider that is not the pinned one, until the new lock file is taken', async () => {
    await appendFile(join(folder, 'bundle', 'provider.cjs'), '\n// rebuilt\n');
    const rebuilt = await writeMirror(mirror.folder, version, join(folder, 'bundle'));
    expect(rebuilt.hashes.filter((hash) => mirror.hashes.includes(hash))).toEqual([]);
    const planned = terraform(['plan']);
    expect(planned.code).toBe(1);
    expect(planned.words).toMatch(
      /does not match any of the checksums recorded in the dependency lock file|cached package for .* does not match/,
    );
    const installed = terraform(['init', '-input=false']);
    expect(installed.code, installed.said).toBe(1);
    await copyFile(rebuilt.lockFile, join(desk.stack('acme'), '.terraform.lock.hcl'));
    expect(terraform(['init', '-input=false', '-lockfile=readonly'])).toMatchObject({ code: 0 });
    expect(terraform(['plan', '-detailed-exitcode'])).toMatchObject({ code: 0 });
  });

  it('holds the package of this machine', async () => {
    const path = join(mirror.folder, 'terraform.local/alta/alta', version, platformName, 'LICENSES.txt');
    expect(await readFile(path, 'utf8')).toMatch(/^ssh2 \d/m);
  });
});
