import { describe, expect, test } from 'vitest';
import { bench } from './fixture.ts';
import { api } from './raw.ts';

describe('list and query', () => {
  test('v2.0.0 list names the number `number`', async () => {
    const v2 = await api((await bench()).service);
    const { extlist } = (await v2('extension/list')).json;
    expect(extlist[0]).toMatchObject({ number: '1000', status: 'Unavailable', type: 'SIP', agentid: '' });
  });

  test('v1.x list is another path and names it `extnumber`', async () => {
    const v1 = await api((await bench()).service, 'v1.1.0');
    const { extlist } = (await v1('extensionlist/query')).json;
    expect(extlist[0].extnumber).toBe('1000');
    expect(extlist[0].number).toBeUndefined();
  });

  test('query takes one, a comma list or "all"', async () => {
    const v2 = await api((await bench()).service);
    const numbers = async (number: string) =>
      (await v2('extension/query', { number })).json.extinfos.map((entry) => entry.number);
    expect(await numbers('1001')).toEqual(['1001']);
    expect(await numbers('1000, 1002')).toEqual(['1000', '1002']);
    expect(await numbers('all')).toEqual(['1000', '1001', '1002']);
  });

  test('v1.x query without extid means all', async () => {
    const v1 = await api((await bench()).service, 'v1.1.0');
    expect((await v1('extension/query')).json.extinfos).toHaveLength(3);
    expect((await v1('extension/query', { extid: '1000,1001' })).json.extinfos).toHaveLength(2);
  });

  test('v2.0.0 query without number answers 10004', async () => {
    const v2 = await api((await bench()).service);
    expect((await v2('extension/query', {})).json.errno).toBe('10004');
  });

  test('an unknown extension answers 10006', async () => {
    const v2 = await api((await bench()).service);
    expect((await v2('extension/query', { number: '1000,9999' })).json.errno).toBe('10006');
  });

  test('in doubt, an unknown extension among others is left out', async () => {
    const v2 = await api((await bench({ doubts: { unknownInQuery: 'skip' } })).service);
    expect((await v2('extension/query', { number: '1000,9999' })).json.extinfos).toHaveLength(1);
    expect((await v2('extension/query', { number: '9999' })).json.errno).toBe('10006');
  });

  test('v1.x spells the mobile `moblie`, v2.0.0 `mobile`', async () => {
    const { service } = await bench({ seed: [{ number: '2000', mobile: '600000000' }] });
    const v1 = await api(service, 'v1.1.0');
    const v2 = await api(service);
    const old = (await v1('extension/query', { extid: '2000' })).json.extinfos[0];
    const recent = (await v2('extension/query', { number: '2000' })).json.extinfos[0];
    expect([old.moblie, old.mobile]).toEqual(['600000000', undefined]);
    expect([recent.mobile, recent.moblie]).toEqual(['600000000', undefined]);
  });

  test('all values are strings', async () => {
    const v2 = await api((await bench()).service);
    const [entry] = (await v2('extension/query', { number: '1000' })).json.extinfos;
    expect(Object.values(entry).every((value) => typeof value === 'string')).toBe(true);
  });

  test('the registration password reads in clear', async () => {
    const { service, box } = await bench();
    const v2 = await api(service);
    const [entry] = (await v2('extension/query', { number: '1000' })).json.extinfos;
    expect(entry.registerpassword).toBe(box.saved()['1000']?.registerpassword);
  });

  test('a blank agent can read as none', async () => {
    const v2 = await api((await bench({ doubts: { blankAgent: 'none' } })).service);
    expect((await v2('extension/list')).json.extlist[0].agentid).toBe('none');
  });

  test('v2.0.0 may leave the user password out', async () => {
    const v2 = await api((await bench({ doubts: { v2LoginPassword: 'absent' } })).service);
    expect((await v2('extension/query', { number: '1000' })).json.extinfos[0]).not.toHaveProperty(
      'loginpassword',
    );
  });

  test('analogue extensions show their port', async () => {
    const { service } = await bench({ seed: [{ number: '2000', type: 'FXS', port: 'Span1-Port1' }] });
    const v2 = await api(service);
    const { extlist } = (await v2('extension/list')).json;
    expect(extlist[3]).toMatchObject({ type: 'FXS', port: 'Span1-Port1', status: 'Idle' });
  });
});

describe('groups', () => {
  test('are added, read, changed and deleted', async () => {
    const v2 = await api((await bench()).service);
    await v2('extensiongroup/add', { groupname: 'Ventas', member: '1000,1001' });
    await v2('extensiongroup/update', { groupid: '1', member: '1002' });
    const read = await v2('extensiongroup/query');
    expect(read.json.extensiongroup).toEqual([{ groupid: '1', groupname: 'Ventas', member: '1002' }]);
    await v2('extensiongroup/delete', { groupid: '1' });
    expect((await v2('extensiongroup/query')).json.extensiongroup).toEqual([]);
  });

  test.each([
    ['add', {}, '10004'],
    ['add', { groupname: 'Ventas', member: '9999' }, '10006'],
    ['update', { groupid: '7' }, '10017'],
    ['delete', { groupid: '7' }, '10086'],
  ])('%s with %j answers %s', async (action, params, errno) => {
    const v2 = await api((await bench()).service);
    expect((await v2(`extensiongroup/${action}`, params)).json.errno).toBe(errno);
  });
});
