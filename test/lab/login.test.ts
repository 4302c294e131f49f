import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { LabYeastarService } from '../../lab/index.ts';
import { bench } from './fixture.ts';
import { api, call, login, md5 } from './raw.ts';

const wrong = (service: LabYeastarService, options = {}) =>
  call(
    service,
    'v2.0.0/login',
    { username: service.credentials.username, password: md5('wrong') },
    { options },
  );

async function fail(service: LabYeastarService, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) await wrong(service);
}

describe('login', () => {
  test('v1.x answers a token of 32 hex digits alone', async () => {
    const { json } = await login((await bench()).service, 'v1.1.0');
    expect(Object.keys(json)).toEqual(['status', 'token']);
    expect(json.token).toMatch(/^[0-9a-f]{32}$/);
  });

  test('v2.0.0 adds the transport of reports', async () => {
    expect((await login((await bench()).service)).json.transport).toBe('TCP');
    expect((await login((await bench({ reportMethod: 'HTTP' })).service)).json.transport).toBe('HTTP');
  });

  test.each([
    ['clear', (password: string) => password],
    ['upper-case MD5', (password: string) => md5(password).toUpperCase()],
  ])('a password as %s is refused with 20003', async (_, encode) => {
    const { service } = await bench();
    const { username, password } = service.credentials;
    const answer = await call(service, 'v2.0.0/login', { username, password: encode(password) });
    expect(answer.json.errno).toBe('20003');
  });

  test.each([
    [undefined, '20009'],
    [{ username: 'api' }, '10004'],
    [{ username: 'api', password: ' ' }, '10004'],
    [{ username: 'api', password: 'x', port: '70000' }, '20008'],
  ])('%j is refused with %s', async (params, errno) => {
    expect((await call((await bench()).service, 'v2.0.0/login', params)).json.errno).toBe(errno);
  });

  test('the port is optional in practice, required in doubt', async () => {
    const { service } = await bench({ doubts: { portRequired: true } });
    const { username, password } = service.credentials;
    const params = { username, password: md5(password) };
    expect((await call(service, 'v1.1.0/login', params)).json.errno).toBe('10004');
    expect((await call(service, 'v2.0.0/login', params)).json.status).toBe('Success');
  });

  test('every attempt is recorded, good and bad', async () => {
    const { service, box } = await bench();
    await wrong(service);
    await login(service);
    expect(box.logins().map(({ accepted }) => accepted)).toEqual([false, true]);
  });
});

describe('lock', () => {
  test('five failures lock the address, also for the right password', async () => {
    const { service, box } = await bench();
    await fail(service, 4);
    expect((await wrong(service)).json.errno).toBe('20003');
    expect((await login(service)).json.errno).toBe('20002');
    expect(box.lockouts()).toHaveLength(1);
  });

  test('a good login starts the count again', async () => {
    const { service } = await bench();
    await fail(service, 4);
    await login(service);
    await fail(service, 4);
    expect((await login(service)).json.status).toBe('Success');
  });

  test('another address is not locked', async () => {
    const { service } = await bench();
    await fail(service, 5);
    expect((await login(service, 'v2.0.0', { localAddress: '127.0.0.2' })).json.status).toBe('Success');
  });

  test('the lock ends by itself', async () => {
    const { service } = await bench({ lockMs: 60 });
    await fail(service, 5);
    await pause(80);
    expect((await login(service)).json.status).toBe('Success');
  });

  test('the panel unblocks an address', async () => {
    const { service, box } = await bench();
    await fail(service, 5);
    box.unlock('127.0.0.1');
    expect((await login(service)).json.status).toBe('Success');
  });

  test.each([
    ['login', 'Success'],
    ['every-request', 'Failed'],
  ] as const)('with scope %s a live token answers %s', async (lockScope, status) => {
    const { service } = await bench({ doubts: { lockScope } });
    const v2 = await api(service);
    await fail(service, 5);
    expect((await v2('extension/list')).json.status).toBe(status);
  });
});

describe('token', () => {
  test('blank answers 20005', async () => {
    const { service } = await bench();
    expect((await call(service, 'v2.0.0/extension/list')).json.errno).toBe('20005');
    expect((await call(service, 'v2.0.0/extension/list', undefined, { token: '' })).json.errno).toBe('20005');
  });

  test('unknown answers 20004', async () => {
    const { service } = await bench();
    const token = md5('nobody');
    expect((await call(service, 'v2.0.0/extension/list', undefined, { token })).json.errno).toBe('20004');
  });

  test('idle too long answers 20006', async () => {
    const { service, box } = await bench({ idleMs: 60 });
    const v2 = await api(service);
    await pause(80);
    expect(box.sessions()).toBe(0);
    expect((await v2('extension/list')).json.errno).toBe('20006');
  });

  test('any request restores its life, a heartbeat too', async () => {
    const { service } = await bench({ idleMs: 400 });
    const v2 = await api(service);
    await pause(250);
    await v2('extension/list');
    await pause(250);
    expect((await v2('heartbeat')).json).toEqual({ status: 'Success' });
    await pause(250);
    expect((await v2('extension/list')).json.status).toBe('Success');
  });

  test.each(['20006', '20004'] as const)('expired on demand, it answers %s', async (expiredErrno) => {
    const { service, box } = await bench({ doubts: { expiredErrno } });
    const v2 = await api(service);
    box.expireTokens();
    expect((await v2('extension/list')).json.errno).toBe(expiredErrno);
  });

  test('logout ends it', async () => {
    const { service, box } = await bench();
    const v2 = await api(service);
    expect((await v2('logout')).json).toEqual({ status: 'Success' });
    expect((await v2('extension/list')).json.errno).toBe('20004');
    expect(box.sessions()).toBe(0);
  });

  test.each([
    ['coexists', 'Success'],
    ['replaces', 'Failed'],
  ] as const)('when a second login %s, the first token answers %s', async (secondLogin, status) => {
    const { service } = await bench({ doubts: { secondLogin } });
    const first = await api(service);
    await login(service);
    expect((await first('extension/list')).json.status).toBe(status);
  });
});
