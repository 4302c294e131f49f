import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { reveal, Secret } from '../../../engine/model/index.ts';
import { isRev, newFingerprintKey, rekey, type SecretsFile } from '../../../engine/secrets/index.ts';
import { bothGroups, document, failure, failureCode, type Person, person, seal, vaultOf } from './support.ts';

const value = 'kT7-fdWqHxMdyPcRv4Ua';
let ci: Person;
let ana: Person;
let acme: SecretsFile;
let workspace: SecretsFile;
beforeAll(async () => {
  [ci, ana] = await Promise.all([person(), person()]);
  acme = {
    connect: {
      'pbx/main/login': await seal(ci.recipient, 'acme', 'pbx/main/login', 'login-value', 'connect'),
    },
    values: { 'extensions/main/110/sip': await seal(ci.recipient, 'acme', 'extensions/main/110/sip', value) },
  };
  const key = reveal(newFingerprintKey());
  workspace = {
    connect: { 'fingerprint-key': await seal(ci.recipient, '_workspace', 'fingerprint-key', key, 'connect') },
  };
});

const sip = { secret: 'extensions/main/110/sip', scope: 'acme' };

describe('opening', () => {
  it('gives a value wrapped', async () => {
    const vault = await vaultOf(ci, { acme });
    const secret = await vault.open('acme', sip.secret);
    expect(secret).toBeInstanceOf(Secret);
    expect(reveal(secret)).toBe(value);
  });

  it('decrypts a value once', async () => {
    const vault = await vaultOf(ci, { acme });
    const [first, second] = await Promise.all([
      vault.open('acme', sip.secret),
      vault.open('acme', sip.secret),
    ]);
    expect(first).toBe(second);
  });

  it('decrypts only what is asked for', async () => {
    const damaged = { ...acme, connect: { broken: { rev: 'x', age: 'x' } } };
    const vault = await vaultOf(ci, { acme: damaged, _workspace: workspace });
    expect(reveal(await vault.open('acme', sip.secret))).toBe(value);
  });

  it.each([
    ['a name', 'acme', 'extensions/main/999/sip'],
    ['a scope', 'globex', 'extensions/main/110/sip'],
    ['a name that every object has', 'acme', 'constructor'],
  ])('says that %s is missing', async (_, scope, name) => {
    const vault = await vaultOf(ci, { acme });
    expect(await failureCode(() => vault.open(scope, name))).toBe('secret-not-found');
  });

  it('refuses a name that stands in both groups', async () => {
    const twice = { connect: { ...acme.values }, values: { ...acme.values } };
    const vault = await vaultOf(ci, { acme: twice });
    expect(await failureCode(() => vault.open('acme', sip.secret))).toBe('secret-twice');
  });

  it('refuses one entry under two names by a YAML alias, whatever was opened first', async () => {
    const entry = acme.values?.[sip.secret];
    const aliased = { values: { [sip.secret]: entry, 'extensions/main/111/sip': entry } } as SecretsFile;
    const vault = await vaultOf(ci, { acme: aliased });
    await vault.open('acme', sip.secret);
    expect(await failureCode(() => vault.open('acme', 'extensions/main/111/sip'))).toBe('secret-moved');
  });

  it('says so without a key', async () => {
    const vault = await vaultOf(ci, { acme }, { identities: null });
    expect(await failureCode(() => vault.open('acme', sip.secret))).toBe('secret-unreadable');
  });

  it('keeps to the groups that the command may use', async () => {
    const vault = await vaultOf(ci, { acme }, { allow: ['connect'] });
    expect(reveal(await vault.open('acme', 'pbx/main/login'))).toBe('login-value');
    const error = await failure(() => vault.open('acme', sip.secret));
    expect([error.code, error.params]).toEqual([
      'secret-wrong-use',
      { name: sip.secret, use: 'values', allowed: ['connect'] },
    ]);
  });
});

