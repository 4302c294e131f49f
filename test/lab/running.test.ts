import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { bench } from './fixture.ts';
import { api, login, strong } from './raw.ts';

describe('saved and running', () => {
  test('an API write is applied by itself', async () => {
    const { service, box } = await bench();
    const v2 = await api(service);
    await v2('extension/update', { number: '1000', dnd: 'on' });
    expect(box.running()).toEqual(box.saved());
  });

  test('a panel edit without Apply is saved alone, and the API shows what is saved', async () => {
    const { service, box } = await bench();
    box.edit('1000', { dnd: 'on' });
    const v2 = await api(service);
    expect((await v2('extension/query', { number: '1000' })).json.extinfos[0].dnd).toBe('on');
    expect(box.running()['1000']?.dnd).toBe('off');
  });

  test('a panel edit with Apply runs', async () => {
    const { box } = await bench();
    box.edit('1000', { dnd: 'on' }, { apply: true });
    expect(box.running()['1000']?.dnd).toBe('on');
  });

  test('a later API write sweeps a colleague’s edit along', async () => {
    const { service, box } = await bench();
    box.edit('1000', { dnd: 'on' });
    const v2 = await api(service);
    await v2('extension/update', { number: '1001', dnd: 'on' });
    expect(box.running()['1000']?.dnd).toBe('on');
  });

  test('v1.x apply makes the saved configuration run', async () => {
    const { service, box } = await bench({ edition: 'v1.1.0' });
    box.create({ number: '2000' });
    box.remove('1000');
    const v1 = await api(service, 'v1.1.0');
    expect((await v1('apply')).json).toEqual({ status: 'Success' });
    expect(Object.keys(box.running())).toEqual(['1001', '1002', '2000']);
  });

  test('v2.0.0 has no apply, unless in doubt', async () => {
    const strict = await api((await bench()).service);
    expect((await strict('apply')).json.errno).toBe('10003');
    const lenient = await api((await bench({ doubts: { v2Apply: true } })).service);
    expect((await lenient('apply')).json.status).toBe('Success');
  });

  test('a colleague presses Apply', async () => {
    const { box } = await bench();
    box.edit('1000', { number: '1900' });
    box.applyNow();
    expect(Object.keys(box.running())).toEqual(['1001', '1002', '1900']);
  });

  test('a reset box has no extensions and forgets its tokens', async () => {
    const { service, box } = await bench();
    const v2 = await api(service);
    box.empty();
    expect((await v2('extension/list')).json.errno).toBe('20004');
    const again = await api(service);
    expect((await again('extension/list')).json.extlist).toEqual([]);
  });

  test('the panel knows only what exists', async () => {
    const { box } = await bench();
    expect(() => box.edit('9999', {})).toThrow('no extension 9999');
    expect(() => box.create({ number: '1000' })).toThrow('exists');
  });
});

describe('a storm of applies', () => {
  const applyStorm = { windowMs: 150, writes: 2 };

  test('answers 10025: saved and not running', async () => {
    const { service, box } = await bench({ applyStorm });
    const v2 = await api(service);
    const answers = [];
    for (const number of ['1000', '1001', '1002']) {
      answers.push((await v2('extension/update', { number, dnd: 'on' })).json.errno);
    }
    expect(answers).toEqual([undefined, undefined, '10025']);
    expect(box.saved()['1002']?.dnd).toBe('on');
    expect(box.running()['1002']?.dnd).toBe('off');
  });

  test('passes, and the next apply brings everything to run', async () => {
    const { service, box } = await bench({ edition: 'v1.1.0', applyStorm });
    const v1 = await api(service, 'v1.1.0');
    for (const extid of ['1000', '1001', '1002']) await v1('extension/update', { extid, dnd: 'on' });
    expect((await v1('apply')).json.errno).toBe('10025');
    await pause(180);
    expect((await v1('apply')).json.status).toBe('Success');
    expect(box.running()).toEqual(box.saved());
  });
});

describe('registrations', () => {
  test('are granted by the running secret', async () => {
    const { box } = await bench();
    const secret = strong('panel');
    const old = box.running()['1000']?.registerpassword ?? '';
    box.edit('1000', { registerpassword: secret });
    expect(box.register('1000', secret)).toBe(false);
    expect(box.register('1000', old)).toBe(true);
    box.applyNow();
    expect(box.register('1000', secret)).toBe(true);
  });

  test('show in the status', async () => {
    const { service, box } = await bench();
    box.register('1000', box.running()['1000']?.registerpassword ?? '');
    const v2 = await api(service);
    const status = async () => (await v2('extension/query', { number: '1000' })).json.extinfos[0].status;
    expect(await status()).toBe('Registered');
    box.unregister('1000');
    expect(await status()).toBe('Unavailable');
  });

  test.each([
    [false, 'Unavailable'],
    [true, 'Registered'],
  ])(
    'stale registrations %s: after the secret changes the phone is %s',
    async (staleRegistrations, status) => {
      const { service, box } = await bench({ doubts: { staleRegistrations } });
      box.register('1000', box.running()['1000']?.registerpassword ?? '');
      const v2 = await api(service);
      await v2('extension/update', { number: '1000', registerpassword: strong('rotated') });
      expect((await v2('extension/list')).json.extlist[0].status).toBe(status);
    },
  );

  test('the words of the status can be the samples’', async () => {
    const doubts = { registeredWord: 'Idle', unregisteredWord: 'unavailable' } as const;
    const { service, box } = await bench({ doubts });
    box.register('1000', box.running()['1000']?.registerpassword ?? '');
    const v2 = await api(service);
    const { extlist } = (await v2('extension/list')).json;
    expect(extlist.map((entry) => entry.status)).toEqual(['Idle', 'unavailable', 'unavailable']);
  });
});

describe('the log of requests', () => {
  test('counts by path and never holds a token', async () => {
    const { service, box } = await bench();
    const v2 = await api(service);
    await v2('extension/list');
    await v2('extension/list', undefined, { query: 'page=1' });
    const { counts, entries, total } = box.requests();
    expect(counts).toEqual({ '/api/v2.0.0/login': 1, '/api/v2.0.0/extension/list': 2 });
    expect(total).toBe(3);
    expect(entries.map(({ path }) => path).join()).not.toContain('token');
    expect(entries[2]?.path).toBe('/api/v2.0.0/extension/list?page=1');
  });

  test('tells connections, errno and the most at once', async () => {
    const { service, box } = await bench({}, 30);
    await Promise.all([login(service), login(service), login(service, 'v9')]);
    expect(box.requests()).toMatchObject({ connections: 3, peak: 3 });
    expect(box.requests().entries.filter(({ errno }) => errno === '10003')).toHaveLength(1);
    box.resetRequests();
    expect(box.requests().total).toBe(0);
  });
});
