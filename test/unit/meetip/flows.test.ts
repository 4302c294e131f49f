import { describe, expect, it } from 'vitest';
import type { CallFlow, FlowQuestion } from '../../../providers/contract.ts';
import { json } from '../../support/serve.ts';
import { errorOf } from '../../support/session.ts';
import { type Box, error, newBox } from './box.ts';
import { arrived, start } from './scene.ts';
import { type Reply, using } from './support.ts';

type Row = Readonly<Record<string, unknown>>;

/** What stands on a server; a list that is not given is refused, as to a key without the right. */
interface Lists {
  readonly dids?: readonly Row[];
  readonly groups?: readonly Row[] | Reply;
  readonly menus?: readonly Row[] | Reply;
  readonly queues?: readonly Row[] | Reply;
}

/** Rows as PHP writes them: a map of ids, and an empty one as a list. */
function rowsOf(rows: readonly Row[] | Reply | undefined): Reply | undefined {
  if (!Array.isArray(rows)) return rows as Reply | undefined;
  return json(rows.length === 0 ? [] : Object.fromEntries(rows.map((row, index) => [index + 31, row])));
}

/** Extensions 110 to 113. */
function boxWith({ dids = [], groups, menus, queues }: Lists): Box {
  const box = newBox('110', '111', '112', '113');
  for (const [index, one] of dids.entries()) box.dids[String(index + 1)] = one;
  const lists: Readonly<Record<string, Reply | undefined>> = {
    'ring_group.list': rowsOf(groups),
    'ivr.list': rowsOf(menus),
    'erg.list': rowsOf(queues),
  };
  box.disturb = ({ action }) => (box.denied.has(action) ? undefined : lists[action]);
  return box;
}

async function answers(box: Box, ...asked: readonly FlowQuestion[]): Promise<readonly CallFlow[]> {
  const server = await start(box);
  return (await using(server, { purpose: 'read' }, async (session) => session.callFlows?.(asked))) ?? [];
}

const number = '34910000001';

async function dialled(lists: Lists, asked = number): Promise<CallFlow | undefined> {
  return (await answers(boxWith(lists), { name: 'Centralita', number: asked }))[0];
}

async function called(lists: Lists, name: string): Promise<CallFlow | undefined> {
  return (await answers(boxWith(lists), { name }))[0];
}

const did = (type: string, ext: string, more: Row = {}): Row => ({
  ...{ number, number2: null, server: '169', trunk: '3', type, ext },
  ...{ e164: '', e164_2: '', status: 'enabled', sms_enabled: null, name: '' },
  ...more,
});

const group = (ext: string, destinations: unknown, more: Row = {}): Row => ({
  ...{ name: 'Ventas', ext, destinations, last_dest: '', last_dest_vm: 'no' },
  ...more,
});

const key = (destination: string, value: string) => ({ destination, value });
const menu = (ext: string, keymap: unknown, more: Row = {}): Row => ({
  ...{ name: 'Bienvenida', type: '0', ext, greeting: 'greeting-1', keymap, status: 'enabled' },
  ...{ operator: null },
  ...more,
});

const brief = (flow: CallFlow | undefined) => [flow?.status, flow?.reaches, flow?.complete];
const lists = () => arrived().filter((action) => action.endsWith('.list') && action !== 'tenant.list');

