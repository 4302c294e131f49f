import { describe, expect, test } from 'vitest';
import { bench, idOf, newcomer, type Row, strong } from './fixture.ts';

const REQUIRED = [
  'type',
  'number',
  'user_password',
  'reg_name',
  'reg_password',
  'concurrent_registrations',
  'presence_status',
];

describe('extension/create', () => {
  test('makes an extension that runs at once, and answers its id', async () => {
    const { post, get, box } = await bench();
    const wanted = newcomer('1600', { last_name: 'Ríos', email_addr: 'nora@acme.example' });
    const { errcode, id } = await post('extension/create', wanted);
    expect([errcode, id]).toEqual([0, idOf(box, '1600')]);
    expect(box.running()['1600']).toMatchObject({
      id: String(id),
      type: 'SIP',
      first_name: 'Nora',
      last_name: 'Ríos',
      reg_password: wanted.reg_password,
      concurrent_registrations: '1',
      caller_id: '1600',
      organization_list: '[]',
    });
    const { data } = await get('extension/get', { id });
    expect(data).toMatchObject({ number: '1600', email_addr: 'nora@acme.example' });
  });

  test('answers no id in the other reading', async () => {
    const { post } = await bench({ doubts: { createAnswersId: false } });
    expect(await post('extension/create', newcomer('1600'))).toEqual({ errcode: 0, errmsg: 'SUCCESS' });
  });

  test.each(REQUIRED)('requires %s, and takes a blank one for missing', async (field) => {
    const { post, box } = await bench();
    const { [field]: _left, ...rest } = newcomer('1600');
    for (const body of [rest, { ...rest, [field]: '' }]) {
      expect(await post('extension/create', body)).toMatchObject({
        errcode: 40002,
        errmsg: 'PARAMETER ERROR',
        invalid_param_list: [{ field, validation_type: 'required' }],
      });
    }
    expect(box.saved()['1600']).toBeUndefined();
  });

  test('gives a nameless extension its number for a name', async () => {
    const { post, box } = await bench();
    await post('extension/create', newcomer('1600', { first_name: '' }));
    expect(box.saved()['1600']?.first_name).toBe('1600');
  });

  test.each<[string, string, Row]>([
    ['type', 'analogue', { type: 'FXS' }],
    ['number', 'with a letter', { number: '16a' }],
    ['number', 'of eight digits', { number: '12345678' }],
    ['reg_password', 'of seven characters', { reg_password: 'x'.repeat(7) }],
    ['reg_password', 'of 64 characters', { reg_password: 'x'.repeat(64) }],
    ['reg_name', 'of 64 characters', { reg_name: 'x'.repeat(64) }],
    ['concurrent_registrations', 'of four', { concurrent_registrations: 4 }],
    ['concurrent_registrations', 'of none', { concurrent_registrations: 0 }],
    ['presence_status', 'that is no presence', { presence_status: 'sleeping' }],
    ['user_password', 'of nine characters', { user_password: `Kx7${'m'.repeat(6)}` }],
    ['user_password', 'of 64 characters', { user_password: `Kx7${'m'.repeat(61)}` }],
    ['user_password', 'without capitals', { user_password: `x7${'m'.repeat(10)}` }],
    ['user_password', 'of capitals alone', { user_password: `K7${'M'.repeat(10)}` }],
    ['user_password', 'without digits', { user_password: `Kx${'m'.repeat(10)}` }],
    ['email_addr', 'without a domain', { email_addr: 'nobody' }],
    ['mobile_number', 'with a space', { mobile_number: '600 123' }],
    ['caller_id', 'with an underscore', { caller_id: 'a_b' }],
    ['caller_id', 'of 32 digits', { caller_id: '1'.repeat(32) }],
    ['first_name', 'of 64 letters', { first_name: 'x'.repeat(64) }],
    ['enb_vm', 'that is no flag', { enb_vm: 2 }],
  ])('refuses a %s %s', async (field, _what, more) => {
    const { post, box } = await bench();
    const answer = await post('extension/create', newcomer('1600', more));
    expect(answer).toMatchObject({ errcode: 40002, invalid_param_list: [{ field }] });
    expect(Object.keys(box.saved())).toEqual(['1000', '1001', '1002']);
  });

  test('takes values at their limits', async () => {
    const { post } = await bench();
    const limits = {
      reg_name: 'x'.repeat(63),
      reg_password: 'abcdefgh',
      user_password: `Kx7${'m'.repeat(60)}`,
      concurrent_registrations: 3,
      caller_id: `(+34).-*#${'9'.repeat(22)}`,
    };
    expect((await post('extension/create', newcomer('1234567', limits))).errcode).toBe(0);
  });

  test('takes eight digits in the newer reading', async () => {
    const { post } = await bench({ doubts: { maxNumber: 8 } });
    expect((await post('extension/create', newcomer('12345678'))).errcode).toBe(0);
    expect((await post('extension/create', newcomer('123456789'))).errcode).toBe(40002);
  });

  test('answers 60002 when the licence is full', async () => {
    const { post } = await bench({ maxExtensions: 3 });
    expect(await post('extension/create', newcomer('1600'))).toMatchObject({ errcode: 60002 });
  });

  test('answers 60101 for an unknown role', async () => {
    const { post } = await bench({ roles: ['Boss', 'Others'] });
    expect((await post('extension/create', newcomer('1600', { role_id: 2 }))).errcode).toBe(0);
    expect(await post('extension/create', newcomer('1601', { role_id: 3 }))).toEqual({
      errcode: 60101,
      errmsg: 'ROLE NOT EXISTED',
    });
  });
});

