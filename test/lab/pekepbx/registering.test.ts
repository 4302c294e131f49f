import { describe, expect, test } from 'vitest';
import { startLab } from '../../../lab/index.ts';
import { servePekepbx } from '../../../lab/pekepbx/server.ts';
import { createdId, inCompany, loggedIn, pick } from './fixture.ts';

const seed = [{ number: '10', sipPassword: 'first-secret-1' }];

describe('registrations', () => {
  test('need the secret, show in the API, and end with it', async () => {
    const { ask, box } = await inCompany({ seed });
    expect(box.register('10', 'other-secret')).toBe(false);
    expect(box.register('10', 'first-secret-1')).toBe(true);
    expect(pick((await ask('GET', 'extension')).json, 'data.0.status')).toBe('online');
    expect(box.contacts()).toEqual({ '10': [{ holder: 'control ext9000110', line: 0, userAgent: '' }] });
    box.edit('10', { sipPassword: 'second-secret-2' });
    expect(box.contacts()).toEqual({});
    expect(pick((await ask('GET', 'extension')).json, 'data.0.status')).toBe('offline');
  });

  test('of a removed extension do not come back with its successor', async () => {
    const { box } = await inCompany({ edition: 'b', seed });
    box.register('10', 'first-secret-1');
    box.remove('10');
    box.create({ number: '10', sipPassword: 'first-secret-1' });
    expect(box.contacts()).toEqual({});
    box.register('10', 'first-secret-1');
    box.unregister('10');
    expect(box.contacts()).toEqual({});
  });

  test('belong to one company', async () => {
    const { box } = await inCompany({ seed });
    const beta = box.tenant('90002');
    beta.create({ number: '10', sipPassword: 'first-secret-1' });
    expect(beta.register('10', 'first-secret-1')).toBe(true);
    expect(box.contacts()).toEqual({});
    expect(Object.keys(beta.contacts())).toEqual(['10']);
  });

  test('the API may lag behind them', async () => {
    const { ask, box } = await inCompany({ edition: 'b', seed, stateLagMs: 60_000 });
    const state = async () => pick((await ask('GET', 'extension')).json, 'results.0.state');
    expect(await state()).toBe('UNREGISTERED');
    box.register('10', 'first-secret-1');
    expect(await state()).toBe('UNREGISTERED');
    expect(Object.keys(box.contacts())).toEqual(['10']);
  });
});

describe('a phone of the lab', () => {
  test('registers as ext, company and number; a new secret ends that until the phone knows it', async () => {
    const lab = await startLab({
      boxes: [{ driver: 'pekepbx', name: 'pbx2', tls: false, seed }],
      phones: [{ name: 'mesa', generation: 'c', tls: false }],
    });
    const [service] = lab.boxes;
    const [box, phone] = [lab.box('pbx2'), lab.phone('mesa')];
    phone.edit({
      'account.1.enable': '1',
      'account.1.auth_name': 'ext9000110',
      'account.1.user_name': 'ext9000110',
      'account.1.password': 'first-secret-1',
      'account.1.sip_server.1.address': service?.sip.server ?? '',
      'account.1.sip_server.1.port': '5060',
    });
    expect(box.contacts()['10']).toMatchObject([{ holder: 'mesa', line: 1 }]);
    box.edit('10', { sipPassword: 'second-secret-2' });
    expect(phone.accounts()['1']?.status).toBe('failed');
    phone.edit({ 'account.1.password': 'second-secret-2' });
    expect(phone.accounts()['1']?.status).toBe('registered');
    expect(box.lockouts()).toEqual([]);
    await lab.close();
  });
});

describe('bans', () => {
  test('enough bad secrets ban the address of all phones, and the API says so', async () => {
    const { ask, box } = await loggedIn({ seed, banAfter: 3 });
    for (let count = 0; count < 3; count += 1) box.register('10', 'guess');
    expect(box.lockouts()).toMatchObject([{ address: '203.0.113.10' }]);
    expect(box.register('10', 'first-secret-1')).toBe(false);
    expect(pick((await ask('GET', 'banned')).json, 'data')).toMatchObject([
      { ip: '203.0.113.10', reason: 'sip-auth', attempts: 3, banned_until: expect.any(String) },
    ]);
    box.unlock('203.0.113.10');
    expect(box.register('10', 'first-secret-1')).toBe(true);
    expect(pick((await ask('GET', 'banned')).json, 'data')).toEqual([]);
  });

  test('the API bans too, and a ban runs out', async () => {
    const { ask, box } = await loggedIn({ edition: 'b', seed, banMs: 40 });
    const made = await ask('POST', 'banned', { address: '203.0.113.10' });
    expect([made.status, createdId(made)]).toEqual([201, expect.stringMatching(/^[\da-f-]{36}$/)]);
    expect(box.register('10', 'first-secret-1')).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(box.register('10', 'first-secret-1')).toBe(true);
    expect(box.lockouts()).toEqual([]);
  });

  test('none where they are switched off', async () => {
    const { box } = await loggedIn({ seed, banAfter: 0 });
    for (let count = 0; count < 30; count += 1) box.register('10', 'guess');
    expect([box.lockouts(), box.register('10', 'first-secret-1')]).toEqual([[], true]);
  });

  test('a phone that tries the same again at once is one attempt; the next phone is another', async () => {
    const { exchange, control, close } = await servePekepbx(
      { driver: 'pekepbx', name: 'pbx2', tls: false, seed, banAfter: 2 },
      { host: '127.0.0.1', port: 0, latencyMs: 0 },
    );
    const offer = (holder: string, secret: string) =>
      exchange.register({
        holder,
        line: 1,
        authName: 'ext9000110',
        userName: 'ext9000110',
        secret,
        userAgent: 'test',
      });
    expect([offer('t46', 'old'), offer('t46', 'old')]).toEqual(['wrong-password', 'wrong-password']);
    expect(control.lockouts()).toEqual([]);
    offer('t46', 'older');
    expect(control.lockouts()).toHaveLength(1);
    expect(offer('t57', 'first-secret-1')).not.toBe('accepted');
    await close();
  });
});
