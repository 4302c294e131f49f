import { describe, expect, test } from 'vitest';
import { cfg, phoneBench } from './fixture.ts';
import { ask, logIn, spoken, submit } from './modern.ts';
import { get, post, upload } from './servlet.ts';

describe('login', () => {
  test('succeeds with a password encrypted under the phone’s key', async () => {
    const { service, phone } = await phoneBench();
    expect(spoken(await submit(service, service.credentials.password))).toEqual({ ret: 'ok', data: true });
    expect(phone.sessions()).toBe(1);
  });

  test('refuses a wrong password', async () => {
    const { service } = await phoneBench();
    const answer = await submit(service, 'wrong');
    expect([answer.status, spoken(answer).error]).toEqual([
      200,
      { webStatus: 'error', msg: 'error_username_or_password_is_wrong' },
    ]);
  });

  test('refuses a password in clear', async () => {
    const { service } = await phoneBench();
    const { username, password } = service.credentials;
    const answer = await post(service.url, '/api/auth/login?p=Login', { username, pwd: password });
    expect(spoken(answer).ret).toBe('failed');
  });

  test('locks after a few failures', async () => {
    const { service } = await phoneBench();
    for (const password of ['a', 'b', 'c']) await submit(service, password);
    const answer = await submit(service, service.credentials.password);
    expect(spoken(answer).error).toEqual({ webStatus: 'lock', lockTime: '3' });
  });

  test('counts the lock in seconds elsewhere, and tells at the top', async () => {
    const doubts = { lockTimeUnit: 'seconds', errorPlace: 'top', lockAfter: 1 } as const;
    const { service } = await phoneBench({ doubts });
    await submit(service, 'a');
    expect(spoken(await submit(service, 'a'))).toMatchObject({ webStatus: 'lock', lockTime: '180' });
  });

  test('is refused while somebody else is logged in', async () => {
    const { service, phone } = await phoneBench();
    phone.occupy('192.0.2.9');
    expect(spoken(await submit(service, service.credentials.password)).error).toEqual({
      webStatus: 'error',
      msg: 'auth_err_user_busy',
      lineIp: '192.0.2.9',
    });
  });

  test('is possible again after logging out', async () => {
    const { service, phone } = await phoneBench();
    const session = await logIn(service);
    expect(spoken(await session.tell('/api/auth/logout?p=Status')).ret).toBe('ok');
    expect(phone.sessions()).toBe(0);
    expect(spoken(await submit(service, service.credentials.password)).ret).toBe('ok');
  });
});

describe('information', () => {
  test('is short before the login: no token, no MAC', async () => {
    const { service } = await phoneBench();
    const answer = await ask(service.url, '/api/common/info?p=Login', {
      idlist: ['wui', 'network', 'account.info'],
    });
    expect(Object.keys(spoken(answer).data as object)).toEqual([
      'wui.common.rsaN',
      'wui.common.rsaE',
      'wui.device.phoneName',
      'wui.device.firmware',
    ]);
  });

  test('of a session names the device and every account', async () => {
    const { service, phone, account } = await phoneBench({ mac: '805ec0000001' });
    phone.edit(account);
    const { tell } = await logIn(service);
    const answer = await tell('/api/common/info?p=StatusGeneral', {
      idlist: ['system', 'network', 'account.info'],
    });
    const data = spoken(answer).data as Record<string, unknown>;
    expect([data['system.version.firmware'], data['network.common.mac']]).toEqual([
      '96.86.0.70',
      '80:5E:C0:00:00:01',
    ]);
    expect((data['account.info'] as object[])[0]).toMatchObject({ id: '1', userName: '1000', status: '2' });
  });

  test('tells whether a call is under way', async () => {
    const { service, phone } = await phoneBench();
    const { read } = await logIn(service);
    phone.call(true);
    expect(spoken(await read('/api/common/info/status/talking?p=SettingUpgrade')).data).toBe(true);
  });
});

describe('readconfig', () => {
  const T4XU = ['AccountServerAddr1.1', 'AccountServerPort1.1', 'AccountServerExpires1.1'];
  const T57W = ['AccountServerAddr.1.1', 'AccountServerPort.1.1', 'AccountServerExpires.1.1'];

  test('answers the common names, the password masked', async () => {
    const { service, phone, account } = await phoneBench();
    phone.edit(account);
    const { config } = await logIn(service);
    expect(
      await config('AccountEnable.1', 'AccountLabel.1', 'AccountPassword.1', 'AccountPassword.2'),
    ).toEqual({
      'AccountEnable.1': '1',
      'AccountLabel.1': 'Recepción',
      'AccountPassword.1': '********',
      'AccountPassword.2': '',
    });
  });

  test('spells the server as a T4xU or as a T57W, not both', async () => {
    const one = await phoneBench({ model: 'T46U', firmware: '108.86.0.90' });
    const other = await phoneBench({ model: 'T57W' });
    for (const { phone, account } of [one, other]) phone.edit(account);
    expect(await (await logIn(one.service)).config(...T4XU, ...T57W)).toEqual({
      'AccountServerAddr1.1': 'sede.example',
      'AccountServerPort1.1': '5060',
      'AccountServerExpires1.1': '180',
    });
    expect(Object.keys(await (await logIn(other.service)).config(...T4XU, ...T57W))).toEqual(T57W);
  });

  test('takes cfg keys on some builds', async () => {
    const key = 'account.1.sip_server.1.address';
    const plain = await phoneBench({ doubts: { plainKeys: true } });
    plain.phone.edit(plain.account);
    expect(await (await logIn(plain.service)).config(key)).toEqual({ [key]: 'sede.example' });
    expect(await (await logIn((await phoneBench()).service)).config(key)).toEqual({});
  });

  test('may name what it does not know', async () => {
    const { service } = await phoneBench({ doubts: { unknownNames: 'word' } });
    expect(await (await logIn(service)).config('AccountLabel.99')).toEqual({
      'AccountLabel.99': 'error_invalid_cfg_info',
    });
  });
});

