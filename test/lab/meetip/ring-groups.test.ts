import { describe, expect, test } from 'vitest';
import type { LabMeetipObject, LabMeetipTenant } from '../../../lab/index.ts';
import { bench, person } from './fixture.ts';

const here = { server: '169' };

const objects: LabMeetipObject[] = [
  { kind: 'Ring Group', number: '600', name: 'Ventas', members: ['110', '111'], overflow: '112' },
  { kind: 'IVR', number: '500', name: 'Bienvenida', keys: { 1: { destination: 'Extension', value: '110' } } },
  { kind: 'Ring Group', number: '601', name: 'Noche', overflow: '112', mailbox: true },
  { kind: 'Queue', number: '700', name: 'Soporte' },
];

const withTenant = (tenant: Partial<LabMeetipTenant>, more: Parameters<typeof bench>[0] = {}) =>
  bench({
    tenants: [
      { code: '301', ...tenant },
      { code: '412', objects: [] },
    ],
    ...more,
  });

describe('ring groups', () => {
  test('are a map of ids, with members and overflow as texts', async () => {
    const { api } = await withTenant({ objects });
    expect((await api('ring_group.list', here)).json).toEqual({
      '31': { name: 'Ventas', ext: '600', destinations: '110,111', last_dest: '112', last_dest_vm: 'no' },
      '33': { name: 'Noche', ext: '601', destinations: '', last_dest: '112', last_dest_vm: 'yes' },
    });
  });

  test('have their options in the configuration', async () => {
    const { api } = await withTenant({ objects });
    const { json } = await api('ring_group.configuration', { ...here, id: '31' });
    expect(json).toMatchObject({
      '31': { ext: '600', destinations: '110,111', options: { last_dest: '112', ring_strategy: 'all' } },
    });
    expect((await api('ring_group.configuration', here)).json.error).toBe("Required field 'id' is missing");
    expect((await api('ring_group.configuration', { ...here, id: '32' })).json.error).toMatch(/No such/);
  });

  test('of others are not seen', async () => {
    const { api } = await withTenant({ objects });
    expect((await api('ring_group.list', { server: '203' })).text).toBe('[]');
  });

  test('keep their numbers from extensions', async () => {
    const { api } = await withTenant({ objects });
    const { json } = await api('ext.add', person('600'));
    expect(json.error).toMatch(/600 is reserved by \(Ring Group\) Ventas$/);
  });
});

describe('menus', () => {
  test('are a map of ids, with a map of keys', async () => {
    const { api } = await withTenant({ objects });
    expect((await api('ivr.list', here)).json).toEqual({
      '32': {
        name: 'Bienvenida',
        type: '0',
        ext: '500',
        greeting: 'greeting-default',
        keymap: { '1': { destination: 'Extension', value: '110' } },
        status: 'enabled',
        operator: null,
      },
    });
  });

  test('with keys from 0 on have a list of them, and without keys an empty one', async () => {
    const to = (value: string) => ({ destination: 'Extension', value });
    const menu = { kind: 'IVR', name: 'M' };
    const counted = { ...menu, number: '501', keys: { 0: to('110'), 1: to('111') } };
    const none = { ...menu, number: '502', disabled: true };
    const { api } = await withTenant({ objects: [counted, none] });
    expect((await api('ivr.list', here)).json).toMatchObject({
      '31': { keymap: [to('110'), to('111')] },
      '32': { keymap: [], status: 'disabled' },
    });
  });
});

test('queues have a number of another name, and no members', async () => {
  const { api } = await withTenant({ objects });
  const { json } = await api('erg.list', here);
  expect(json).toMatchObject({ '34': { name: 'Soporte', number: '700' } });
  expect(JSON.stringify(json)).not.toMatch(/ext|member|destination/);
});

test('a number tells what it leads to', async () => {
  const dids = [
    { number: '34910000001', ext: '600', type: '2' },
    { number: '34910000002', ext: '500', type: '3', disabled: true },
    { number: '34910000003', ext: '110' },
  ];
  const { api } = await withTenant({ objects, dids });
  const { json } = await api('did.list', here);
  const shown = Object.values(json) as Array<Record<string, unknown>>;
  expect(shown.map(({ type, ext, status }) => [type, ext, status])).toEqual([
    ['Ring Group', '600', 'enabled'],
    ['IVR', '500', 'disabled'],
    ['Extension', '110', 'enabled'],
  ]);
});

describe('the lists', () => {
  const actions = ['ring_group.list', 'ring_group.configuration', 'ivr.list', 'erg.list'];

  test('need a tenant', async () => {
    const { api } = await withTenant({ objects });
    for (const action of actions)
      expect((await api(action)).json.error, action).toBe("Required field 'server' is missing");
  });

  test('are a right of the key like any other', async () => {
    const { api } = await withTenant({ objects }, { keys: [{ actions: ['did.*', 'ivr.*'] }] });
    expect((await api('ivr.list', here)).json.error).toBeUndefined();
    expect((await api('ring_group.list', here)).json.error).toBe('Selected action not allowed');
  });

  test('may be unknown', async () => {
    const { api } = await withTenant({ objects }, { doubts: { flowLists: 'unknown' } });
    for (const action of actions) expect((await api(action, here)).json.error, action).toBe('Unknown action');
    expect((await api('did.list', here)).json.error).toBeUndefined();
  });
});
