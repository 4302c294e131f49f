import { describe, expect, test } from 'vitest';
import { inCompany, loggedIn, pick, platform, withToken } from './fixture.ts';

const EDITIONS = ['a', 'b', 'c'] as const;

describe.each(EDITIONS)('login in dialect %s', (edition) => {
  test('answers a token shaped like a JWT, and that it lives an hour', async () => {
    const { bare, service } = await platform({ edition });
    const { status, json } = await bare('POST', 'login', service.credentials);
    expect(status).toBe(200);
    const token = String(pick(json, 'token'));
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims.exp - claims.iat).toBe(3600);
    expect(pick(json, 'expires_in')).toBe(3600);
    expect(service.credentials.username).toBe('api@pbx2.example');
  });

  test('is a POST, and nothing else is open without a token', async () => {
    const { bare } = await platform({ edition });
    expect((await bare('GET', 'login')).status).toBe(405);
    for (const path of ['extension', 'company', 'refresh', 'logout', 'nothing']) {
      expect((await bare('GET', path)).status).toBe(401);
    }
  });

  test('a token that was logged out is dead', async () => {
    const { ask, box } = await loggedIn({ edition });
    expect(box.sessions()).toBe(1);
    expect((await ask('GET', 'logout')).status).toBe(edition === 'b' ? 204 : 200);
    expect((await ask('GET', 'company')).status).toBe(401);
    expect(box.sessions()).toBe(0);
  });

  test('a token runs out', async () => {
    const { ask } = await loggedIn({ edition, tokenMs: 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await ask('GET', 'company')).status).toBe(401);
  });

  test('counts good and bad logins', async () => {
    const { bare, box, service } = await platform({ edition });
    await bare('POST', 'login', { ...service.credentials, password: 'wrong' });
    await bare('POST', 'login', service.credentials);
    expect(box.logins().map(({ accepted }) => accepted)).toEqual([false, true]);
  });
});

describe('what dialects say differently about login', () => {
  test('beside the token', async () => {
    const a = await platform();
    expect((await a.bare('POST', 'login', a.service.credentials)).json).toMatchObject({
      token_type: 'bearer',
      user: { email: 'api@pbx2.example', role: 'super' },
    });
    const b = await platform({ edition: 'b' });
    const { json } = await b.bare('POST', 'login', b.service.credentials);
    expect(Object.keys(json as object)).toEqual(['token', 'expires_in']);
  });

  test.each([
    ['a', { message: 'These credentials do not match our records.' }],
    ['b', { code: 'bad_credentials', messages: ['Unknown user or wrong password'] }],
  ] as const)('%s: a wrong password', async (edition, body) => {
    const { bare, service } = await platform({ edition });
    const answer = await bare('POST', 'login', { ...service.credentials, password: 'wrong' });
    expect([answer.status, answer.json]).toEqual([401, body]);
  });

  test.each([
    [
      'a',
      {
        message: 'The username field is required. (and 1 more error)',
        errors: {
          username: ['The username field is required.'],
          password: ['The password field is required.'],
        },
      },
    ],
    ['b', { code: 'validation_failed', messages: ['username is required', 'password is required'] }],
  ] as const)('%s: nothing sent', async (edition, body) => {
    const { bare } = await platform({ edition });
    const answer = await bare('POST', 'login', {});
    expect([answer.status, answer.json]).toEqual([422, body]);
  });

  test('an expired token, told from an unknown one in b alone', async () => {
    const b = await loggedIn({ edition: 'b' });
    b.box.expireTokens();
    expect(pick((await b.ask('GET', 'company')).json, 'code')).toBe('token_expired');
    expect(pick((await withToken(b.service, 'x.y.z')('GET', 'company')).json, 'code')).toBe('token_invalid');
    const a = await loggedIn();
    a.box.expireTokens();
    expect((await a.ask('GET', 'company')).json).toEqual({ message: 'Unauthenticated.' });
  });

  test('renewal in a has the shape of a login and kills the old token', async () => {
    const { ask, service } = await loggedIn();
    const { json } = await ask('GET', 'refresh');
    expect(pick(json, 'expires_in')).toBe(3600);
    expect((await ask('GET', 'company')).status).toBe(401);
    expect((await withToken(service, String(pick(json, 'token')))('GET', 'company')).status).toBe(200);
  });

  test('renewal in b has another shape and leaves the old token alive', async () => {
    const { ask, service } = await loggedIn({ edition: 'b' });
    const { json } = await ask('GET', 'refresh');
    expect(pick(json, 'session.validSeconds')).toBe(3600);
    expect((await ask('GET', 'company')).status).toBe(200);
    const renewed = withToken(service, String(pick(json, 'session.accessToken')));
    expect((await renewed('GET', 'company')).status).toBe(200);
  });

  test.each([
    ['a', 429, 'Too Many Attempts.'],
    ['b', 403, 'login_locked'],
  ] as const)('%s: an address that failed five times waits', async (edition, status, word) => {
    const { bare, box, service } = await platform({ edition });
    for (let count = 0; count < 5; count += 1) {
      await bare('POST', 'login', { ...service.credentials, password: 'wrong' });
    }
    const locked = await bare('POST', 'login', service.credentials);
    expect([locked.status, locked.text]).toEqual([status, expect.stringContaining(word)]);
    expect(box.lockouts()).toMatchObject([{ address: '127.0.0.1' }]);
    box.unlock('127.0.0.1');
    expect(box.lockouts()).toEqual([]);
    expect((await bare('POST', 'login', service.credentials)).status).toBe(200);
  });
});

