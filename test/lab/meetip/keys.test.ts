import { describe, expect, test } from 'vitest';
import { bench, freeze, pass, person } from './fixture.ts';

describe('API keys', () => {
  test('the generated one has 32 characters and is the same on each start', async () => {
    const [one, other] = [await bench(), await bench()];
    expect(one.service.credentials.apiKey).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(other.service.credentials.apiKey).toBe(one.service.credentials.apiKey);
  });

  test.each(['wrong', ''])('%j is refused and noted', async (apikey) => {
    const { api, box } = await bench();
    const answer = await api('license.info', { apikey });
    expect([answer.status, answer.json]).toEqual([200, { error: 'Invalid API key.' }]);
    expect(box.logins()).toMatchObject([{ accepted: false }]);
  });

  test('a good one leaves no note', async () => {
    const { api, box } = await bench();
    await api('license.info');
    expect([box.logins(), box.sessions(), box.lockouts()]).toEqual([[], 0, []]);
  });

  test('a fault that refuses the key is noted', async () => {
    const { api, box } = await bench();
    box.addFault({ kind: 'errno', errno: 'Invalid API key.' });
    await api('license.info');
    expect(box.logins()).toHaveLength(1);
  });

  test('permissions are for each action', async () => {
    const { api } = await bench({ keys: [{ actions: ['ext.list', 'ext.es.*'] }] });
    expect((await api('ext.list', { server: '169' })).json.error).toBeUndefined();
    for (const action of ['ext.add', 'tenant.list']) {
      expect((await api(action, person('118'))).json).toEqual({ error: 'Selected action not allowed' });
    }
    expect((await api('ext.es.callerid.get', { server: '169', id: '10' })).json.error).toBe(
      'No such extension',
    );
  });

  test('what a key may not call comes before what is missing', async () => {
    const { api } = await bench({ keys: [{ actions: [] }] });
    expect((await api('ext.add')).json.error).toBe('Selected action not allowed');
  });

  test('several keys, each with its own permissions', async () => {
    const { api } = await bench({ keys: [{}, { key: 'second-key-0123456789', actions: ['license.info'] }] });
    const apikey = 'second-key-0123456789';
    expect((await api('license.info', { apikey })).json.error).toBeUndefined();
    expect((await api('tenant.list', { apikey })).json.error).toBe('Selected action not allowed');
  });

  test('a suspended key works again when an administrator resets it', async () => {
    const { api, box } = await bench({ keys: [{ suspended: true }] });
    expect((await api('license.info')).json.error).toBe('This API key is suspended');
    box.unlock();
    expect((await api('license.info')).json.error).toBeUndefined();
    expect(box.logins()).toHaveLength(1);
  });

  test('a key that nobody uses is suspended', async () => {
    freeze();
    const { api } = await bench({ keys: [{ suspendAfterMs: 1000 }] });
    for (const ms of [900, 900]) {
      pass(ms);
      expect((await api('license.info')).json.error).toBeUndefined();
    }
    pass(1000);
    expect((await api('license.info')).json.error).toBe('This API key is suspended');
  });

  test('a key may be tied to addresses', async () => {
    const elsewhere = await bench({ keys: [{ addresses: ['192.0.2.7'] }] });
    expect((await elsewhere.api('license.info')).json.error).toBe('This address may not use the API key');
    const here = await bench({ keys: [{ addresses: ['127.0.0.1'] }] });
    expect((await here.api('license.info')).json.error).toBeUndefined();
  });
});
