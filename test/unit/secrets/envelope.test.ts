import { describe, expect, it } from 'vitest';
import { isScope, isSecretName, packEnvelope, unpackEnvelope } from '../../../engine/secrets/envelope.ts';
import { failure, failureCode } from './support.ts';

const binding = { scope: 'acme', name: 'extensions/main/110/sip', rev: '01KF0000000000000000000000' };
const headerBytes = 'alta1 acme/extensions/main/110/sip 01KF0000000000000000000000\n'.length;

const pack = (value: string) => packEnvelope(binding, value);
const bytes = (text: string) => Buffer.concat([Buffer.from(text)], Math.ceil(text.length / 128) * 128);

describe('what goes through unchanged', () => {
  it.each([
    ['a password', 'kT7-fdWqHxMdyPcRv4Ua'],
    ['several lines', 'first\nsecond\r\n\nlast\n'],
    ['accents, emoji, right-to-left', 'contraseña 🔑 סוד'],
    ['a byte order mark', '\uFEFFvalue'],
    ['what looks like a header', 'alta1 acme/other 01KF0000000000000000000000\nvalue'],
    ['64 KiB', 'x'.repeat(65_536)],
    ['64 KiB of two-byte characters', 'ñ'.repeat(32_768)],
    ['one character', 'x'],
    ['spaces and tabs at both ends', ' \tvalue\t '],
  ])('%s', (_, value) => {
    expect(unpackEnvelope(pack(value))).toEqual({ ...binding, value });
  });
});

describe('padding', () => {
  it('hides the length of the value within a block', () => {
    expect(pack('x').length).toBe(pack('x'.repeat(40)).length);
  });

  it('starts as the text of the format', () => {
    expect(Buffer.from(pack('value')).toString()).toBe(
      `alta1 acme/extensions/main/110/sip ${binding.rev}\nvalue${'\0'.repeat(128 - headerBytes - 5)}`,
    );
  });

  it('adds nothing to a text that fills its blocks, and still opens', () => {
    const value = 'x'.repeat(128 - headerBytes);
    expect(pack(value).length).toBe(128);
    expect(unpackEnvelope(pack(value))).toEqual({ ...binding, value });
  });

  it('takes a new block for one byte more', () => {
    expect(pack('x'.repeat(129 - headerBytes)).length).toBe(256);
  });
});

describe('values that are refused', () => {
  it.each([
    ['nothing', ''],
    ['NUL', 'before\0after'],
    ['NUL at the end', 'value\0'],
    ['half a surrogate pair', 'a\uD800b'],
    ['over 64 KiB', 'x'.repeat(65_537)],
    ['over 64 KiB in bytes only', 'ñ'.repeat(32_769)],
  ])('%s', async (_, value) => {
    expect(await failureCode(() => pack(value))).toBe('secret-value-refused');
  });

  it('says the length and not the value', async () => {
    const error = await failure(() => pack('hunter2\0'));
    expect(error.params).toEqual({ name: binding.name, bytes: 8, max: 65_536 });
  });
});

describe('bytes that are no envelope', () => {
  const good = `alta1 acme/a ${binding.rev}\nv`;
  it.each<[string, Uint8Array]>([
    ['no bytes', new Uint8Array()],
    ['no padding', Buffer.from(good)],
    ['a block too many', Buffer.concat([bytes(good)], 256)],
    ['only padding', new Uint8Array(128)],
    ['NUL before the end', bytes(`${good}\0v`)],
    ['another version', bytes(good.replace('alta1', 'alta2'))],
    ['no newline', bytes(good.replace('\n', ' '))],
    ['an empty value', bytes(`alta1 acme/a ${binding.rev}\n`)],
    ['a word too many', bytes(`alta1 acme/a ${binding.rev} x\nv`)],
    ['a rev that is no ULID', bytes('alta1 acme/a 7\nv')],
    ['a name with an escape sequence', bytes(`alta1 acme/a\x1b[31m ${binding.rev}\nv`)],
    ['a scope that is no client id', bytes(`alta1 ../a ${binding.rev}\nv`)],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from(`alta1 acme/a ${binding.rev}\n\xff`, 'latin1')], 128),
    ],
  ])('%s', (_, input) => {
    expect(unpackEnvelope(input)).toBeNull();
  });
});

describe('names', () => {
  it.each(['fingerprint-key', 'extensions/main/110/sip', 'platforms/a.b_c/apiKey'])('takes %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '../a',
    'a/../b',
    '__proto__',
    'a b',
    'a\nb',
    'ñ',
    'a\\b',
    '*10',
    'x'.repeat(201),
  ])('refuses %j', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  it.each(['acme', '_workspace', '1a-b'])('takes %s as a scope', (scope) => {
    expect(isScope(scope)).toBe(true);
  });

  it.each(['', '_acme', 'Acme', '-a', 'a/b', 'x'.repeat(64)])('refuses %j as a scope', (scope) => {
    expect(isScope(scope)).toBe(false);
  });

  it('refuses to pack under an impossible name', async () => {
    expect(await failureCode(() => packEnvelope({ ...binding, name: 'a b' }, 'v'))).toBe(
      'secret-name-invalid',
    );
  });
});
