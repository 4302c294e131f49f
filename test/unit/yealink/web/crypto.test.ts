import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { reveal, Secret } from '../../../../engine/model/index.ts';
import {
  aesLogin,
  cookieHeader,
  form,
  multipart,
  publicKeyOf,
  rsaLogin,
  sealed,
  sealedLogin,
} from '../../../../providers/device/yealink/web/dialect.ts';
import { newKeys, PASSWORD, unwrapped } from './support.ts';

const keys = newKeys();
const login = { username: new Secret('admin'), password: new Secret(PASSWORD) };
const chance = {
  key: Buffer.from('00112233445566778899aabbccddeeff', 'hex'),
  iv: Buffer.from('0f1e2d3c4b5a69788796a5b4c3d2e1f0', 'hex'),
  nonce: '0.4711',
};

function rsaKey() {
  const key = publicKeyOf(keys.n, keys.e);
  if (key === null) throw new Error('no key');
  return key;
}

const fieldsOf = (body: Secret | null) =>
  Object.fromEntries(new URLSearchParams(body === null ? '' : reveal(body)));

describe('a public key', () => {
  it.each([
    ['as the page shows it', keys.n, keys.e],
    ['with zeros before it', `00${keys.n}`, `0${keys.e}`],
    ['with 0x and capitals', `0x${keys.n.toUpperCase()}`, '0x10001'],
  ])('is read %s', (_how, n, e) => {
    const key = publicKeyOf(n, e);
    expect(key === null ? '' : keys.open(sealed('hola', key) ?? '')).toBe('hola');
  });

  it.each([
    ['nothing', '', ''],
    ['no number', 'xyz', '10001'],
    ['zeros', '0'.repeat(256), '10001'],
    ['too short a number', 'c0ffee', '10001'],
  ])('is none for %s', (_what, n, e) => {
    expect(publicKeyOf(n, e)).toBeNull();
  });
});

describe('RSA alone', () => {
  it('hides the password, as hex as long as the key', () => {
    const { username, pwd = '' } = fieldsOf(rsaLogin(login, rsaKey()));
    expect([username, pwd.length, keys.open(pwd)]).toEqual(['admin', 256, PASSWORD]);
  });

  it('stands behind a prefix where the interface wants one', () => {
    const { pwd = '' } = fieldsOf(rsaLogin(login, rsaKey(), '__WUI_ENC__:'));
    expect(pwd).toMatch(/^__WUI_ENC__:[0-9a-f]{256}$/);
  });

  it('gives up where the password is longer than the key can take', () => {
    const long = { ...login, password: new Secret('x'.repeat(118)) };
    expect(rsaLogin(long, rsaKey())).toBeNull();
  });
});

describe('RSA with AES', () => {
  it('hides nonce, session and password under a key that is sent as sealed hex text', () => {
    const sent = fieldsOf(aesLogin(login, new Secret('A1B2'), rsaKey(), chance));
    expect(keys.open(sent.rsakey ?? '')).toBe('00112233445566778899aabbccddeeff');
    expect(keys.open(sent.rsaiv ?? '')).toBe('0f1e2d3c4b5a69788796a5b4c3d2e1f0');
    const clear = unwrapped(sent.pwd ?? '', chance.key.toString('hex'), chance.iv.toString('hex'));
    expect(clear).toBe(`0.4711;A1B2;${PASSWORD}`);
  });

  it('gives the known answer for a known key, iv and text', () => {
    const whole = { username: new Secret('admin'), password: new Secret('12345678') };
    const { pwd } = fieldsOf(aesLogin(whole, new Secret('S'), rsaKey(), { ...chance, nonce: '0.123' }));
    // openssl enc -aes-128-cbc -nopad of "0.123;S;12345678": one block, nothing filled up.
    expect(pwd).toBe('4hQwl9u78u9Qv3zQf76Lsw==');
  });

  it('takes other key, iv and nonce each time', () => {
    const bodies = [1, 2].map(() => fieldsOf(aesLogin(login, new Secret('A1B2'), rsaKey())));
    const opened = bodies.map(({ rsakey = '', rsaiv = '' }) => [keys.open(rsakey), keys.open(rsaiv)]);
    expect(new Set(opened.flat()).size).toBe(4);
    expect(opened.flat().every((hex) => /^[0-9a-f]{32}$/.test(hex))).toBe(true);
  });
});

it('seals a whole login with its digest before it', () => {
  const sent = fieldsOf(sealedLogin(login, new Secret('A1B2'), rsaKey(), chance));
  const text = `rand=0.4711;sessionid=A1B2;username=admin;pwd=${PASSWORD};`;
  const clear = unwrapped(sent.data ?? '', keys.open(sent.key ?? ''), keys.open(sent.iv ?? ''));
  expect(clear).toBe(`MD5=${createHash('md5').update(text).digest('hex')};${text}`);
  expect([sent.jumpto, sent.acc]).toEqual(['status', '']);
});

describe('bodies', () => {
  it('are wrapped, whatever they hold', () => {
    const { body } = multipart([{ name: 'a', value: new Secret('s3cret') }]);
    expect([String(body), String(form({ a: 'b' }))]).toEqual(['[secret]', '[secret]']);
  });

  it('encode what a form would take apart', () => {
    expect(reveal(form({ a: '1&b=2', c: new Secret('ñ +') }))).toBe('a=1%26b%3D2&c=%C3%B1+%2B');
  });

  it('hold a file under a name without a path, between random boundaries', () => {
    const part = { name: 'UploadName', filename: 'alta.cfg', value: new Secret('x = 1\n') };
    const [first, second] = [multipart([part]), multipart([part])];
    expect(first.type).not.toBe(second.type);
    expect(reveal(first.body)).toMatch(
      /^--(-{4}alta[0-9a-f]{36})\r\nContent-Disposition: form-data; name="UploadName"; filename="alta.cfg"\r\nContent-Type: application\/octet-stream\r\n\r\nx = 1\n\r\n--\1--\r\n$/,
    );
  });

  it('send no cookie header without cookies', () => {
    expect(cookieHeader(new Map())).toEqual({});
    const { cookie } = cookieHeader(
      new Map([
        ['a', new Secret('1')],
        ['b', new Secret('2')],
      ]),
    );
    expect(cookie === undefined ? '' : reveal(cookie)).toBe('a=1; b=2');
  });
});
