import { describe, expect, test } from 'vitest';
import type { LabPhone, LabPhoneDoubts } from '../../../lab/index.ts';
import { cfg, phoneBench } from './fixture.ts';
import { logIn, spoken, submit } from './modern.ts';

async function imported(text: string, wanted: Partial<LabPhone> = {}) {
  const bench = await phoneBench(wanted);
  const session = await logIn(bench.service);
  const answer = spoken(await session.imported(text));
  return { ...bench, ...session, answer, settings: bench.phone.settings() };
}

const withDoubts = (doubts: LabPhoneDoubts) => ({ doubts });

describe('a configuration file', () => {
  test.each([
    ['no version line', 'account.1.label = x\n'],
    ['another version line', '#!version:1.0.0.2\naccount.1.label = x\n'],
    ['a comment before it', '# x\n#!version:1.0.0.1\naccount.1.label = x\n'],
    ['a byte-order mark', '\ufeff#!version:1.0.0.1\naccount.1.label = x\n'],
    ['nothing', ''],
    ['no known key', cfg({ 'account.99.label': 'x' })],
  ])('with %s does nothing', async (_, text) => {
    const { answer, settings } = await imported(text);
    expect([answer.error, settings]).toEqual([{ msg: 'noparam' }, {}]);
  });

  test('is read line by line: comments, blanks, spaces and equals signs', async () => {
    const { settings } = await imported(
      '#!version:1.0.0.1\n\n# x = y\naccount.1.label=a = b \n  account.2.label =  c\n',
    );
    expect(settings).toEqual({ 'account.1.label': 'a = b', 'account.2.label': 'c' });
  });

  test('with Windows line ends is read, or keeps them', async () => {
    const text = cfg({ 'account.1.label': 'x' }).replaceAll('\n', '\r\n');
    expect((await imported(text)).settings).toEqual({ 'account.1.label': 'x' });
    expect((await imported(text, withDoubts({ lineEnds: 'lf' }))).settings).toEqual({
      'account.1.label': 'x\r',
    });
  });

  test('puts a parameter back with %NULL%', async () => {
    const text = cfg({ 'account.1.label': '%NULL%' });
    const { settings } = await imported(text, { cfg: [['account.1.label', 'x']] });
    expect(settings).toEqual({});
  });

  test('takes its last word for a key', async () => {
    const { settings } = await imported(
      cfg([
        ['account.1.label', 'a'],
        ['account.1.label', 'b'],
      ]),
    );
    expect(settings).toEqual({ 'account.1.label': 'b' });
  });

  test('with unknown keys is taken without them, or refused whole', async () => {
    const text = cfg({ 'account.1.label': 'x', 'no.such.key': '1' });
    expect((await imported(text)).settings).toEqual({ 'account.1.label': 'x' });
    const refused = await imported(text, withDoubts({ unknownKeys: 'refuse' }));
    expect([refused.answer.ret, refused.settings]).toEqual(['failed', {}]);
  });

  test.each([
    ['account.1.enable', '2'],
    ['account.1.sip_server.1.port', '70000'],
    ['account.1.sip_server.1.transport_type', 'udp'],
    ['account.1.sip_server.1.expires', '29'],
    ['account.1.sip_server.1.retry_counts', '21'],
  ])('cannot set %s to %s', async (key, value) => {
    const { settings } = await imported(cfg({ [key]: value, 'account.1.label': 'x' }));
    expect(settings).toEqual({ 'account.1.label': 'x' });
  });

  test.each<[NonNullable<LabPhoneDoubts['emptyValue']>, Record<string, string>]>([
    ['sets', { 'local_time.ntp_server1': '', 'account.1.label': 'y' }],
    ['ignored', { 'local_time.ntp_server1': 'x', 'account.1.label': 'y' }],
    ['default', { 'account.1.label': 'y' }],
  ])('with an empty value: %s', async (emptyValue, settings) => {
    const made = await imported(cfg({ 'local_time.ntp_server1': '', 'account.1.label': 'y' }), {
      cfg: [['local_time.ntp_server1', 'x']],
      doubts: { emptyValue },
    });
    expect(made.settings).toEqual(settings);
  });

  test('is cut, or left aside, where a value is too long', async () => {
    const text = cfg({ 'account.1.label': 'abcdef', 'account.2.label': 'x' });
    expect((await imported(text, withDoubts({ longest: 3 }))).settings['account.1.label']).toBe('abc');
    expect((await imported(text, withDoubts({ longest: 3, tooLong: 'refused' }))).settings).toEqual({
      'account.2.label': 'x',
    });
  });

  test('reaches the models it names, from V86', async () => {
    const text = cfg({ '[T46U,T54W]account.1.label': 'x', '[T46U]account.2.label': 'y' });
    expect((await imported(text)).settings).toEqual({ 'account.1.label': 'x' });
  });
});

