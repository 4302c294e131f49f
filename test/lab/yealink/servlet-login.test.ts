import { describe, expect, test } from 'vitest';
import { phoneBench } from './fixture.ts';
import { get, loginB0, loginB1, loginB2, post, visit } from './servlet.ts';

const STATUS = '/servlet?m=mod_data&p=status&q=load';

describe('login of b1', () => {
  test('takes the password encrypted with AES under an RSA key', async () => {
    const { service, phone } = await phoneBench({ generation: 'b1' });
    const { result, cookie } = await loginB1(service);
    expect(result).toEqual({ authstatus: 'done' });
    expect((await get(service.url, STATUS, { Cookie: cookie })).text).toContain('g_strToken');
    expect([phone.sessions(), phone.logins()[0]?.accepted]).toEqual([1, true]);
  });

  test('refuses a wrong password', async () => {
    const { service } = await phoneBench({ generation: 'b1' });
    expect((await loginB1(service, 'wrong')).result).toEqual({ authstatus: 'none' });
  });

  test('refuses a password wrapped for another session', async () => {
    const { service } = await phoneBench({ generation: 'b1' });
    const [one, other] = [await visit(service), await visit(service)];
    const at = { ...one, cookie: other.cookie };
    expect((await loginB1(service, undefined, at)).result).toEqual({ authstatus: 'none' });
  });

  test('refuses a clear password', async () => {
    const { service } = await phoneBench({ generation: 'b1' });
    const { cookie } = await visit(service);
    const { username, password } = service.credentials;
    const form = { username, pwd: password };
    const answer = await post(service.url, '/servlet?m=mod_listener&p=login&q=login', form, {
      Cookie: cookie,
    });
    expect(answer.text).toContain('{"authstatus":"none"}');
  });

  test('locks after a few failures, and says so', async () => {
    const { service, phone } = await phoneBench({ generation: 'b1' });
    for (const password of ['a', 'b', 'c']) await loginB1(service, password);
    const page = await get(service.url, '/servlet?m=mod_listener&p=login&q=loginForm');
    expect(page.text).toMatch(/not authorized.*try again 3 minutes later/);
    expect(phone.lockouts()).toMatchObject([{ address: '127.0.0.1' }]);
    phone.unlock();
    expect((await loginB1(service)).result).toEqual({ authstatus: 'done' });
  });

  test('is locked for the right password too', async () => {
    const { service } = await phoneBench({ generation: 'b1', doubts: { lockAfter: 1 } });
    const visitor = await visit(service);
    await loginB1(service, 'a', visitor);
    expect((await loginB1(service, undefined, visitor)).result).toEqual({ authstatus: 'lock' });
  });

  test('has room for one administrator', async () => {
    const { service, phone } = await phoneBench({ generation: 'b1' });
    phone.occupy();
    expect((await loginB1(service)).result).toEqual({ authstatus: 'busy' });
    phone.vacate();
    expect((await loginB1(service)).result).toEqual({ authstatus: 'done' });
  });

  test('replaces the other one where the phone does so', async () => {
    const { service } = await phoneBench({ generation: 'b1', doubts: { sameAddress: 'replace' } });
    const first = await loginB1(service);
    expect((await loginB1(service)).result).toEqual({ authstatus: 'done' });
    expect((await get(service.url, STATUS, { Cookie: first.cookie })).status).toBe(302);
  });

  test('logs out', async () => {
    const { service, phone } = await phoneBench({ generation: 'b1' });
    const { cookie } = await loginB1(service);
    await get(service.url, '/servlet?m=mod_listener&p=login&q=logout', { Cookie: cookie });
    expect(phone.sessions()).toBe(0);
  });

  test('ends when idle', async () => {
    const { service } = await phoneBench({ generation: 'b1', sessionMs: 1 });
    const { cookie } = await loginB1(service);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await get(service.url, STATUS, { Cookie: cookie })).headers.location).toContain('q=loginForm');
  });
});

describe('login of b2', () => {
  test('takes the password encrypted with RSA alone', async () => {
    const { service } = await phoneBench({ generation: 'b2' });
    expect((await loginB2(service)).result).toEqual({ authstatus: 'done' });
    expect((await loginB2(service, 'wrong')).result).toEqual({ authstatus: 'none' });
  });

  test('answers over TLS', async () => {
    const { service } = await phoneBench({ generation: 'b2', tls: true });
    expect((await loginB2(service)).result).toEqual({ authstatus: 'done' });
  });

  test('is where the front page leads', async () => {
    const { service } = await phoneBench({ generation: 'b2' });
    const { status, headers } = await get(service.url, '/');
    expect([status, headers.location]).toEqual([
      302,
      '/servlet?m=mod_listener&p=login&q=loginForm&jumpto=status',
    ]);
  });
});

describe('login of b0', () => {
  test('redirects', async () => {
    const { service } = await phoneBench({ generation: 'b0' });
    const { answer, cookie } = await loginB0(service);
    expect(answer.status).toBe(302);
    expect((await get(service.url, '/servlet?p=status&q=load', { Cookie: cookie })).status).toBe(200);
  });

  test('shows the form again for a wrong password', async () => {
    const { service } = await phoneBench({ generation: 'b0' });
    expect((await loginB0(service, 'wrong')).answer.status).toBe(200);
  });

  test('is not found without the cookie, and no failure is counted', async () => {
    const { service, phone } = await phoneBench({ generation: 'b0' });
    expect((await loginB0(service, undefined, false)).answer.status).toBe(404);
    expect(phone.logins()).toEqual([]);
  });
});
