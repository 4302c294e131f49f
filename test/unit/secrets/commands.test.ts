import { beforeAll, describe, expect, it } from 'vitest';
import { reveal } from '../../../engine/model/index.ts';
import { checkSecrets, rekey, type SecretsFile } from '../../../engine/secrets/index.ts';
import { bothGroups, document, failureCode, type Person, person, seal, vaultOf } from './support.ts';

let ci: Person;
let ana: Person;
let file: SecretsFile;
beforeAll(async () => {
  [ci, ana] = await Promise.all([person(), person()]);
  file = {
    connect: { login: await seal(ci.recipient, 'acme', 'login', 'first', 'connect') },
    values: {
      'extensions/main/110/sip': await seal(ci.recipient, 'acme', 'extensions/main/110/sip', 'second'),
      'extensions/main/111/sip': await seal(ci.recipient, 'acme', 'extensions/main/111/sip', 'third'),
    },
  };
});

const revs = (from: SecretsFile) =>
  [from.connect, from.values].map((group) =>
    Object.entries(group ?? {}).map(([name, { rev }]) => [name, rev]),
  );

describe('rekey', () => {
  it('keeps names, order and revs', async () => {
    const result = await rekey('acme', document(file), ci.identities, bothGroups(ana.recipient));
    expect(revs(result.file)).toEqual(revs(file));
    expect(result.rekeyed).toEqual(['login', 'extensions/main/110/sip', 'extensions/main/111/sip']);
    expect(result.diagnostics).toEqual([]);
  });

  it('opens for the new recipients and no longer for the old ones', async () => {
    const result = await rekey('acme', document(file), ci.identities, bothGroups(ana.recipient));
    const vault = await vaultOf(ana, { acme: result.file });
    expect(reveal(await vault.open('acme', 'login'))).toBe('first');
    const old = await vaultOf(ci, { acme: result.file });
    expect(await failureCode(() => old.open('acme', 'login'))).toBe('secret-unreadable');
  });

  it('gives new bytes for the same recipients', async () => {
    const result = await rekey('acme', document(file), ci.identities, bothGroups(ci.recipient));
    expect(result.file.connect?.login?.age).not.toBe(file.connect?.login?.age);
  });

  it('leaves what it cannot open as it was, and says so', async () => {
    const foreign = {
      ...file,
      connect: { login: await seal(ana.recipient, 'acme', 'login', 'x', 'connect') },
    };
    const result = await rekey('acme', document(foreign), ci.identities, bothGroups(ci.recipient));
    expect(result.file.connect).toEqual(foreign.connect);
    expect(result.diagnostics.map(({ code, params }) => [code, params.name])).toEqual([
      ['secret-unreadable', 'login'],
    ]);
    expect(result.rekeyed).toHaveLength(2);
  });

  it('does not launder a moved secret', async () => {
    const moved = {
      values: { 'extensions/main/112/sip': file.values?.['extensions/main/110/sip'] },
    } as SecretsFile;
    const result = await rekey('acme', document(moved), ci.identities, bothGroups(ci.recipient));
    expect(result.diagnostics.map(({ code }) => code)).toEqual(['secret-moved']);
    expect(result.file).toEqual(moved);
  });

  it('does not change what it was given', async () => {
    const before = structuredClone(file);
    await rekey('acme', document(file), ci.identities, bothGroups(ana.recipient));
    expect(file).toEqual(before);
  });

  it('stops where a group that is used has no recipients', async () => {
    const recipients = { connect: { ci: ci.recipient }, values: {} };
    const call = () => rekey('acme', document(file), ci.identities, recipients);
    expect(await failureCode(call)).toBe('recipients-missing');
  });

  it('needs no recipients for a group that is not used', async () => {
    const recipients = { connect: { ci: ci.recipient }, values: {} };
    const only = { connect: file.connect ?? {}, values: {} };
    expect((await rekey('acme', document(only), ci.identities, recipients)).rekeyed).toEqual(['login']);
  });
});

describe('check', () => {
  const codes = async (from: SecretsFile, owner: Person | null = ci, known?: Map<string, string>) =>
    (await checkSecrets('acme', document(from), owner?.identities ?? null, known)).map(
      ({ severity, code, params }) => [severity, code, params.name],
    );

  it('finds nothing in a good file', async () => {
    expect(await codes(file)).toEqual([]);
  });

  it('finds nothing in an empty file', async () => {
    expect(await codes({})).toEqual([]);
  });

  it('warns of what no key at hand opens', async () => {
    expect(await codes({ connect: file.connect ?? {} }, ana)).toEqual([
      ['warning', 'secret-unreadable', 'login'],
    ]);
  });

  it('warns of everything without a key', async () => {
    expect(await codes(file, null)).toHaveLength(3);
  });

  it('lists moved and corrupt ones, all at once', async () => {
    const [first, second] = Object.values(file.values ?? {});
    const broken = {
      values: { a: first, b: { rev: String(second?.rev), age: 'AAAA' }, ...file.values },
    } as SecretsFile;
    expect(await codes(broken)).toEqual([
      ['error', 'secret-moved', 'a'],
      ['error', 'secret-corrupt', 'b'],
    ]);
  });

  it('warns of a rev older than the applied one', async () => {
    const known = new Map([['login', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ']]);
    expect(await codes(file, ci, known)).toEqual([['warning', 'secret-older', 'login']]);
  });

  it.each([
    ['the same rev', () => file.connect?.login?.rev ?? ''],
    ['an older rev', () => '00000000000000000000000000'],
    ['a marker that is no rev', () => 'hmac:00'],
  ])('says nothing where %s was applied', async (_, applied) => {
    expect(await codes(file, ci, new Map([['login', applied()]]))).toEqual([]);
  });

  it('reports a name in both groups once', async () => {
    const twice = { connect: file.connect ?? {}, values: file.connect ?? {} };
    expect(await codes(twice)).toEqual([['error', 'secret-twice', 'login']]);
  });

  it('shows no value, key or ciphertext', async () => {
    const text = JSON.stringify(await checkSecrets('other', document(file), ci.identities));
    expect(text).toContain('secret-moved');
    expect(text).not.toMatch(/first|second|third/);
    expect(text).not.toContain(file.connect?.login?.age.slice(0, 40));
  });
});
