import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import { canaryForms, findCanary } from '../../../engine/secrets/index.ts';

const value = `kT7/fd+W qH"x'M<d>&ñ(v4)Ua`;
const plain = 'kT7-fdWqHxMdyPcRv4Ua';
const hash = (algorithm: string, text: string, encoding: 'hex' | 'base64' | 'base64url') =>
  createHash(algorithm).update(text).digest(encoding);
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('each form is found', () => {
  it.each<[form: string, text: string | Buffer]>([
    ['raw', value],
    ['latin1', Buffer.from(value, 'latin1')],
    ['utf16le', Buffer.from(value, 'utf16le')],
    ['utf16be', Buffer.from(value, 'utf16le').swap16()],
    ['hex', Buffer.from(value).toString('hex')],
    ['hex-upper', Buffer.from(value).toString('hex').toUpperCase()],
    ['base64-0', base64(`${value}!`)],
    ['base64-1', base64(`:${value}`)],
    ['base64-2', base64(`u:${value}tail`)],
    ['base64-0', base64(`user::${value}`)],
    ['url', encodeURIComponent(value)],
    ['url-lower', encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase())],
    ['url-strict', 'kT7%2Ffd%2BW%20qH%22x%27M%3Cd%3E%26%C3%B1%28v4%29Ua'],
    ['url-form', new URLSearchParams({ secret: value }).toString()],
    ['json', JSON.stringify({ secret: value })],
    ['json-ascii', JSON.stringify(value).replace('ñ', '\\u00f1')],
    ['json-slash', JSON.stringify(value).replace('/', '\\/')],
    ['json-php', JSON.stringify(value).replace('/', '\\/').replace('ñ', '\\u00f1')],
    ['json-twice', JSON.stringify(JSON.stringify({ secret: value }))],
    ['markup-text', `<b>kT7/fd+W qH"x'M&lt;d&gt;&amp;ñ(v4)Ua</b>`],
    ['html', 'kT7/fd+W qH&quot;x&#39;M&lt;d&gt;&amp;ñ(v4)Ua'],
    ['html-hex', 'kT7/fd+W qH&quot;x&#x27;M&lt;d&gt;&amp;ñ(v4)Ua'],
    ['html-decimal', 'kT7/fd+W qH&#34;x&#39;M&lt;d&gt;&amp;ñ(v4)Ua'],
    ['xml', 'kT7/fd+W qH&quot;x&apos;M&lt;d&gt;&amp;ñ(v4)Ua'],
    ['markup-double', `kT7/fd+W qH&quot;x'M&lt;d&gt;&amp;ñ(v4)Ua`],
    ['md5-hex', hash('md5', value, 'hex')],
    ['md5-hex-upper', hash('md5', value, 'hex').toUpperCase()],
    ['md5-base64', hash('md5', value, 'base64')],
    ['sha1-hex', hash('sha1', value, 'hex')],
    ['sha1-hex-upper', hash('sha1', value, 'hex').toUpperCase()],
    ['sha1-base64', hash('sha1', value, 'base64')],
    ['sha256-hex', hash('sha256', value, 'hex')],
    ['sha256-hex-upper', hash('sha256', value, 'hex').toUpperCase()],
    ['sha256-base64', hash('sha256', value, 'base64')],
    ['ha1-md5-hex', hash('md5', `110:asterisk:${value}`, 'hex')],
    ['ha1-md5-hex-upper', hash('md5', `110:asterisk:${value}`, 'hex').toUpperCase()],
    ['ha1-md5-base64', hash('md5', `110:asterisk:${value}`, 'base64')],
  ])('%s', (form, text) => {
    const haystack = Buffer.concat([Buffer.from('before '), Buffer.from(text), Buffer.from(' after')]);
    const found = findCanary(haystack, value, [{ user: '110', realm: 'asterisk' }]);
    expect(found.map((hit) => hit.form)).toContain(form);
  });
});

/** Its base64 differs from its base64url at every alignment and in every hash. */
const signs = '~~~???>>>18~?>x';

describe('each base64url form is found', () => {
  const url = (text: string) => Buffer.from(text).toString('base64url');
  it.each<[form: string, text: string]>([
    ['base64url-0', url(`${signs}tail`)],
    ['base64url-1', url(`:${signs}tail`)],
    ['base64url-2', url(`u:${signs}tail`)],
    ['md5-base64url', hash('md5', signs, 'base64url')],
    ['sha1-base64url', hash('sha1', signs, 'base64url')],
    ['sha256-base64url', hash('sha256', signs, 'base64url')],
    ['ha1-md5-base64url', hash('md5', `110:asterisk:${signs}`, 'base64url')],
  ])('%s', (form, text) => {
    const found = findCanary(text, signs, [{ user: '110', realm: 'asterisk' }]);
    expect(found.map((hit) => hit.form)).toContain(form);
  });
});

describe('the scanner', () => {
  it('finds nothing where there is nothing', () => {
    expect(findCanary(`before ${plain.slice(1)} after`, plain, [{ user: '110', realm: 'asterisk' }])).toEqual(
      [],
    );
  });

  it('says where, in bytes', () => {
    expect(findCanary(`ñ${plain}`, plain)).toEqual([{ form: 'raw', offset: 2 }]);
  });

  it('takes text, bytes and views alike', () => {
    const bytes = new Uint8Array(Buffer.from(`xx${plain}`));
    expect(findCanary(bytes.subarray(1), plain)).toEqual(findCanary(`x${plain}`, plain));
  });

  it('takes a wrapped secret', () => {
    expect(findCanary(plain, new Secret(plain))).toEqual([{ form: 'raw', offset: 0 }]);
  });

  it('reports a form that equals another once', () => {
    const needles = canaryForms(plain).map(({ needle }) => needle.toString('latin1'));
    expect(new Set(needles).size).toBe(needles.length);
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('finds base64 at alignment %i of what surrounds it', (before) => {
    const text = base64(`${'p'.repeat(before)}${plain}${'s'.repeat(before % 4)}`);
    expect(findCanary(text, plain).map(({ form }) => form)).toContain(`base64-${before % 3}`);
  });

  it('does not take a cut character for latin1', () => {
    expect(canaryForms('value-€-value').map(({ form }) => form)).not.toContain('latin1');
  });

  it('drops needles that chance would find', () => {
    expect(canaryForms('123').map(({ form }) => form)).not.toContain('raw');
  });
});