describe('whether a group opens', () => {
  it('does with its key', async () => {
    expect(await (await vaultOf(ci, { acme })).canOpen('values')).toBe(true);
  });

  it('does not with another key', async () => {
    expect(await (await vaultOf(ana, { acme })).canOpen('values')).toBe(false);
  });

  it('does not for someone listed for whom nothing was rekeyed yet', async () => {
    const recipients = { connect: {}, values: { ci: ci.recipient, ana: ana.recipient } };
    expect(await (await vaultOf(ana, { acme }, { recipients })).canOpen('values')).toBe(false);
  });

  it('does not without a key', async () => {
    expect(await (await vaultOf(ci, { acme }, { identities: null })).canOpen('values')).toBe(false);
  });

  it('does not where the command may not use it', async () => {
    expect(await (await vaultOf(ci, { acme }, { allow: ['connect'] })).canOpen('values')).toBe(false);
  });

  it('does for a recipient where there is no entry yet', async () => {
    expect(await (await vaultOf(ci, {})).canOpen('values')).toBe(true);
  });

  it('does not for others where there is no entry yet', async () => {
    const recipients = bothGroups(ana.recipient);
    expect(await (await vaultOf(ci, {}, { recipients })).canOpen('values')).toBe(false);
  });

  it('is not decided by a damaged entry', async () => {
    const damaged = { values: { a: { rev: 'x', age: 'x' }, ...acme.values } };
    expect(await (await vaultOf(ana, { acme: damaged })).canOpen('values')).toBe(false);
    expect(await (await vaultOf(ci, { acme: damaged })).canOpen('values')).toBe(true);
  });

  it('does where the entry was moved: its key fits', async () => {
    const moved = { values: { elsewhere: await seal(ci.recipient, 'acme', 'a', value) } };
    expect(await (await vaultOf(ci, { acme: moved })).canOpen('values')).toBe(true);
  });
});

