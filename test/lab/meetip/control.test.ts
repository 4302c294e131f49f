import { describe, expect, test } from 'vitest';
import { bench, person, shown } from './fixture.ts';

describe('the panel', () => {
  test('records are flat, in request-side names, all strings', async () => {
    const { api, box } = await bench();
    await api('ext.add', person('118', { department: '4', title: 'Jefa', outgoing_dialoptions: 'tT' }));
    const record = box.saved()['118'];
    expect(record).toMatchObject({
      number: '118',
      ext: '118',
      id: '10',
      username: '301118',
      location: '2',
      ua: '50',
      status: '1',
      department: '4',
      title: 'Jefa',
      outgoing_dialoptions: 'tT',
      acodecs: 'ulaw:alaw:g722',
      user_password: 'generated',
      callerid: '',
      calleridstate: 'no',
    });
    expect(new Set(Object.values(record ?? {}).map((value) => typeof value))).toEqual(new Set(['string']));
    expect(box.running()).toEqual(box.saved());
  });

  test('a colleague creates, edits and removes', async () => {
    const { api, box } = await bench();
    box.create({ number: '118', name: 'Bea', callerid: '910000001', calleridstate: 'yes' });
    box.edit('118', { department: '6', password: 'Canary-User-5t' });
    expect((await shown(api, '118')).name).toBe('Bea');
    expect(box.running()['118']).toMatchObject({ department: '6', callerid_sent: '910000001' });
    expect(box.saved()['118']?.user_password).toMatch(/^sha256:/);
    box.edit('118', { number: '119' });
    expect(Object.keys(box.saved())).toEqual(['119']);
    box.remove('119');
    expect((await api('ext.list', { server: '169' })).text).toBe('[]');
  });

  test('a new secret from the panel ends registrations too', async () => {
    const { box } = await bench({ seed: [{ number: '118' }] });
    const secret = box.saved()['118']?.secret ?? '';
    expect(box.register('118', secret)).toBe(true);
    box.edit('118', { secret });
    expect(box.contacts()).toEqual({});
  });

  test('throws for what is not there, or is', async () => {
    const { box } = await bench({ seed: [{ number: '118' }] });
    expect(() => box.edit('119', {})).toThrow('no extension 119');
    expect(() => box.remove('119')).toThrow('no extension 119');
    expect(() => box.create({ number: '118' })).toThrow('extension 118 exists');
    expect(() => box.tenant('999')).toThrow('no tenant 999');
  });

  test('empties one tenant', async () => {
    const { box } = await bench({
      tenants: [
        { code: '301', extensions: 2 },
        { code: '302', extensions: 2 },
      ],
    });
    box.register('100', box.saved()['100']?.secret ?? '');
    box.empty();
    expect([box.saved(), box.running(), box.contacts()]).toEqual([{}, {}, {}]);
    expect(Object.keys(box.tenant('302').saved())).toEqual(['100', '101']);
  });
});

describe('seeds', () => {
  test('are the same on each start, and fit the rules of the API', async () => {
    const wanted = { tenants: [{ code: '301', extensions: 2 }], seed: [{ number: '150', name: 'Caja' }] };
    const [one, other] = [await bench(wanted), await bench(wanted)];
    expect(one.box.saved()).toEqual(other.box.saved());
    expect(Object.keys(one.box.saved())).toEqual(['100', '101', '150']);
    const record = one.box.saved()['100'];
    const { secret = '', pin = '' } = record as Record<string, string>;
    const again = await one.api('ext.edit', { server: '169', id: '10', secret, pin });
    expect(again.json.error).toBeUndefined();
  });

  test('differ between tenants', async () => {
    const { box } = await bench({
      tenants: [
        { code: '301', extensions: 1 },
        { code: '302', extensions: 1 },
      ],
    });
    expect(box.saved()['100']?.secret).not.toBe(box.tenant('302').saved()['100']?.secret);
  });
});

describe('the service', () => {
  test('has TLS with a pin, and a new certificate on demand', async () => {
    const { service, box, api } = await bench();
    const before = service.pins.spki;
    expect(service.url).toMatch(/^https:/);
    expect(await box.rotateCertificate()).toEqual(service.pins);
    expect(service.pins.spki).not.toBe(before);
    expect((await api('license.info')).status).toBe(200);
  });

  test('its powers are the same in each tenant', async () => {
    const { box, api } = await bench();
    box.tenant('412').addFault({ kind: 'errno', errno: 'Unable to create extension' });
    expect((await api('license.info')).json.error).toBe('Unable to create extension');
    expect(box.faults()[0]?.struck).toBe(1);
    box.applyNow();
    box.expireTokens();
    expect((await api('license.info')).json.error).toBeUndefined();
  });
});
