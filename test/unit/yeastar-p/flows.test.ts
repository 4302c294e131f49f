import { describe, expect, it } from 'vitest';
import type { CallFlow, FlowQuestion } from '../../../providers/contract.ts';
import { errorOf } from '../../support/session.ts';
import { type Box, newBox, row } from './box.ts';
import { calls, onPath, start } from './scene.ts';
import { type Call, ok, type Reply, refusal, using } from './support.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];
const feed = ['inbound_route', 'queue', 'ringgroup', 'ivr'] as const;
type Feed = Partial<Record<(typeof feed)[number], Rows>>;

/** Extensions 110 (id 150) to 113, and whatever stands before them. */
function boxWith(flows: Feed): Box {
  const box = newBox(...['110', '111', '112', '113'].map((number) => row(number)));
  box.disturb = (call) => {
    const [path = '', verb = ''] = call.path.split('/');
    const name = feed.find((one) => one === path);
    return name === undefined ? undefined : answer(name, flows[name] ?? [], verb, call);
  };
  return box;
}

function answer(name: string, rows: Rows, verb: string, { query }: Call): Reply {
  if (verb === 'list') {
    const data = rows.map(({ id, number, name: called, pos }) => ({ id, number, name: called, pos }));
    return { ...ok, total_number: rows.length, [name === 'queue' ? 'queue_list' : 'data']: data };
  }
  const ids = (query.ids ?? '').split(',');
  const found = rows
    .filter(({ id }) => ids.includes(String(id)))
    .map(({ pos: _inListOnly, ...rest }) => rest);
  return { ...ok, data: name === 'queue' && found.length === 1 ? found[0] : found };
}

async function asked(flows: Feed | Box, question: FlowQuestion): Promise<CallFlow | undefined> {
  const box = 'rows' in flows ? (flows as Box) : boxWith(flows as Feed);
  const found = await using(await start(box), { purpose: 'read' }, async (s) => s.callFlows?.([question]));
  return found?.[0];
}

const brief = (flow: CallFlow | undefined) => [flow?.status, flow?.reaches, flow?.complete];
const member = (id: number) => ({
  text: 'Ana',
  text2: String(id - 40),
  value: String(id),
  type: 'extension',
});

const route = (more: Record<string, unknown> = {}) => ({
  id: 1,
  pos: 1,
  name: 'Centralita',
  did_option: 'patterns',
  did_pattern_list: [{ did_pattern: '910000001' }],
  def_dest: 'extension',
  def_dest_value: '150',
  enb_time_condition: 0,
  ...more,
});

const group = (more: Record<string, unknown> = {}) => ({
  id: 7,
  number: '6200',
  name: 'Ventas',
  member_list: [member(150), member(151)],
  fail_dest: 'end_call',
  fail_dest_value: '',
  ...more,
});

const queue = (more: Record<string, unknown> = {}) => ({
  id: 8,
  number: '6400',
  name: 'Soporte',
  static_agent_list: [member(152)],
  dynamic_agent_list: [],
  fail_dest: 'ext_vm',
  fail_dest_value: '152',
  ...more,
});

const menu = (more: Record<string, unknown> = {}) => ({
  id: 9,
  number: '6500',
  name: 'Bienvenida',
  dial_ext_option: 'disable',
  press1_dest: 'ring_group',
  press1_dest_value: '7',
  press2_dest: 'queue',
  press2_dest_value: '8',
  press3_dest: 'play_prompt',
  timeout_dest: 'end_call',
  ...more,
});

