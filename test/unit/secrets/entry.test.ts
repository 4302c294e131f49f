import { beforeAll, describe, expect, it } from 'vitest';
import { reveal, Secret } from '../../../engine/model/index.ts';
import { openerFor } from '../../../engine/secrets/age.ts';
import { newRev, openEntry } from '../../../engine/secrets/entry.ts';
import { isRev, type SecretEntry, sealSecret } from '../../../engine/secrets/index.ts';
import { bothGroups, document, failure, failureCode, now, type Person, person, seal } from './support.ts';

const name = 'extensions/main/110/sip';
const range = {
  filename: 'clients/acme/secrets.yaml',
  start: { line: 3, column: 5, byte: 40 },
  end: { line: 3, column: 9, byte: 44 },
};

let ci: Person;
let ana: Person;
beforeAll(async () => {
  [ci, ana] = await Promise.all([person(), person()]);
});

async function open(owner: Person, entry: SecretEntry, as = name, scope = 'acme'): Promise<string> {
  const place = {
    scope,
    group: 'values',
    name: as,
    document: { ...document({ values: { [as]: entry } }), locate: () => range },
  } as const;
  return reveal(await openEntry(place, entry, await openerFor(owner.identities.keys)));
}

describe('sealing and opening', () => {
  it.each([
    ['a password', 'kT7-fdWqHxMdyPcRv4Ua'],
    ['lines and accents', 'uno\ndos ñ 🔑\n'],
    ['64 KiB', 'ñ'.repeat(32_768)],
  ])('gives back %s', async (_, value) => {
    expect(await open(ci, await seal(ci.recipient, 'acme', name, value))).toBe(value);
  });

  it('gives different bytes and revs each time', async () => {
    const first = await seal(ci.recipient, 'acme', name, 'value');
    const second = await seal(ci.recipient, 'acme', name, 'value');
    expect(first.age).not.toBe(second.age);
    expect(first.rev).not.toBe(second.rev);
  });

  it('writes one line of base64', async () => {
    const { age } = await seal(ci.recipient, 'acme', name, 'x'.repeat(5_000));
    expect(age).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(Buffer.from(age, 'base64').toString('latin1')).toMatch(/^age-encryption\.org\/v1\n/);
  });

  it('opens for each recipient of the group', async () => {
    const recipients = { connect: {}, values: { ci: ci.recipient, ana: ana.recipient } };
    const input = {
      scope: 'acme',
      group: 'values',
      name,
      value: new Secret('value'),
      recipients,
      now,
    } as const;
    const entry = await sealSecret(input);
    expect([await open(ci, entry), await open(ana, entry)]).toEqual(['value', 'value']);
  });

  it('opens with the second of two identities', async () => {
    const keys = [...ana.identities.keys, ...ci.identities.keys];
    const both = { ...ci, identities: { source: 'test', keys } };
    expect(await open(both, await seal(ci.recipient, 'acme', name, 'value'))).toBe('value');
  });
});

