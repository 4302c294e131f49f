import { afterEach, describe, expect, test } from 'vitest';
import type { BoxInService } from '../../../lab/pbx.ts';
import { serveYeastarP } from '../../../lab/yeastar-p/server.ts';
import type { LabYeastarPDoubts } from '../../../lab/yeastar-p/settings.ts';
import { bench, idOf, type Row, strong } from './fixture.ts';

const open: BoxInService[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((box) => box.close()));
});

const secret = strong('registration');

async function exchange(doubts: LabYeastarPDoubts = {}) {
  const seed = [
    { number: '101', reg_name: '101abc', reg_password: secret },
    { number: '102', reg_name: '101', reg_password: secret },
  ];
  const wanted = { driver: 'yeastar-p', name: 'sede', tls: false, seed, doubts } as const;
  const box = await serveYeastarP(
    { ...wanted, seed: [...seed] },
    { host: '127.0.0.1', port: 0, latencyMs: 0 },
  );
  open.push(box);
  const offer = (userName: string, authName: string, password = secret) =>
    box.exchange.register({
      holder: 'phone',
      line: 1,
      userAgent: 'Yealink SIP-T46U',
      userName,
      authName,
      secret: password,
    });
  return { ...box, offer };
}

describe('a phone of the lab', () => {
  test('registers with the number as user name and reg_name as authentication name', async () => {
    const { offer, control, exchange: found } = await exchange();
    expect(offer('101', '101abc')).toBe('accepted');
    expect(control.contacts()).toEqual({
      '101': [{ holder: 'phone', line: 1, userAgent: 'Yealink SIP-T46U' }],
    });
    expect(found.holds({ holder: 'phone', line: 1 })).toBe(true);
  });

  test('is refused with the names of two extensions, or the wrong secret', async () => {
    const { offer, control } = await exchange();
    expect(offer('101abc', '101abc')).toBe('unknown-user');
    expect(offer('101', '101')).toBe('unknown-user');
    expect(offer('999', '999')).toBe('unknown-user');
    expect(offer('', '')).toBe('unknown-user');
    expect(offer('102', '101')).toBe('accepted');
    expect(offer('101', '101abc', strong('other'))).toBe('wrong-password');
    expect(control.contacts()).toEqual({});
  });

  test('uses reg_name for both in the other reading', async () => {
    const { offer, control } = await exchange({ phoneUser: 'reg-name' });
    expect(offer('101abc', '101abc')).toBe('accepted');
    expect(Object.keys(control.contacts())).toEqual(['101']);
    expect(offer('101', '101abc')).toBe('unknown-user');
    expect(offer('101', '101')).toBe('accepted');
    expect(Object.keys(control.contacts())).toEqual(['102']);
  });

  test('is told when what runs has changed, by the panel or the API', async () => {
    const { exchange: found, control } = await exchange();
    let told = 0;
    found.onRun(() => {
      told += 1;
    });
    control.edit('101', { title: 'x' });
    expect(told).toBe(0);
    control.applyNow();
    expect(told).toBe(1);
  });

  test('finds the exchange at its SIP address', async () => {
    const { service } = await bench({ sip: { port: 5160, transport: 'tcp' } });
    expect(service.sip).toEqual({ server: 'sede.example', port: 5160, transport: 'tcp' });
  });
});

describe('registrations', () => {
  test('show in online_status, with an address each', async () => {
    const { box, get } = await bench({ seed: [{ number: '1500', reg_password: secret }] });
    expect(box.register('1500', secret)).toBe(true);
    const { data } = await get('extension/search', { search_value: '1500' });
    const status = data[0]?.online_status as Row;
    expect(status.sip_phone).toMatchObject({ status: 1, status_list: [{ status: 1 }] });
    expect(status.linkus_web).toEqual({ status: 0, ext_dev_type: 'linkusweb' });
    const others = await get('extension/search', { search_value: '1000' });
    const idle = others.data[0]?.online_status as Row;
    expect(idle.sip_phone).toEqual({ status: 0, ext_dev_type: 'sip' });
    box.unregister('1500');
    expect(box.contacts()).toEqual({});
  });

  test('show in status_list alone in the other reading', async () => {
    const seed = [{ number: '1500', reg_password: secret }];
    const { box, get } = await bench({ extensions: 0, seed, doubts: { sipStatus: 'list' } });
    box.register('1500', secret);
    const { data } = await get('extension/list');
    const status = data[0]?.online_status as Row;
    expect(status.sip_phone).not.toHaveProperty('status');
    expect(status.sip_phone).toMatchObject({ status_list: [{ status: 1 }] });
  });

  test('end when the secret changes, and the new one works', async () => {
    const { box, post } = await bench({ seed: [{ number: '1500', reg_password: secret }] });
    box.register('1500', secret);
    const fresh = strong('fresh secret');
    await post('extension/update', { id: idOf(box, '1500'), reg_password: fresh });
    expect(box.contacts()).toEqual({});
    expect(box.register('1500', secret)).toBe(false);
    expect(box.register('1500', fresh)).toBe(true);
    expect(box.contacts()).toEqual({ '1500': [{ holder: 'control', line: 0, userAgent: '' }] });
  });

  test('follow what runs, not what is saved', async () => {
    const { box } = await bench({ seed: [{ number: '1500', reg_password: secret }] });
    const fresh = strong('fresh secret');
    box.edit('1500', { reg_password: fresh });
    expect(box.register('1500', fresh)).toBe(false);
    expect(box.register('1500', secret)).toBe(true);
    box.remove('1500', { apply: true });
    expect(box.contacts()).toEqual({});
    expect(box.register('1500', secret)).toBe(false);
  });

  test('have the room of concurrent_registrations', async () => {
    const { offer, control } = await exchange();
    expect(control.register('101', secret)).toBe(true);
    expect(offer('101', '101abc')).toBe('too-many');
    control.edit('101', { concurrent_registrations: '2' }, { apply: true });
    expect(offer('101', '101abc')).toBe('accepted');
    expect(control.contacts()['101']?.map(({ holder }) => holder)).toEqual(['control', 'phone']);
  });

  test('are not for analogue extensions', async () => {
    const { box } = await bench({ seed: [{ number: '1700', type: 'FXS', reg_password: secret }] });
    expect(box.register('1700', secret)).toBe(false);
  });
});
