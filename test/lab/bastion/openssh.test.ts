import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LabBastion, startBastion } from '../../../lab/bastion/index.ts';
import { inside, type Started, startPage } from './visitor.ts';

const tools = ['/usr/bin/ssh', '/usr/bin/sftp', '/usr/bin/ssh-keygen'];
const isInstalled = tools.every(existsSync);
if (!isInstalled)
  console.warn('SKIPPED: OpenSSH is not on this machine; the SSH host is tried with ssh2 only.');

let home = '';
let page: Started;
let bastion: LabBastion;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'alta-openssh-'));
  page = await startPage('phone');
});
beforeEach(async () => {
  const folder = mkdtempSync(join(home, 'srv-'));
  bastion = await startBastion({ forwards: { [inside]: page.place }, sftp: { folder } });
  here = (name) => join(folder, name);
  const { host, port, credentials, hostKeys } = bastion.service;
  writeFileSync(join(home, 'key'), credentials.privateKey, { mode: 0o600 });
  writeFileSync(join(home, 'known'), `[${host}]:${port} ${hostKeys[0]}\n`);
  return () => bastion.close();
});
afterAll(async () => {
  await page.close();
  rmSync(home, { recursive: true, force: true });
});
let here: (name: string) => string;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(command: string, args: readonly string[], stdin = ''): Promise<Ended> {
  const child = spawn(command, args, { env: { PATH: process.env.PATH, HOME: home } });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    text.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.err += chunk;
  });
  child.stdin.on('error', () => {}).end(stdin);
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, ...text }));
  });
}

/** Everything that a client of ours must be told: nothing comes from the machine's own configuration. */
function settings(): string[] {
  const { port, credentials } = bastion.service;
  const values = {
    Port: port,
    User: credentials.username,
    IdentityFile: join(home, 'key'),
    UserKnownHostsFile: join(home, 'known'),
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
  };
  return [
    '-F',
    '/dev/null',
    ...Object.entries(values).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
  ];
}

const ssh = (args: readonly string[], stdin = ''): Promise<Ended> =>
  run('/usr/bin/ssh', [...settings(), ...args, '127.0.0.1'], stdin);
const sftp = (...lines: readonly string[]): Promise<Ended> =>
  run('/usr/bin/sftp', [...settings(), '-b', '-', '127.0.0.1'], `${lines.join('\n')}\n`);

describe.skipIf(!isInstalled)("OpenSSH's ssh", () => {
  it('reaches what is behind the host', async () => {
    const { out } = await ssh(['-W', inside], 'GET / HTTP/1.1\r\nHost: phone\r\nConnection: close\r\n\r\n');
    expect(out).toMatch(/phone$/);
  });

  it('reaches nothing else', async () => {
    const { code, err } = await ssh(['-W', '192.0.2.132:443']);
    expect([code, err]).toEqual([255, expect.stringContaining('administratively prohibited')]);
  });

  it('gets no command run', async () => {
    const { code, out } = await run('/usr/bin/ssh', [...settings(), '127.0.0.1', 'id']);
    expect([code, out]).toEqual([255, '']);
  });

  it('gets a line run where the host runs lines, whole and with its code', async () => {
    await bastion.close();
    bastion = await startBastion({
      exec: async (line) => ({ stdout: `ran ${line}\n`, stderr: 'oh\n', code: 7 }),
    });
    const { host, port, credentials, hostKeys } = bastion.service;
    writeFileSync(join(home, 'key'), credentials.privateKey, { mode: 0o600 });
    writeFileSync(join(home, 'known'), `[${host}]:${port} ${hostKeys[0]}\n`);
    const line = "asterisk -rx 'sip show peers'";
    const ran = await run('/usr/bin/ssh', [...settings(), '127.0.0.1', line]);
    expect(ran).toEqual({ code: 7, out: `ran ${line}\n`, err: 'oh\n' });
  });

  it('refuses a host key that changed', async () => {
    bastion.control.changeHostKey();
    const { code, err } = await ssh(['-W', inside]);
    expect([code, err]).toEqual([255, expect.stringContaining('Host key verification failed')]);
  });

  it('is refused as often as asked', async () => {
    bastion.control.refuseLogins(1);
    expect(await ssh(['-W', inside])).toMatchObject({
      code: 255,
      err: expect.stringContaining('Permission denied'),
    });
    expect(bastion.control.counters()).toMatchObject({ logins: 0, refusedLogins: 1 });
  });

  it('reads the key that was handed out', async () => {
    const { out } = await run('/usr/bin/ssh-keygen', ['-y', '-f', join(home, 'key')]);
    expect(out).toMatch(/^ssh-ed25519 AAAA/);
  });
});

describe.skipIf(!isInstalled)("OpenSSH's sftp", () => {
  it('uploads, flushed, and puts the file in its place over the old one', async () => {
    writeFileSync(here('phone.cfg'), 'old');
    writeFileSync(join(home, 'local.cfg'), 'new\n'.repeat(100_000), { mode: 0o640 });
    const { code, err } = await sftp(
      `put -pf ${join(home, 'local.cfg')} phone.new`,
      'rename phone.new phone.cfg',
    );
    expect([code, err]).toEqual([0, '']);
    expect(readFileSync(here('phone.cfg'), 'utf8')).toBe('new\n'.repeat(100_000));
    expect(statSync(here('phone.cfg')).mode & 0o777).toBe(0o640);
    expect(bastion.control.counters().sftp.requests).toMatchObject({
      'fsync@openssh.com': 1,
      'posix-rename@openssh.com': 1,
    });
  });

  it('downloads', async () => {
    writeFileSync(here('access.log'), 'line\n'.repeat(100_000));
    await sftp(`get access.log ${join(home, 'fetched.log')}`);
    expect(readFileSync(join(home, 'fetched.log'), 'utf8')).toBe('line\n'.repeat(100_000));
  });

  it('lists', async () => {
    writeFileSync(here('phone.cfg'), 'four');
    const { out } = await sftp('pwd', 'ls -l');
    expect(out).toMatch(/Remote working directory: \/\n/);
    expect(out).toMatch(/-rw\S+ .* 4 .* phone\.cfg/);
  });

  it('makes, moves and removes', async () => {
    await sftp('mkdir phones', 'mkdir old', 'rmdir old', 'chmod 700 phones');
    expect(readdirSync(here('.'))).toEqual(['phones']);
    expect(statSync(here('phones')).mode & 0o777).toBe(0o700);
  });

  it('hears that there is no such file', async () => {
    const { code, err } = await sftp('get absent.cfg');
    expect([code, err]).toEqual([1, expect.stringContaining('not found')]);
  });

  it('hears that the disk is full', async () => {
    writeFileSync(join(home, 'local.cfg'), 'new\n'.repeat(1000));
    bastion.control.sftp.quota(100);
    const { code, err } = await sftp(`put ${join(home, 'local.cfg')} phone.cfg`);
    expect([code, err]).toEqual([1, expect.stringContaining('Failure')]);
    expect(statSync(here('phone.cfg')).size).toBeLessThanOrEqual(100);
  });

  it('is cut off in the middle of a file', async () => {
    writeFileSync(join(home, 'local.cfg'), 'new\n'.repeat(100_000));
    bastion.control.sftp.dropAfter(50_000);
    expect((await sftp(`put ${join(home, 'local.cfg')} phone.cfg`)).code).toBe(255);
    expect(statSync(here('phone.cfg')).size).toBe(50_000);
  });
});
