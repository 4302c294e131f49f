import { describe, expect, test } from 'vitest';
import { bench, idOf, newcomer, strong } from './fixture.ts';

describe('extension/update', () => {
  test('changes the keys sent and no other, at once', async () => {
    const { post, box } = await bench();
    const before = box.running()['1001'];
    const id = idOf(box, '1001');
    const secret = strong('new secret');
    expect(await post('extension/update', { id, reg_password: secret })).toEqual({
      errcode: 0,
      errmsg: 'SUCCESS',
    });
    expect(box.running()['1001']).toEqual({ ...before, reg_password: secret });
  });

  test('changes several kinds of values', async () => {
    const { post, get, box } = await bench();
    const id = idOf(box, '1001');
    const presence_list = [{ presence_status: 'away', enb_in_always_forward: 1 }];
    const changes = { concurrent_registrations: 3, enb_vm: 0, presence_list, presence_status: 'away' };
    expect((await post('extension/update', { id, ...changes })).errcode).toBe(0);
    expect((await get('extension/get', { id })).data).toMatchObject(changes);
    expect(box.saved()['1001']).toMatchObject({
      concurrent_registrations: '3',
      enb_vm: '0',
      presence_list: JSON.stringify(presence_list),
    });
  });

  test('wants an id that exists, as a number', async () => {
    const { post, box } = await bench();
    expect((await post('extension/update', { title: 'x' })).invalid_param_list[0]?.field).toBe('id');
    expect((await post('extension/update', { id: 4, title: 'x' })).errcode).toBe(60001);
    const id = String(idOf(box, '1001'));
    expect((await post('extension/update', { id, title: 'x' })).errcode).toBe(-2);
    expect((await post('extension/update', { number: '1001', title: 'x' })).errcode).toBe(40002);
    expect(box.saved()['1001']?.title).toBe('');
  });

  test('changes nothing when one value is bad', async () => {
    const { post, box } = await bench();
    const before = box.saved()['1001'];
    const body = { id: idOf(box, '1001'), title: 'Jefe', reg_password: 'short' };
    expect((await post('extension/update', body)).errcode).toBe(40002);
    expect(box.saved()['1001']).toEqual(before);
  });

  test('keeps what is unique unique, and one own values', async () => {
    const { post, box } = await bench();
    const id = idOf(box, '1001');
    expect((await post('extension/update', { id, email_addr: 'ext1001@acme.example' })).errcode).toBe(0);
    expect((await post('extension/update', { id, email_addr: 'ext1002@acme.example' })).errcode).toBe(40003);
    expect((await post('extension/update', { id, reg_name: '1000' })).errcode).toBe(40003);
    expect((await post('extension/update', { id, role_id: 99 })).errcode).toBe(60101);
  });

  test('does not mind a clash that was there before', async () => {
    const { post, box } = await bench();
    box.edit('1001', { email_addr: 'ext1000@acme.example' }, { apply: true });
    expect((await post('extension/update', { id: idOf(box, '1001'), title: 'Jefe' })).errcode).toBe(0);
  });

  test('leaves out the SIP account of an analogue extension', async () => {
    const { post, box } = await bench({ seed: [{ number: '1700', type: 'FXS' }] });
    const body = { id: idOf(box, '1700'), reg_password: strong('fxs'), title: 'Portero' };
    expect((await post('extension/update', body)).errcode).toBe(0);
    expect(box.saved()['1700']).toMatchObject({ title: 'Portero' });
    expect(box.saved()['1700']).not.toHaveProperty('reg_password');
  });

  test.each([
    ['ignore', 0, '1001'],
    ['refuse', 40002, '1001'],
    ['rename', 0, '1601'],
  ] as const)('of the number, in the reading %s', async (renumber, errcode, number) => {
    const { post, box } = await bench({ doubts: { renumber } });
    const id = idOf(box, '1001');
    expect((await post('extension/update', { id, number: '1601' })).errcode).toBe(errcode);
    expect(box.running()[number]?.id).toBe(String(id));
    expect(Object.keys(box.running())).toHaveLength(3);
  });

  test('of the number to one that is taken answers 40003', async () => {
    const { post, box } = await bench({ doubts: { renumber: 'rename' } });
    const body = { id: idOf(box, '1001'), number: '1002' };
    expect((await post('extension/update', body)).errcode).toBe(40003);
    expect((await post('extension/update', { ...body, number: 'x' })).errcode).toBe(40002);
  });
});