describe('markers and fingerprints', () => {
  const env = {
    sources: { env: { PBX_KEY: { use: 'connect', origin: 'https://pbx.example.net' } } },
  } as const;

  it('take the rev of an entry, without any key', async () => {
    const vault = await vaultOf(ci, { acme }, { identities: null });
    const marker = vault.marker(sip);
    expect(marker).toBe(acme.values?.[sip.secret]?.rev);
    expect(isRev(String(marker))).toBe(true);
  });

  it('stay the same through a rekey', async () => {
    const before = (await vaultOf(ci, { acme })).marker(sip);
    const rekeyed = await rekey('acme', document(acme), ci.identities, bothGroups(ana.recipient));
    const vault = await vaultOf(ana, { acme: rekeyed.file });
    expect(vault.marker(sip)).toBe(before);
    expect(rekeyed.file.values?.[sip.secret]?.age).not.toBe(acme.values?.[sip.secret]?.age);
    expect(reveal(await vault.open('acme', sip.secret))).toBe(value);
  });

  it('refuse an entry that is not there', async () => {
    const vault = await vaultOf(ci, { acme });
    expect(await failureCode(() => vault.marker({ secret: 'missing', scope: 'acme' }))).toBe(
      'secret-not-found',
    );
  });

  it('are an HMAC for a variable, the same in every run', async () => {
    const marker = async () =>
      (await vaultOf(ci, { _workspace: workspace }, { ...env, env: { PBX_KEY: value } })).marker({
        env: 'PBX_KEY',
      });
    const first = await marker();
    expect(first).toMatch(/^hmac:[0-9a-f]{64}$/);
    expect(await marker()).toBe(first);
  });

  it('are null for a variable without the fingerprint key', async () => {
    const vault = await vaultOf(ci, {}, { ...env, env: { PBX_KEY: value } });
    expect(vault.marker({ env: 'PBX_KEY' })).toBeNull();
  });

  it('are null for a variable that is not set', async () => {
    const vault = await vaultOf(ci, { _workspace: workspace }, env);
    expect(vault.marker({ env: 'PBX_KEY' })).toBeNull();
  });

  it('refuse a variable that is not listed, with or without the key', async () => {
    const vault = await vaultOf(ci, {}, { env: { OTHER: value } });
    expect(await failureCode(() => vault.marker({ env: 'OTHER' }))).toBe('secret-not-listed');
  });

  it('do not show that two variables hold the same', async () => {
    const binding = { use: 'connect', origin: 'https://pbx.example.net' } as const;
    const sources = { env: { A: binding, B: binding } };
    const vault = await vaultOf(ci, { _workspace: workspace }, { sources, env: { A: value, B: value } });
    expect(vault.marker({ env: 'A' })).not.toBe(vault.marker({ env: 'B' }));
  });

  it('fingerprint equal values equally in one context only', async () => {
    const vault = await vaultOf(ci, { _workspace: workspace });
    const first = vault.fingerprint('a', new Secret('1234'));
    expect(first).toMatch(/^hmac:[0-9a-f]{64}$/);
    expect(vault.fingerprint('a', new Secret('1234'))).toBe(first);
    expect(vault.fingerprint('b', new Secret('1234'))).not.toBe(first);
    expect(vault.fingerprint('a', new Secret('1235'))).not.toBe(first);
  });

  it('keep context and value apart', async () => {
    const vault = await vaultOf(ci, { _workspace: workspace });
    expect(vault.fingerprint('ab', new Secret('c'))).not.toBe(vault.fingerprint('a', new Secret('bc')));
  });

  it('keep markers and fingerprints apart', async () => {
    const vault = await vaultOf(ci, { _workspace: workspace }, { ...env, env: { PBX_KEY: value } });
    expect(vault.fingerprint('env:PBX_KEY', new Secret(value))).not.toBe(vault.marker({ env: 'PBX_KEY' }));
  });

  it('depend on the key', async () => {
    const key = reveal(newFingerprintKey());
    const entry = await seal(ci.recipient, '_workspace', 'fingerprint-key', key, 'connect');
    const other = await vaultOf(ci, { _workspace: { connect: { 'fingerprint-key': entry } } });
    const vault = await vaultOf(ci, { _workspace: workspace });
    expect(vault.fingerprint('a', new Secret('1'))).not.toBe(other.fingerprint('a', new Secret('1')));
  });

  it.each<[string, object]>([
    ['no identity', { identities: null }],
    ['values only', { allow: ['values'] }],
  ])('are null with %s', async (_, overrides) => {
    const vault = await vaultOf(ci, { _workspace: workspace }, overrides);
    expect(vault.fingerprint('a', new Secret('1'))).toBeNull();
  });

  it('are null with the key of another group', async () => {
    const vault = await vaultOf(ana, { _workspace: workspace });
    expect(vault.fingerprint('a', new Secret('1'))).toBeNull();
  });

  it('stop the run where the key was swapped for another secret', async () => {
    const swapped = {
      connect: { 'fingerprint-key': await seal(ci.recipient, '_workspace', 'other', 'v', 'connect') },
    };
    expect(await failureCode(() => vaultOf(ci, { _workspace: swapped }))).toBe('secret-moved');
  });

  it('stop the run where the key is too short', async () => {
    const entry = await seal(ci.recipient, '_workspace', 'fingerprint-key', 'c2hvcnQ=', 'connect');
    const short = { connect: { 'fingerprint-key': entry } };
    expect(await failureCode(() => vaultOf(ci, { _workspace: short }))).toBe('fingerprint-key-invalid');
  });
});

describe('leaks', () => {
  const everything = (thing: unknown) =>
    [JSON.stringify(thing), inspect(thing, { depth: null, showHidden: true }), String(thing)].join('\n');

  it('shows nothing when a vault that opened everything is printed', async () => {
    const sources = { env: { K: { use: 'connect', origin: 'https://pbx.example.net' } } } as const;
    const env = { K: 'value-of-the-variable' };
    const vault = await vaultOf(ci, { acme, _workspace: workspace }, { sources, env });
    const secret = await vault.open('acme', sip.secret);
    const credential = await vault.credential(
      { key: { env: 'K' }, user: { literal: 'api' } },
      'https://pbx.example.net',
    );
    const shown = everything(vault) + everything(secret) + everything(credential) + everything(env);
    expect(shown).not.toContain(value);
    expect(shown).not.toContain('value-of-the-variable');
    expect(shown).not.toContain(ci.text);
  });

  it('shows nothing in an error and its stack', async () => {
    const moved = { values: { elsewhere: await seal(ci.recipient, 'acme', 'a', value) } };
    const vault = await vaultOf(ci, { acme: moved, _workspace: workspace });
    const error = await failure(() => vault.open('acme', 'elsewhere'));
    const shown = everything(error) + error.stack;
    expect(shown).not.toContain(value);
    expect(shown).not.toContain(ci.text);
    expect(shown).not.toContain(moved.values.elsewhere.age);
  });
});
