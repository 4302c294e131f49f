import { describe, expect, test } from 'vitest';
import { send } from '../raw.ts';
import { inCompany, loggedIn, pick, platform, userBody } from './fixture.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe.each(['a', 'b'] as const)('who does not ask for JSON, in dialect %s', (edition) => {
  test('a failed validation is a redirect to a page of the panel', async () => {
    const { service } = await platform({ edition });
    const answer = await send(`${service.url}/api/v2/login`, '{}', { method: 'POST', headers: JSON_TYPE });
    expect([answer.status, answer.headers.location]).toEqual([302, `${service.url}/login`]);
    const followed = await send(String(answer.headers.location), undefined, { method: 'GET' });
    expect([followed.status, followed.headers['content-type']]).toEqual([200, 'text/html; charset=UTF-8']);
  });

  test.each([
    ['Accept', 'application/json'],
    ['Accept', 'application/vnd.api+json'],
    ['X-Requested-With', 'XMLHttpRequest'],
  ])('%s: %s is asking', async (name, value) => {
    const { service } = await platform({ edition });
    const headers = { ...JSON_TYPE, [name]: value };
    const answer = await send(`${service.url}/api/v2/login`, '{}', { method: 'POST', headers });
    expect([answer.status, answer.headers['content-type']]).toEqual([422, 'application/json']);
  });

  test('no token is a redirect, and what is not found is a page', async () => {
    const { service, token } = await loggedIn({ edition });
    const url = `${service.url}/api/v2/company`;
    expect((await send(url, undefined, { method: 'GET' })).status).toBe(302);
    const headers = { Authorization: `Bearer ${token}` };
    const missing = await send(`${url}/0`, undefined, { method: 'GET', headers });
    expect([missing.status, missing.headers['content-type']]).toEqual([404, 'text/html; charset=UTF-8']);
    expect((await send(url, undefined, { method: 'GET', headers })).headers['content-type']).toBe(
      'application/json',
    );
  });
});

describe('requests', () => {
  test.each(['not json', '[1]', 'null'])('the body %s is a 400', async (body) => {
    const { service } = await platform();
    const headers = { ...JSON_TYPE, Accept: 'application/json' };
    const answer = await send(`${service.url}/api/v2/login`, body, { method: 'POST', headers });
    expect(answer.status).toBe(400);
  });

  test('a body that does not say it is JSON is not read', async () => {
    const { service } = await platform();
    const options = { method: 'POST', headers: { Accept: 'application/json' } };
    const body = JSON.stringify(service.credentials);
    expect((await send(`${service.url}/api/v2/login`, body, options)).status).toBe(422);
  });

  test.each([
    ['PUT', 'extension', 405],
    ['PATCH', 'extension/1', 405],
    ['GET', 'blacklist/1', 405],
    ['PUT', 'blacklist/1', 405],
    ['POST', 'event', 405],
    ['DELETE', 'banned/1', 405],
    ['POST', 'refresh', 405],
    ['GET', 'extension/1/more', 404],
    ['GET', 'users', 404],
    ['GET', '', 404],
  ])('%s %s is %d', async (method, path, status) => {
    const { ask } = await loggedIn();
    expect((await ask(method, path)).status).toBe(status);
  });

  test('the log holds the code answered', async () => {
    const { ask, box } = await loggedIn({ edition: 'b' });
    await ask('GET', 'extension');
    expect(box.requests().entries.at(-1)).toMatchObject({ method: 'GET', errno: 'company_required' });
  });
});

describe('an API that is closed', () => {
  test('to all but login', async () => {
    const { ask } = await loggedIn({ apiForbidden: true });
    expect((await ask('GET', 'company')).status).toBe(403);
    expect((await ask('GET', 'extension/1')).json).toEqual({ message: 'This action is unauthorized.' });
    expect((await ask('GET', 'refresh')).status).toBe(200);
  });

  test('in some resources', async () => {
    const { ask } = await inCompany({ edition: 'b', apiForbidden: ['extension'] });
    const closed = await ask('GET', 'extension');
    expect([closed.status, pick(closed.json, 'code')]).toEqual([403, 'forbidden']);
    expect((await ask('GET', 'did')).status).toBe(200);
  });
});

describe('beside the API', () => {
  test('the panel is served, and sets the cookie of its forms', async () => {
    const { service } = await platform();
    const front = await send(`${service.url}/`, undefined, { method: 'GET' });
    expect(front.text).toContain('ng-app');
    expect(front.headers['set-cookie']).toEqual([expect.stringMatching(/^XSRF-TOKEN=\w{40};/)]);
    const [, script = ''] = /src="([^"]+)"/.exec(front.text) ?? [];
    const asset = await send(`${service.url}${script}`, undefined, { method: 'GET' });
    expect([asset.status, asset.headers['content-type']]).toEqual([200, 'application/javascript']);
    expect((await send(`${service.url}/api/v1/x`, undefined, { method: 'GET' })).status).toBe(404);
  });

  test('TLS has a certificate of its own, which can be rotated', async () => {
    const { box, service } = await platform({ tls: true });
    expect(service.url).toMatch(/^https:/);
    const { spki } = service.pins;
    const rotated = await box.rotateCertificate();
    expect(rotated.spki).not.toBe(spki);
    expect(service.pins).toEqual(rotated);
  });
});

describe('faults', () => {
  test.each([
    ['a', '503', 503, { message: 'Error 503' }],
    ['a', '409 Already there', 409, { message: 'Already there' }],
    ['a', 'Sin hueco', 422, { message: 'Sin hueco' }],
    ['b', '503', 503, { code: 'error', messages: ['Error 503'] }],
    ['b', 'Sin hueco', 422, { code: 'error', messages: ['Sin hueco'] }],
  ] as const)('%s: errno %s', async (edition, errno, status, body) => {
    const { ask, box } = await loggedIn({ edition });
    box.addFault({ kind: 'errno', errno, match: { path: 'company' } });
    const answer = await ask('GET', 'company');
    expect([answer.status, answer.json]).toEqual([status, body]);
    expect((await ask('GET', 'company')).status).toBe(200);
  });

  test('an errno without a choice is the server’s own failure', async () => {
    const { ask, box } = await loggedIn();
    box.addFault({ kind: 'errno' });
    expect((await ask('GET', 'company')).status).toBe(500);
  });

  test('a lost answer was carried out', async () => {
    const { ask, box } = await inCompany();
    box.addFault({ kind: 'lostAnswer' });
    await expect(ask('POST', 'extension', userBody('a', '10'))).rejects.toThrow();
    expect(Object.keys(box.saved())).toEqual(['10']);
  });
});
