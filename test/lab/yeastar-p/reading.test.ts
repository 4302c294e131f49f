import { describe, expect, test } from 'vitest';
import { type Answered, bench, idOf, type Row, strong } from './fixture.ts';

const numbers = ({ data }: Answered): unknown[] => data.map(({ number }) => number);
const seeds = [
  { number: '2001', first_name: 'Zoe', last_name: 'Alba', email_addr: 'zoe@acme.example', role_id: '2' },
  { number: '2002', first_name: 'Ana', mobile_number: '600123456', presence_status: 'lunch' },
  { number: '10', first_name: 'Max' },
];

describe('extension/list', () => {
  test('answers the documented keys, ids as numbers', async () => {
    const { get, box } = await bench({ extensions: 0, seed: seeds });
    const { data, total_number } = await get('extension/list');
    expect(total_number).toBe(3);
    expect(data[0]).toMatchObject({
      id: idOf(box, '2001'),
      number: '2001',
      caller_id_name: 'Zoe Alba',
      role_name: 'Supervisor',
      email_addr: 'zoe@acme.example',
      mobile_number: '',
      presence_status: 'available',
    });
    expect(data[0]?.online_status).toMatchObject({ sip_phone: { status: 0, ext_dev_type: 'sip' } });
    expect(data[1]).toMatchObject({ role_name: '', mobile_number: '600123456', presence_status: 'lunch' });
  });

  test('shows no password and no registration name', async () => {
    const { get, box } = await bench();
    const text = JSON.stringify(await get('extension/list'));
    expect(text).not.toContain('reg_');
    expect(text).not.toContain(box.saved()['1000']?.reg_password);
  });

  test('pages from 1 and counts all', async () => {
    const { get } = await bench({ extensions: 5 });
    const pages = [];
    for (const page of [1, 2, 3, 4]) pages.push(await get('extension/list', { page, page_size: 2 }));
    expect(pages.map(numbers)).toEqual([['1000', '1001'], ['1002', '1003'], ['1004'], []]);
    expect(pages.map(({ total_number }) => total_number)).toEqual([5, 5, 5, 5]);
  });

  test('sorts by the documented keys, numbers as text', async () => {
    const { get } = await bench({ extensions: 0, seed: seeds });
    expect(numbers(await get('extension/list'))).toEqual(['2001', '2002', '10']);
    expect(numbers(await get('extension/list', { sort_by: 'number' }))).toEqual(['10', '2001', '2002']);
    const named = await get('extension/list', { sort_by: 'caller_id_name', order_by: 'desc' });
    expect(numbers(named)).toEqual(['2001', '10', '2002']);
    expect(numbers(await get('extension/list', { sort_by: 'id', order_by: 'desc' }))).toEqual([
      '10',
      '2002',
      '2001',
    ]);
  });

  test.each<Record<string, string | number>>([
    { page: 0 },
    { page: 'two' },
    { page_size: 0 },
    { page_size: 10_001 },
    { sort_by: 'reg_name' },
    { order_by: 'up' },
  ])('refuses %j', async (query) => {
    const { get } = await bench();
    const [key] = Object.keys(query);
    const answer = await get('extension/list', query);
    expect(answer).toMatchObject({ errcode: 40002, invalid_param_list: [{ field: key }] });
  });

  test('cuts a page at its limit in the other reading, and has its own default', async () => {
    const { get } = await bench({ doubts: { maxPageSize: 2, pageSize: 1, overlongPage: 'clamp' } });
    expect(numbers(await get('extension/list', { page_size: 50 }))).toEqual(['1000', '1001']);
    expect(numbers(await get('extension/list', { page: 2, page_size: 50 }))).toEqual(['1002']);
    expect(numbers(await get('extension/list'))).toEqual(['1000']);
  });
});

describe('extension/search', () => {
  test('finds parts of numbers and names, so a client must compare', async () => {
    const { get } = await bench({ extensions: 0, seed: [...seeds, { number: '200' }] });
    expect(numbers(await get('extension/search', { search_value: '200' }))).toEqual(['2001', '2002', '200']);
    expect(numbers(await get('extension/search', { search_value: 'ALBA' }))).toEqual(['2001']);
    const none = await get('extension/search', { search_value: '7777' });
    expect([none.errcode, none.total_number, none.data]).toEqual([0, 0, []]);
  });

  test('counts and pages what it found', async () => {
    const { get } = await bench({ extensions: 0, seed: seeds });
    const found = await get('extension/search', { search_value: '200', page: 2, page_size: 1 });
    expect([found.total_number, numbers(found)]).toEqual([2, ['2002']]);
  });
});

