import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../providers/contract.ts';
import { errorOf } from '../../support/session.ts';
import { type Box, newBox, organisations, type Row, row } from './box.ts';
import { calls, onPath, paths, start } from './scene.ts';
import { all, type Call, ok, only, type Reply, refusal, using } from './support.ts';

const read = async (box: Box): Promise<Reading> =>
  using(await start(box), {}, (session) => session.read(all));

const refusedReading = async (box: Box) =>
  using(await start(box), {}, (session) => errorOf(session.read(all)));

const many = (count: number): Row[] => Array.from({ length: count }, (_, at) => row(String(1000 + at)));

describe('a whole reading', () => {
  it('says what the box is', async () => {
    const { edition, identity, can } = await read(newBox(row('10')));
    expect(edition).toBe('P550, firmware 37.75.0.24, OpenAPI v1.0');
    expect(identity).toEqual({ serial: '3691A0000001' });
    expect([can.commit, can.guidedActions]).toEqual([false, {}]);
  });

  it('reads every field by its canonical name', async () => {
    const box = newBox(
      row('10', {
        email_addr: 'ana@acme.example',
        mobile_number: '+34600000001',
        caller_id: '910000001',
        reg_name: 'acme10',
        concurrent_registrations: 2,
        title: 'Jefa',
        enb_nat: 1,
        user_lang: 'spanish',
      }),
    );
    const { resources } = await read(box);
    expect(resources).toEqual([
      {
        kind: 'extension',
        key: '10',
        id: '50',
        values: {
          number: '10',
          type: 'sip',
          name: 'Ana Lopez',
          email: 'ana@acme.example',
          mobile: '+34600000001',
          callerId: '910000001',
          registrationName: 'acme10',
          concurrentRegistrations: 2,
          title: 'Jefa',
          voicemail: true,
          role: 'user',
          nat: true,
          internalOnly: false,
        },
        secrets: {},
        observed: { presence: 'available', registered: false, language: 'spanish' },
      },
    ]);
  });

  it('reads numbers that come as text, and truths that come as such', async () => {
    const box = newBox(
      row('10', { id: '51', concurrent_registrations: '3', enb_vm: true, enb_nat: '1' }) as Row,
    );
    const [one] = (await read(box)).resources;
    expect(one).toMatchObject({
      id: '51',
      values: { concurrentRegistrations: 3, voicemail: true, nat: true },
    });
  });

  it.each([
    ['Ana', '', 'Ana'],
    ['', 'Lopez', 'Lopez'],
    ['Ana Maria', 'Lopez', 'Ana Maria Lopez'],
    [' Ana ', 'de  la Torre', 'Ana de la Torre'],
  ])('joins %j and %j to one name', async (first_name, last_name, name) => {
    const [one] = (await read(newBox(row('10', { first_name, last_name })))).resources;
    expect(one?.values.name).toBe(name);
  });

  it('takes no secret from a detail, whatever stands in it', async () => {
    const box = newBox(
      row('10', { reg_password: 'Kw4mTz-Qp7rXb9s', user_password: '********', vm_pin: '1234' }),
    );
    box.hides = [];
    const [one] = (await read(box)).resources;
    expect(one?.secrets).toEqual({});
    expect(JSON.stringify(one)).not.toContain('Kw4mTz');
  });

  it('shows extensions of other types as they are, without fields of ours', async () => {
    const { resources, can } = await read(
      newBox(row('20', { type: 'FXS', first_name: 'Fax', last_name: '' })),
    );
    expect(resources[0]).toMatchObject({ key: '20', values: { number: '20', type: 'fxs', name: 'Fax' } });
    expect(Object.keys(resources[0]?.values ?? {})).toHaveLength(3);
    expect(can.guidedFields).toEqual({ extension: ['nat', 'internalOnly'] });
  });

  it('takes what shows no type for SIP where it registers, else for something foreign', async () => {
    const { reg_name: _none, ...analogue } = row('20', { type: undefined });
    const { resources } = await read(newBox(row('10', { type: undefined }), analogue as Row));
    expect(resources.map(({ values }) => values.type)).toEqual(['sip', 'unknown']);
  });

  it('costs five requests for a box, and one more for each hundred extensions', async () => {
    await read(newBox(...many(3)));
    expect(paths()).toEqual([
      'system/information',
      'system/get_menuoptions',
      'system/get_menuoptions',
      'extension/list',
      'extension/query',
    ]);
    await read(newBox(...many(250)));
    expect(paths().filter((path) => path === 'extension/list')).toHaveLength(3);
    expect(paths().filter((path) => path === 'extension/query')).toHaveLength(1);
  });

  it('asks for details in requests that servers take', async () => {
    await read(newBox(...many(1_000)));
    const queries = calls().filter(({ path }) => path === 'extension/query');
    expect(queries.length).toBeGreaterThan(1);
    expect(Math.max(...queries.map(({ query }) => query.ids?.length ?? 0))).toBeLessThanOrEqual(2_000);
  });

  it('reads only: every call but the login is a GET', async () => {
    await read(newBox(row('10')));
    expect(
      new Set(
        calls()
          .slice(1)
          .map(({ method }) => method),
      ),
    ).toEqual(new Set(['GET']));
  });
});

