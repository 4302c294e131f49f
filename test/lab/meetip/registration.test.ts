import { describe, expect, test, vi } from 'vitest';
import type { Bench } from './fixture.ts';
import { bench, freeze, pass, person, strong } from './fixture.ts';

const one = { server: '169', id: '10' };

async function withOne(wanted: Parameters<typeof bench>[0] = {}, phones: Parameters<typeof bench>[1] = []) {
  const made = await bench(wanted, phones);
  await made.api('ext.add', person('118'));
  const secret = strong('118');
  return { ...made, secret, register: () => made.box.register('118', secret) };
}

/** Makes line 1 of the lab's phone an extension. */
function accountOf({ service }: Bench, user: string, secret: string): Record<string, string> {
  const values = {
    enable: '1',
    auth_name: user,
    user_name: user,
    password: secret,
    'sip_server.1.address': service.sip.server,
    'sip_server.1.port': String(service.sip.port),
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`account.1.${name}`, value]));
}

describe('registration', () => {
  test('with the secret, as many as there is room for', async () => {
    const { box, register, secret } = await withOne();
    expect([box.register('118', `${secret}x`), register(), box.register('119', secret)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(box.contacts()).toEqual({ '118': [{ holder: 'control', line: 0, userAgent: '' }] });
    box.unregister('118');
    expect(box.contacts()).toEqual({});
  });

  test.each([
    ['0', false],
    ['2', false],
    ['1', true],
  ])('with status %s: %s', async (status, accepted) => {
    const { api, register } = await withOne();
    await api('ext.edit', { ...one, status });
    expect(register()).toBe(accepted);
  });

  test('while suspended, in doubt', async () => {
    const { api, register } = await withOne({ doubts: { suspendedRegisters: true } });
    await api('ext.edit', { ...one, status: '2' });
    expect(register()).toBe(true);
  });

  test('a routine edit leaves it, sending a secret ends it, even the same one', async () => {
    const { api, box, register, secret } = await withOne();
    register();
    await api('ext.edit', { ...one, name: 'Bea' });
    expect(Object.keys(box.contacts())).toEqual(['118']);
    await api('ext.edit', { ...one, secret });
    expect(box.contacts()).toEqual({});
    expect(register()).toBe(true);
  });

  test('a delete ends it', async () => {
    const { api, box, register } = await withOne();
    register();
    await api('ext.delete', one);
    expect(box.contacts()).toEqual({});
  });

  test('is refused for a while after a create and after a secret', async () => {
    freeze();
    const { api, box, register, secret } = await withOne({ registrationDelayMs: 24_000 });
    expect([register(), Object.keys(box.saved()), Object.keys(box.running())]).toEqual([false, ['118'], []]);
    expect((await api('ext.list', { server: '169' })).json['10']).toBeDefined();
    pass(24_000);
    expect([register(), Object.keys(box.running())]).toEqual([true, ['118']]);
    await api('ext.edit', { ...one, secret });
    expect(register()).toBe(false);
    await api('ext.edit', { ...one, name: 'Bea' });
    expect(register()).toBe(false);
    pass(24_000);
    expect(register()).toBe(true);
  });
});

describe('a phone of the lab', () => {
  const phones = [{ name: 'mesa', generation: 'c', tls: false } as const];

  test('registers as tenant code and number, in its own tenant', async () => {
    const made = await withOne({}, phones);
    const phone = made.lab.phone('mesa');
    await phone.settled();
    phone.edit(accountOf(made, '118', made.secret));
    expect(phone.accounts()['1']?.status).toBe('failed');
    phone.edit(accountOf(made, '301118', made.secret));
    expect(phone.accounts()['1']?.status).toBe('registered');
    expect(made.box.contacts()['118']).toMatchObject([{ holder: 'mesa', line: 1 }]);
    expect(made.box.tenant('412').contacts()).toEqual({});
  });

  test('tries again when the delay is over', async () => {
    const made = await withOne({ registrationDelayMs: 1500 }, phones);
    const phone = made.lab.phone('mesa');
    await phone.settled();
    phone.edit(accountOf(made, '301118', made.secret));
    expect(phone.accounts()['1']?.status).toBe('failed');
    await vi.waitFor(() => expect(phone.accounts()['1']?.status).toBe('registered'), 5000);
  });
});

describe('what the API tells of it', () => {
  test('monitor.list has an address for the registered, and none for others', async () => {
    const { api, register } = await withOne();
    await api('ext.add', person('119'));
    register();
    expect((await api('monitor.list', { server: '169' })).json).toEqual({
      '10': {
        name: 'Ana Núñez',
        ext: '118',
        ip: expect.stringMatching(/^198\.51\.100\.\d+$/),
        status: 'Registered',
        ua: '',
        dnd: false,
        on_call: false,
      },
      '11': {
        name: 'Ana Núñez',
        ext: '119',
        ip: '',
        status: 'Unregistered',
        ua: '',
        dnd: false,
        on_call: '',
      },
    });
  });

  test('its words are in doubt', async () => {
    const doubts = {
      registeredStatus: 'OK (12 ms)',
      unregisteredStatus: 'UNKNOWN',
      unregisteredIp: '(null)',
    };
    const { api, register } = await withOne({ doubts });
    expect((await api('monitor.list', { server: '169' })).json['10']).toMatchObject({
      ip: '(null)',
      status: 'UNKNOWN',
    });
    register();
    expect((await api('monitor.list', { server: '169' })).json['10']).toMatchObject({ status: 'OK (12 ms)' });
  });

  test('the dashboard has counts alone', async () => {
    const { api, register } = await withOne();
    register();
    expect((await api('dashboard.ext_online', { server: '169' })).json).toEqual({
      type: 'Extensions Online',
      count: 1,
    });
    expect((await api('dashboard.sip_registrations', { server: '169' })).json).toEqual({
      'SIP Registrations': { success: 1, failed: 0, lagged: 0 },
    });
  });

  test('call records are empty and well formed', async () => {
    const { api } = await bench();
    const days = { start: 'Feb-01-2026', end: 'Feb-28-2026' };
    expect((await api('cdr.download', days)).json).toEqual({
      success: 'Success.',
      next_page: false,
      limit: 16,
      records: 0,
      header: null,
      csv: [],
    });
    expect((await api('cdr.download', { ...days, start: '2026-02-01' })).json.error).toContain(
      "'start=2026-02-01'",
    );
    expect((await api('cdr.download', { ...days, limit: '1001' })).json.error).toContain("'limit=1001'");
  });
});