describe('duplicates', () => {
  test('answer 40003 with each field and whose it is', async () => {
    const { post } = await bench();
    const body = newcomer('1000', { email_addr: 'ext1001@acme.example', reg_name: '1002' });
    expect(await post('extension/create', body)).toEqual({
      errcode: 40003,
      errmsg: 'DUPLICATE KEY VALUE',
      submsg: 'Extension create fail for duplicate fields',
      duplicate_field_list: [
        { field: 'number', value: '1000', external_source: 'extension', external_source_name: '1000' },
        {
          field: 'email_addr',
          value: 'ext1001@acme.example',
          external_source: 'extension',
          external_source_name: '1001',
        },
        { field: 'reg_name', value: '1002', external_source: 'extension', external_source_name: '1002' },
      ],
    });
  });

  test('of blank addresses do not count; of a queue number do', async () => {
    const { post } = await bench({ callFlow: { queues: [{ number: '6400', name: 'Ventas', agents: [] }] } });
    expect((await post('extension/create', newcomer('1600'))).errcode).toBe(0);
    expect((await post('extension/create', newcomer('1601'))).errcode).toBe(0);
    expect((await post('extension/create', newcomer('6400'))).errcode).toBe(40003);
  });
});

describe('JSON types', () => {
  test.each<[string, unknown]>([
    ['number', 1600],
    ['concurrent_registrations', '1'],
    ['reg_password', 12_345_678],
    ['presence_list', '[]'],
    ['enb_vm', true],
    ['role_id', 1.5],
  ])('of the wrong kind answer -2: %s', async (key, value) => {
    const { post, box } = await bench();
    const answer = await post('extension/create', newcomer('1600', { [key]: value }));
    expect(answer).toMatchObject({ errcode: -2, errmsg: 'INTERNAL SERVER ERROR' });
    expect(box.saved()['1600']).toBeUndefined();
  });

  test('answer 40001 or are converted in the other readings', async () => {
    const strict = await bench({ doubts: { wrongType: '40001' } });
    const refused = await strict.post('extension/create', newcomer('1600', { number: 1600 }));
    expect(refused).toMatchObject({ errcode: 40001, errmsg: 'PARAMETER SYNTAX ERROR' });
    const lenient = await bench({ doubts: { wrongType: 'convert' } });
    const body = newcomer('1600', { number: 1600, concurrent_registrations: '2' });
    expect((await lenient.post('extension/create', body)).errcode).toBe(0);
    expect(lenient.box.running()['1600']?.concurrent_registrations).toBe('2');
  });

  test('null is as good as absent', async () => {
    const { post, box } = await bench();
    expect((await post('extension/create', newcomer('1600', { title: null }))).errcode).toBe(0);
    expect(box.saved()['1600']?.title).toBe('');
    expect((await post('extension/create', newcomer('1601', { reg_name: null }))).errcode).toBe(40002);
  });
});

