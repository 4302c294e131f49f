import { describe, expect, test } from 'vitest';
import { bench, person, shown, strong } from './fixture.ts';

describe('ext.configuration', () => {
  test('a map with one id, nested and renamed', async () => {
    const { api } = await bench();
    const secret = strong('118');
    await api('ext.add', person('118', { department: '4,6' }));
    const { json } = await api('ext.configuration', { server: '169', id: '10' });
    expect(Object.keys(json)).toEqual(['10']);
    expect(json['10']).toMatchObject({
      name: 'Ana Núñez',
      email: 'ana@acme.example',
      ext: '118',
      pin: '4821',
      prot: 'sip',
      protocol: 'sip',
      location: '2',
      user_language: '',
      ua_id: '50',
      ua_name: 'generic_sip',
      ua_fullname: 'Generic SIP',
      status: '1',
      options_raw: '',
      options: {
        ua: '50',
        uloc: '2',
        type: 'friend',
        host: 'dynamic',
        context: 't-301',
        username: '301118',
        callerid: 'Ana Núñez <118>',
        secret,
        incominglimit: '2',
        outgoinglimit: '3',
        voicemail: '1',
        allow: ['ulaw', 'alaw', 'g722'],
      },
    });
  });

  test('every value outside of allow is a string', async () => {
    const { api } = await bench();
    await api('ext.add', person('118'));
    const { options, ...top } = await shown(api, '118');
    const { allow, ...flat } = options;
    const kinds = new Set([...Object.values(top), ...Object.values(flat)].map((value) => typeof value));
    expect([[...kinds], Array.isArray(allow)]).toEqual([['string'], true]);
  });

  const renamed: ReadonlyArray<[string, string, string]> = [
    ['title', 'user_title', 'Jefa'],
    ['label', 'user_label', 'Recepción'],
    ['user_location', 'user_location', 'Planta 2'],
    ['user_language', 'user_language', 'es'],
    ['auth', '__auth', 'ana@sip.example'],
    ['macaddress', 'mac', '805ec0000001'],
    ['incoming_dialoptions', 'incoming_dialoptions', 'tr'],
    ['outgoing_dialoptions', 'dialoptions', 'tT'],
    ['page_custom', 'page_header_custom', 'Alert-Info: x'],
    ['pai_header', 'pai_var', 'id'],
    ['pbd_pin', 'pin_based_dialling_pin', '99'],
    ['voicemail_timezone', 'voice_tz', 'Europe/Madrid'],
    ['disable_fax_for_app', 'disable_fax_for_app', '1'],
    ['disable_fax_for_app', 'disable_fax_for_glocom', '1'],
    ['disable_my_dialer_for_app', 'disable_my_dialer', '1'],
    ['nat', 'nat', '2'],
    ['max_contacts', 'max_contacts', '5'],
    ['dtmfmode', 'dtmfmode', 'info'],
    ['encryption', 'encryption', 'offer'],
    ['setcallerid', 'setcallerid', '0'],
  ];

  test.each(renamed)('%s reads back as options.%s', async (sent, read, value) => {
    const { api } = await bench();
    await api('ext.add', person('118', { [sent]: value }));
    expect((await shown(api, '118')).options[read]).toBe(value);
  });

  test('the user password is nowhere', async () => {
    const { api, box } = await bench();
    const password = 'Canary-User-5tQ';
    await api('ext.add', person('118', { password }));
    const answers = [
      await api('ext.configuration', { server: '169', ext: '118' }),
      await api('ext.list', { server: '169' }),
    ];
    expect(answers.some(({ text }) => text.includes(password))).toBe(false);
    expect(JSON.stringify(box.saved())).not.toContain(password);
    expect(box.saved()['118']?.user_password).toMatch(/^sha256:/);
  });

  test('the department is not there, in doubt it is', async () => {
    const given = person('118', { department: '6' });
    for (const [departmentPlace, top, inner] of [
      ['nowhere', undefined, undefined],
      ['top', '6', undefined],
      ['options', undefined, '6'],
    ] as const) {
      const { api } = await bench({ doubts: { departmentPlace } });
      await api('ext.add', given);
      const { department, options } = await shown(api, '118');
      expect([department, options.department]).toEqual([top, inner]);
    }
  });

  test('location and status in words, in doubt', async () => {
    const { api } = await bench({ doubts: { configurationWords: 'words' } });
    await api('ext.add', person('118', { location: '1', status: '0' }));
    expect(await shown(api, '118')).toMatchObject({ location: 'local', status: 'disabled' });
  });

  test('codecs as a text, in doubt', async () => {
    const { api } = await bench({ doubts: { allowStyle: 'text' } });
    await api('ext.add', person('118', { acodecs: 'ulaw:alaw' }));
    expect((await shown(api, '118')).options.allow).toBe('ulaw,0 alaw,0');
  });

  test('id or ext, never both, and one of them', async () => {
    const { api } = await bench();
    await api('ext.add', person('118'));
    const errors = [{ id: '10', ext: '118' }, {}].map(
      async (which) => (await api('ext.configuration', { server: '169', ...which })).json.error,
    );
    expect(await Promise.all(errors)).toEqual(['Give either id or ext', "Required field 'id' is missing"]);
  });

  test('an extension that is not there fails, in doubt it is empty', async () => {
    const { api } = await bench();
    expect((await api('ext.configuration', { server: '169', ext: '118' })).json.error).toBe(
      'No such extension',
    );
    const empty = await bench({ doubts: { unknownExtension: 'empty' } });
    expect((await empty.api('ext.configuration', { server: '169', id: '10' })).text).toBe('[]');
  });

  test('an id of another tenant is not there', async () => {
    const { api } = await bench();
    await api('ext.add', person('118'));
    expect((await api('ext.configuration', { server: '203', id: '10' })).json.error).toBe(
      'No such extension',
    );
  });

  test('written back as it was read, it changes nothing', async () => {
    const { api, box } = await bench();
    await api('ext.add', person('118'));
    const before = box.saved();
    const { options: _nested, ext: _number, ...flat } = await shown(api, '118');
    await api('ext.edit', { server: '169', id: '10', options: 'x', ...(flat as Record<string, string>) });
    expect(box.saved()).toEqual(before);
  });
});

describe('ext.list', () => {
  test('an empty tenant is an empty array', async () => {
    const { api } = await bench();
    expect((await api('ext.list', { server: '169' })).text).toBe('[]');
  });

  test('strings by id, with words for location and status, no secret, no limits', async () => {
    const { api } = await bench();
    await api('ext.add', person('118', { department: '4,6', user_location: 'Planta 2' }));
    expect((await api('ext.list', { server: '169' })).json).toEqual({
      '10': {
        name: 'Ana Núñez',
        email: 'ana@acme.example',
        protocol: 'sip',
        ext: '118',
        location: 'remote',
        ua_id: '50',
        ua_name: 'generic_sip',
        ua_fullname: 'Generic SIP',
        status: 'enabled',
        linenum: '',
        user_location: 'Planta 2',
        department: '4,6',
      },
    });
  });

  test('what is not set is left out, in doubt blank', async () => {
    const { api } = await bench({ doubts: { listBlanks: 'empty' } });
    await api('ext.add', person('118', { status: '2' }));
    expect((await api('ext.list', { server: '169' })).json['10']).toMatchObject({
      status: 'suspended',
      macaddress: '',
      sn: '',
      department: '',
    });
  });
});
