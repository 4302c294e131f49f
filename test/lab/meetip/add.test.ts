import { describe, expect, test } from 'vitest';
import { bench, person, shown, strong } from './fixture.ts';

const REQUIRED = [
  'server',
  'name',
  'email',
  'location',
  'ua',
  'secret',
  'pin',
  'prot',
  'status',
  'incominglimit',
  'outgoinglimit',
  'voicemail',
];

describe('what ext.add demands', () => {
  test.each(REQUIRED)('without %s', async (name) => {
    const { api, box } = await bench();
    const answer = await api('ext.add', { ...person('118'), [name]: undefined });
    expect(answer.json).toEqual({ error: `Required field '${name}' is missing` });
    expect(box.saved()).toEqual({});
  });

  test('in the documented order', async () => {
    const { api } = await bench();
    for (const [index, name] of REQUIRED.entries()) {
      const given = Object.entries(person('118')).filter(([key]) => REQUIRED.indexOf(key) < index);
      expect((await api('ext.add', Object.fromEntries(given))).json.error).toContain(`'${name}'`);
    }
  });

  test('what is missing comes before what is wrong', async () => {
    const { api } = await bench();
    const { voicemail: _left, ...given } = person('1', { email: 'nobody' });
    expect((await api('ext.add', given)).json.error).toBe("Required field 'voicemail' is missing");
  });

  test('the number is not demanded: the lowest free one is taken', async () => {
    const { api, box } = await bench();
    await api('ext.add', person('101'));
    const numbers = [];
    for (let count = 0; count < 2; count += 1) {
      numbers.push((await api('ext.add', person(undefined))).json.ext);
    }
    expect(numbers).toEqual([100, 102]);
    expect(Object.keys(box.saved())).toEqual(['100', '101', '102']);
  });
});

describe('the answer to ext.add', () => {
  test('has the id as a string and the number as a number', async () => {
    const { api } = await bench();
    expect((await api('ext.add', person('118'))).json).toEqual({
      success: 'Extension ID: 10',
      id: '10',
      ext: 118,
    });
  });

  test('loses zeros in front of the number', async () => {
    const { api, box } = await bench();
    expect((await api('ext.add', person('018'))).json.ext).toBe(18);
    expect(Object.keys(box.saved())).toEqual(['018']);
  });

  test('ids are the server’s own, over all tenants', async () => {
    const { api } = await bench();
    const ids = [];
    for (const [server, ext] of [
      ['169', '118'],
      ['203', '1180'],
      ['169', '119'],
    ] as const) {
      ids.push((await api('ext.add', person(ext, { server }))).json.id);
    }
    expect(ids).toEqual(['10', '11', '12']);
  });
});

describe('what a value may be', () => {
  const refused: ReadonlyArray<[string, string, string]> = [
    ['name', '', '^[^\\p{Cc}]+$'],
    ['email', 'nobody', '^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]+$'],
    ['ext', '1180', '^\\d{3}$'],
    ['ext', '11a', '^\\d{3}$'],
    ['location', 'remote', '^[12]$'],
    ['ua', 'generic_sip', '^\\d+$'],
    ['prot', 'SIP', '^(sip|iax)$'],
    ['status', 'enabled', '^[012]$'],
    ['secret', 'with space', '^[a-zA-Z0-9%$*!@_\\-]+$'],
    ['pin', '123', '^\\d{4,4}$'],
    ['incominglimit', '10000', '^\\d{1,4}$'],
    ['voicemail', 'yes', '^[01]$'],
    ['department', 'Ventas', '^[\\d,]+$'],
    ['macaddress', '80:5e:c0:00:00:01', '^[0-9a-fA-F]{12}$'],
    ['max_contacts', '100', '^\\d{1,2}$'],
    ['authname', 'a-b', '^\\w+$'],
    ['dtmfmode', 'rfc4733', '^(auto|inband|rfc2833|info)$'],
    ['incoming_dialoptions', 'x', '^[0tTr]+$'],
    ['outgoing_dialoptions', '0', '^[tTr]+$'],
  ];

  test.each(refused)('%s=%s is refused with its pattern', async (name, value, pattern) => {
    const { api, box } = await bench();
    const answer = await api('ext.add', person('118', { [name]: value }));
    expect(answer.json).toEqual({
      error: `Required field '${name}=${value}' contains invalid data (Regex: /${pattern}/)`,
    });
    expect(box.saved()).toEqual({});
  });

  test('numbers have as many digits as the tenant says', async () => {
    const { api } = await bench();
    expect((await api('ext.add', person('118', { server: '203' }))).json.error).toBe(
      "Required field 'ext=118' contains invalid data (Regex: /^\\d{4}$/)",
    );
    expect((await api('ext.add', person('1180', { server: '203' }))).json.ext).toBe(1180);
  });

  test.each([
    ['short', 'Aa7-xyz'],
    ['without upper case', 'aa7-xyzxyz'],
    ['without lower case', 'AA7-XYZXYZ'],
    ['without a digit', 'Aaa-xyzxyz'],
    ['without a sign', 'Aa7xyzxyz'],
    ['with signs of the pattern that do not count', 'Aa7$@xyzxyz'],
  ])('a secret %s fits the pattern and is too weak', async (_, secret) => {
    const { api, box } = await bench();
    const { error } = (await api('ext.add', person('118', { secret }))).json;
    expect(error).toMatch(/^Error creating extension: secret: /);
    expect([error?.includes(secret), box.saved()]).toEqual([false, {}]);
  });

  test.each(['%', '*', '!', '_', '-'])('the sign %s makes a secret strong', async (sign) => {
    const { api } = await bench();
    expect((await api('ext.add', person('118', { secret: `Aa7xyzxyz${sign}` }))).json.ext).toBe(118);
  });

  test('call limits end at 999, in doubt by cutting', async () => {
    const strict = await bench();
    const high = person('118', { incominglimit: '1000' });
    expect((await strict.api('ext.add', high)).json.error).toMatch(
      /^Error creating extension: incominglimit/,
    );
    expect((await strict.api('ext.add', person('118', { incominglimit: '999' }))).json.ext).toBe(118);
    const lax = await bench({ doubts: { overLimit: 'clamp' } });
    await lax.api('ext.add', high);
    expect((await shown(lax.api, '118')).options.incominglimit).toBe('999');
  });

  test('accents in names are taken, in doubt not', async () => {
    expect((await (await bench()).api('ext.add', person('118'))).json.ext).toBe(118);
    const { api } = await bench({ doubts: { asciiNames: true } });
    expect((await api('ext.add', person('118'))).json.error).toContain("'name=Ana Núñez'");
  });

  test('unknown parameters are ignored in silence', async () => {
    const { api, box } = await bench();
    const answer = await api('ext.add', person('118', { voicemial: '0', caller_id: '910000000' }));
    expect(answer.json.error).toBeUndefined();
    expect(Object.keys(box.saved()['118'] ?? {})).not.toContain('caller_id');
  });

  test('a later build knows sn, an earlier one ignores it', async () => {
    for (const later of [true, false]) {
      const { api } = await bench({ later });
      const { error } = (await api('ext.add', person('118', { sn: 'not a serial' }))).json;
      expect(error !== undefined).toBe(later);
    }
  });
});

