import { describe, expect, test } from 'vitest';
import type { LabPhone } from '../../../lab/index.ts';
import { aesBase64, hex32, rsaHex } from './ciphers.ts';
import { cfg, phoneBench } from './fixture.ts';
import {
  fieldsOf,
  get,
  loginB0,
  loginB1,
  loginB2,
  post,
  resultOf,
  upload,
  variable,
  wrapped,
} from './servlet.ts';

const REGISTER = '/servlet?m=mod_data&p=account-register&acc=0';
const EXPORT = '/servlet?m=mod_configfile&q=exportcfgconfig&type=all';
const CONFIG_PAGE = '/servlet?m=mod_data&p=settings-config&q=load';

async function desk(wanted: Partial<LabPhone> = {}) {
  const bench = await phoneBench({ generation: 'b1', ...wanted });
  const { service } = bench;
  const visitor = await loginB1(service);
  const headers = { Cookie: visitor.cookie, Referer: `${service.url}/servlet` };
  const page = await get(service.url, `${REGISTER}&q=load`, headers);
  const token = variable(page.text, 'g_strToken');
  const maxlength = rsaHex('5MB', visitor.key);
  return {
    ...bench,
    visitor,
    headers,
    token,
    load: async (path: string) => (await get(service.url, path, headers)).text,
    write: (form: Record<string, string>) =>
      post(service.url, `${REGISTER}&q=write`, { token, ...form }, headers),
    exported: async () => (await get(service.url, EXPORT, headers)).text,
    send: (text: string, more = '') =>
      upload(
        service.url,
        `/servlet?m=mod_res&p=upload&type=localcfg&maxlength=${maxlength}${more}`,
        'UploadName',
        text,
        headers,
      ),
  };
}

describe('the account page', () => {
  test('shows the account, its password masked', async () => {
    const { load, phone, account } = await desk();
    phone.edit(account);
    expect(fieldsOf(await load(`${REGISTER}&q=load`))).toEqual({
      AccountEnable: '1',
      AccountLabel: 'Recepción',
      AccountDisplayName: 'Recepción',
      AccountRegisterName: '1000',
      AccountUserName: '1000',
      AccountPassword: '********',
      server1: 'sede.example',
      port1: '5060',
      Transport1: '0',
      Expires1: '180',
      RetryCounts1: '3',
      var_accountID: '0',
    });
  });

  test('takes an account with its password encrypted as in the login, and it registers', async () => {
    const { write, visitor, phone, account } = await desk();
    const { data, rsakey, rsaiv } = wrapped(account['account.1.password'] ?? '', visitor);
    const form = {
      AccountEnable: '1',
      AccountRegisterName: '1000',
      AccountUserName: '1000',
      server1: 'sede.example',
    };
    const answer = await write({ ...form, AccountPassword: data, rsakey, rsaiv, port1: '5060' });
    expect([answer.status, resultOf(answer)]).toEqual([200, {}]);
    expect(phone.accounts()['1']?.status).toBe('registered');
  });

  test('leaves what is not sent, and a password that is its mask', async () => {
    const { write, phone, account } = await desk();
    phone.edit(account);
    await write({ AccountLabel: 'Otra', AccountPassword: '********' });
    expect(phone.settings()).toEqual({ ...without5060(account), 'account.1.label': 'Otra' });
  });

  test('refuses a password in clear', async () => {
    const { write, phone } = await desk();
    expect(resultOf(await write({ AccountLabel: 'Otra', AccountPassword: 'clear' }))).toEqual({
      result: 'failed',
    });
    expect(phone.settings()).toEqual({});
  });

  test.each([[undefined], ['0000'], ['']])('refuses the token %s', async (token) => {
    const { service, headers, phone } = await desk();
    const form = { AccountLabel: 'Otra', ...(token === undefined ? {} : { token }) };
    expect((await post(service.url, `${REGISTER}&q=write`, form, headers)).status).toBe(403);
    expect(phone.settings()).toEqual({});
  });

  test('refuses another account in its form than in its address', async () => {
    const { write, phone } = await desk();
    await write({ AccountLabel: 'Otra', var_accountID: '1' });
    expect(phone.settings()).toEqual({});
  });

  test('is not there for a line that the model lacks', async () => {
    const { service, headers } = await desk();
    const answer = await get(service.url, '/servlet?m=mod_data&p=account-register&q=load&acc=2', headers);
    expect(answer.status).toBe(404);
  });

  test('spells its fields in lower case on other builds', async () => {
    const { load } = await desk({ doubts: { fieldCase: 'lower' } });
    expect(Object.keys(fieldsOf(await load(`${REGISTER}&q=load`)))).toEqual(
      expect.arrayContaining(['transport1', 'expires1', 'RetryCounts1']),
    );
  });

  test('escapes what people type', async () => {
    const { load, phone } = await desk();
    phone.edit({ 'account.1.label': '"><script>' });
    const text = await load(`${REGISTER}&q=load`);
    expect([text.includes('"><script>"'), fieldsOf(text).AccountLabel]).toEqual([false, '"><script>']);
  });

  test('of b2 takes a password encrypted with RSA', async () => {
    const { service, phone } = await phoneBench({ generation: 'b2' });
    const { cookie, key } = await loginB2(service);
    const page = await get(service.url, `${REGISTER}&q=load`, { Cookie: cookie });
    const form = { token: variable(page.text, 'g_strToken'), AccountPassword: rsaHex('S3cret-word', key) };
    await post(service.url, `${REGISTER}&q=write`, form, { Cookie: cookie });
    expect(phone.settings()).toEqual({ 'account.1.password': 'S3cret-word' });
  });

  test('of b0 takes it in clear, without a module in its path, and redirects', async () => {
    const { service, phone } = await phoneBench({ generation: 'b0' });
    const { cookie } = await loginB0(service);
    const page = await get(service.url, '/servlet?p=account-register&q=load&acc=1', { Cookie: cookie });
    const form = { token: variable(page.text, 'g_strToken'), AccountPassword: 'S3cret-word', expires1: '60' };
    const answer = await post(service.url, '/servlet?p=account-register&q=write&acc=1', form, {
      Cookie: cookie,
    });
    expect(answer.status).toBe(302);
    expect(phone.settings()).toEqual({
      'account.2.password': 'S3cret-word',
      'account.2.sip_server.1.expires': '60',
    });
  });
});