describe('a number that callers dial', () => {
  it.each<[string, Record<string, unknown>, string, unknown[]]>([
    ['as written', {}, '910000001', ['found', ['110'], true]],
    ['with the code of the country', {}, '+34910000001', ['found', ['110'], true]],
    [
      'written in another way',
      { did_pattern_list: [{ did_pattern: '+34910000001' }] },
      '0034910000001',
      ['found', ['110'], true],
    ],
    ['another one', {}, '910000002', ['absent', [], true]],
    [
      'by a pattern',
      { did_pattern_list: [{ did_pattern: '91000000[1-3]' }] },
      '910000003',
      ['found', ['110'], true],
    ],
    [
      'beside a pattern',
      { did_pattern_list: [{ did_pattern: '91XXXXNXX' }] },
      '910000001',
      ['absent', [], true],
    ],
    [
      'by an open pattern',
      { did_pattern_list: [{ did_pattern: '91.' }] },
      '910000001',
      ['found', ['110'], true],
    ],
    [
      'by one that may end there',
      { did_pattern_list: [{ did_pattern: '910000001!' }] },
      '910000001',
      ['found', ['110'], true],
    ],
    [
      'by the last of three',
      { did_pattern_list: [{ did_pattern: 'Z' }, { did_pattern: '[' }, { did_pattern: '910000001' }] },
      '910000001',
      ['found', ['110'], true],
    ],
    ['where a route takes any', { did_pattern_list: [] }, '910000001', ['found', ['110'], false]],
    [
      'in a range',
      {
        did_option: 'range_to_ext',
        did_to_ext_start: '910000000',
        did_to_ext_end: '910000009',
        def_dest: 'range_to_ext',
      },
      '910000001',
      ['found', [], false],
    ],
    [
      'beside a range',
      { did_option: 'range_to_ext', did_to_ext_start: '910000002', did_to_ext_end: '910000009' },
      '910000001',
      ['absent', [], true],
    ],
    [
      'that ends in an extension',
      { did_option: 'pattern_to_ext', did_pattern_to_ext: '910000{{.Ext}}' },
      '910000111',
      ['found', ['111'], true],
    ],
    [
      'that ends in none',
      { did_option: 'pattern_to_ext', did_pattern_to_ext: '910000{{.Ext}}' },
      '910000999',
      ['found', [], true],
    ],
    [
      'in a list of single ones',
      {
        did_option: 'pattern_to_ext_list',
        did_pattern_to_ext_list: [{ did: '910000001', ext: 3 }],
        def_dest: 'pattern_to_ext_list',
      },
      '910000001',
      ['found', [], false],
    ],
  ])('is found %s', async (_what, more, number, expected) => {
    expect(brief(await asked({ inbound_route: [route(more)] }, { name: 'x', number }))).toEqual(expected);
  });

  it('goes the way of the first route that takes it', async () => {
    const later = route({ id: 2, pos: 2, name: 'Todo', did_pattern_list: [], def_dest_value: '151' });
    const flow = await asked({ inbound_route: [later, route()] }, { name: 'x', number: '910000001' });
    expect(brief(flow)).toEqual(['found', ['110'], true]);
    expect(flow?.evidence).toBe('910000001 → Centralita → 110');
  });

  it('is not told to the end where two routes take it: each has its own trunks', async () => {
    const second = route({ id: 2, pos: 2, name: 'Otra', def_dest_value: '151' });
    const flow = await asked({ inbound_route: [route(), second] }, { name: 'x', number: '910000001' });
    expect(brief(flow)).toEqual(['found', ['110'], false]);
  });

  it('is not told to the end where time or caller decides', async () => {
    const timed = route({
      enb_time_condition: 1,
      office_time_dest: 'extension',
      office_time_dest_value: '151',
    });
    const found = await asked({ inbound_route: [timed] }, { name: 'x', number: '910000001' });
    expect(brief(found)).toEqual(['found', ['110', '111'], false]);
    for (const [time_condition, complete] of [
      ['disabled', true],
      ['global', false],
    ]) {
      const worded = route({ enb_time_condition: undefined, time_condition });
      expect(brief(await asked({ inbound_route: [worded] }, { name: 'x', number: '910000001' }))[2]).toBe(
        complete,
      );
    }
    const some = route({ cid_pattern_list: [{ cid_pattern: '6.' }] });
    expect(brief(await asked({ inbound_route: [some] }, { name: 'x', number: '910000001' }))[2]).toBe(false);
  });

  it.each<[string, Reply]>([
    ['denied', refusal(10005, 'ACCESS DENIED')],
    ['missing in this firmware', refusal(10001, 'INTERFACE NOT EXISTED')],
  ])('is unknown, never absent, where routes are %s', async (_what, reply) => {
    const box = boxWith({});
    onPath(box, 'inbound_route/list', () => reply);
    expect(brief(await asked(box, { name: 'x', number: '910000001' }))).toEqual(['unknown', [], false]);
  });

  it('is unknown where a route goes while it is looked at', async () => {
    const box = boxWith({ inbound_route: [route()] });
    onPath(box, 'inbound_route/query', () => ({ ...ok, data: [] }));
    expect(brief(await asked(box, { name: 'x', number: '910000001' }))[0]).toBe('unknown');
  });
});

