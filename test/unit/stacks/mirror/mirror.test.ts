import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageHash } from '../../../../stacks/mirror/dirhash.ts';
import { type Mirror, writeMirror } from '../../../../stacks/mirror/index.ts';
import { launcherOf, oldestNode } from '../../../../stacks/mirror/launcher.ts';
import { cliConfigText, lockText } from '../../../../stacks/mirror/papers.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the hash of a package', () => {
  /** From Go's dirhash of the two files, computed by hand with sha256sum. */
  it('covers names and contents, in the order of the names', () => {
    const files = new Map([
      ['b', bytes('2\n')],
      ['a/x', bytes('1\n')],
    ]);
    const sum = (text: string) => execFileSync('sha256sum', { input: text }).toString().slice(0, 64);
    const summary = `${sum('1\n')}  a/x\n${sum('2\n')}  b\n`;
    const expected = Buffer.from(sum(summary), 'hex').toString('base64');
    expect(packageHash(files)).toBe(`h1:${expected}`);
  });

  it('changes with a byte and with a name', () => {
    const hashes = [
      ['a', '1'],
      ['a', '2'],
      ['b', '1'],
    ].map(([name = '', text = '']) => packageHash(new Map([[name, bytes(text)]])));
    expect(new Set(hashes).size).toBe(3);
  });
});

describe('the papers', () => {
  it('a lock file as Terraform writes it, each hash once', () => {
    expect(
      lockText('0.1.0', ['h1:b=', 'h1:a=', 'h1:b=']),
    ).toBe(`# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "terraform.local/alta/alta" {
  version = "0.1.0"
  hashes = [
    "h1:a=",
    "h1:b=",
  ]
}
`);
  });

  it('a configuration that names the folder, whatever it is called', () => {
    expect(cliConfigText('/opt/a "b"/${c}\\d')).toContain('path    = "/opt/a \\"b\\"/$${c}\\\\d"');
  });
});

describe('a mirror', () => {
  let folder = '';
  let mirror: Mirror;
  const bundle = () => join(folder, 'bundle');
  const inPackage = (name: string) =>
    join(mirror.folder, 'terraform.local/alta/alta/0.1.0/linux_amd64', name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'alta-mirror-'));
    mkdirSync(bundle());
    writeFileSync(join(bundle(), 'provider.cjs'), "console.log('started', __filename);\n");
    writeFileSync(join(bundle(), 'LICENSES.txt'), 'all of them\n');
    mirror = await writeMirror(join(folder, 'mirror'), '0.1.0', bundle());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has a package for every platform', () => {
    expect(readdirSync(join(mirror.folder, 'terraform.local/alta/alta/0.1.0')).sort()).toEqual([
      ...mirror.platforms,
    ]);
  });

  it('holds a launcher that may be run, the bundle, licences and profiles', () => {
    expect(statSync(inPackage('terraform-provider-alta_v0.1.0')).mode & 0o111).toBe(0o111);
    expect(readdirSync(inPackage('.')).sort()).toEqual([
      'LICENSES.txt',
      'profiles',
      'provider.cjs',
      'terraform-provider-alta_v0.1.0',
    ]);
    expect(readdirSync(inPackage('profiles'))).toContain('pekepbx-v36.yaml');
  });

  it('pins one package for all Unix platforms, and one for Windows', () => {
    expect(mirror.hashes).toHaveLength(2);
    const lock = readFileSync(mirror.lockFile, 'utf8');
    expect(mirror.hashes.every((hash) => lock.includes(`"${hash}"`))).toBe(true);
  });

  it('pins the bundle, not only what starts it', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'provider.cjs'), 'something else\n');
    writeFileSync(join(other, 'LICENSES.txt'), 'all of them\n');
    const rebuilt = await writeMirror(join(folder, 'rebuilt'), '0.1.0', other);
    expect(rebuilt.hashes.filter((hash) => mirror.hashes.includes(hash))).toEqual([]);
  });

  it('is the same when written again, whatever lay there', async () => {
    writeFileSync(inPackage('stray'), '');
    expect((await writeMirror(mirror.folder, '0.1.0', bundle())).hashes).toEqual(mirror.hashes);
    expect(readdirSync(inPackage('.'))).not.toContain('stray');
  });

  it('is refused without a bundle', async () => {
    await expect(writeMirror(join(folder, 'x'), '0.1.0', folder)).rejects.toMatchObject({
      code: 'provider-bundle-missing',
    });
  });

  it('is refused where a file has its name', async () => {
    writeFileSync(join(folder, 'file'), '');
    for (const name of ['file', 'file/below'])
      await expect(writeMirror(join(folder, name), '0.1.0', bundle())).rejects.toMatchObject({
        code: 'folder-unwritable',
        params: { folder: join(folder, name), kind: 'ENOTDIR' },
      });
  });

  it.runIf(process.platform === 'linux')('is refused at once where no folder can be made', async () => {
    await expect(writeMirror('/proc/nope', '0.1.0', bundle())).rejects.toMatchObject({
      code: 'folder-unwritable',
      params: { folder: '/proc/nope', kind: 'ENOENT' },
    });
  });

  describe('its launcher', () => {
    const start = (path: string) =>
      spawnSync(inPackage('terraform-provider-alta_v0.1.0'), { cwd: folder, env: { PATH: path } });

    it('starts the bundle beside it, from a relative path too', () => {
      const relative = 'mirror/terraform.local/alta/alta/0.1.0/linux_amd64/terraform-provider-alta_v0.1.0';
      const { stdout } = spawnSync(`./${relative}`, { cwd: folder, env: { PATH: process.env.PATH } });
      expect(stdout.toString()).toMatch(/^started .*linux_amd64\/provider\.cjs\n$/);
    });

    it('says on its first line that Node.js is missing', () => {
      mkdirSync(join(folder, 'empty'));
      const { stdout, status } = start(join(folder, 'empty'));
      expect([stdout.toString(), status]).toEqual([
        `Alta needs Node.js ${oldestNode} or newer on PATH; there is none\n`,
        1,
      ]);
    });

    it.each([
      ['18.20.0', false],
      ['20.17.9', false],
      ['20.18.0', false],
      ['20.18.1', true],
      ['20.20.2', true],
      ['22.1.0', true],
    ])('with Node.js %s: %s', (version, fits) => {
      const bin = join(folder, `bin-${version}`);
      mkdirSync(bin);
      const lie = `Object.defineProperty(process.versions,'node',{value:'${version}'});Object.defineProperty(process,'version',{value:'v${version}'})`;
      writeFileSync(join(folder, `${version}.cjs`), lie);
      writeFileSync(
        join(bin, 'node'),
        `#!/bin/sh\nexec ${process.execPath} -r ${join(folder, `${version}.cjs`)} "$@"\n`,
      );
      chmodSync(join(bin, 'node'), 0o755);
      const { stdout, status } = start(`${bin}:${process.env.PATH}`);
      const complaint = `Alta needs Node.js ${oldestNode} or newer on PATH; this is v${version}\n`;
      expect(status).toBe(fits ? 0 : 1);
      if (fits) expect(stdout.toString()).toMatch(/^started /);
      else expect(stdout.toString()).toBe(complaint);
    });
  });

  it('asks for the Node.js of package.json', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${oldestNode}`);
  });

  it('starts on Windows by a script of its own', () => {
    expect(launcherOf('windows_amd64')).toMatch(/^@echo off\r\n/);
    expect(readdirSync(inPackage('../windows_amd64'))).toContain('terraform-provider-alta_v0.1.0.cmd');
  });
});