describe('writeconfig', () => {
  test('changes settings, and the line registers', async () => {
    const { service, phone, account } = await phoneBench();
    const { tell } = await logIn(service);
    const formData = {
      'AccountEnable.1': 1,
      'AccountRegisterName.1': '1000',
      'AccountUserName.1': '1000',
      'AccountPassword.1': account['account.1.password'],
      'AccountServerAddr1.1': 'sede.example',
    };
    expect(spoken(await tell('/api/inner/writeconfig?p=AccountRegister', { formData })).data).toBe('change');
    expect(phone.accounts()['1']?.status).toBe('registered');
  });

  test('says when nothing changed', async () => {
    const { service } = await phoneBench();
    const { tell } = await logIn(service);
    const formData = { 'AccountEnable.1': '0' };
    expect(spoken(await tell('/api/inner/writeconfig?p=AccountRegister', { formData })).data).toBe(
      'nochange',
    );
  });

  test('may be missing', async () => {
    const { service } = await phoneBench({ doubts: { writeconfig: false } });
    const { tell } = await logIn(service);
    expect((await tell('/api/inner/writeconfig', { formData: {} })).status).toBe(404);
  });
});

describe('guards', () => {
  const WRITE = '/api/inner/writeconfig?p=AccountRegister';

  test('no session, no answer', async () => {
    const { service } = await phoneBench();
    expect((await ask(service.url, '/api/inner/readconfig', { formData: [] })).status).toBe(403);
  });

  test('no token, no answer', async () => {
    const { service } = await phoneBench();
    const { tell } = await logIn(service);
    expect((await tell('/api/inner/readconfig', { formData: [] }, { 'X-CSRFToken': 'other' })).status).toBe(
      403,
    );
  });

  test('no origin, no change', async () => {
    const { service } = await phoneBench();
    const { headers } = await logIn(service);
    const { Origin: _, Referer: __, ...bare } = headers;
    expect((await ask(service.url, WRITE, { formData: {} }, bare)).status).toBe(403);
    expect((await ask(service.url, '/api/inner/readconfig', { formData: [] }, bare)).status).toBe(200);
  });

  test('another origin, no change', async () => {
    const { service } = await phoneBench();
    const { tell } = await logIn(service);
    expect((await tell(WRITE, { formData: {} }, { Origin: 'https://evil.example' })).status).toBe(403);
  });

  test('an idle session is none', async () => {
    const { service, phone } = await phoneBench();
    const { tell } = await logIn(service);
    phone.expireSessions();
    expect((await tell('/api/inner/readconfig', { formData: [] })).status).toBe(403);
  });
});

describe('files', () => {
  test('go out with the page asked for and the token in the form', async () => {
    const { service, phone } = await phoneBench();
    phone.edit({ 'account.1.label': 'Recepción' });
    const { exported } = await logIn(service);
    expect((await exported()).text).toBe(cfg({ 'account.1.label': 'Recepción' }));
  });

  test('do not go out without that page, or without that token', async () => {
    const { service } = await phoneBench();
    const { headers, token, read } = await logIn(service);
    const path = '/api/diagnosis/cfg/file?action=export&type=all';
    expect((await post(service.url, path, { csrfmiddlewaretoken: token }, headers)).status).toBe(403);
    await read('/api/autop/status?p=SettingConfig');
    expect((await post(service.url, path, {}, headers)).status).toBe(403);
    expect((await post(service.url, path, { csrfmiddlewaretoken: token }, headers)).status).toBe(200);
  });

  test('come in', async () => {
    const { service, phone, account } = await phoneBench();
    const { imported } = await logIn(service);
    expect(spoken(await imported(cfg(account))).ret).toBe('ok');
    expect(phone.accounts()['1']?.status).toBe('registered');
  });

  test('come in under their field alone', async () => {
    const { service, phone } = await phoneBench();
    const { imported } = await logIn(service);
    expect(spoken(await imported(cfg({ 'account.1.label': 'x' }), 'file')).error).toEqual({ msg: 'noparam' });
    expect(phone.settings()).toEqual({});
  });

  test('do not come in without the page', async () => {
    const { service } = await phoneBench();
    const { headers } = await logIn(service);
    const path = '/api/diagnosis/cfg/file?action=import';
    expect((await upload(service.url, path, 'CFGConfigUpload', cfg({}), headers)).status).toBe(403);
  });
});

describe('actions', () => {
  test('reboot, whether or not a call is under way', async () => {
    const { service, phone } = await phoneBench();
    const { tell } = await logIn(service);
    phone.call(true);
    expect(spoken(await tell('/api/system/reboot?p=SettingUpgrade')).ret).toBe('ok');
    await phone.settled();
    expect(phone.reboots()).toBe(1);
    await expect(get(service.url, '/api')).resolves.toMatchObject({ status: 200 });
  });

  test('auto provision now', async () => {
    const { service, phone } = await phoneBench();
    const { tell, read } = await logIn(service);
    expect(spoken(await tell('/api/autop/now?p=SettingAutop')).ret).toBe('ok');
    await phone.settled();
    expect(spoken(await read('/api/autop/status')).data).toBe('idle');
  });
});
