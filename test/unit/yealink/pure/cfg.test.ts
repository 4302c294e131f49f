import { describe, expect, it } from 'vitest';
import { AltaError, reveal, Secret } from '../../../../engine/model/index.ts';
import { type CfgLine, parseCfg, renderCfg } from '../../../../providers/device/yealink/cfg.ts';

function clear(lines: readonly CfgLine[]): string[] {
  return lines.map(({ key, value }) => `${key}=${value instanceof Secret ? reveal(value) : value}`);
}

function failure(text: string): unknown {
  try {
    parseCfg(text);
  } catch (error) {
    return error;
  }
  return null;
}

describe('a settings file', () => {
  it('is read with blanks round the equals sign or none, CRLF, comments and a byte order mark', () => {
    const text = '\ufeff#!version:1.0.0.1\r\n# a comment\r\n\r\na.b = 1\r\nc.d=2 \r\n\te.f\t=\tx = y\n';
    expect(clear(parseCfg(text))).toEqual(['a.b=1', 'c.d=2', 'e.f=x = y']);
  });

  it('keeps every line of a key that repeats', () => {
    const text = 'static.security.user_password = admin:a\nstatic.security.user_password = user:b\n';
    expect(clear(parseCfg(text))).toEqual([
      'static.security.user_password=admin:a',
      'static.security.user_password=user:b',
    ]);
  });

  it('keeps the models that a setting is limited to', () => {
    expect(clear(parseCfg('[T46S,T48S]account.1.label = x'))).toEqual(['[T46S,T48S]account.1.label=x']);
  });

  it.each([
    'account.1.password = hunter22',
    'static.security.user_password = admin:hunter22',
    'static.auto_provision.server.password = hunter22',
    'static.auto_provision.aes_key_16.mac = hunter22',
    'static.network.802_1x.md5_password = hunter22',
    'phone_setting.phone_lock.unlock_pin = hunter22',
    'static.auto_provision.server.url = https://phone:hunter22@files.example.com/',
  ])('wraps the secret of %s', (line) => {
    expect(JSON.stringify(parseCfg(line))).not.toContain('hunter22');
  });

  it.each([
    ['<!DOCTYPE html><html></html>', 'html', 1],
    ['\n  <html>', 'html', 1],
    ['#!encrypt:1\n#!key_signatue:RSA_256\nAAAA', 'encrypted', 1],
    ['a = 1\0', 'binary', 1],
    ['a = 1\nnonsense\n', 'not-a-setting', 2],
    ['a b = 1', 'not-a-setting', 1],
    ['= 1', 'not-a-setting', 1],
  ])('%j is refused', (text, kind, line) => {
    expect(failure(text)).toMatchObject({ code: 'settings-unreadable', params: { kind, line } });
  });

  it('is not quoted in the error', () => {
    const error = failure('account.1.password hunter22');
    expect(error instanceof AltaError && JSON.stringify([error.message, error.params])).not.toContain(
      'hunter22',
    );
  });

  it('begins with the version line when it is made', () => {
    const file = renderCfg([
      { key: 'account.1.enable', value: '1' },
      { key: 'account.1.password', value: new Secret('x#=y') },
    ]);
    expect(reveal(file)).toBe('#!version:1.0.0.1\naccount.1.enable = 1\naccount.1.password = x#=y\n');
  });

  it('is itself a secret', () => {
    expect(`${renderCfg([{ key: 'account.1.password', value: new Secret('hunter22') }])}`).toBe('[secret]');
  });

  it('is not made of a key that would be another setting', () => {
    expect(() => renderCfg([{ key: 'a\nb', value: '1' }])).toThrow('settings-unwritable');
  });
});