describe('pages', () => {
  it('are read until total_number is reached, also where the box gives smaller ones', async () => {
    const box = newBox(...many(45));
    box.pageSize = 10;
    const { resources } = await read(box);
    expect(resources).toHaveLength(45);
    const lists = calls().filter(({ path }) => path === 'extension/list');
    expect(lists.map(({ query }) => query.page)).toEqual(['1', '2', '3', '4', '5']);
    expect(lists[0]?.query).toEqual({ page: '1', page_size: '100', sort_by: 'id', order_by: 'asc' });
  });

  it.each<[string, (call: Call, at: number) => Reply | undefined]>([
    ['break off', ({ query }) => (query.page === '2' ? { ...ok, total_number: 25, data: [] } : undefined)],
    ['repeat', () => ({ ...ok, total_number: 25, data: tenRows() })],
    [
      'disagree on their total',
      ({ query: { page } }) => ({
        ...ok,
        total_number: page === '1' ? 20 : 15,
        data: tenRows(Number(page) * 10),
      }),
    ],
    ['lack their total', () => ({ ...ok, data: [] })],
    ['lack their rows', () => ({ ...ok, total_number: 25 })],
    ['have rows without id', () => ({ ...ok, total_number: 1, data: [{ number: '10' }] })],
    [
      'change their total for ever',
      (_call, at) => ({ ...ok, total_number: 90 + at, data: tenRows(at * 10) }),
    ],
  ])('that %s are no list', async (_what, reply) => {
    const box = newBox(...many(25));
    box.pageSize = 10;
    let at = 0;
    onPath(box, 'extension/list', (call) => {
      at += 1;
      return reply(call, at);
    });
    const error = await refusedReading(box);
    expect([error.code, error.params.operation]).toEqual(['strange-answer', 'extension/list']);
  });

  it('are read once more where the list changes meanwhile', async () => {
    const box = newBox(...many(25));
    box.pageSize = 10;
    let added = false;
    onPath(box, 'extension/list', ({ query }) => {
      if (query.page === '2' && !added) {
        added = true;
        box.rows.push(row('2000'));
      }
      return undefined;
    });
    expect((await read(box)).resources).toHaveLength(26);
  });

  it('are none where nothing is there, with or without rows', async () => {
    expect((await read(newBox())).resources).toEqual([]);
    const box = newBox();
    onPath(box, 'extension/list', () => ({ ...ok, total_number: 0 }));
    expect((await read(box)).resources).toEqual([]);
  });
});