describe('a number', () => {
  it('leads straight to an extension, which costs one list', async () => {
    expect(await dialled({ dids: [did('Extension', '118')] })).toEqual({
      status: 'found',
      reaches: ['118'],
      complete: true,
      evidence: 'DID 34910000001 → Extension 118',
    });
    expect(lists()).toEqual(['did.list']);
  });

  it.each(['+34910000001', '0034910000001', '910000001'])('is known written as %s', async (written) => {
    expect(await dialled({ dids: [did('Extension', '118')] }, written)).toMatchObject({ reaches: ['118'] });
  });

  it('is proven absent by the whole list', async () => {
    const flow = await dialled({ dids: [did('Extension', '118')] }, '34910000009');
    expect(flow).toMatchObject({ status: 'absent', complete: true });
  });

  it('reaches nobody where it is switched off', async () => {
    const flow = await dialled({ dids: [did('Ring Group', '600', { status: 'disabled' })] });
    expect(brief(flow)).toEqual(['found', [], true]);
    expect(flow?.evidence).toBe('DID 34910000001 (disabled) → Ring group 600');
  });

  it('may stand in a range', async () => {
    const dids = [did('Extension', '118', { number: '34910000000', number2: '34910000099' })];
    expect(await dialled({ dids }, '34910000042')).toMatchObject({ reaches: ['118'] });
    expect(await dialled({ dids }, '34910000142')).toMatchObject({ status: 'absent' });
  });

  it.each(['Queues', 'Enhanced Ring Group', 'Multi User', 'CRM', 'IVR Tree', ''])(
    'leads to what no list shows at %j',
    async (type) => {
      const flow = await dialled({ dids: [did(type, '700')], groups: [], menus: [], queues: [] });
      expect(brief(flow)).toEqual(['found', [], false]);
      expect(flow?.evidence).toBe(
        `DID 34910000001 → ${type || 'unknown'} 700, whose members the API does not show`,
      );
    },
  );

  it.each(['Voicemail', 'External', 'Fax to Mail', 'Deny'])(
    'ends at %s without a phone, and shows no number of it',
    async (type) => {
      const flow = await dialled({ dids: [did(type, '600123456')] });
      expect(flow).toEqual({
        status: 'found',
        reaches: [],
        complete: true,
        evidence: `DID 34910000001 → ${type}`,
      });
    },
  );

  it('is forbidden by name where the key may not list them', async () => {
    const box = boxWith({});
    box.denied.add('did.list');
    const failure = await errorOf(answers(box, { name: 'V' }));
    expect([failure.code, failure.params.operation]).toEqual(['forbidden', 'pbxware.did.list']);
  });
});

