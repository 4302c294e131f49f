import { describe, expect, test } from 'vitest';
import { bench } from './fixture.ts';
import { api, call, login, send } from './raw.ts';

describe('envelope', () => {
  test('a failure is HTTP 200 with a string errno and no message', async () => {
    const { service } = await bench();
    const answer = await call(service, 'v2.0.0/nothing/here');
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ status: 'Failed', errno: '10003' });
  });

  test('answers carry the documented headers and close the connection', async () => {
    const { service } = await bench();
    const { headers } = await login(service);
    expect(headers).toMatchObject({
      server: 'Boa/0.94.14rc21',
      connection: 'close',
      'content-type': 'application/json',
      'access-control-allow-origin': '*',
    });
  });

  test('keepAlive keeps the connection', async () => {
    const { service } = await bench({ keepAlive: true });
    const { headers } = await login(service, 'v2.0.0', { headers: { Connection: 'keep-alive' } });
    expect(headers.connection).toBe('keep-alive');
  });

  test.each(['v1.0.0', 'v1.0.1', 'v1.1.0', 'v1.10', 'v2.0.0'])('%s is a version', async (version) => {
    const { service } = await bench();
    expect((await login(service, version)).json.status).toBe('Success');
  });

  test('an unknown version answers 10003', async () => {
    const { service } = await bench();
    expect((await login(service, 'v3.0.0')).json.errno).toBe('10003');
  });

  test.each(['login', 'extension/list', 'extension/add'])(
    'a v1.1.0 box answers v2 %s with 10003',
    async (action) => {
      const { service } = await bench({ edition: 'v1.1.0' });
      expect((await call(service, `v2.0.0/${action}`, {})).json.errno).toBe('10003');
    },
  );

  test.each(['extension/add', 'extension/delete', 'extension/list', 'call/dial'])(
    'v1.x has no %s',
    async (action) => {
      const { service } = await bench();
      const v1 = await api(service, 'v1.1.0');
      expect((await v1(action, { number: '1000' })).json.errno).toBe('10003');
    },
  );

  test('the web interface is beside the API', async () => {
    const { service } = await bench();
    const answer = await send(`${service.url}/`, undefined, { method: 'GET' });
    expect(answer.headers['content-type']).toBe('text/html');
  });

  test('a path of another API is not found', async () => {
    const { service } = await bench();
    const answer = await send(`${service.url}/openapi/v1.0/get_token`, '{}', { method: 'POST' });
    expect(answer.status).toBe(404);
  });
});

describe('bodies and methods', () => {
  test.each(['not json', '[1]', '"text"', 'null'])('%s is refused with 20000', async (body) => {
    const { service } = await bench();
    expect((await call(service, 'v2.0.0/login', undefined, { body })).json.errno).toBe('20000');
  });

  test('XML is refused with 10002', async () => {
    const { service } = await bench();
    expect((await call(service, 'v2.0.0/login', undefined, { body: '<login/>' })).json.errno).toBe('10002');
  });

  test('a missing content type is tolerated', async () => {
    const { service } = await bench();
    const v2 = await api(service);
    const answer = await v2('extension/query', { number: '1000' });
    expect(answer.json.extinfos).toHaveLength(1);
  });

  test('an empty body is tolerated by the list', async () => {
    const { service } = await bench();
    const v2 = await api(service);
    const answer = await v2('extension/list', undefined, { options: { headers: { 'Content-Length': '0' } } });
    expect(answer.json.extlist).toHaveLength(3);
  });

  test('v1.x tolerates GET for queries, with parameters in the query', async () => {
    const { service } = await bench();
    const v1 = await api(service, 'v1.1.0');
    const { json } = await login(service, 'v1.1.0');
    expect((await v1('extensionlist/query', undefined, { method: 'GET' })).json.extlist).toHaveLength(3);
    const one = await call(service, 'v1.1.0/extension/query', undefined, {
      method: 'GET',
      token: json.token,
      query: 'extid=1001',
    });
    expect(one.json.extinfos[0].extnumber).toBe('1001');
  });

  test('v1.0.0 tolerates access_token in a GET', async () => {
    const { service } = await bench();
    const { json } = await login(service, 'v1.0.0');
    const how = { method: 'GET', token: json.token, tokenName: 'access_token' };
    expect((await call(service, 'v1.0.0/extension/query', undefined, how)).json.status).toBe('Success');
    expect((await call(service, 'v1.1.0/extension/query', undefined, how)).json.errno).toBe('20005');
  });

  test.each(['extension/update', 'login', 'apply'])(
    'GET of v1.x %s is refused with 20001',
    async (action) => {
      const { service } = await bench();
      const v1 = await api(service, 'v1.1.0');
      expect((await v1(action, undefined, { method: 'GET' })).json.errno).toBe('20001');
    },
  );

  test('GET on v2.0.0 is refused with 20001, unless in doubt', async () => {
    const strict = await api((await bench()).service);
    expect((await strict('extension/list', undefined, { method: 'GET' })).json.errno).toBe('20001');
    const lenient = await api((await bench({ doubts: { v2Get: true } })).service);
    expect((await lenient('extension/list', undefined, { method: 'GET' })).json.status).toBe('Success');
  });
});

describe('device information', () => {
  test('every value is a string, by the documented names', async () => {
    const { service, box } = await bench();
    const secret = box.running()['1000']?.registerpassword ?? '';
    box.register('1000', secret);
    const v2 = await api(service);
    const { deviceinfo } = (await v2('deviceinfo/query')).json;
    expect(deviceinfo).toMatchObject({ devicename: 'sede', sn: service.serial, extensionstatus: '1/3' });
    expect(deviceinfo.systemtime).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
    expect(deviceinfo.uptime).toMatch(/^\d\d:\d\d:\d\d$/);
  });

  test.each([
    ['v1.1.0', '30.10.0.59'],
    ['v2.0.0', '30.13.0.30'],
  ] as const)('edition %s reports firmware %s', async (edition, firmware) => {
    const { service } = await bench({ edition });
    const v1 = await api(service, 'v1.1.0');
    expect((await v1('deviceinfo/query')).json.deviceinfo.firmwarever).toBe(firmware);
  });

  test('serial and firmware can be chosen', async () => {
    const { service } = await bench({ serial: '000000000001', firmware: '81.13.0.30' });
    const v2 = await api(service);
    const { deviceinfo } = (await v2('deviceinfo/query')).json;
    expect([service.serial, deviceinfo.sn, deviceinfo.firmwarever]).toEqual([
      '000000000001',
      '000000000001',
      '81.13.0.30',
    ]);
  });
});