describe('what is refused', () => {
  it('a key that is not of the group', async () => {
    const entry = await seal(ci.recipient, 'acme', name, 'value');
    expect(await failureCode(() => open(ana, entry))).toBe('secret-unreadable');
  });

  it('a ciphertext copied under another name', async () => {
    const entry = await seal(ci.recipient, 'acme', 'extensions/main/111/sip', 'value');
    const error = await failure(() => open(ci, entry));
    expect(error.code).toBe('secret-moved');
    expect(error.params).toEqual({
      file: 'clients/acme/secrets.yaml',
      group: 'values',
      name,
      found: `acme/extensions/main/111/sip ${entry.rev}`,
      expected: `acme/extensions/main/110/sip ${entry.rev}`,
    });
  });

  it('a ciphertext of another client', async () => {
    const entry = await seal(ci.recipient, 'globex', name, 'value');
    expect(await failureCode(() => open(ci, entry))).toBe('secret-moved');
  });

  it('an older ciphertext under the rev of a newer one', async () => {
    const older = await seal(ci.recipient, 'acme', name, 'older');
    const newer = await seal(ci.recipient, 'acme', name, 'newer');
    expect(await failureCode(() => open(ci, { rev: newer.rev, age: older.age }))).toBe('secret-moved');
  });

  it('a rev that is none, without repeating it', async () => {
    const { age } = await seal(ci.recipient, 'acme', name, 'value');
    const error = await failure(() => open(ci, { rev: 'pasted-password', age }));
    expect(error.code).toBe('secret-moved');
    expect(JSON.stringify(error.params)).not.toContain('pasted-password');
  });

  it.each<[string, (age: string) => string]>([
    ['nothing', () => ''],
    ['clear text', () => 'hunter2hunter2'],
    ['base64 of something else', () => Buffer.from('something else').toString('base64')],
    ['a cut ciphertext', (age) => Buffer.from(age, 'base64').subarray(0, -20).toString('base64')],
    ['a line break inside', (age) => `${age.slice(0, 60)}\n${age.slice(60)}`],
    ['a flipped bit', (age) => flipLastByte(age)],
    ['a changed first line', (age) => flipByte(age, 5)],
  ])('%s', async (_, damage) => {
    const { rev, age } = await seal(ci.recipient, 'acme', name, 'value');
    const error = await failure(() => open(ci, { rev, age: damage(age) }));
    expect(error.code).toBe('secret-corrupt');
    expect(error.params.length).toBe(damage(age).length);
  });

  it('a damaged key stanza, which looks like that of another key', async () => {
    const { rev, age } = await seal(ci.recipient, 'acme', name, 'value');
    expect(await failureCode(() => open(ci, { rev, age: otherLetter(age, 60) }))).toBe('secret-unreadable');
  });

  it('with the place in the file', async () => {
    const entry = await seal(ci.recipient, 'acme', 'other', 'value');
    expect((await failure(() => open(ci, entry))).facts).toEqual({ range });
  });

  it('without value, key or ciphertext in the error', async () => {
    const value = 'kT7-fdWqHxMdyPcRv4Ua';
    const entry = await seal(ci.recipient, 'acme', 'other', value);
    const error = await failure(() => open(ci, entry));
    const text = `${JSON.stringify(error)} ${error.stack} ${error.cause}`;
    expect(text).not.toContain(value);
    expect(text).not.toContain(ci.text);
    expect(text).not.toContain(entry.age.slice(0, 40));
  });
});

describe('sealing that cannot be done', () => {
  const input = { scope: 'acme', group: 'connect', name, value: new Secret('value'), now } as const;

  it('for nobody', async () => {
    const recipients = { connect: {}, values: { ci: ci.recipient } };
    expect(await failureCode(() => sealSecret({ ...input, recipients }))).toBe('recipients-missing');
  });

  it('for five', async () => {
    const connect = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((who) => [who, ci.recipient]));
    const error = await failure(() => sealSecret({ ...input, recipients: { connect, values: {} } }));
    expect(error.params).toEqual({ group: 'connect', count: 5, max: 4 });
  });

  it('for a recipient that is none, naming it', async () => {
    const recipients = { connect: { ana: `${ana.recipient.slice(0, -1)}!` }, values: {} };
    const error = await failure(() => sealSecret({ ...input, recipients }));
    expect([error.code, error.params]).toEqual(['recipient-invalid', { group: 'connect', name: 'ana' }]);
  });
});

describe('revs', () => {
  it('sort by time', () => {
    expect(newRev(now) < newRev(now + 1)).toBe(true);
  });

  it('sort after the one they replace, on a clock that is behind', () => {
    const later = newRev(now + 86_400_000);
    expect(newRev(now, later) > later).toBe(true);
  });

  it('are still made after the last possible one', () => {
    expect(isRev(newRev(now, '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'))).toBe(true);
  });

  it('ignore a predecessor that is none', () => {
    expect(newRev(now, 'x').slice(0, 10)).toBe(newRev(now).slice(0, 10));
  });

  it('are new with every sealing of the same secret', async () => {
    const recipients = bothGroups(ci.recipient);
    const input = { scope: 'acme', group: 'values', name, value: new Secret('v'), recipients, now } as const;
    const first = await sealSecret(input);
    expect((await sealSecret({ ...input, after: first.rev })).rev > first.rev).toBe(true);
  });
});

function flipByte(age: string, index: number): string {
  const bytes = Buffer.from(age, 'base64');
  bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
  return bytes.toString('base64');
}

/** Another letter of base64 in the key stanza, which is text: a flipped bit there may be no base64 at all. */
function otherLetter(age: string, index: number): string {
  const bytes = Buffer.from(age, 'base64');
  bytes.write(bytes.toString('latin1', index, index + 1) === 'A' ? 'B' : 'A', index, 'latin1');
  return bytes.toString('base64');
}

function flipLastByte(age: string): string {
  return flipByte(age, Buffer.from(age, 'base64').length - 1);
}