describe('a ring group', () => {
  const to = (ext = '600', type = 'Ring Group') => [did(type, ext)];

  it.each(['Ring Group', 'Ring Groups', 'Dial Group', '2'])('called %s is its members', async (type) => {
    const flow = await dialled({ dids: to('600', type), groups: [group('600', '110,111')] });
    expect(flow).toEqual({
      status: 'found',
      reaches: ['110', '111'],
      complete: true,
      evidence: 'DID 34910000001 → Ring group 600 (110, 111)',
    });
    expect(lists()).toEqual(['did.list', 'ring_group.list']);
  });

  it('is told by its number, not by its id or its neighbour', async () => {
    const groups = [group('601', '112'), group('600', ' 110 , 111 ')];
    expect(brief(await dialled({ dids: to(), groups }))).toEqual(['found', ['110', '111'], true]);
  });

  it('may hold nobody', async () => {
    const flow = await dialled({ dids: to(), groups: [group('600', '')] });
    expect(brief(flow)).toEqual(['found', [], true]);
    expect(flow?.evidence).toBe('DID 34910000001 → Ring group 600 (nobody)');
  });

  it.each<[string, unknown, readonly string[]]>([
    ['members that are no numbers', '110,SIP/ana,', ['110']],
    ['members that are not shown', undefined, []],
    ['members in another form', ['110'], []],
  ])('is not told to the end with %s', async (_what, destinations, reaches) => {
    const flow = await dialled({ dids: to(), groups: [group('600', destinations)] });
    expect(brief(flow)).toEqual(['found', reaches, false]);
    expect(flow?.evidence).toContain('?');
    expect(flow?.evidence).not.toContain('SIP/ana');
  });

  it('reaches the extension that takes what nobody answers', async () => {
    const groups = [group('600', '110', { last_dest: '112' })];
    const flow = await dialled({ dids: to(), groups });
    expect(brief(flow)).toEqual(['found', ['110', '112'], true]);
    expect(flow?.evidence).toBe('DID 34910000001 → Ring group 600 (110; overflow 112)');
    expect(lists()).toEqual(['did.list', 'ring_group.list', 'ext.list']);
  });

  it('may leave it to a mailbox, whose extension does not ring', async () => {
    const groups = [group('600', '110', { last_dest: '112', last_dest_vm: 'yes' })];
    const flow = await dialled({ dids: to(), groups });
    expect(brief(flow)).toEqual(['found', ['110'], true]);
    expect(flow?.evidence).toBe('DID 34910000001 → Ring group 600 (110; overflow voicemail)');
  });

  it('may leave it to another group, in a circle too', async () => {
    const groups = [group('600', '110', { last_dest: '601' }), group('601', '111', { last_dest: '600' })];
    expect(brief(await dialled({ dids: to(), groups }))).toEqual(['found', ['110', '111'], true]);
  });

  it('may hold another group', async () => {
    const groups = [group('600', '110,601'), group('601', '111')];
    expect(brief(await dialled({ dids: to(), groups }))).toEqual(['found', ['110', '111'], true]);
  });

  it('may leave it to a menu, whose list is asked for then', async () => {
    const groups = [group('600', '110', { last_dest: '500' })];
    const menus = [menu('500', { 1: key('Extension', '112') })];
    expect(brief(await dialled({ dids: to(), groups, menus }))).toEqual(['found', ['110', '112'], true]);
    expect(lists()).toEqual(['did.list', 'ring_group.list', 'ext.list', 'ivr.list']);
  });

  it('is not told to the end where that number is nothing that is shown', async () => {
    const groups = [group('600', '110', { last_dest: '700' })];
    expect(brief(await dialled({ dids: to(), groups, menus: [] }))).toEqual(['found', ['110'], false]);
  });

  it('that is not in the list proves nothing', async () => {
    const flow = await dialled({ dids: to(), groups: [group('601', '110')] });
    expect(brief(flow)).toEqual(['found', [], false]);
    expect(flow?.evidence).toBe('DID 34910000001 → Ring group 600, which is not in the list');
  });
});

