import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { reveal } from '../../../engine/model/index.ts';
import type { SourceBinding, Vault } from '../../../engine/secrets/index.ts';
import { failure, failureCode, type Person, person, seal, temporaryFolder, vaultOf } from './support.ts';

const origin = 'https://pbx.example.net:1443';
const binding: SourceBinding = { use: 'connect', origin };
const login = async (vault: Vault, source: { env: string } | { file: string }, to = origin) => {
  const { apiKey } = await vault.credential({ apiKey: source }, to);
  return apiKey && reveal(apiKey);
};
let ci: Person;
beforeAll(async () => {
  ci = await person();
});

describe('variables', () => {
  const sources = { env: { PBX_KEY: binding } };

  it('go to the origin they are bound to', async () => {
    const vault = await vaultOf(ci, {}, { sources, env: { PBX_KEY: 'value' } });
    const { apiKey } = await vault.credential({ apiKey: { env: 'PBX_KEY' } }, origin);
    expect(apiKey && reveal(apiKey)).toBe('value');
  });

  it('leave the environment as soon as the vault opens', async () => {
    const env = { PBX_KEY: 'value', OTHER: 'stays' };
    await vaultOf(ci, {}, { sources, env });
    expect(env).toEqual({ OTHER: 'stays' });
  });

  it.each([
    ['another host', 'https://evil.example:1443'],
    ['another port', 'https://pbx.example.net'],
    ['another scheme', 'http://pbx.example.net:1443'],
    ['a host that begins alike', 'https://pbx.example.net.evil.example:1443'],
    ['a host behind a user name', 'https://pbx.example.net:1443@evil.example'],
    ['no address', 'pbx.example.net'],
    ['nothing', ''],
  ])('do not go to %s', async (_, destination) => {
    const vault = await vaultOf(ci, {}, { sources, env: { PBX_KEY: 'value' } });
    const call = () => vault.credential({ apiKey: { env: 'PBX_KEY' } }, destination);
    expect(await failureCode(call)).toBe('secret-wrong-origin');
  });

  it('say what they are bound to', async () => {
    const vault = await vaultOf(ci, {}, { sources, env: { PBX_KEY: 'value' } });
    const error = await failure(() => login(vault, { env: 'PBX_KEY' }, 'https://evil.example/path?q=1'));
    expect(error.params).toEqual({ name: 'env:PBX_KEY', origin: 'https://evil.example', bound: origin });
  });

  it.each([
    ['a path', 'https://pbx.example.net:1443/api'],
    ['capitals', 'HTTPS://PBX.example.net:1443'],
  ])('do not mind %s', async (_, destination) => {
    const vault = await vaultOf(ci, {}, { sources, env: { PBX_KEY: 'value' } });
    expect(await login(vault, { env: 'PBX_KEY' }, destination)).toBe('value');
  });

  it('take the default port for no port', async () => {
    const bound = { env: { K: { use: 'connect', origin: 'https://pbx.example.net:443' } } } as const;
    const vault = await vaultOf(ci, {}, { sources: bound, env: { K: 'value' } });
    expect(await login(vault, { env: 'K' }, 'https://pbx.example.net')).toBe('value');
  });

  it('tell ssh hosts apart', async () => {
    const bound = { env: { K: { use: 'connect', origin: 'ssh://a.example' } } } as const;
    const vault = await vaultOf(ci, {}, { sources: bound, env: { K: 'value' } });
    expect(await failureCode(() => login(vault, { env: 'K' }, 'ssh://b.example'))).toBe(
      'secret-wrong-origin',
    );
    expect(await login(vault, { env: 'K' }, 'ssh://A.example')).toBe('value');
  });

  it('that are not listed do not exist', async () => {
    const env = { OTHER: 'value' };
    const vault = await vaultOf(ci, {}, { sources, env });
    expect(await failureCode(() => login(vault, { env: 'OTHER' }))).toBe('secret-not-listed');
    expect(env.OTHER).toBe('value');
  });

  it.each<[string, Record<string, string>]>([
    ['not set', {}],
    ['empty', { PBX_KEY: '' }],
  ])('that are %s are missing', async (_, env) => {
    const vault = await vaultOf(ci, {}, { sources, env });
    expect(await failureCode(() => login(vault, { env: 'PBX_KEY' }))).toBe('secret-source-missing');
  });

  it('for logins need an origin', async () => {
    const vault = await vaultOf(ci, {}, { sources: { env: { K: { use: 'connect' } } }, env: { K: 'value' } });
    expect(await failureCode(() => login(vault, { env: 'K' }))).toBe('secret-wrong-origin');
  });
});

