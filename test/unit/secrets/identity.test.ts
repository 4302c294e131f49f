import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { reveal } from '../../../engine/model/index.ts';
import {
  createIdentity,
  findIdentities,
  initSecrets,
  personalIdentityPath,
} from '../../../engine/secrets/index.ts';
import { failure, failureCode, type Person, person, temporaryFolder, vaultOf } from './support.ts';

let one: Person;
let two: Person;
beforeAll(async () => {
  [one, two] = await Promise.all([person(), person()]);
});

async function write(path: string, text: string, mode = 0o600): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { mode });
  await chmod(path, mode);
  return path;
}

/** A workspace and a home folder, both empty. */
async function places() {
  const folder = await temporaryFolder();
  const workspace = join(folder, 'workspace');
  const env: Record<string, string | undefined> = { HOME: join(folder, 'home'), PATH: '/bin' };
  return { folder, workspace, env };
}

const keysOf = (search: Awaited<ReturnType<typeof findIdentities>>) => search.identities?.keys.map(reveal);

describe('where identities are looked for', () => {
  it('nowhere there is one', async () => {
    const { workspace, env } = await places();
    expect(await findIdentities(workspace, env)).toEqual({ identities: null, diagnostics: [] });
  });

  it('in ALTA_AGE_KEY before ALTA_IDENTITY', async () => {
    const { folder, workspace, env } = await places();
    env.ALTA_IDENTITY = await write(join(folder, 'key.txt'), two.text);
    env.ALTA_AGE_KEY = one.text;
    const search = await findIdentities(workspace, env);
    expect(keysOf(search)).toEqual([one.text]);
    expect(search.identities?.source).toBe('ALTA_AGE_KEY');
  });

  it('in the file of ALTA_IDENTITY before the workspace', async () => {
    const { folder, workspace, env } = await places();
    await write(join(workspace, '.alta', 'identity.txt'), two.text);
    env.ALTA_IDENTITY = await write(join(folder, 'key.txt'), one.text);
    expect(keysOf(await findIdentities(workspace, env))).toEqual([one.text]);
  });

  it('in the workspace before the home folder', async () => {
    const { workspace, env } = await places();
    await write(join(workspace, '.alta', 'identity.txt'), one.text);
    await write(personalIdentityPath(env), two.text);
    expect(keysOf(await findIdentities(workspace, env))).toEqual([one.text]);
  });

  it('in ~/.config', async () => {
    const { folder, workspace, env } = await places();
    await write(join(folder, 'home', '.config', 'alta', 'identity.txt'), one.text);
    expect(keysOf(await findIdentities(workspace, env))).toEqual([one.text]);
  });

  it('in XDG_CONFIG_HOME', async () => {
    const { folder, workspace, env } = await places();
    env.XDG_CONFIG_HOME = join(folder, 'xdg');
    await write(join(folder, 'xdg', 'alta', 'identity.txt'), one.text);
    expect(keysOf(await findIdentities(workspace, env))).toEqual([one.text]);
  });

  it('not in a relative XDG_CONFIG_HOME', () => {
    expect(personalIdentityPath({ HOME: '/home/ana', XDG_CONFIG_HOME: 'xdg' })).toBe(
      join('/home/ana', '.config', 'alta', 'identity.txt'),
    );
  });
});

describe('what is read', () => {
  it('deletes ALTA_AGE_KEY from the environment and nothing else', async () => {
    const { workspace, env } = await places();
    env.ALTA_AGE_KEY = one.text;
    await findIdentities(workspace, env);
    expect(Object.keys(env)).toEqual(['HOME', 'PATH']);
  });

  it('deletes ALTA_AGE_KEY where it is malformed too', async () => {
    const { workspace, env } = await places();
    env.ALTA_AGE_KEY = 'malformed';
    await findIdentities(workspace, env);
    expect('ALTA_AGE_KEY' in env).toBe(false);
  });

  it('takes several keys, comments and Windows line ends', async () => {
    const { workspace, env } = await places();
    env.ALTA_AGE_KEY = `# mine\r\n${one.text}\r\n\r\n${two.text}\r\n`;
    expect(keysOf(await findIdentities(workspace, env))).toEqual([one.text, two.text]);
  });

  it('reports every bad line by number, without its text', async () => {
    const { workspace, env } = await places();
    const mistyped = `${one.text.slice(0, -1)}${one.text.endsWith('Q') ? 'P' : 'Q'}`;
    env.ALTA_AGE_KEY = `${one.text}\n${mistyped}\nssh-ed25519 AAAA`;
    const search = await findIdentities(workspace, env);
    expect(search.identities).toBeNull();
    expect(search.diagnostics.map(({ code, params }) => [code, params.line])).toEqual([
      ['identity-malformed', 2],
      ['identity-malformed', 3],
    ]);
    expect(JSON.stringify(search)).not.toContain(mistyped.slice(16, 40));
  });

  it('reports a file without a key', async () => {
    const { folder, workspace, env } = await places();
    env.ALTA_IDENTITY = await write(join(folder, 'key.txt'), '# empty\n');
    expect((await findIdentities(workspace, env)).diagnostics[0]?.code).toBe('identity-malformed');
  });

  it('reports a named file that is not there', async () => {
    const { folder, workspace, env } = await places();
    env.ALTA_IDENTITY = join(folder, 'missing.txt');
    const { diagnostics } = await findIdentities(workspace, env);
    expect(diagnostics.map(({ code, params }) => [code, params.reason])).toEqual([
      ['identity-file-unreadable', 'ENOENT'],
    ]);
  });

  it('does not go on to the next place after a bad one', async () => {
    const { workspace, env } = await places();
    await write(join(workspace, '.alta', 'identity.txt'), 'malformed');
    await write(personalIdentityPath(env), two.text);
    expect((await findIdentities(workspace, env)).identities).toBeNull();
  });

  it.skipIf(process.platform === 'win32')('warns of a file that others may read, and uses it', async () => {
    const { workspace, env } = await places();
    const path = await write(join(workspace, '.alta', 'identity.txt'), one.text, 0o644);
    const search = await findIdentities(workspace, env);
    expect(search.diagnostics).toEqual([
      { severity: 'warning', code: 'identity-exposed', params: { path, mode: '0644' } },
    ]);
    expect(keysOf(search)).toEqual([one.text]);
  });

  it('shows no key when printed', async () => {
    const { workspace, env } = await places();
    env.ALTA_AGE_KEY = one.text;
    const search = await findIdentities(workspace, env);
    expect(inspect(search, { depth: null, showHidden: true }) + JSON.stringify(search)).not.toContain(
      one.text.slice(0, 30),
    );
  });
});