describe('the status page', () => {
  test('tells each account with its code', async () => {
    const { load, phone, account } = await desk();
    phone.edit({
      ...account,
      'account.2.enable': '1',
      'account.2.user_name': '7',
      'account.2.sip_server.1.address': 'x.example',
    });
    const [, json = ''] =
      /g_dataAccStatus = g_json\.ParseJSON\("(.+)"\)/.exec(
        await load('/servlet?m=mod_data&p=status&q=load'),
      ) ?? [];
    expect(JSON.parse(json.replace(/\\"/g, '"'))).toEqual({
      Account1: '1000@sede.example:2',
      Account2: '7@x.example:1',
    });
  });

  test('tells model, firmware and MAC', async () => {
    const { load } = await desk({ mac: '80-5E-C0-00-00-01' });
    const text = await load('/servlet?m=mod_data&p=status&q=load');
    expect([variable(text, 'g_phonetype'), variable(text, 'g_strFirmware')]).toEqual([
      'T21P_E2',
      '52.84.0.15',
    ]);
    expect(text).toContain('80:5E:C0:00:00:01');
  });
});

describe('files', () => {
  test('the export holds what is not the factory’s, passwords masked', async () => {
    const { exported, phone, account } = await desk();
    phone.edit(account);
    expect(await exported()).toBe(cfg({ ...sorted(without5060(account)), 'account.1.password': '********' }));
  });

  test('the page comes before the upload', async () => {
    const { send } = await desk();
    expect((await send(cfg({ 'account.1.label': 'x' }))).status).toBe(403);
  });

  test('an upload changes the listed keys alone', async () => {
    const { send, load, phone, account } = await desk();
    phone.edit(account);
    await load(CONFIG_PAGE);
    const answer = await send(cfg({ 'account.1.label': 'Almacén' }));
    expect(resultOf(answer)).toEqual({ type: 'localcfg', result: 1 });
    expect(phone.settings()).toEqual({ ...without5060(account), 'account.1.label': 'Almacén' });
  });

  test('an upload without Referer is refused', async () => {
    const { service, load, visitor } = await desk();
    await load(CONFIG_PAGE);
    const path = `/servlet?m=mod_res&p=upload&type=localcfg&maxlength=${rsaHex('5MB', visitor.key)}`;
    const answer = await upload(service.url, path, 'UploadName', cfg({}), { Cookie: visitor.cookie });
    expect(answer.status).toBe(403);
  });

  test.each([
    ['no encrypted size', '/servlet?m=mod_res&p=upload&type=localcfg', 'UploadName'],
    ['a size in clear', '/servlet?m=mod_res&p=upload&type=localcfg&maxlength=5MB', 'UploadName'],
  ])('%s: no parameter', async (_, path, field) => {
    const { service, load, headers } = await desk();
    await load(CONFIG_PAGE);
    const answer = await upload(service.url, path, field, cfg({ 'account.1.label': 'x' }), headers);
    expect(resultOf(answer)).toEqual({ type: 'localcfg', result: 'noparam' });
  });

  test('a file beyond the size is too large', async () => {
    const { service, load, headers, visitor } = await desk();
    await load(CONFIG_PAGE);
    const size = rsaHex(`${visitor.session};1KB`, visitor.key);
    const path = `/servlet?m=mod_res&p=upload&type=localcfg&maxlength=${size}`;
    const answer = await upload(service.url, path, 'UploadName', `${cfg({})}#${'x'.repeat(1024)}`, headers);
    expect(resultOf(answer).result).toBe('large');
  });

  test('an upload to b2 carries the token', async () => {
    const { service } = await phoneBench({ generation: 'b2' });
    const { cookie, key } = await loginB2(service);
    const headers = { Cookie: cookie, Referer: `${service.url}/` };
    const token = variable((await get(service.url, CONFIG_PAGE, headers)).text, 'g_strToken');
    const path = `/servlet?m=mod_res&p=upload&type=localcfg&maxlength=${rsaHex('5MB', key)}`;
    const text = cfg({ 'account.1.label': 'x' });
    expect((await upload(service.url, path, 'UploadName', text, headers)).status).toBe(403);
    const answer = await upload(service.url, `${path}&token=${token}`, 'UploadName', text, headers);
    expect(resultOf(answer).result).toBe(1);
  });
});

describe('actions', () => {
  test('auto provision now is asked about until it is over', async () => {
    const { service, load, phone, headers } = await desk();
    const answer = await get(
      service.url,
      '/servlet?m=mod_data&p=settings-autop&q=autopnow&Rajax=0.1',
      headers,
    );
    expect(resultOf(answer).data).toMatch(/^\d+$/);
    await phone.settled();
    expect(await load('/servlet?m=mod_data&p=settings-autop&q=askautop&sessionid=1')).toContain(
      '{"data":"0"}',
    );
  });

  test('a reboot needs the token, and ends the session', async () => {
    const { service, phone, headers, token } = await desk();
    const path = '/servlet?m=mod_data&p=settings-upgrade&q=reboot';
    expect((await post(service.url, path, {}, headers)).status).toBe(403);
    expect((await post(service.url, path, { token }, headers)).status).toBe(200);
    await phone.settled();
    expect([phone.reboots(), phone.sessions()]).toEqual([1, 0]);
  });

  test('the password changes with the old one', async () => {
    const { service, headers, token, visitor } = await desk();
    const [aes, iv] = [hex32(), hex32()];
    const hide = (password: string) => aesBase64(`0.4;${visitor.session};${password}`, aes, iv);
    const keys = { rsakey: rsaHex(aes, visitor.key), rsaiv: rsaHex(iv, visitor.key) };
    const form = { token, username: 'admin', newpassword: hide('Nueva-Clave7'), ...keys };
    const change = (oldpassword: string) =>
      post(service.url, '/servlet?m=mod_password&p=security&q=change', { ...form, oldpassword }, headers);
    expect(resultOf(await change(hide('wrong')))).toEqual({ result: 'failed' });
    expect(resultOf(await change(hide(service.credentials.password)))).toEqual({ result: 'success' });
    expect(service.credentials.password).toBe('Nueva-Clave7');
  });

  test('the allow list of the Action URI is a page', async () => {
    const { service, phone, headers, token } = await desk();
    const path = '/servlet?m=mod_data&p=features-remotecontrl';
    await post(service.url, `${path}&q=write`, { token, AURILimitIP: '192.0.2.1' }, headers);
    expect(fieldsOf((await get(service.url, `${path}&q=load`, headers)).text)).toEqual({
      AURILimitIP: '192.0.2.1',
    });
    expect(phone.settings()).toEqual({ 'features.action_uri_limit_ip': '192.0.2.1' });
  });
});

/** 5060 is the factory's port. */
function without5060(account: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(account).filter(([, value]) => value !== '5060'));
}

function sorted(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).sort(([one], [other]) => one.localeCompare(other)));
}