describe('extension/get and query', () => {
  test('answer the detail with JSON types', async () => {
    const { get, box } = await bench();
    const { data } = await get('extension/get', { id: idOf(box, '1001') });
    expect(data).toMatchObject({
      id: idOf(box, '1001'),
      type: 'SIP',
      number: '1001',
      email_addr: 'ext1001@acme.example',
      reg_name: '1001',
      concurrent_registrations: 1,
      role_id: 0,
      enb_vm: 1,
      presence_list: [],
      user_password: '********',
    });
    expect(data).not.toHaveProperty('reg_password');
    expect(data).not.toHaveProperty('organization_list');
    expect(data).not.toHaveProperty('dtmf_mode');
  });

  test('take one id and a comma list of them', async () => {
    const { get, box } = await bench();
    const ids = `${idOf(box, '1002')},${idOf(box, '1000')}`;
    expect(numbers(await get('extension/query', { ids }))).toEqual(['1002', '1000']);
    expect((await get('extension/query')).invalid_param_list[0]?.field).toBe('ids');
  });

  test('answer 60001 for an unknown id and 40002 for none', async () => {
    const { get } = await bench();
    expect(await get('extension/get', { id: 4 })).toEqual({ errcode: 60001, errmsg: 'DATA NOT FOUND' });
    expect((await get('extension/get')).errcode).toBe(40002);
    expect((await get('extension/get', { id: '1000x' })).errcode).toBe(40002);
    expect((await get('extension/query', { ids: '4' })).errcode).toBe(60001);
  });

  test('leave an unknown id out among others, or refuse it in the other reading', async () => {
    const skip = await bench();
    const ids = `4,${idOf(skip.box, '1000')}`;
    expect(numbers(await skip.get('extension/query', { ids }))).toEqual(['1000']);
    const refuse = await bench({ doubts: { unknownInQuery: 'refuse' } });
    expect((await refuse.get('extension/query', { ids })).errcode).toBe(60001);
  });

  test.each([
    ['user', ['user_password']],
    ['masked', ['user_password', 'reg_password', 'vm_pin']],
    ['absent', []],
  ] as const)('mask passwords in the reading %s', async (detailPasswords, expected) => {
    const { get, box } = await bench({ doubts: { detailPasswords } });
    const { data } = await get('extension/get', { id: idOf(box, '1000') });
    const masked = Object.entries(data)
      .filter(([, value]) => String(value) === '********')
      .map(([key]) => key);
    expect(new Set(masked)).toEqual(new Set(expected));
    expect(JSON.stringify(data)).not.toContain(box.saved()['1000']?.reg_password);
  });

  test('show the keys of the panel where the API has them', async () => {
    const { get, box } = await bench({ advancedKeys: true });
    const { data } = await get('extension/get', { id: idOf(box, '1000') });
    expect(data).toMatchObject({ dtmf_mode: 'rfc4733', enb_nat: 1, enb_srtp: 0, disable_outb_call: 0 });
  });
});

describe('extension/getpassword', () => {
  test('answers each password in Base64', async () => {
    const secret = strong('known');
    const seed = [{ number: '1500', reg_password: secret, vm_pin: '4711' }];
    const { get, box } = await bench({ seed });
    const read = async (type: string) => {
      const { password } = await get('extension/getpassword', { id: idOf(box, '1500'), type });
      return Buffer.from(password, 'base64').toString();
    };
    expect(await read('reg_password')).toBe(secret);
    expect(await read('vm_pin')).toBe('4711');
  });

  test('knows no other type, and no unknown extension', async () => {
    const { get, box } = await bench();
    const id = idOf(box, '1000');
    expect((await get('extension/getpassword', { id, type: 'user_password' })).errcode).toBe(40002);
    expect((await get('extension/getpassword', { id })).errcode).toBe(40002);
    expect((await get('extension/getpassword', { id: 4, type: 'vm_pin' })).errcode).toBe(60001);
  });

  test('does not exist on older firmware', async () => {
    const { get, box } = await bench({ getPassword: false });
    const answer = await get('extension/getpassword', { id: idOf(box, '1000'), type: 'vm_pin' });
    expect(answer).toMatchObject({ errcode: 10001, errmsg: 'INTERFACE NOT EXISTED' });
  });
});

describe('analogue extensions', () => {
  const seed = [
    { number: '1700', type: 'FXS' },
    { number: '1701', type: 'FXS', fxs_port: '2-4' },
  ];

  test('stand in the list, with a port and without a SIP account', async () => {
    const { get, box } = await bench({ seed });
    const { data: list } = await get('extension/search', { search_value: '170' });
    expect(list.map((row) => (row.online_status as Row).fxs_phone)).toEqual([
      { status: 1, ext_dev_type: 'fxs' },
      { status: 1, ext_dev_type: 'fxs' },
    ]);
    const { data } = await get('extension/get', { id: idOf(box, '1700') });
    expect(data).toMatchObject({ type: 'FXS', fxs_port: '1-1', number: '1700' });
    expect(data).not.toHaveProperty('reg_name');
    expect(data).not.toHaveProperty('concurrent_registrations');
    const other = await get('extension/get', { id: idOf(box, '1701') });
    expect(other.data).toMatchObject({ fxs_port: '2-4' });
  });

  test('exist on hardware alone', async () => {
    await expect(bench({ model: 'Cloud', seed })).rejects.toThrow('no ports');
    const { get } = await bench({ model: 'Software' });
    const { data } = await get('extension/list');
    expect(data[0]?.online_status).not.toHaveProperty('fxs_phone');
  });
});