describe('making an identity', () => {
  const made = new Date('2026-01-15T10:20:30.456Z');

  it('writes what age-keygen writes', async () => {
    const path = join(await temporaryFolder(), 'alta', 'identity.txt');
    const recipient = await createIdentity(path, made);
    const [created, publicKey, key, end] = (await readFile(path, 'utf8')).split('\n');
    expect([created, publicKey, end]).toEqual([
      '# created: 2026-01-15T10:20:30Z',
      `# public key: ${recipient}`,
      '',
    ]);
    expect(key).toMatch(/^AGE-SECRET-KEY-1[A-Z0-9]{58}$/);
  });

  it('makes one that findIdentities reads without a warning', async () => {
    const { workspace, env } = await places();
    await createIdentity(join(workspace, '.alta', 'identity.txt'), made);
    const search = await findIdentities(workspace, env);
    expect([search.identities?.keys.length, search.diagnostics]).toEqual([1, []]);
  });

  it.skipIf(process.platform === 'win32')('keeps it from other users', async () => {
    const path = join(await temporaryFolder(), 'identity.txt');
    await createIdentity(path, made);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('never replaces one, and leaves nothing beside it', async () => {
    const folder = await temporaryFolder();
    const path = await write(join(folder, 'identity.txt'), 'mine');
    expect(await failureCode(() => createIdentity(path, made))).toBe('identity-exists');
    expect([await readFile(path, 'utf8'), await readdir(folder)]).toEqual(['mine', ['identity.txt']]);
  });

  it('does not write through a dangling link', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'identity.txt');
    await symlink(join(folder, 'elsewhere.txt'), path);
    expect(await failureCode(() => createIdentity(path, made))).toBe('identity-exists');
    expect(await readdir(folder)).toEqual(['identity.txt']);
  });

  it('lets one of several win', async () => {
    const path = join(await temporaryFolder(), 'identity.txt');
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => createIdentity(path, made)));
    const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(winners).toHaveLength(1);
    expect(await readFile(path, 'utf8')).toContain(`# public key: ${winners[0]}\n`);
  });
});

describe('init', () => {
  const made = new Date('2026-01-15T10:20:30Z');

  it('makes an identity, recipients of both groups, and a fingerprint key that it opens', async () => {
    const { workspace, env } = await places();
    const initial = await initSecrets(join(workspace, '.alta', 'identity.txt'), 'ana', made);
    const { identities } = await findIdentities(workspace, env);
    expect(initial.created).toBe(true);
    expect(initial.recipients).toEqual({
      connect: { ana: initial.recipient },
      values: { ana: initial.recipient },
    });
    const vault = await vaultOf(one, { _workspace: initial.file }, { identities });
    expect(Buffer.from(reveal(await vault.open('_workspace', 'fingerprint-key')), 'base64')).toHaveLength(32);
  });

  it('uses the identity that is there', async () => {
    const path = await write(join(await temporaryFolder(), 'identity.txt'), one.text);
    const initial = await initSecrets(path, 'ana', made);
    expect([initial.created, initial.recipient]).toEqual([false, one.recipient]);
    expect(await readFile(path, 'utf8')).toBe(one.text);
  });

  it('stops at a file that is no identity', async () => {
    const path = await write(join(await temporaryFolder(), 'identity.txt'), 'malformed');
    expect((await failure(() => initSecrets(path, 'ana', made))).code).toBe('identity-malformed');
  });

  it('makes another key each time', async () => {
    const path = await write(join(await temporaryFolder(), 'identity.txt'), one.text);
    const opened = async () => {
      const { file } = await initSecrets(path, 'ana', made);
      return reveal(await (await vaultOf(one, { _workspace: file })).open('_workspace', 'fingerprint-key'));
    };
    expect(await opened()).not.toBe(await opened());
  });
});