describe('what only the server knows', () => {
  test('a user agent that is not active, until it is', async () => {
    const { api } = await bench();
    const wanted = person('118', { ua: '24' });
    expect((await api('ext.add', wanted)).json.error).toMatch(/^Error creating extension: ua: /);
    expect((await api('uads.activate', { server: '169', id: '24' })).json).toMatchObject({ id: '24' });
    expect((await api('ext.add', wanted)).json.ext).toBe(118);
  });

  test('a user agent that is not there', async () => {
    const { api } = await bench();
    expect((await api('ext.add', person('118', { ua: '51' }))).json.error).toMatch(/: ua: /);
  });

  test('a department that is not there, in doubt dropped', async () => {
    const wanted = person('118', { department: '4,5' });
    expect((await (await bench()).api('ext.add', wanted)).json.error).toMatch(/: department: /);
    const { api, box } = await bench({ doubts: { unknownDepartment: 'drop' } });
    await api('ext.add', wanted);
    expect(box.saved()['118']?.department).toBe('4');
  });

  test('codecs that the tenant does not allow fall out without a word', async () => {
    const { api } = await bench({ tenants: [{ code: '301', codecs: ['alaw', 'g729'] }] });
    expect((await api('ext.add', person('118', { acodecs: 'ulaw:alaw:opus' }))).json.error).toBeUndefined();
    expect((await shown(api, '118')).options.allow).toEqual(['alaw']);
  });

  test('a number that another extension has', async () => {
    const { api } = await bench();
    await api('ext.add', person('118', { name: 'Operator' }));
    expect((await api('ext.add', person('118'))).json.error).toBe(
      'Error creating extension: ua_id: extension is reserved - number 118 is reserved by (Extension) Operator',
    );
  });

  test.each([
    ['900', 'IVR', 'Bienvenida'],
    ['901', 'Ring Group', 'Recepción'],
  ])('number %s is taken by an %s', async (number, kind, name) => {
    const { api } = await bench();
    expect((await api('ext.add', person(number))).json.error).toContain(
      `number ${number} is reserved by (${kind}) ${name}`,
    );
  });

  test('patterns come before the number', async () => {
    const { api } = await bench();
    expect((await api('ext.add', person('900', { pin: '1' }))).json.error).toContain("'pin=1'");
  });

  test('another tenant may have the same number', async () => {
    const { api, box } = await bench({ tenants: [{ code: '301' }, { code: '302' }] });
    await api('ext.add', person('118'));
    expect((await api('ext.add', person('118', { server: '203' }))).json.ext).toBe(118);
    expect(box.tenant('302').saved()['118']?.username).toBe('302118');
  });

  test('e-mails need not differ', async () => {
    const { api } = await bench();
    await api('ext.add', person('118'));
    expect((await api('ext.add', person('119'))).json.ext).toBe(119);
  });

  test('the package has its limit', async () => {
    const { api } = await bench({ tenants: [{ code: '301', maxExtensions: 1 }] });
    await api('ext.add', person('118'));
    expect((await api('ext.add', person('119'))).json.error).toMatch(/package/);
  });

  test('the master tenant takes none', async () => {
    const { api } = await bench();
    expect((await api('ext.add', person('118', { server: '1' }))).json.error).toMatch(/master/);
    expect((await api('ext.list', { server: '1' })).text).toBe('[]');
  });

  test.each(['301', '412', '999', ''])('%j is no server id', async (server) => {
    const { api } = await bench();
    const secret = strong('x');
    expect((await api('ext.add', person('118', { server, secret }))).json.error).toBe('Invalid server id');
  });
});
