import { describe, expect, test } from 'vitest';
import { bench } from './fixture.ts';
import { api, strong } from './raw.ts';

const errnoOf = async (
  wanted: Parameters<typeof bench>[0],
  version: string,
  change: Record<string, unknown>,
) => {
  const call = await api((await bench(wanted)).service, version);
  return (await call('extension/update', { [version === 'v2.0.0' ? 'number' : 'extid']: '1000', ...change }))
    .json.errno;
};

describe('limits of v2.0.0', () => {
  test.each([
    { username: 'Ana: Ventas' },
    { username: 'x'.repeat(32) },
    { username: '' },
    { callerid: 'a b' },
    { registername: '' },
    { registername: 'a-b' },
    { maxregistrations: '6' },
    { maxregistrations: '0' },
    { mobile: '+34600' },
    { email: 'nobody' },
    { hasvoicemail: 'yes' },
    { vmsecret: '12a4' },
    { enablevmtoemail: 'perhaps' },
    { atransferto: 'Nobody' },
    { ntransferprefix: '12345678' },
    { monitormode: 'Spy' },
    { ringtimeout: '900' },
    { maxduration: '61' },
    { dnd: true },
    { agentid: null },
    { nat: 'perhaps' },
  ])('%j answers 10017', async (change) => {
    expect(await errnoOf({}, 'v2.0.0', change)).toBe('10017');
  });

  test.each([
    { username: 'José Núñez' },
    { maxregistrations: '5' },
    { enablevmtoemail: 'custom' },
    { ringtimeout: '12' },
    { maxduration: 'Unlimited' },
    { alwaysforward: 'on', atransferto: 'Extension', atransferext: '1001' },
    { monitormode: 'Barge-in', allowbeingmonitored: 'on' },
    { nat: 'yes' },
  ])('%j is taken', async (change) => {
    expect(await errnoOf({}, 'v2.0.0', change)).toBeUndefined();
  });

  test('Cloud boxes take 4 registrations at most', async () => {
    expect(await errnoOf({ maxRegistrations: 4 }, 'v2.0.0', { maxregistrations: '5' })).toBe('10017');
  });

  test.each([
    { enablemobile: 'on' },
    { busyforward: 'on', btransferto: 'Mobile Number' },
    { alwaysforward: 'on', atransferto: 'Custom Number' },
  ])('%j lacks its target and answers 10017', async (change) => {
    expect(await errnoOf({}, 'v2.0.0', change)).toBe('10017');
  });

  test('mobility with a mobile number is taken', async () => {
    expect(await errnoOf({}, 'v2.0.0', { enablemobile: 'on', mobile: '600000000' })).toBeUndefined();
  });
});

describe('limits of v1.x', () => {
  const old = { edition: 'v1.1.0' } as const;

  test('the caller-ID name may be blank', async () => {
    expect(await errnoOf(old, 'v1.1.0', { username: '' })).toBeUndefined();
  });

  test.each([{ username: 'Ana-Ventas' }, { enablevmtoemail: 'custom' }])(
    '%j answers 10017',
    async (change) => {
      expect(await errnoOf(old, 'v1.1.0', change)).toBe('10017');
    },
  );

  test('accents are taken, in doubt not', async () => {
    expect(await errnoOf(old, 'v1.1.0', { username: 'José' })).toBeUndefined();
    expect(await errnoOf({ ...old, doubts: { asciiNames: true } }, 'v1.1.0', { username: 'José' })).toBe(
      '10017',
    );
  });

  test('the secret may hold more characters, a space not', async () => {
    expect(await errnoOf(old, 'v1.1.0', { registerpassword: `${strong('a')}#` })).toBeUndefined();
    expect(await errnoOf(old, 'v1.1.0', { registerpassword: `${strong('a')} x` })).toBe('10017');
  });

  test('outbound routes are read only', async () => {
    const { service, box } = await bench(old);
    const v1 = await api(service, 'v1.1.0');
    await v1('extension/update', { extid: '1000', selectoutroute: 'Salida-Fijos' });
    expect(box.saved()['1000']?.selectoutroute).toBe('');
  });
});