describe('a menu', () => {
  const dids = [did('IVR', '500')];
  const groups = [group('600', '110,111')];

  it('is all that its keys lead to', async () => {
    const keymap = {
      1: key('Extension', '112'),
      2: key('Ring Group', '600'),
      3: key('Voicemail', '113'),
      4: key('Call External Number', '600123456'),
    };
    expect(await dialled({ dids, groups, menus: [menu('500', keymap)] })).toEqual({
      status: 'found',
      reaches: ['112', '110', '111'],
      complete: true,
      evidence:
        'DID 34910000001 → IVR 500 (1: Extension 112, 2: Ring group 600, 3: Voicemail, 4: Call External Number), Ring group 600 (110, 111)',
    });
  });

  it('asks for nothing that no key leads to', async () => {
    await dialled({ dids, menus: [menu('500', { 1: key('Extension', '112') })] });
    expect(lists()).toEqual(['did.list', 'ivr.list']);
  });

  it.each<[string, unknown, readonly string[], boolean]>([
    ['keys from 0 on, as a list', [key('Extension', '110'), key('Extension', '111')], ['110', '111'], true],
    ['no keys', [], [], true],
    ['keys without destination', { 1: key('', ''), 2: null, 3: key('Extension', '110') }, ['110'], true],
    ['keys in another form', { 1: 'x', 3: key('Extension', '110') }, ['110'], false],
    ['a key to no number', { 1: key('Extension', 'ana') }, [], false],
    ['keys that are not shown', undefined, [], false],
    ['a key to a queue', { 1: key('Queue', '700'), 2: key('Extension', '110') }, ['110'], false],
    ['a key to a directory', { 1: key('Directory', '') }, [], false],
  ])('with %s', async (_what, keymap, reaches, complete) => {
    expect(brief(await dialled({ dids, menus: [menu('500', keymap)] }))).toEqual([
      'found',
      reaches,
      complete,
    ]);
  });

  it('may lead from menu to menu, and back', async () => {
    const menus = [
      menu('500', { 1: key('IVR', '501'), 2: key('Extension', '110') }),
      menu('501', { 1: key('IVR', '500'), 2: key('Extension', '111'), 3: key('IVR', '501') }),
    ];
    expect(brief(await dialled({ dids, menus }))).toEqual(['found', ['110', '111'], true]);
  });

  it('is followed for twelve steps, and then left to a person', async () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, index) =>
        menu(String(500 + index), {
          1: index + 1 < length ? key('IVR', String(501 + index)) : key('Extension', '110'),
        }),
      );
    expect(brief(await dialled({ dids, menus: chain(12) }))).toEqual(['found', ['110'], true]);
    const flow = await dialled({ dids, menus: chain(13) });
    expect(brief(flow)).toEqual(['found', [], false]);
    expect(flow?.evidence).toMatch(/, and 7 more, more than 12 places behind one another$/);
  });

  it('reaches nobody where it is switched off', async () => {
    const off = menu('500', { 1: key('Extension', '110') }, { status: 'disabled' });
    const flow = await dialled({ dids, menus: [off] });
    expect(brief(flow)).toEqual(['found', [], true]);
    expect(flow?.evidence).toBe('DID 34910000001 → IVR 500 (disabled)');
  });

  it.each(['1', '2', '3'])('of type %s may take more than its keys', async (type) => {
    const menus = [menu('500', { 1: key('Extension', '110') }, { type })];
    const flow = await dialled({ dids, menus });
    expect(brief(flow)).toEqual(['found', ['110'], false]);
    expect(flow?.evidence).toContain('(1: Extension 110; may take other keys)');
  });

  it.each<[unknown, readonly string[], boolean]>([
    ['112', ['110', '112'], true],
    ['600', ['110', '111'], true],
    ['no', ['110'], true],
    ['ana', ['110'], false],
  ])('with the operator %j', async (operator, reaches, complete) => {
    const menus = [menu('500', { 1: key('Extension', '110') }, { operator })];
    expect(brief(await dialled({ dids, groups, menus }))).toEqual(['found', reaches, complete]);
  });
});

describe('a list that is not shown', () => {
  it('leaves what stands behind to a person, and says which right is missing', async () => {
    const flow = await dialled({ dids: [did('Ring Group', '600')], menus: [], queues: [] });
    expect(flow).toEqual({
      status: 'found',
      reaches: [],
      complete: false,
      evidence:
        'DID 34910000001 → Ring group 600, whose members the API does not show: the key may not use pbxware.ring_group.list',
    });
  });

  it.each<[string, Reply, RegExp]>([
    ['not known', error('Unknown action'), /pbxware\.ivr\.list: an error that is not known, 14 characters$/],
    ['not licensed', error('The licence does not cover this'), /pbxware\.ivr\.list: an error about a limit$/],
    ['of another form', json({ menus: [] }), /pbxware\.ivr\.list: a map with something else/],
    ['forbidden by status', { status: 403, text: '' }, /the key may not use pbxware\.ivr\.list$/],
  ])('as an action that is %s', async (_what, menus, evidence) => {
    const flow = await dialled({ dids: [did('IVR', '500')], menus });
    expect(brief(flow)).toEqual(['found', [], false]);
    expect(flow?.evidence).toMatch(evidence);
  });

  it('costs the other questions nothing', async () => {
    const dids = [did('Ring Group', '600'), did('IVR', '500', { number: '34910000002' })];
    const menus = [menu('500', { 1: key('Ring Group', '600'), 2: key('Extension', '112') })];
    const asked = [
      { name: 'A', number },
      { name: 'B', number: '34910000002' },
    ];
    const found = await answers(boxWith({ dids, menus }), ...asked);
    expect(found.map(brief)).toEqual([
      ['found', [], false],
      ['found', ['112'], false],
    ]);
  });

  it('is one thing, a server that cannot be heard another', async () => {
    const asked = dialled({ dids: [did('Ring Group', '600')], groups: { status: 502, text: '' } });
    expect((await errorOf(asked)).code).toBe('unreachable');
  });
});