describe('list and details', () => {
  it('are read again where somebody removed an extension in between', async () => {
    const box = newBox(row('10'), row('11'));
    onPath(box, 'extension/query', () => {
      if (box.rows.length === 2) box.rows.pop();
      return undefined;
    });
    expect((await read(box)).resources.map(({ key }) => key)).toEqual(['10']);
  });

  it('that never agree are refused: a part is not the whole', async () => {
    const box = newBox(row('10'), row('11'));
    onPath(box, 'extension/query', () => ({ ...ok, data: [] }));
    expect((await refusedReading(box)).code).toBe('strange-answer');
  });

  it.each<[string, Reply, string]>([
    ['extension/list', refusal(10005, 'ACCESS DENIED'), 'forbidden'],
    ['extension/query', refusal(10005, 'ACCESS DENIED'), 'forbidden'],
    ['system/information', refusal(10005, 'ACCESS DENIED'), 'forbidden'],
    ['extension/list', refusal(10001, 'INTERFACE NOT EXISTED'), 'unsupported-operation'],
    ['extension/list', refusal(70087, 'IP FORBIDDEN'), 'forbidden'],
    ['extension/list', refusal(40002, 'PARAMETER ERROR'), 'value-refused'],
    ['extension/list', { status: 500, text: '' }, 'strange-answer'],
    ['extension/list', { status: 503, text: '' }, 'target-busy'],
    ['extension/list', { status: 200, text: '{"errcode":' }, 'strange-answer'],
    ['extension/query', { ...ok, data: [{ id: 50 }] }, 'strange-answer'],
    ['extension/query', { ...ok, data: ['x'] }, 'strange-answer'],
    ['system/information', { ...ok }, 'strange-answer'],
  ])('fail the reading where %s answers %j', async (path, reply, code) => {
    const box = newBox(row('10'));
    onPath(box, path, () => reply);
    const error = await refusedReading(box);
    expect([error.code, error.params.operation]).toEqual([code, path]);
  });
});

describe('what this box shows', () => {
  it('hides the SIP password in every whole reading', async () => {
    const { can } = await read(newBox(row('10')));
    expect(can.hiddenFields).toEqual({ extension: ['department', 'sip'] });
  });

  it('leaves the undocumented switches to a person where no extension shows them', async () => {
    const box = newBox(row('10'));
    box.hides = ['enb_nat'];
    const { can } = await read(box);
    expect(can.guidedFields).toEqual({ extension: ['nat'] });
    expect(can.hiddenFields.extension).toContain('nat');
  });

  it('leaves them to a person where there is no extension to judge by, and hides nothing else', async () => {
    const { can } = await read(newBox());
    expect(can.guidedFields).toEqual({ extension: ['nat', 'internalOnly'] });
    expect(can.hiddenFields.extension).toEqual(['nat', 'internalOnly', 'department', 'sip']);
  });

  it('keeps to what the whole reading said in a reading by key', async () => {
    const box = newBox();
    const can = await using(await start(box), {}, async (session) => {
      await session.read(all);
      box.rows.push(row('10'));
      return (await session.read(only('10'))).can;
    });
    expect(can.guidedFields).toEqual({ extension: ['nat', 'internalOnly'] });
  });

  it('hides documented fields that no extension shows', async () => {
    const box = newBox(row('10'));
    box.hides = ['title', 'role_id', 'first_name', 'last_name'];
    expect((await read(box)).can.hiddenFields.extension).toEqual([
      'title',
      'name',
      'role',
      'department',
      'sip',
    ]);
  });
});