describe('variables for values', () => {
  const sources = {
    env: { SIP: { use: 'values' }, BOUND: { use: 'values', origin }, KEY: binding },
  } as const;
  const env = () => ({ SIP: 'value', BOUND: 'value', KEY: 'value' });

  it('go wherever the extension is, where they are not bound', async () => {
    const vault = await vaultOf(ci, {}, { sources, env: env() });
    expect(reveal(await vault.resolve({ env: 'SIP' }, 'https://192.0.2.7'))).toBe('value');
  });

  it('go only to their origin, where they are bound', async () => {
    const vault = await vaultOf(ci, {}, { sources, env: env() });
    expect(reveal(await vault.resolve({ env: 'BOUND' }, origin))).toBe('value');
    const call = () => vault.resolve({ env: 'BOUND' }, 'https://192.0.2.7');
    expect(await failureCode(call)).toBe('secret-wrong-origin');
  });

  it('are never sent as a login', async () => {
    const vault = await vaultOf(ci, {}, { sources, env: env() });
    expect(await failureCode(() => login(vault, { env: 'BOUND' }))).toBe('secret-wrong-use');
  });

  it('are never a login that is written as a value', async () => {
    const vault = await vaultOf(ci, {}, { sources, env: env() });
    expect(await failureCode(() => vault.resolve({ env: 'KEY' }, origin))).toBe('secret-wrong-use');
  });

  it('stay shut to a command that may only connect', async () => {
    const vault = await vaultOf(ci, {}, { sources, env: env(), allow: ['connect'] });
    expect(await failureCode(() => vault.resolve({ env: 'BOUND' }, origin))).toBe('secret-wrong-use');
  });
});

describe('other parts of a credential', () => {
  it('are literals and entries of secrets.yaml', async () => {
    const file = { connect: { login: await seal(ci.recipient, 'acme', 'login', 'value', 'connect') } };
    const vault = await vaultOf(ci, { acme: file });
    const source = { username: { literal: 'api' }, password: { secret: 'login', scope: 'acme' } };
    const parts = Object.entries(await vault.credential(source, origin));
    expect(parts.map(([part, secret]) => [part, reveal(secret)])).toEqual([
      ['username', 'api'],
      ['password', 'value'],
    ]);
  });

  it('are never of the group values', async () => {
    const file = { values: { sip: await seal(ci.recipient, 'acme', 'sip', 'value') } };
    const vault = await vaultOf(ci, { acme: file });
    const source = { secret: 'sip', scope: 'acme' };
    expect(await failureCode(() => vault.credential({ password: source }, origin))).toBe('secret-wrong-use');
    expect(reveal(await vault.resolve(source, origin))).toBe('value');
  });

  it('fail as a whole', async () => {
    const vault = await vaultOf(ci, {});
    const source = { username: { literal: 'api' }, password: { secret: 'login', scope: 'acme' } };
    expect(await failureCode(() => vault.credential(source, origin))).toBe('secret-not-found');
  });
});