describe('a name', () => {
  const all = {
    dids: [did('Extension', '113', { name: 'Directo' })],
    groups: [group('600', '110,111')],
    menus: [menu('500', { 1: key('Extension', '112') })],
    queues: [{ name: 'Soporte', number: '700' }],
  };

  it.each<[string, unknown[], string]>([
    ['DIRECTO', ['found', ['113'], true], 'DID 34910000001 → Extension 113'],
    ['ventas', ['found', ['110', '111'], true], 'Ring group 600 (110, 111)'],
    ['Bienvenida', ['found', ['112'], true], 'IVR 500 (1: Extension 112)'],
    ['500', ['found', ['112'], true], 'IVR 500 (1: Extension 112)'],
    ['Soporte', ['found', [], false], 'Queue 700, whose members the API does not show'],
    ['Compras', ['absent', [], true], 'no DID, ring group, menu or queue of that name'],
  ])('%s is looked for in all lists', async (name, expected, evidence) => {
    const flow = await called(all, name);
    expect(brief(flow)).toEqual(expected);
    expect(flow?.evidence).toBe(evidence);
  });

  it('may be that of several', async () => {
    const dids = [
      did('Extension', '113', { name: 'Ventas' }),
      did('Extension', '112', { name: 'ventas', number: '34910000002' }),
    ];
    expect(brief(await called({ ...all, dids }, 'Ventas'))).toEqual([
      'found',
      ['113', '112', '110', '111'],
      true,
    ]);
  });

  it('is told to the end only where all of them are', async () => {
    const dids = [did('Extension', '113', { name: 'Soporte' })];
    expect(brief(await called({ ...all, dids }, 'Soporte'))).toEqual(['found', ['113'], false]);
  });

  it.each(['groups', 'menus', 'queues'] as const)('is not proven absent without the %s', async (missing) => {
    const { [missing]: _left, ...rest } = all;
    const flow = await called(rest, 'Compras');
    expect(brief(flow)).toEqual(['unknown', [], false]);
    expect(flow?.evidence).toMatch(/^nothing of that name is shown; the key may not use pbxware\.\w+\.list$/);
  });

  it('is found in the lists that are shown', async () => {
    expect(brief(await called({ groups: all.groups }, 'Ventas'))).toEqual(['found', ['110', '111'], true]);
  });
});

describe('several questions', () => {
  it('cost each list once', async () => {
    const dids = [did('Ring Group', '600'), did('IVR', '500', { number: '34910000002' })];
    const groups = [group('600', '110', { last_dest: '112' }), group('601', '111', { last_dest: '113' })];
    const menus = [menu('500', { 1: key('Ring Group', '601') })];
    const asked = [
      { name: 'A', number },
      { name: 'B', number: '34910000002' },
      { name: 'Bienvenida' },
      { name: 'C', number: '34910000009' },
    ];
    const found = await answers(boxWith({ dids, groups, menus, queues: [] }), ...asked);
    expect(found.map(brief)).toEqual([
      ['found', ['110', '112'], true],
      ['found', ['111', '113'], true],
      ['found', ['111', '113'], true],
      ['absent', [], true],
    ]);
    expect([...lists()].sort()).toEqual(['did.list', 'erg.list', 'ext.list', 'ivr.list', 'ring_group.list']);
  });

  it('are no question at all', async () => {
    expect(await answers(boxWith({}))).toEqual([]);
    expect(lists()).toEqual([]);
  });
});