describe('roles and organisations', () => {
  const withOrganisations = (...rows: Row[]): Box => {
    const box = newBox(...rows);
    box.organisations = organisations;
    return box;
  };

  it.each([
    [0, undefined, 'user'],
    ['0', undefined, 'user'],
    ['', undefined, 'user'],
    [1, undefined, 'admin'],
    [4, 'Employee', undefined],
    [9, 'Administrator', 'admin'],
  ])('reads role %j named %j as %j', async (role_id, role_name, role) => {
    const [one] = (await read(newBox(row('10', { role_id, role_name })))).resources;
    expect(one?.values.role).toBe(role);
  });

  it.each<[string, unknown, string | undefined]>([
    ['by id', [{ value: '2', text: 'Sales' }], 'Ventas'],
    ['by path where two have the name', [{ value: '5' }], 'Acme/Ventas/Norte'],
    ['by its own words', [{ id: 9, name: 'Nueva' }], 'Nueva'],
    ['both of two', [{ value: '2' }, { value: '3' }], 'Taller & Ventas'],
    ['nothing where nothing is told', [{ value: '9' }], undefined],
    ['nothing where it is in none', [], undefined],
  ])('reads organisations: %s', async (_what, organization_list, department) => {
    const { resources, can } = await read(withOrganisations(row('10', { organization_list })));
    expect(resources[0]?.values.department).toBe(department);
    expect(can.hiddenFields.extension).toEqual(['sip']);
  });

  it('lists what can be chosen, and the numbers that are there', async () => {
    const { lists } = await read(withOrganisations(row('10'), row('20', { type: 'FXS' })));
    expect(lists).toEqual({
      numbers: ['10', '20'],
      departments: ['Acme', 'Ventas', 'Acme/Ventas/Norte', 'Taller', 'Acme/Taller/Norte'],
      roles: ['Administrator', 'Employee'],
    });
  });

  it.each<[string, Reply, readonly string[] | undefined]>([
    ['denied', refusal(10005, 'ACCESS DENIED'), undefined],
    ['missing', refusal(10001, 'INTERFACE NOT EXISTED'), undefined],
    ['empty', { ...ok, data: [] }, []],
    ['left out', { ...ok }, []],
    ['unknown to the box', refusal(40002, 'PARAMETER ERROR'), []],
  ])('reads on where the menus are %s', async (_what, reply, expected) => {
    const box = newBox(row('10', { organization_list: [{ value: '2', text: 'Ventas' }] }));
    onPath(box, 'system/get_menuoptions', () => reply);
    const { lists, can } = await read(box);
    expect([lists?.departments, lists?.roles]).toEqual([expected, expected]);
    expect(can.hiddenFields.extension).toContain('department');
  });
});

describe('a reading by key', () => {
  it('shows what a whole one shows, and only what was asked for', async () => {
    const box = newBox(...many(5));
    const [whole, some] = await using(await start(box), { purpose: 'read' }, async (session) => [
      await session.read(all),
      await session.read(only('1002', '9999')),
    ]);
    expect(some?.resources).toEqual(whole?.resources.filter(({ key }) => key === '1002'));
    expect(some?.lists?.numbers).toHaveLength(5);
  });

  it('asks neither for the box nor for the menus again', async () => {
    await using(await start(newBox(...many(3))), { purpose: 'read' }, async (session) => {
      await session.read(all);
      await session.read(only('1000'));
    });
    expect(paths().slice(5)).toEqual(['extension/list', 'extension/query']);
  });
});

describe('registrations', () => {
  const states = (online_status: unknown) =>
    using_(newBox(row('10', { online_status })), async (session) => session.registrations?.(['10']));
  async function using_<T>(box: Box, use: Parameters<typeof using<T>>[2]): Promise<T> {
    return using(await start(box), { purpose: 'read' }, use);
  }

  it.each<[string, unknown, string]>([
    ['status 1', { sip_phone: { status: 1 } }, 'registered'],
    ['status 0', { sip_phone: { status: 0 } }, 'unregistered'],
    ['status as text', { sip_phone: { status: '1' } }, 'registered'],
    ['a list of one', { sip_phone: { status: 0, status_list: [{ status: 1 }] } }, 'registered'],
    ['an empty list beside a status', { sip_phone: { status: 0, status_list: [] } }, 'unregistered'],
    ['an empty list alone', { sip_phone: { status_list: [] } }, 'unregistered'],
    ['a list of phones that are off', { sip_phone: { status_list: [{ status: 0 }] } }, 'unregistered'],
    ['no list and no status', { sip_phone: {} }, 'unregistered'],
    ['Linkus only', { linkus_mobile: { status: 1 } }, 'unknown'],
    ['nothing', undefined, 'unknown'],
  ])('are told by %s', async (_what, online, status) => {
    expect((await states(online))?.map((one) => one.status)).toEqual([status]);
  });

  it('are unknown for what is not in the list, and cost one list', async () => {
    const found = await using_(newBox(row('10')), async (session) => session.registrations?.(['99', '10']));
    expect(found?.map(({ key, status }) => [key, status])).toEqual([
      ['99', 'unknown'],
      ['10', 'unregistered'],
    ]);
    expect(paths()).toEqual(['extension/list']);
  });
});

function tenRows(from = 0): unknown[] {
  return Array.from({ length: 10 }, (_, at) => ({ id: from + at, number: String(1000 + from + at) }));
}