describe('second factor', () => {
  test('a: demanded with a 200 that has no token, and taken as otp', async () => {
    const { bare, box, service } = await platform({ secondFactor: '246810' });
    const demanded = await bare('POST', 'login', service.credentials);
    expect([demanded.status, demanded.json]).toEqual([200, { two_factor: true }]);
    expect((await bare('POST', 'login', { ...service.credentials, otp: '000000' })).status).toBe(401);
    const taken = await bare('POST', 'login', { ...service.credentials, otp: '246810' });
    expect(pick(taken.json, 'token')).toBeTypeOf('string');
    expect(box.logins().map(({ accepted }) => accepted)).toEqual([false, true]);
  });

  test('b: demanded with a 403, and taken as twoFactorCode', async () => {
    const { bare, service } = await platform({ edition: 'b', secondFactor: '246810' });
    const demanded = await bare('POST', 'login', service.credentials);
    expect([demanded.status, pick(demanded.json, 'code')]).toEqual([403, 'second_factor_required']);
    const body = { ...service.credentials, twoFactorCode: '246810' };
    expect((await bare('POST', 'login', body)).status).toBe(200);
  });

  test('without a code of its own nothing is taken', async () => {
    const { bare, service } = await platform({ secondFactor: true });
    expect((await bare('POST', 'login', { ...service.credentials, otp: 'true' })).status).toBe(401);
  });
});

describe("users of a company, who log in with the panel's password", () => {
  const seed = [
    { number: '10', email: 'ana@acme.example', password: 'portal-ana', role: 'admin' },
    { number: '11', email: 'luis@acme.example', password: 'portal-luis' },
  ];

  test('who administers it sees it alone', async () => {
    const { bare, service } = await platform({ seed });
    const { json } = await bare('POST', 'login', { username: 'ana@acme.example', password: 'portal-ana' });
    const ask = withToken(service, String(pick(json, 'token')));
    expect(pick((await ask('GET', 'extension')).json, 'meta.total')).toBe(2);
    expect((await ask('GET', 'extension?companyId=90002')).status).toBe(403);
    expect((await ask('GET', 'company')).status).toBe(403);
  });

  test('who does not sees nothing, and a wrong password is a wrong password', async () => {
    const { bare, service } = await platform({ seed });
    const luis = { username: 'luis@acme.example', password: 'portal-luis' };
    const { json } = await bare('POST', 'login', luis);
    expect((await withToken(service, String(pick(json, 'token')))('GET', 'extension')).status).toBe(403);
    expect((await bare('POST', 'login', { ...luis, password: 'portal-ana' })).status).toBe(401);
  });
});

describe('magicLogin', () => {
  test.each([
    ['a', 'data.url'],
    ['b', 'magicLink'],
  ] as const)('%s answers a link, as %s', async (edition, path) => {
    const { ask, service } = await inCompany({ edition, seed: [{ number: '10' }] });
    const list = (await ask('GET', 'extension')).json;
    const id = pick(list, 'data.0.id') ?? pick(list, 'results.0.uuid');
    const { json } = await ask('GET', `magicLogin/${String(id)}`);
    expect(pick(json, path)).toMatch(new RegExp(`^${service.url}/#!/magic/[0-9a-f]{32}$`));
    expect((await ask('GET', 'magicLogin/0')).status).toBe(404);
  });
});