describe('passwords', () => {
  const secret = strong('rule');

  test.each([
    ['short', secret.slice(4)],
    ['without upper case', secret.toLowerCase()],
    ['without lower case', secret.toUpperCase()],
    ['without digits', secret.replace(/\d/g, 'z')],
    ['with digits in a row', `${secret}567`],
    ['with digits in a row downwards', `${secret}765`],
    ['with the number inside', `${secret}1000`],
    ['with the caller-ID name inside', `${secret}pruebas`],
    ['with other characters', `${secret}#`],
    ['too long', secret.repeat(2)],
  ])('a registration password %s answers 10017', async (_, registerpassword) => {
    expect(await errnoOf({ seed: [] }, 'v2.0.0', { username: 'Pruebas', registerpassword })).toBe('10017');
  });

  test('a strong one is taken', async () => {
    expect(await errnoOf({}, 'v2.0.0', { registerpassword: secret })).toBeUndefined();
  });

  test('the code of a weak one can be 10032', async () => {
    const doubts = { weakPasswordErrno: '10032' } as const;
    expect(await errnoOf({ doubts }, 'v2.0.0', { registerpassword: 'weakweakweak' })).toBe('10032');
  });

  test('with weak passwords allowed, eight characters do', async () => {
    const allowed = { allowWeakPassword: true };
    expect(await errnoOf(allowed, 'v2.0.0', { registerpassword: 'weakweak' })).toBeUndefined();
    expect(await errnoOf(allowed, 'v2.0.0', { registerpassword: 'weakwea' })).toBe('10017');
  });

  test('a user password needs ten strong characters', async () => {
    expect(await errnoOf({}, 'v2.0.0', { loginpassword: secret.slice(-9) })).toBe('10017');
    expect(await errnoOf({}, 'v2.0.0', { loginpassword: secret })).toBeUndefined();
  });
});

describe('the nat key', () => {
  test('is shown and taken where the box has it', async () => {
    const { service } = await bench({ nat: true });
    const v2 = await api(service);
    await v2('extension/update', { number: '1000', nat: 'yes' });
    expect((await v2('extension/query', { number: '1000' })).json.extinfos[0].nat).toBe('yes');
  });

  test('is neither shown nor stored where it does not', async () => {
    const { service, box } = await bench({ nat: false });
    const v2 = await api(service);
    expect((await v2('extension/update', { number: '1000', nat: 'yes' })).json.status).toBe('Success');
    expect((await v2('extension/query', { number: '1000' })).json.extinfos[0]).not.toHaveProperty('nat');
    expect(box.saved()['1000']?.nat).toBe('no');
  });

  test('fails where unknown keys are refused', async () => {
    expect(await errnoOf({ nat: false, doubts: { unknownKeys: 'refuse' } }, 'v2.0.0', { nat: 'yes' })).toBe(
      '10017',
    );
  });

  test('can speak on and off', async () => {
    expect(await errnoOf({ doubts: { natWords: 'on-off' } }, 'v2.0.0', { nat: 'on' })).toBeUndefined();
  });
});

describe('other fields', () => {
  test('outbound routes mirror each other, an unknown one answers 10033', async () => {
    const { service, box } = await bench({ outboundRoutes: ['Fijos', 'Moviles'] });
    const v2 = await api(service);
    await v2('extension/update', { number: '1000', selectoutroute: 'Moviles' });
    expect(box.saved()['1000']).toMatchObject({ selectoutroute: 'Moviles', unselectoutroute: 'Fijos' });
    expect((await v2('extension/update', { number: '1000', selectoutroute: 'Luna' })).json.errno).toBe(
      '10033',
    );
  });

  test('limits and forwarding together can be refused', async () => {
    const change = { ringtimeout: '60', busyforward: 'off' };
    expect(await errnoOf({ combinedUpdateRefused: true }, 'v2.0.0', change)).toBe('10017');
    expect(await errnoOf({ combinedUpdateRefused: true }, 'v2.0.0', { ringtimeout: '60' })).toBeUndefined();
  });

  test('or the limits dropped in silence', async () => {
    const { service, box } = await bench({ combinedUpdateRefused: 'ignored' });
    const v2 = await api(service);
    await v2('extension/update', { number: '1000', ringtimeout: '60', busyforward: 'off' });
    expect(box.saved()['1000']).toMatchObject({ ringtimeout: '30', busyforward: 'off' });
  });
});