describe('extension/delete', () => {
  test('with GET takes the extension away, once', async () => {
    const { get, box } = await bench();
    const id = idOf(box, '1001');
    expect(await get('extension/delete', { id })).toEqual({ errcode: 0, errmsg: 'SUCCESS' });
    expect(Object.keys(box.running())).toEqual(['1000', '1002']);
    expect(await get('extension/delete', { id })).toEqual({ errcode: 60001, errmsg: 'DATA NOT FOUND' });
    expect((await get('extension/delete')).errcode).toBe(40002);
  });

  test('never gives an id twice', async () => {
    const { get, post, box } = await bench();
    const id = idOf(box, '1002');
    await get('extension/delete', { id });
    const made = await post('extension/create', newcomer('1002'));
    expect(made.id).toBeGreaterThan(id);
  });

  test('of a member of a ring group works, or answers 70091 in the other reading', async () => {
    const callFlow = { ringGroups: [{ number: '6300', name: 'Todos', members: ['1000', '1001'] }] };
    const { get, box } = await bench({ callFlow });
    expect((await get('extension/delete', { id: idOf(box, '1000') })).errcode).toBe(0);
    expect((await get('ringgroup/list')).data[0]).toMatchObject({ member_count: 1 });
    const strict = await bench({ callFlow, doubts: { deleteInUse: '70091' } });
    const refused = await strict.get('extension/delete', { id: idOf(strict.box, '1000') });
    expect(refused).toEqual({ errcode: 70091, errmsg: 'CONNECTION_RELATION_EXISTED' });
    expect((await strict.get('extension/delete', { id: idOf(strict.box, '1002') })).errcode).toBe(0);
  });
});

describe('the panel', () => {
  test('saves without running until Apply is pressed', async () => {
    const { box, get } = await bench();
    box.edit('1000', { title: 'Recepción' });
    expect(box.saved()['1000']?.title).toBe('Recepción');
    expect(box.running()['1000']?.title).toBe('');
    expect((await get('extension/get', { id: idOf(box, '1000') })).data).toMatchObject({
      title: 'Recepción',
    });
    box.applyNow();
    expect(box.running()['1000']?.title).toBe('Recepción');
    box.edit('1000', { title: 'Portería' }, { apply: true });
    expect(box.running()['1000']?.title).toBe('Portería');
  });

  test('is swept along by a write of the API', async () => {
    const { box, post } = await bench();
    box.edit('1000', { title: 'Recepción' });
    await post('extension/update', { id: idOf(box, '1002'), title: 'Almacén' });
    expect(box.running()['1000']?.title).toBe('Recepción');
  });

  test('creates, renames and removes; the id stays', async () => {
    const { box, get } = await bench();
    box.create({ number: '1900', first_name: 'Olga' }, { apply: true });
    const id = idOf(box, '1900');
    expect(box.running()['1900']).toMatchObject({ first_name: 'Olga', reg_name: '1900', type: 'SIP' });
    box.edit('1900', { number: '1901' }, { apply: true });
    expect(idOf(box, '1901')).toBe(id);
    expect((await get('extension/get', { id })).data).toMatchObject({ number: '1901' });
    box.remove('1901');
    expect(box.saved()['1901']).toBeUndefined();
    expect(box.running()['1901']).toBeDefined();
    expect(() => box.create({ number: '1000' })).toThrow('exists');
    expect(() => box.edit('1901', {})).toThrow('no extension 1901');
  });

  test('resets the box: nothing is left but the API account', async () => {
    const { box, get, getToken } = await bench({ callFlow: { trunks: ['Fijo'] } });
    await get('extension/list');
    box.register('1000', box.running()['1000']?.reg_password ?? '');
    box.empty();
    expect([box.saved(), box.running(), box.contacts(), box.sessions()]).toEqual([{}, {}, {}, 0]);
    expect((await get('extension/list')).errcode).toBe(10004);
    expect((await getToken()).errcode).toBe(0);
  });

  test('shows flat records, every value a text, lists as JSON', async () => {
    const { box } = await bench();
    for (const record of Object.values(box.saved())) {
      expect(Object.values(record).every((value) => typeof value === 'string')).toBe(true);
    }
    expect(box.saved()['1000']).toMatchObject({ enb_vm: '1', presence_list: '[]', dtmf_mode: 'rfc4733' });
  });
});
