import { describe, expect, test } from 'vitest';
import { api2, bench, body2, freeze, pass, person, shown, strong } from './fixture.ts';

const v2 = { edition: 'v2' } as const;

describe('the API v2', () => {
  test('is not there before 8.2', async () => {
    const answer = await api2(await bench())('GET', 'extensions');
    expect([answer.status, answer.headers['content-type']]).toEqual([404, 'text/html; charset=UTF-8']);
  });

  test('has real statuses and an error of four parts', async () => {
    const answer = await api2(await bench(v2))('GET', 'extensions/99');
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({
      code: 'not_found',
      description: expect.any(String),
      details: [],
      trace_id: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  test('refuses a wrong key, and notes it; no key at all is no attempt', async () => {
    const made = await bench(v2);
    expect((await api2(made, '301', 'wrong')('GET', 'extensions')).status).toBe(401);
    expect((await made.raw('/api/org/301/v2/extensions')).status).toBe(401);
    expect(made.box.logins()).toHaveLength(1);
  });

  test('refuses what the key may not do, and a suspended key', async () => {
    const narrow = api2(await bench({ ...v2, keys: [{ actions: ['ext.list'] }] }));
    expect((await narrow('GET', 'extensions')).status).toBe(200);
    expect((await narrow('POST', 'extensions', body2('118'))).status).toBe(403);
    expect(
      (await api2(await bench({ ...v2, keys: [{ suspended: true }] }))('GET', 'extensions')).status,
    ).toBe(403);
  });

  test('knows tenants by code, not by id', async () => {
    const made = await bench(v2);
    expect((await api2(made, '301')('GET', 'extensions')).status).toBe(200);
    expect((await api2(made, '169')('GET', 'extensions')).status).toBe(404);
    expect((await api2(made, 'default')('GET', 'extensions')).text).toBe('[]');
    expect((await api2(made, 'default')('POST', 'extensions', body2('118'))).status).toBe(403);
  });

  test.each([
    ['PUT', 'extensions'],
    ['GET', 'dids'],
    ['GET', 'extensions/batch/1'],
    ['POST', 'extensions/10'],
  ])('has no %s %s', async (method, path) => {
    expect((await api2(await bench(v2))(method, path)).status).toBe(404);
  });
});

describe('extensions in the API v2', () => {
  test('are made, in sight of v1', async () => {
    const made = await bench(v2);
    const answer = await api2(made)('POST', 'extensions', body2('118'));
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({
      id: 10,
      number: '118',
      status: 'active',
      authentication: { username: '301118' },
      uad: { id: 50, name: 'generic_sip', location: 'remote' },
      codecs: { allowed: [{ name: 'alaw', ptime: 20 }] },
      call_control: { incoming_limit: 2 },
    });
    expect(answer.text).not.toContain(strong('user'));
    expect(await shown(made.api, '118')).toMatchObject({
      email: 'ana@acme.example',
      options: { allow: ['alaw'] },
    });
  });

  test('those of v1 are read, by id, by number and in a list', async () => {
    const made = await bench(v2);
    await made.api('ext.add', person('118'));
    const ask = api2(made);
    const [byId, byNumber, all] = [
      await ask('GET', 'extensions/10'),
      await ask('GET', 'extensions/number/118'),
      await ask('GET', 'extensions'),
    ];
    expect(byId.json).toMatchObject({ id: 10, number: '118', name: 'Ana Núñez' });
    expect([byNumber.json, JSON.parse(all.text)]).toEqual([byId.json, [byId.json]]);
    expect((await ask('GET', 'extensions/number/119')).status).toBe(404);
  });

  test('the wrapper of the list and the secrets are in doubt', async () => {
    const made = await bench({
      ...v2,
      seed: [{ number: '118' }],
      doubts: { v2List: 'wrapped', v2Secrets: 'hidden' },
    });
    const { json, text } = await api2(made)('GET', 'extensions');
    expect(json.data).toHaveLength(1);
    expect(text).not.toContain(made.box.saved()['118']?.secret);
  });

  test.each([
    'number',
    'name',
    'email',
    'status',
    'dtmf_mode',
    'user_type',
    'authentication',
    'uad',
    'codecs',
  ])('need %s', async (name) => {
    const { [name]: _left, ...body } = body2('118');
    const answer = await api2(await bench(v2))('POST', 'extensions', body);
    expect([answer.status, JSON.stringify(answer.json.details)]).toEqual([
      400,
      expect.stringContaining(name),
    ]);
  });

  test.each([
    [{ number: 118 }, 400],
    [{ number: '1180' }, 400],
    [{ number: '900' }, 409],
    [{ status: 'enabled' }, 400],
    [{ uad: { id: 24, location: 'remote' } }, 400],
    [{ uad: { id: '50', location: 'remote' } }, 400],
    [{ call_control: { incoming_limit: 1000 } }, 400],
    [{ authentication: { secret: 'Weakweak', user_password: strong('u'), pin: '4821' } }, 400],
    [{ authentication: { secret: strong('x').repeat(7), user_password: strong('u'), pin: '4821' } }, 400],
  ])('%j answers %d', async (change, status) => {
    const made = await bench(v2);
    expect((await api2(made)('POST', 'extensions', body2('118', change))).status).toBe(status);
    expect(made.box.saved()).toEqual({});
  });

  test('a refusal does not repeat the secret', async () => {
    const authentication = { secret: 'Canary Secret 7', user_password: strong('u'), pin: '4821' };
    const answer = await api2(await bench(v2))('POST', 'extensions', body2('118', { authentication }));
    expect([answer.status, answer.text.includes('Canary')]).toEqual([400, false]);
  });

  test('are patched in part', async () => {
    const made = await bench({ ...v2, seed: [{ number: '118' }] });
    const before = made.box.saved()['118'];
    const answer = await api2(made)('PATCH', 'extensions/10', { name: 'Bea', user_type: 'agent' });
    expect([answer.status, answer.json.name, answer.json.user_type]).toEqual([200, 'Bea', 'agent']);
    expect(made.box.saved()['118']).toEqual({ ...before, name: 'Bea', user_type: 'agent' });
    expect((await api2(made)('PATCH', 'extensions/11', { name: 'Bea' })).status).toBe(404);
  });

  test('are deleted without a body', async () => {
    const made = await bench({ ...v2, seed: [{ number: '118' }] });
    const answer = await api2(made)('DELETE', 'extensions/10');
    expect([answer.status, answer.text, made.box.saved()]).toEqual([204, '', {}]);
    expect((await api2(made)('DELETE', 'extensions/10')).status).toBe(404);
  });

  test('deletes at the same time fail, one after another do not', async () => {
    freeze();
    const made = await bench({ ...v2, busyDeleteMs: 30, tenants: [{ code: '301', extensions: 4 }] });
    const ask = api2(made);
    const remove = (id: string) => ask('DELETE', `extensions/${id}`).then(({ status }) => status);
    const together = await Promise.all([remove('10'), remove('11'), remove('12')]);
    expect(together.sort()).toEqual([204, 500, 500]);
    const left = Object.values(made.box.saved()).map(({ id }) => id ?? '');
    const inTurn = [];
    for (const id of left) {
      pass(30);
      inTurn.push(await remove(id));
    }
    expect([inTurn, made.box.saved()]).toEqual([[204, 204, 204], {}]);
  });

  test('have a default for a user agent', async () => {
    const ask = api2(await bench(v2));
    expect((await ask('GET', 'extensions/default?uad_id=50')).json).toMatchObject({ uad: { id: 50 } });
    expect((await ask('GET', 'extensions/default')).status).toBe(400);
  });

  test('fail with 500 while the tenant is being built', async () => {
    const made = await bench({ ...v2, tenants: [{ code: '301', building: 1 }] });
    expect((await api2(made)('POST', 'extensions', body2('118'))).status).toBe(500);
    expect((await api2(made)('POST', 'extensions', body2('118'))).status).toBe(201);
  });

  test('a body that is no JSON', async () => {
    const made = await bench(v2);
    const answer = await made.raw('/api/org/301/v2/extensions', 'POST', '{', {
      Authorization: `Bearer ${made.service.credentials.apiKey}`,
    });
    expect(answer.status).toBe(400);
  });
});

describe('batches of the API v2', () => {
  test('answer a bare array, each item on its own', async () => {
    const made = await bench(v2);
    const items = ['118', '900', '119'].map((number, index) => ({ id: index + 1, body: body2(number) }));
    const { text } = await api2(made)('POST', 'extensions/batch', items);
    const answers: Array<{ id: number; status: number; body: { number?: string } }> = JSON.parse(text);
    expect(answers.map(({ id, status }) => [id, status])).toEqual([
      [1, 201],
      [2, 409],
      [3, 201],
    ]);
    expect(Object.keys(made.box.saved())).toEqual(['118', '119']);
  });

  test('patch by the extension’s id, flat in doubt', async () => {
    const made = await bench({ ...v2, seed: [{ number: '118' }], doubts: { v2Batch: 'flat' } });
    const { text } = await api2(made)('PATCH', 'extensions/batch', [
      { id: 10, name: 'Bea' },
      { id: 11, name: 'Cid' },
    ]);
    expect(JSON.parse(text)).toMatchObject([
      { id: 10, status: 200, body: { name: 'Bea' } },
      { id: 11, status: 404 },
    ]);
  });

  test.each([[{ id: '1', body: {} }], [{ body: {} }]])('want integers for ids, not %j', async (item) => {
    expect((await api2(await bench(v2))('POST', 'extensions/batch', [item])).status).toBe(400);
  });
});

describe('limits and calls of the API v2', () => {
  test('the headers count down, and nothing is refused', async () => {
    const ask = api2(await bench(v2));
    await ask('GET', 'extensions');
    const { headers } = await ask('GET', 'extensions');
    expect(headers).toMatchObject({
      'ratelimit-limit': '60',
      'ratelimit-policy': '60;w=12',
      'ratelimit-remaining': '58',
    });
  });

  test('a limit that is switched on answers 429 until the window is over', async () => {
    freeze();
    const ask = api2(await bench({ ...v2, rateLimit: { requests: 2, windowMs: 250 } }));
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await ask('GET', 'extensions')).status);
    expect(statuses).toEqual([200, 200, 429]);
    pass(250);
    expect((await ask('GET', 'extensions')).status).toBe(200);
  });

  test('a call needs a registered extension, and ends', async () => {
    const made = await bench({ ...v2, seed: [{ number: '118' }] });
    const ask = api2(made);
    const wanted = { from: '118', to: '910000009' };
    expect((await ask('POST', 'calls', wanted)).status).toBe(409);
    made.box.register('118', made.box.saved()['118']?.secret ?? '');
    const { status, json } = await ask('POST', 'calls', wanted);
    expect([status, (await ask('GET', `calls/${json.uid}`)).json]).toEqual([201, json]);
    expect((await ask('DELETE', `calls/${json.uid}`)).status).toBe(204);
    expect((await ask('GET', `calls/${json.uid}`)).status).toBe(404);
  });

  test('the two ends of a call go by other names, in doubt', async () => {
    const ask = api2(await bench({ ...v2, seed: [{ number: '118' }], doubts: { v2Call: 'extension' } }));
    expect((await ask('POST', 'calls', { from: '118', to: '910000009' })).status).toBe(400);
    expect((await ask('POST', 'calls', { extension: '118', destination: '910000009' })).status).toBe(409);
  });

  test('a slow write is slow here too', async () => {
    const made = await bench({ ...v2, slowWriteMs: 120 });
    const from = performance.now();
    expect((await api2(made)('POST', 'extensions', body2('118'))).status).toBe(201);
    expect(performance.now() - from).toBeGreaterThan(115);
  });
});
