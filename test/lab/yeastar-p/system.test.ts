import { describe, expect, test } from 'vitest';
import { bench, idOf } from './fixture.ts';

describe('system/information', () => {
  test('tells the box, with firmware_version and seconds up', async () => {
    const firmware = `${37}.9.0.30`;
    const { get, service } = await bench({ firmware });
    const { data } = await get('system/information');
    expect(data).toMatchObject({
      device_name: 'sede',
      model_name: 'P560',
      sn: service.serial,
      firmware_version: firmware,
      system_date_format: 'YYYY/MM/DD',
      system_time_format: 'hh:mm:ss',
    });
    expect(data).toMatchObject({ up_time: expect.any(Number), timestamp: expect.any(Number) });
  });

  test.each([
    ['YYYY/MM/DD', /^20\d\d\/[01]\d\/[0-3]\d \d\d:\d\d:\d\d$/],
    ['MM/DD/YYYY', /^[01]\d\/[0-3]\d\/20\d\d /],
    ['DD/MM/YYYY', /^[0-3]\d\/[01]\d\/20\d\d /],
  ] as const)('writes the time as %s', async (dateFormat, shape) => {
    const { get } = await bench({ dateFormat });
    const { data } = await get('system/information');
    expect(data).toMatchObject({ system_time: expect.stringMatching(shape) });
  });

  test.each([
    ['P550', /^37\./],
    ['Software', /^83\./],
    ['Cloud', /^84\./],
  ] as const)('tells the edition by the firmware: %s', async (model, start) => {
    const { get } = await bench({ model });
    const { data } = await get('system/information');
    expect(data).toMatchObject({ firmware_version: expect.stringMatching(start) });
  });
});

describe('system/capacity', () => {
  test('counts extensions', async () => {
    const { get, box } = await bench({ maxExtensions: 20 });
    box.remove('1000', { apply: true });
    expect((await get('system/capacity')).data).toMatchObject({
      extension_capacity: 20,
      extension_used: 2,
      cc_used: 0,
    });
  });
});

describe('system/get_menuoptions', () => {
  const organizations = [
    { id: '1', name: 'Acme' },
    { id: '2', name: 'Ventas' },
    { id: '3', name: 'Norte', parent: '2' },
  ];

  test('gives roles their ids', async () => {
    const { get } = await bench({ roles: ['Boss', 'Others'] });
    expect((await get('system/get_menuoptions', { menu: 'role' })).data).toEqual([
      { text: 'Boss', value: '1' },
      { text: 'Others', value: '2' },
    ]);
  });

  test('gives organisations as a tree', async () => {
    const { get } = await bench({ organizations });
    expect((await get('system/get_menuoptions', { menu: 'org_list' })).data).toEqual([
      {
        text: 'Acme',
        value: '1',
        item: [{ text: 'Ventas', value: '2', item: [{ text: 'Norte', value: '3' }] }],
      },
    ]);
  });

  test('answers 70120 for organisations where the feature is off', async () => {
    const { get } = await bench();
    const expected = { errcode: 70120, errmsg: 'ORGANIZATION DISABLED' };
    expect(await get('system/get_menuoptions', { menu: 'org_list' })).toEqual(expected);
    expect(await get('organization/list')).toEqual(expected);
  });

  test('gives extensions, queues and the agents of one queue', async () => {
    const callFlow = { queues: [{ number: '6400', name: 'Ventas', agents: ['1001'] }] };
    const { get, box } = await bench({ callFlow });
    const { data } = await get('system/get_menuoptions', { menu: 'extension' });
    expect(data[1]).toMatchObject({ text2: '1001', value: String(idOf(box, '1001')) });
    const queues = await get('system/get_menuoptions', { menu: 'queue' });
    expect(queues.data).toEqual([{ text: 'Ventas', value: '1' }]);
    const agents = await get('system/get_menuoptions', { menu: 'queue_agent', id: 1 });
    expect(agents.data).toMatchObject([{ text2: '1001', type: 'extension' }]);
    expect((await get('system/get_menuoptions', { menu: 'queue_agent' })).errcode).toBe(40002);
    expect((await get('system/get_menuoptions', { menu: 'queue_agent', id: 7 })).errcode).toBe(60001);
  });

  test('wants a menu that exists', async () => {
    const { get } = await bench();
    expect((await get('system/get_menuoptions')).errcode).toBe(40002);
    expect((await get('system/get_menuoptions', { menu: 'toString' })).errcode).toBe(40002);
    expect((await get('system/get_menuoptions', { menu: 'pinset' })).data).toEqual([]);
  });

  test('organization/list counts members, and names them when asked', async () => {
    const seed = [{ number: '1600', organization_list: '[{"value":"2"}]' }];
    const { get, box } = await bench({ organizations, seed });
    const counted = await get('organization/list');
    expect(counted).toMatchObject({
      organization_list: [
        { id: 1, parent_id: 0, ext_number: 0, children: [{ id: 2, parent_id: 1, ext_number: 1 }] },
      ],
    });
    expect(JSON.stringify(counted)).not.toContain('ext_list');
    const named = await get('organization/list', { is_all: 1 });
    expect(named).toMatchObject({
      organization_list: [{ children: [{ ext_list: [idOf(box, '1600')], children: [{ name: 'Norte' }] }] }],
    });
  });
});