describe('unknown keys', () => {
  test('are dropped, or refused in the other reading', async () => {
    const lenient = await bench();
    const body = newcomer('1600', { nat: 'yes', dtmf_mode: 'inband' });
    expect((await lenient.post('extension/create', body)).errcode).toBe(0);
    expect(lenient.box.saved()['1600']).not.toHaveProperty('nat');
    expect(lenient.box.saved()['1600']?.dtmf_mode).toBe('rfc4733');
    const strict = await bench({ doubts: { unknownKeys: 'refuse' } });
    expect((await strict.post('extension/create', body)).invalid_param_list[0]?.field).toBe('nat');
  });

  test('of the panel are taken where the API has them', async () => {
    const { post, box } = await bench({ advancedKeys: true });
    const body = newcomer('1600', { dtmf_mode: 'inband', enb_nat: 0, transport: 'tls' });
    await post('extension/create', body);
    expect(box.running()['1600']).toMatchObject({ dtmf_mode: 'inband', enb_nat: '0', transport: 'tls' });
  });
});

describe('on the cloud', () => {
  test.each([
    ['four digits that count up', 'Kx1234mQzPw'],
    ['four digits that count down', 'Kx9876mQzPw'],
    ['four equal digits', 'Kx7777mQzPw'],
    ['the number', 'KxmQ1600zPw'],
    ['the first name', 'Kx7noraQzPw'],
  ])('a user password may not hold %s', async (_what, user_password) => {
    const cloud = await bench({ model: 'Cloud' });
    const answer = await cloud.post('extension/create', newcomer('1600', { user_password }));
    expect(answer.invalid_param_list[0]?.field).toBe('user_password');
    const hardware = await bench();
    expect((await hardware.post('extension/create', newcomer('1600', { user_password }))).errcode).toBe(0);
  });
});

describe('with organisations', () => {
  const organizations = [
    { id: '1', name: 'Acme' },
    { id: '2', name: 'Ventas' },
  ];

  test('create requires some that exist', async () => {
    const { post, get, box } = await bench({ organizations });
    const create = (more: Row) => post('extension/create', newcomer('1600', more));
    expect((await create({})).invalid_param_list[0]?.field).toBe('organization_list');
    expect((await create({ organization_list: [] })).errcode).toBe(40002);
    expect((await create({ organization_list: [{ value: '9' }] })).errcode).toBe(40002);
    expect((await create({ organization_list: ['1'] })).errcode).toBe(40002);
    expect((await create({ organization_list: [{ value: '2' }] })).errcode).toBe(0);
    const { data } = await get('extension/get', { id: idOf(box, '1600') });
    expect(data).toMatchObject({ organization_list: [{ text: 'Ventas', value: '2' }] });
  });

  test('an update keeps them unless it says otherwise', async () => {
    const seed = [{ number: '1600', organization_list: '[{"value":"1"}]' }];
    const { post, box } = await bench({ organizations, seed });
    const id = idOf(box, '1600');
    expect((await post('extension/update', { id, title: 'Jefa' })).errcode).toBe(0);
    expect(box.running()['1600']).toMatchObject({ title: 'Jefa', organization_list: '[{"value":"1"}]' });
    expect((await post('extension/update', { id, organization_list: [] })).errcode).toBe(40002);
    const strict = await bench({ organizations, seed, doubts: { updateNeedsOrganization: true } });
    expect((await strict.post('extension/update', { id, title: 'Jefa' })).errcode).toBe(40002);
  });

  test('the key is dropped where the feature is off', async () => {
    const { post, box } = await bench();
    const body = newcomer('1600', { organization_list: [{ value: '1' }], user_password: strong('x') });
    expect((await post('extension/create', body)).errcode).toBe(0);
    expect(box.saved()['1600']?.organization_list).toBe('[]');
  });
});