describe('files', () => {
  /** A workspace whose declared folder is `secrets`, and a vault that lists the names. */
  async function folder(...names: string[]): Promise<{ workspace: string; inside: string; vault: Vault }> {
    const workspace = await temporaryFolder();
    const inside = join(workspace, 'secrets');
    await mkdir(inside);
    const file = { folder: 'secrets', names: Object.fromEntries(names.map((name) => [name, binding])) };
    return { workspace, inside, vault: await vaultOf(ci, {}, { workspace, sources: { file } }) };
  }
  const read = (vault: Vault, name: string) => login(vault, { file: name });

  it.each([
    ['no newline', 'value', 'value'],
    ['one newline', 'value\n', 'value'],
    ['a Windows newline', 'value\r\n', 'value'],
    ['two newlines', 'value\n\n', 'value\n'],
    ['spaces', ' value ', ' value '],
  ])('with %s at the end', async (_, text, expected) => {
    const { inside, vault } = await folder('key');
    await writeFile(join(inside, 'key'), text);
    expect(await read(vault, 'key')).toBe(expected);
  });

  it('of 64 KiB and a newline', async () => {
    const { inside, vault } = await folder('key');
    await writeFile(join(inside, 'key'), `${'x'.repeat(65_536)}\r\n`);
    expect(await read(vault, 'key')).toHaveLength(65_536);
  });

  it('are read once', async () => {
    const { inside, vault } = await folder('key');
    await writeFile(join(inside, 'key'), 'first');
    await read(vault, 'key');
    await writeFile(join(inside, 'key'), 'second');
    expect(await read(vault, 'key')).toBe('first');
  });

  it('may lie in a folder that is itself reached by a link', async () => {
    const { workspace, inside } = await folder();
    await writeFile(join(inside, 'key'), 'value');
    await symlink(inside, join(workspace, 'link'));
    const sources = { file: { folder: join(workspace, 'link'), names: { key: binding } } };
    expect(await read(await vaultOf(ci, {}, { sources }), 'key')).toBe('value');
  });

  it.each(['../outside', 'a/../../outside', 'a/b', '/etc/hostname', 'a\\b', '', '.', '..', 'a//b', './a'])(
    'are refused by the name %j, listed or not',
    async (name) => {
      const { workspace, vault } = await folder(name);
      await writeFile(join(workspace, 'outside'), 'value');
      expect(await failureCode(() => read(vault, name))).toBe('secret-file-refused');
    },
  );

  it('that are links are refused, even to a file inside', async () => {
    const { inside, vault } = await folder('link');
    await writeFile(join(inside, 'key'), 'value');
    await symlink('key', join(inside, 'link'));
    expect((await failure(() => read(vault, 'link'))).params.reason).toBe('symlink');
  });

  it('that are folders are refused', async () => {
    const { inside, vault } = await folder('key');
    await mkdir(join(inside, 'key'));
    expect((await failure(() => read(vault, 'key'))).params.reason).toBe('not-a-file');
  });

  it.skipIf(process.platform === 'win32')('that are pipes are refused without waiting', async () => {
    const { inside, vault } = await folder('key');
    execFileSync('mkfifo', [join(inside, 'key')]);
    expect((await failure(() => read(vault, 'key'))).params.reason).toBe('not-a-file');
  });

  it.each<[string, Buffer, string]>([
    ['empty', Buffer.from(''), 'secret-value-refused'],
    ['only a newline', Buffer.from('\n'), 'secret-value-refused'],
    ['too long', Buffer.alloc(65_539, 'x'), 'secret-value-refused'],
    ['with NUL', Buffer.from('a\0b'), 'secret-value-refused'],
    ['not UTF-8', Buffer.from([0xff, 0xfe, 0x61]), 'secret-file-refused'],
    ['with a byte order mark', Buffer.from('\uFEFFvalue'), 'secret-file-refused'],
  ])('that are %s are refused', async (_, bytes, code) => {
    const { inside, vault } = await folder('key');
    await writeFile(join(inside, 'key'), bytes);
    expect(await failureCode(() => read(vault, 'key'))).toBe(code);
  });

  it('that do not exist are missing', async () => {
    const { vault } = await folder('key');
    expect(await failureCode(() => read(vault, 'key'))).toBe('secret-source-missing');
  });

  it('that are not listed do not exist', async () => {
    const { inside, vault } = await folder('key');
    await writeFile(join(inside, 'other'), 'value');
    expect(await failureCode(() => read(vault, 'other'))).toBe('secret-not-listed');
  });

  it('go only to the origin they are bound to', async () => {
    const { inside, vault } = await folder('key');
    await writeFile(join(inside, 'key'), 'value');
    const call = () => login(vault, { file: 'key' }, 'https://evil.example');
    expect(await failureCode(call)).toBe('secret-wrong-origin');
  });
});
