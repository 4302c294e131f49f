import { describe, expect, test } from 'vitest';
import type { LabYeastarPCallFlow } from '../../../lab/index.ts';
import { bench, idOf } from './fixture.ts';

const callFlow: LabYeastarPCallFlow = {
  trunks: ['Fijo', 'Movil'],
  routes: [
    {
      name: 'Ventas',
      trunks: ['Movil'],
      dids: ['912345678', '+3491.'],
      to: 'queue 6400',
      closed: 'ivr 6500',
    },
    { name: 'Resto', to: 'extension 1000' },
  ],
  queues: [{ number: '6400', name: 'Ventas', agents: ['1000', '1001'], dynamic: ['1002'] }],
  ringGroups: [
    { number: '6300', name: 'Todos', members: ['1001', '1002'], strategy: 'linear', failover: 'ext_vm 1001' },
  ],
  ivrs: [
    {
      number: '6500',
      name: 'Noche',
      keys: { '1': 'ring_group 6300', '9': 'external_num 600123456' },
      timeout: 'extension 1002',
    },
  ],
};

describe('inbound routes', () => {
  test('are listed with the misspelt keys and without DIDs', async () => {
    const { get, box } = await bench({ callFlow });
    const answer = await get('inbound_route/list');
    expect(answer).toMatchObject({ errcode: 0, total_number: 2, last_pos: 2 });
    expect(answer.data[0]).toEqual({
      id: 1,
      pos: 1,
      name: 'Ventas',
      default_destination: 'queue',
      default_desination_value: '1',
      current_destination: 'queue',
      current_desination_value: '1',
      time_condition: 'global',
    });
    expect(answer.data[1]).toMatchObject({
      default_destination: 'extension',
      default_desination_value: String(idOf(box, '1000')),
      time_condition: '',
    });
  });

  test('tell their DIDs, trunks and destinations in the detail', async () => {
    const { get } = await bench({ callFlow });
    const { data } = await get('inbound_route/get', { id: 1 });
    expect(data).toMatchObject({
      did_option: 'patterns',
      did_pattern_list: [{ did_pattern: '912345678' }, { did_pattern: '+3491.' }],
      trunk_list: [{ text: 'Movil', value: '2' }],
      def_dest: 'queue',
      def_dest_prefix: '',
      def_dest_value: '1',
      enb_time_condition: 1,
      outoffice_time_dest: 'ivr',
      outoffice_time_dest_value: '1',
    });
    const { data: both } = await get('inbound_route/query', { ids: '1,2' });
    expect(both).toHaveLength(2);
    expect(both[1]).toMatchObject({ did_pattern_list: [], enb_time_condition: 0, time_condition: '' });
    expect(both[1]?.trunk_list).toHaveLength(2);
    expect((await get('inbound_route/get', { id: 3 })).errcode).toBe(60001);
  });

  test('hang up once their target is deleted', async () => {
    const { get, box } = await bench({ callFlow });
    await get('extension/delete', { id: idOf(box, '1000') });
    const { data } = await get('inbound_route/get', { id: 2 });
    expect(data).toMatchObject({ def_dest: 'end_call', def_dest_value: '' });
  });
});

describe('queues', () => {
  test('stand in queue_list, with their agents by id', async () => {
    const { get, box } = await bench({ callFlow });
    const answer = await get('queue/list');
    expect(answer).not.toHaveProperty('data');
    expect(answer.queue_list[0]).toMatchObject({ id: 1, number: '6400', ring_strategy: 'ring_all' });
    const saved = box.saved();
    const member = (number: string) => ({
      text: `${saved[number]?.first_name} ${saved[number]?.last_name}`,
      text2: number,
      value: saved[number]?.id,
      type: 'extension',
    });
    expect(answer.queue_list[0]).toMatchObject({
      static_agent_list: [member('1000'), member('1001')],
      dynamic_agent_list: [member('1002')],
      manager_list: [],
    });
  });

  test('lose an agent who is deleted, and tell where calls go when nobody answers', async () => {
    const { get, box } = await bench({ callFlow });
    await get('extension/delete', { id: idOf(box, '1001') });
    const { data } = await get('queue/get', { id: 1 });
    expect(data).toMatchObject({ static_agent_list: [{ text2: '1000' }], fail_dest: 'end_call' });
    const [queue] = (await get('queue/query', { ids: '1' })).data;
    expect(queue?.static_agent_list).toHaveLength(1);
  });
});

describe('ring groups', () => {
  test('answer at ringgroup, with the number of members', async () => {
    const { get } = await bench({ callFlow });
    expect((await get('ring_group/list')).errcode).toBe(10001);
    expect((await get('ringgroup/list')).data).toEqual([
      { id: 1, number: '6300', name: 'Todos', ring_strategy: 'linear', member_count: 2 },
    ]);
  });

  test('name their members and their failover in the detail', async () => {
    const { get, box } = await bench({ callFlow });
    const { data } = await get('ringgroup/get', { id: 1 });
    expect(data).toMatchObject({
      member_list: [{ text2: '1001' }, { text2: '1002' }],
      fail_dest: 'ext_vm',
      fail_dest_value: String(idOf(box, '1001')),
    });
    expect((await get('ringgroup/query', { ids: '1' })).data[0]).toMatchObject({ number: '6300' });
  });
});

describe('IVRs', () => {
  test('are listed, and tell their keys in the detail', async () => {
    const { get, box } = await bench({ callFlow });
    expect((await get('ivr/list')).data[0]).toMatchObject({ id: 1, number: '6500', name: 'Noche' });
    const { data } = await get('ivr/get', { id: 1 });
    expect(data).toMatchObject({
      press1_dest: 'ring_group',
      press1_dest_value: '1',
      press9_dest: 'external_num',
      press9_dest_value: '600123456',
      timeout_dest: 'extension',
      timeout_dest_value: String(idOf(box, '1002')),
      invalid_dest: 'end_call',
    });
    expect(data).not.toHaveProperty('press2_dest');
    expect((await get('ivr/query', { ids: '1' })).data).toHaveLength(1);
  });
});

describe('lists of the call flow', () => {
  test('page, search and may be empty', async () => {
    const { get } = await bench({ callFlow });
    const second = await get('inbound_route/list', { page: 2, page_size: 1, sort_by: 'pos' });
    expect([second.total_number, second.data[0]?.name]).toEqual([2, 'Resto']);
    expect((await get('inbound_route/search', { search_value: 'rest' })).data).toHaveLength(1);
    expect((await get('queue/search', { search_value: '64' })).queue_list).toHaveLength(1);
    expect((await get('ringgroup/search', { search_value: 'x' })).data).toEqual([]);
    expect((await get('ivr/search', { search_value: 'noche' })).total_number).toBe(1);
    expect((await get('trunk/list')).data.map(({ name }) => name)).toEqual(['Fijo', 'Movil']);
    const bare = await bench();
    expect((await bare.get('queue/list')).queue_list).toEqual([]);
    expect((await bare.get('inbound_route/list')).data).toEqual([]);
  });

  test('a slip in the settings is told at the start', async () => {
    const routes = [{ name: 'Mal', to: 'extensión 1000' }];
    await expect(bench({ callFlow: { routes } })).rejects.toThrow('no destination of kind');
  });
});