describe('what stands behind it', () => {
  const to = (def_dest: string, def_dest_value: string) => [route({ def_dest, def_dest_value })];
  const through = async (flows: Feed) => asked(flows, { name: 'x', number: '910000001' });

  it('is followed through menu, group and queue', async () => {
    const flows = { inbound_route: to('ivr', '9'), ivr: [menu()], ringgroup: [group()], queue: [queue()] };
    const flow = await through(flows);
    expect(brief(flow)).toEqual(['found', ['110', '111', '112'], true]);
    expect(flow?.evidence).toBe(
      '910000001 → Centralita → ivr 6500 Bienvenida, ring_group 6200 Ventas (110, 111), queue 6400 Soporte (112)',
    );
  });

  it.each<[string, Feed, readonly string[]]>([
    [
      'a menu in which any number can be dialled',
      {
        inbound_route: to('ivr', '9'),
        ivr: [menu({ dial_ext_option: 'all' })],
        ringgroup: [group()],
        queue: [queue()],
      },
      ['110', '111', '112'],
    ],
    [
      'a group of extensions',
      {
        inbound_route: to('ring_group', '7'),
        ringgroup: [group({ member_list: [member(150), { value: '3', type: 'ext_group' }] })],
      },
      ['110'],
    ],
    [
      'dynamic agents',
      { inbound_route: to('queue', '8'), queue: [queue({ dynamic_agent_list: [member(151)] })] },
      ['112'],
    ],
    [
      'failover to another platform',
      {
        inbound_route: to('queue', '8'),
        queue: [queue({ fail_dest: 'external_num', fail_dest_value: '600' })],
      },
      ['112'],
    ],
    ['a flow that was drawn', { inbound_route: to('call_flow', '1') }, []],
    ['a group that is not in the list', { inbound_route: to('ring_group', '99'), ringgroup: [group()] }, []],
    ['an extension that is not in the list', { inbound_route: to('extension', '999') }, []],
  ])('is not told to the end at %s', async (_what, flows, reaches) => {
    expect(brief(await through(flows))).toEqual(['found', reaches, false]);
  });

  it('includes where a call goes that nobody answers', async () => {
    const failing = group({ fail_dest: 'extension', fail_dest_value: '153' });
    const flow = await through({ inbound_route: to('ring_group', '7'), ringgroup: [failing] });
    expect(brief(flow)).toEqual(['found', ['110', '111', '113'], true]);
  });

  it('may lead in a circle', async () => {
    const circle = menu({ press1_dest: 'ivr', press1_dest_value: '9', press2_dest: 'end_call' });
    const flow = await through({ inbound_route: to('ivr', '9'), ivr: [circle] });
    expect(brief(flow)).toEqual(['found', [], true]);
  });

  it.each(['end_call', 'ext_vm', 'group_vm', 'play_greeting', 'fax_to_email', 'disabled'])(
    'ends without a phone at %s',
    async (kind) => {
      expect(brief(await through({ inbound_route: to(kind, '150') }))).toEqual(['found', [], true]);
    },
  );
});

describe('a name of the panel', () => {
  const flows: Feed = { inbound_route: [route()], ringgroup: [group()], queue: [queue()], ivr: [menu()] };

  it.each<[string, unknown[]]>([
    ['ventas', ['found', ['110', '111'], true]],
    ['6400', ['found', ['112'], true]],
    ['Bienvenida', ['found', ['110', '111', '112'], true]],
    ['Centralita', ['found', ['110'], true]],
    ['Compras', ['absent', [], true]],
  ])('%s is looked for among all that has one', async (name, expected) => {
    expect(brief(await asked(flows, { name }))).toEqual(expected);
  });

  it('is unknown where a part is hidden, and found where another part has it', async () => {
    const box = boxWith(flows);
    onPath(box, 'queue/list', () => refusal(10005, 'ACCESS DENIED'));
    expect(brief(await asked(box, { name: 'Soporte' }))).toEqual(['unknown', [], false]);
    expect(brief(await asked(box, { name: 'Ventas' }))).toEqual(['found', ['110', '111'], true]);
    expect(brief(await asked(box, { name: 'Bienvenida' }))).toEqual(['found', ['110', '111'], false]);
  });
});

describe('asking', () => {
  it('costs one look for all questions, and nothing for none', async () => {
    const box = boxWith({ inbound_route: [route()], ringgroup: [group()] });
    const questions = [{ name: 'Ventas' }, { name: 'x', number: '910000001' }, { name: 'Compras' }];
    const found = await using(await start(box), {}, async (session) => session.callFlows?.(questions));
    expect(found?.map(({ status }) => status)).toEqual(['found', 'found', 'absent']);
    expect(calls().filter(({ path }) => path === 'inbound_route/list')).toHaveLength(1);
    await using(await start(box), {}, async (session) => expect(await session.callFlows?.([])).toEqual([]));
    expect(calls().map(({ path }) => path)).toEqual(['get_token', 'del_token']);
  });

  it('fails where the box fails', async () => {
    const box = boxWith({});
    onPath(box, 'ivr/list', () => ({ status: 500, text: '' }));
    const failing = using(await start(box), {}, async (session) => session.callFlows?.([{ name: 'x' }]));
    expect((await errorOf(failing)).code).toBe('strange-answer');
  });
});