describe('static keys', () => {
  const key = 'static.auto_provision.server.url';
  const text = cfg({ [key]: 'http://127.0.0.1:9/' });

  test('run after a reboot', async () => {
    const { settings, phone } = await imported(text);
    expect(settings).toEqual({});
    await phone.reboot();
    expect(phone.settings()).toEqual({ [key]: 'http://127.0.0.1:9/' });
  });

  test('are exported as soon as they are stored', async () => {
    const { exported } = await imported(text);
    expect((await exported()).text).toContain(`${key} = http://127.0.0.1:9/`);
  });

  test('run at once, or make the phone reboot, elsewhere', async () => {
    expect((await imported(text, withDoubts({ staticKeys: 'at-once' }))).settings).toHaveProperty([key]);
    const { phone } = await imported(text, withDoubts({ importReboots: true }));
    await phone.settled();
    expect([phone.reboots(), Object.keys(phone.settings())]).toEqual([1, [key]]);
  });
});

describe('the key of the web password', () => {
  test('may repeat; the administrator’s counts', async () => {
    const entries = [
      ['static.security.user_password', 'admin:Nueva-Clave7'],
      ['static.security.user_password', 'user:Otra-Clave7'],
    ] as const;
    const { service, phone, settings } = await imported(cfg(entries));
    phone.vacate();
    expect(service.credentials.password).toBe('Nueva-Clave7');
    expect(spoken(await submit(service, 'Nueva-Clave7')).ret).toBe('ok');
    expect(settings).toEqual({});
  });

  test('takes the whole value as the password where a phone does so', async () => {
    const { service } = await imported(cfg({ 'static.security.user_password': 'admin:Nueva-Clave7' }), {
      doubts: { userPassword: 'pass' },
    });
    expect(service.credentials.password).toBe('admin:Nueva-Clave7');
  });
});

describe('keys of other firmwares', () => {
  test.each([
    ['7.70.0.140', 'account.1.sip_server_host', 'account.1.sip_server.1.address'],
    ['7.72.0.25', 'account.1.transport', 'account.1.sip_server.1.transport_type'],
    ['28.80.0.125', 'auto_provision.server.url', 'static.auto_provision.server.url'],
    ['52.84.0.15', 'static.auto_provision.server.url', 'auto_provision.server.url'],
    ['96.86.0.70', 'account.1.sip_server.1.transport_type', 'account.1.transport'],
  ])('%s knows %s and not %s', async (firmware, known, unknown) => {
    const model = firmware.startsWith('7.') ? 'T22P' : 'T46G';
    const { phone } = await phoneBench({ model, firmware });
    const value = known.endsWith('url') || known.endsWith('host') ? 'http://127.0.0.1:9/' : '1';
    expect(() => phone.edit({ [known]: value })).not.toThrow();
    expect(() => phone.edit({ [unknown]: value })).toThrow(unknown);
  });

  test('a line that the model lacks is an unknown key', async () => {
    const { phone } = await phoneBench({ model: 'T31G', generation: 'b2' });
    expect(() => phone.edit({ 'account.3.enable': '1' })).toThrow('account.3.enable');
  });

  test('starting settings that the phone does not know are an error', async () => {
    await expect(phoneBench({ cfg: [['no.such.key', '1']] })).rejects.toThrow('no.such.key');
  });
});

describe('passwords in an export', () => {
  test.each<[NonNullable<LabPhoneDoubts['exportedPasswords']>, RegExp]>([
    ['masked', /^account\.1\.password = \*{8}$/m],
    ['absent', /^#!version:1\.0\.0\.1\n$/],
    ['clear', /^account\.1\.password = S3cret-word$/m],
  ])('%s', async (exportedPasswords, pattern) => {
    const { service } = await phoneBench({
      cfg: [['account.1.password', 'S3cret-word']],
      doubts: { exportedPasswords },
    });
    const { exported } = await logIn(service);
    expect((await exported()).text).toMatch(pattern);
  });
});
