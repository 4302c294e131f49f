import { describe, expect, test } from 'vitest';
import { inCompany, loggedIn, pick, platform } from './fixture.ts';

describe.each(['a', 'b', 'c'] as const)('the control, on dialect %s', (edition) => {
  test('a colleague’s edit is saved, runs at once and shows in the API', async () => {
    const { ask, box } = await inCompany({ edition, seed: [{ number: '10' }] });
    box.edit('10', { name: 'Recepción', role: 'admin', internalOnly: 'true', mobile: '600000001' });
    expect(box.running()['10']).toMatchObject({ name: 'Recepción', role: 'admin', internalOnly: 'true' });
    const list = (await ask('GET', 'extension')).json;
    const row = pick(list, 'data.0') ?? pick(list, 'results.0') ?? pick(list, '0');
    expect(row).toMatchObject(
      edition === 'b'
        ? {
            user: { fullName: 'Recepción', roleId: 1 },
            limits: { internalOnly: 1 },
            mobile: { msisdn: '600000001' },
          }
        : { full_name: 'Recepción', role: 'admin', only_internal: true, mobile_phone: '600000001' },
    );
  });

  test('creates and removes', async () => {
    const { box } = await inCompany({ edition });
    box.create({ number: '10' });
    expect(box.saved()['10']).toMatchObject({ email: 'ext9000110@acme.example', sipUser: 'ext9000110' });
    expect(() => box.create({ number: '10' })).toThrow('extension 10 exists');
    box.remove('10');
    expect(() => box.remove('10')).toThrow('no extension 10');
    expect(box.saved()).toEqual({});
  });
});

describe('the control', () => {
  test('knows the panel’s names alone', async () => {
    const { box } = await platform({ seed: [{ number: '10' }] });
    expect(() => box.edit('10', { full_name: 'x' })).toThrow('no field "full_name"');
    expect(() => box.create({ number: '11', registerpassword: 'x' })).toThrow('no field "registerpassword"');
  });

  test('an edit regenerates a SIP password that is emptied', async () => {
    const { box } = await platform({ seed: [{ number: '10', sipPassword: 'first-secret-1' }] });
    box.edit('10', { sipPassword: '' });
    expect(box.saved()['10']?.sipPassword).toMatch(/^[A-Za-z0-9]{16}$/);
  });

  test('has a tenant for each company, and no other', async () => {
    const { box, service } = await platform();
    expect(service.tenants.map(({ code, id }) => [code, id])).toEqual([
      ['90001', '90001'],
      ['90002', '90002'],
    ]);
    box.tenant('90002').create({ number: '10' });
    expect([box.saved(), Object.keys(box.tenant('90002').saved())]).toEqual([{}, ['10']]);
    expect(Object.keys(box.tenant('90002').tenant('90001').saved())).toEqual([]);
    expect(() => box.tenant('12345')).toThrow('no company 12345');
  });

  test('empty takes extensions and sessions, and leaves the other company', async () => {
    const { ask, box } = await loggedIn({ extensions: 3 });
    box.tenant('90002').create({ number: '10' });
    box.empty();
    expect([box.saved(), box.sessions()]).toEqual([{}, 0]);
    expect(Object.keys(box.tenant('90002').saved())).toEqual(['10']);
    expect((await ask('GET', 'company')).status).toBe(401);
  });

  test('seeds the same on every start', async () => {
    const one = await platform({ extensions: 2 });
    const saved = one.box.saved();
    const other = await platform({ extensions: 2 });
    expect(other.box.saved()).toEqual(saved);
    expect(other.service.credentials).toEqual(one.service.credentials);
  });

  test('refuses a company whose code is not five digits', async () => {
    await expect(platform({ companies: [{ code: '301' }] })).rejects.toThrow('five digits');
  });
});
