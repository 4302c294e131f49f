import { Agent } from 'node:http';
import { describe, expect, test } from 'vitest';
import { bench } from './fixture.ts';

const API = '/openapi/v1.0';

describe('every answer', () => {
  test('has status 200 and closes the connection, also on failure', async () => {
    const { raw } = await bench();
    const agent = new Agent({ keepAlive: true });
    const answer = await raw('GET', `${API}/extension/list`, undefined, { agent });
    agent.destroy();
    expect(answer.status).toBe(200);
    expect(answer.headers.connection).toBe('close');
    expect(answer.json).toEqual({ errcode: 10004, errmsg: 'TOKEN EXPIRED' });
  });

  test('keeps the connection where the settings say so', async () => {
    const { raw } = await bench({ keepAlive: true });
    const agent = new Agent({ keepAlive: true });
    const { headers } = await raw('GET', `${API}/system/information`, undefined, { agent });
    agent.destroy();
    expect(headers.connection).toBe('keep-alive');
  });

  test('outside the API is the web interface', async () => {
    const { raw } = await bench();
    const answer = await raw('GET', '/login');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html']);
    expect(answer.text).toContain('<!DOCTYPE html>');
  });
});

describe('a request', () => {
  test('without User-Agent is refused with 40002, authentication included', async () => {
    const { raw, service } = await bench();
    const { clientId: username, clientSecret: password } = service.credentials;
    const options = { headers: { 'User-Agent': '' } };
    const refused = await raw('POST', `${API}/get_token`, JSON.stringify({ username, password }), options);
    expect(refused.json).toMatchObject({ errcode: 40002, errmsg: 'PARAMETER ERROR' });
    const again = await raw('GET', `${API}/system/information`, undefined, options);
    expect(again.json.errcode).toBe(40002);
  });

  test('to an unknown path or with the wrong method answers 10001', async () => {
    const { get, post, raw } = await bench();
    const answers = [
      await get('extension/lst'),
      await get('extension/create'),
      await get('extension/update', { id: 21 }),
      await post('extension/delete', { id: 21 }),
      await post('extension/list', {}),
      await get('extension/query/'),
      (await raw('DELETE', `${API}/extension/delete?id=21`)).json,
      (await raw('GET', `${API}/get_token`)).json,
      await get('toString'),
    ];
    expect(answers.map(({ errcode }) => errcode)).toEqual(answers.map(() => 10001));
    expect(answers[0]?.errmsg).toBe('INTERFACE NOT EXISTED');
  });

  test('to another version of the API answers 10003', async () => {
    const { raw } = await bench();
    expect((await raw('GET', '/openapi/v9.9/extension/list')).json.errcode).toBe(10003);
  });

  test('with a body that is no JSON object answers -2', async () => {
    const { raw, getToken } = await bench();
    const { access_token } = await getToken();
    const path = `${API}/extension/create?access_token=${access_token}`;
    for (const body of ['', '{', '[1]', '"text"', 'number=1003']) {
      expect((await raw('POST', path, body)).json, body).toMatchObject({
        errcode: -2,
        errmsg: 'INTERNAL SERVER ERROR',
      });
    }
  });
});

describe('the API switched off', () => {
  test('leaves the web interface on its paths', async () => {
    const { raw, getToken } = await bench({ api: false });
    const answer = await raw('POST', `${API}/get_token`, '{}');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html');
    expect(await getToken()).toBeUndefined();
  });

  test('answers 70123 in the other reading', async () => {
    const { getToken } = await bench({ api: false, doubts: { apiOff: '70123' } });
    expect(await getToken()).toEqual({ errcode: 70123, errmsg: 'API UNAVAILABLE' });
  });

  test('is what a P520 has', async () => {
    const { raw } = await bench({ model: 'P520' });
    expect((await raw('GET', `${API}/extension/list`)).json).toBeUndefined();
  });
});

describe('restrictions', () => {
  test('of addresses answer 70087', async () => {
    const { getToken } = await bench({ allowedAddresses: ['192.0.2.10'] });
    expect(await getToken()).toEqual({ errcode: 70087, errmsg: 'IP FORBIDDEN' });
    const open = await bench({ allowedAddresses: ['192.0.2.10', '127.0.0.1'] });
    expect((await open.getToken()).errcode).toBe(0);
  });

  test('of one interface answer 10005 and leave the others', async () => {
    const { get, post } = await bench({ denied: ['extension/create'] });
    expect(await post('extension/create', {})).toEqual({ errcode: 10005, errmsg: 'ACCESS DENIED' });
    expect((await get('extension/list')).errcode).toBe(0);
  });

  test('of a group deny all of it', async () => {
    const { get, post } = await bench({ denied: ['call'] });
    expect((await post('call/dial', {})).errcode).toBe(10005);
    expect((await get('call/query')).errcode).toBe(10005);
    expect((await get('cdr/list')).errcode).toBe(0);
  });
});

describe('faults and log', () => {
  test('an errno fault answers the code with its documented text, and nothing is done', async () => {
    const { box, get, post } = await bench();
    await get('extension/list');
    box.addFault({ kind: 'errno', errno: '60002', match: { path: 'extension/delete' } });
    const { id } = box.saved()['1000'] ?? { id: '' };
    expect(await get('extension/delete', { id: id ?? '' })).toEqual({
      errcode: 60002,
      errmsg: 'MAX LIMITATION EXCEEDED',
    });
    expect(box.saved()['1000']).toBeDefined();
    box.addFault({ kind: 'errno', errno: '70082' });
    expect((await post('extension/update', {})).errmsg).toBe('OVERLOAD_TASK_RUNNING');
  });

  test('a lost answer leaves the work done', async () => {
    const { box, get } = await bench();
    await get('extension/list');
    box.addFault({ kind: 'lostAnswer', match: { path: 'extension/delete' } });
    await expect(get('extension/delete', { id: box.saved()['1000']?.id ?? '' })).rejects.toThrow();
    expect(box.running()['1000']).toBeUndefined();
  });

  test('the log keeps the path and the code, and no token', async () => {
    const { box, get, getToken } = await bench();
    const { access_token } = await getToken();
    await get('extension/get', { id: 999 });
    const { entries } = box.requests();
    expect(entries.at(-1)).toMatchObject({
      method: 'GET',
      path: '/openapi/v1.0/extension/get?id=999',
      errno: '60001',
    });
    expect(JSON.stringify(entries)).not.toContain(access_token);
  });

  test('over TLS the certificate can be replaced', async () => {
    const { box, service, getToken } = await bench({ tls: true });
    expect(service.url).toMatch(/^https:/);
    expect((await getToken()).errcode).toBe(0);
    const before = service.pins.spki;
    const after = await box.rotateCertificate();
    expect(after.spki).not.toBe(before);
    expect(service.pins).toEqual(after);
    expect((await getToken()).errcode).toBe(0);
  });

  test('there are no tenants', async () => {
    const { box } = await bench();
    expect(() => box.tenant('1')).toThrow('no tenants');
  });
});
