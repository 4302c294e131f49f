import { describe, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import type { Write } from '../../../providers/contract.ts';
import { errorOf } from '../../support/session.ts';
import { type Box, newBox, organisations, row, take } from './box.ts';
import { applied, calls, onPath, paths, refused, start, writes } from './scene.ts';
import {
  all,
  both,
  creation,
  deletion,
  ok,
  PORTAL_SECRET,
  refusal,
  SIP_SECRET,
  update,
  using,
} from './support.ts';

const bodies = () => writes().map((one) => (one as [string, unknown])[1]);
const there = (more: Record<string, unknown> = {}) => newBox(row('10', more));

describe('creating', () => {
  it('sends all that the box requires in one request, and answers the id', async () => {
    const box = newBox();
    expect(await applied(box, creation({ name: 'Ana Lopez', number: '10', type: 'sip' }))).toEqual({
      id: '70',
    });
    expect(writes()).toEqual([
      [
        'create',
        {
          type: 'SIP',
          number: '10',
          reg_name: '10',
          concurrent_registrations: 1,
          presence_status: 'available',
          first_name: 'Ana',
          last_name: 'Lopez',
          reg_password: SIP_SECRET,
          user_password: PORTAL_SECRET,
        },
      ],
    ]);
    expect(calls().find(({ path }) => path === 'extension/create')?.method).toBe('POST');
    expect(paths().slice(-1)).toEqual(['extension/create']);
  });

  it('sends every declared field by the name and type of the box', async () => {
    const values = {
      name: 'Ana',
      email: 'ana@acme.example',
      callerId: '910000001',
      registrationName: 'acme10',
      concurrentRegistrations: 3,
      mobile: '+34600000001',
      title: 'Jefa',
      voicemail: false,
      role: 'user',
    };
    await applied(newBox(), creation(values, '10', { ...both(), pin: new Secret('4071') }));
    expect(bodies()[0]).toMatchObject({
      first_name: 'Ana',
      last_name: '',
      email_addr: 'ana@acme.example',
      caller_id: '910000001',
      reg_name: 'acme10',
      concurrent_registrations: 3,
      mobile_number: '+34600000001',
      title: 'Jefa',
      enb_vm: 0,
      role_id: 0,
      enb_vm_pin: 1,
      vm_pin: '4071',
    });
  });

  it.each<[string, Write, string]>([
    ['a name', creation({}), 'field-required'],
    [
      'a SIP password',
      creation({ name: 'A' }, '10', { portal: new Secret(PORTAL_SECRET) }),
      'secret-required',
    ],
    ['a portal password', creation({ name: 'A' }, '10', { sip: new Secret(SIP_SECRET) }), 'secret-required'],
    [
      'three registrations at most',
      creation({ name: 'A', concurrentRegistrations: 4 }),
      'value-out-of-range',
    ],
    [
      'eight characters',
      creation({ name: 'A' }, '10', { ...both(), sip: new Secret('Ab3') }),
      'secret-too-short',
    ],
    [
      'ten characters',
      creation({ name: 'A' }, '10', { ...both(), portal: new Secret('Abcdef34') }),
      'secret-too-short',
    ],
    [
      'sixty-three',
      creation({ name: 'A' }, '10', { ...both(), sip: new Secret('Ab3'.repeat(22)) }),
      'secret-too-long',
    ],
    ['digits', creation({ name: 'A' }, '10', { ...both(), pin: new Secret('40a7') }), 'secret-characters'],
    ['a number', creation({ name: 'A' }, '1a'), 'value-characters'],
    ['known fields', creation({ name: 'A', colour: 'red' }), 'field-unsupported'],
    ['an extension', { ...creation(), kind: 'account' } as Write, 'unsupported-operation'],
  ])('wants %s before anything is written', async (_what, write, code) => {
    expect(await refused(newBox(), write)).toEqual([code, 'nothing']);
    expect(writes()).toEqual([]);
  });

  it('is done where the same extension stands there already', async () => {
    const box = newBox();
    await using(await start(box), {}, async (session) => {
      await session.apply(creation());
      expect(await session.apply(creation())).toEqual({ id: '70' });
    });
    expect(box.rows).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['another name', { first_name: 'Eva', reg_password: SIP_SECRET }],
    ['another password', { reg_password: 'Another-Qp7rXb9s' }],
    ['another type', { type: 'FXS', reg_password: SIP_SECRET }],
  ])('never touches one of that number with %s', async (_what, more) => {
    expect(await refused(there(more), creation())).toEqual(['already-exists', 'nothing']);
    expect(writes()).toHaveLength(1);
  });

  it('takes what looks equal for equal where passwords are hidden', async () => {
    const box = there({ reg_password: 'Another-Qp7rXb9s' });
    box.shows = false;
    expect(await applied(box, creation())).toEqual({ id: '50' });
  });

  it('looks the id up where the answer does not tell it', async () => {
    const box = newBox();
    onPath(box, 'extension/create', (call) => {
      take(box, call);
      return ok;
    });
    expect(await applied(box, creation())).toEqual({ id: '70' });
  });

  it.each([
    [60002, 'MAX LIMITATION EXCEEDED', 'limit-reached', 'nothing'],
    [40002, 'PARAMETER ERROR', 'value-refused', 'nothing'],
    [40001, 'PARAMETER SYNTAX ERROR', 'value-refused', 'nothing'],
    [40003, 'DATA DUPLICATE', 'already-exists', 'nothing'],
    [10005, 'ACCESS DENIED', 'forbidden', 'nothing'],
    [10001, 'INTERFACE NOT EXISTED', 'unsupported-operation', 'nothing'],
    [70087, 'IP FORBIDDEN', 'forbidden', 'nothing'],
    [99999, '?', 'strange-answer', 'unknown'],
  ])('maps errcode %i', async (errcode, errmsg, code, written) => {
    const box = newBox();
    onPath(box, 'extension/create', () => refusal(errcode, errmsg));
    expect(await refused(box, creation())).toEqual([code, written]);
  });

  it('looks for nothing where the refusal has nothing to do with what is there', async () => {
    const box = there({ reg_password: SIP_SECRET });
    onPath(box, 'extension/create', () => refusal(60002, 'MAX LIMITATION EXCEEDED'));
    expect(await refused(box, creation())).toEqual(['limit-reached', 'nothing']);
    expect(paths().slice(-1)).toEqual(['extension/create']);
  });

  it.each<[string, string, string, string]>([
    ['weak', 'sip', 'no-capitals-345', '37.75.0.24'],
    ['weak', 'portal', 'NOSMALL-345xx'.toUpperCase(), '37.75.0.24'],
    ['with four digits in a row', 'portal', 'Portal-1234-Rt', '84.75.0.24'],
    ['with four equal digits', 'sip', 'Portal-7777-Rt', '84.75.0.24'],
    ['with digits that fall', 'sip', 'Portal-9876-Rt', '84.75.0.24'],
    ['with the name in it', 'portal', 'Xx7-lopez-Rt5', '84.75.0.24'],
    ['with the number in it', 'portal', 'Xx7-Abcd-10-Rt', '84.75.0.24'],
  ])('says that a refused password is %s', async (_what, field, secret, firmware) => {
    const box = newBox();
    box.firmware = firmware;
    onPath(box, 'extension/create', () => refusal(40002, 'PARAMETER ERROR'));
    const write = creation({ name: 'Ana Lopez' }, '10', { ...both(), [field]: new Secret(secret) });
    const error = await using(await start(box), {}, (session) => errorOf(session.apply(write)));
    expect([error.code, error.params.field, error.written]).toEqual(['secret-weak', field, 'nothing']);
  });

  it('does not call a password weak that only the Cloud Edition would', async () => {
    const box = newBox();
    onPath(box, 'extension/create', () => refusal(40002, 'PARAMETER ERROR'));
    const write = creation({ name: 'Ana Lopez' }, '10', { ...both(), sip: new Secret('Portal-1234-Rt') });
    expect(await refused(box, write)).toEqual(['value-refused', 'nothing']);
  });
});

describe('organisations and roles', () => {
  const organised = (): Box => {
    const box = newBox();
    box.organisations = organisations;
    return box;
  };
  const member = (value: string) => ({ organization_list: [{ value }] });

  it.each([
    ['Ventas', '2'],
    ['Acme/Taller/Norte', '6'],
  ])('sends the id of %s', async (department, id) => {
    await applied(organised(), creation({ name: 'A', department }));
    expect(bodies()[0]).toMatchObject(member(id));
  });

  it("puts a new extension where the target says, or at the company's top", async () => {
    await applied(organised(), creation(), { options: { organization: 'Taller' } });
    expect(bodies()[0]).toMatchObject(member('3'));
    await applied(organised(), creation());
    expect(bodies()[0]).toMatchObject(member('1'));
  });

  it('does not take one for equal that is in another organisation too', async () => {
    const box = organised();
    const organization_list = [{ value: '2' }, { value: '3' }];
    box.rows.push(row('10', { organization_list, reg_password: SIP_SECRET }));
    const write = creation({ name: 'Ana Lopez', department: 'Ventas' });
    expect(await refused(box, write)).toEqual(['already-exists', 'nothing']);
  });

  it('sends none where organisations are off', async () => {
    await applied(newBox(), creation(), { options: { organization: 'Taller' } });
    expect(bodies()[0]).not.toHaveProperty('organization_list');
  });

  it('leaves the organisation alone in an update that names none', async () => {
    const box = organised();
    box.rows.push(row('10'));
    await applied(box, update({ title: 'Jefa' }), { options: { organization: 'Taller' } });
    expect(bodies()).toEqual([{ id: 50, title: 'Jefa' }]);
  });

  it.each<[string, Box, Write, string]>([
    ['an organisation', organised(), creation({ name: 'A', department: 'Compras' }), 'value-one-of'],
    ['organisations at all', newBox(), creation({ name: 'A', department: 'Ventas' }), 'field-switched-off'],
  ])('refuses what the box lacks: %s', async (_what, box, write, code) => {
    expect(await refused(box, write)).toEqual([code, 'nothing']);
  });

  it('names what there is', async () => {
    const write = creation({ name: 'A', department: 'Compras' });
    const error = await using(await start(organised()), {}, (session) => errorOf(session.apply(write)));
    expect(error.params).toMatchObject({ field: 'department', value: 'Compras' });
    expect(error.params.allowed).toContain('Ventas');
  });

  it('looks the administrator up by name', async () => {
    await applied(there(), update({ role: 'admin' }));
    expect(bodies()).toEqual([{ id: 50, role_id: 1 }]);
    await applied(there({ role_id: 1 }), update({ role: 'user' }));
    expect(bodies()).toEqual([{ id: 50, role_id: 0 }]);
  });

  it('refuses an administrator where the box has none, or does not tell', async () => {
    const box = there();
    box.roles = [];
    expect(await refused(box, update({ role: 'admin' }))).toEqual(['value-unsupported', 'nothing']);
    onPath(box, 'system/get_menuoptions', () => refusal(10005, 'ACCESS DENIED'));
    expect(await refused(box, update({ role: 'admin' }))).toEqual(['forbidden', 'nothing']);
    expect(await applied(box, update({ role: 'user' }))).toEqual({ id: '50' });
  });
});

describe('updating', () => {
  it('sends the id and what changes, and nothing else', async () => {
    const box = there({ reg_password: 'Old-Qp7rXb9s' });
    expect(
      await applied(box, update({ name: 'Eva', title: 'Jefa' }, { sip: new Secret(SIP_SECRET) })),
    ).toEqual({
      id: '50',
    });
    expect(writes()).toEqual([
      ['update', { id: 50, first_name: 'Eva', last_name: '', title: 'Jefa', reg_password: SIP_SECRET }],
    ]);
    expect(box.rows[0]).toMatchObject({ first_name: 'Eva', last_name: '', enb_vm: 1, reg_name: '10' });
  });

  it('looks the id up freshly: one that was known may be another by now', async () => {
    const box = newBox(row('99', { id: 50 }), row('10', { id: 77 }));
    await applied(box, update({ title: 'Jefa' }, {}, '50'));
    expect(writes()).toEqual([['update', { id: 77, title: 'Jefa' }]]);
  });

  it('needs one look where the known id still stands for the number', async () => {
    await applied(there(), update({ title: 'Jefa' }, {}, '50'));
    expect(paths().slice(-2)).toEqual(['extension/get', 'extension/update']);
    expect(paths()).not.toContain('extension/search');
  });

  it('finds it in the whole list where the search does not', async () => {
    const box = there();
    onPath(box, 'extension/search', () => ({ ...ok, total_number: 0, data: [] }));
    await applied(box, update({ title: 'Jefa' }));
    onPath(box, 'extension/search', () => refusal(10001, 'INTERFACE NOT EXISTED'));
    await applied(box, update({ title: 'Jefe' }));
    expect(box.rows[0]?.title).toBe('Jefe');
  });

  it('never takes another number that the search finds', async () => {
    const box = newBox(row('100'), row('210'));
    expect(await refused(box, update({ title: 'Jefa' }))).toEqual(['not-found', 'nothing']);
    expect(writes()).toEqual([]);
  });

  it('never touches another type', async () => {
    expect(await refused(there({ type: 'FXS' }), update({ title: 'Jefa' }))).toEqual([
      'unsupported-operation',
      'nothing',
    ]);
  });

  it('is not found where it goes at the last moment', async () => {
    const box = there();
    onPath(box, 'extension/update', () => refusal(60001, 'DATA NOT FOUND'));
    expect(await refused(box, update({ title: 'Jefa' }))).toEqual(['not-found', 'nothing']);
  });

  it('can be repeated', async () => {
    const box = there();
    await using(await start(box), {}, async (session) => {
      await session.apply(update({ name: 'Eva' }));
      await session.apply(update({ name: 'Eva' }));
    });
    expect(box.rows[0]?.first_name).toBe('Eva');
  });

  it('round-trips every field that it can write', async () => {
    const box = there();
    box.organisations = organisations;
    const values = {
      name: 'Eva de la Torre',
      email: 'eva@acme.example',
      callerId: '10',
      registrationName: 'acme10',
      concurrentRegistrations: 2,
      mobile: '600000002',
      title: 'Jefa',
      voicemail: false,
      role: 'admin',
      department: 'Acme/Ventas/Norte',
      nat: true,
      internalOnly: true,
    };
    const reading = await using(await start(box), {}, async (session) => {
      await session.apply(update(values));
      return session.read(all);
    });
    expect(reading.resources[0]?.values).toEqual({ number: '10', type: 'sip', ...values });
  });
});

describe('switches that no document names', () => {
  it('go apart, after the rest, and are read back', async () => {
    const box = newBox();
    await applied(box, creation({ name: 'Ana', nat: true, internalOnly: false }));
    expect(writes().map((one) => (one as unknown[])[0])).toEqual(['create', 'update']);
    expect(bodies()[1]).toEqual({ id: 70, enb_nat: 1 });
  });

  it('are not written where they stand right already', async () => {
    await applied(there({ enb_nat: 1 }), update({ nat: true }));
    expect(writes()).toEqual([]);
  });

  it('are refused where the box is known not to show them: nothing is written', async () => {
    const box = there();
    box.hides = ['enb_nat'];
    const result = await using(await start(box), {}, async (session) => {
      await session.read(all);
      return errorOf(session.apply(update({ nat: true, title: 'Jefa' })));
    });
    expect([result.code, result.written]).toEqual(['unsupported-operation', 'nothing']);
    expect(writes()).toEqual([]);
  });

  it('leave the rest written where that comes out only then', async () => {
    const box = newBox();
    box.hides = ['enb_nat'];
    expect(await refused(box, creation({ name: 'Ana', nat: true }))).toEqual([
      'unsupported-operation',
      'something',
    ]);
    expect(box.rows).toHaveLength(1);
  });

  it('that the box takes no notice of are an error, and no success', async () => {
    const box = there();
    box.deaf = ['disable_outb_call'];
    const error = await using(await start(box), {}, (session) =>
      errorOf(session.apply(update({ internalOnly: true }))),
    );
    expect([error.code, error.params.field, error.written]).toEqual([
      'field-ignored',
      'internalOnly',
      'something',
    ]);
  });
});

describe('deleting', () => {
  it('asks by GET, with the id that the number has now', async () => {
    const box = newBox(row('99', { id: 50 }), row('10', { id: 77 }));
    await applied(box, deletion('50'));
    expect(writes()).toEqual([['delete', { id: '77' }]]);
    expect(box.rows.map(({ number }) => number)).toEqual(['99']);
  });

  it('is done where it is gone already, at first or at the last moment', async () => {
    await applied(newBox(), deletion('50'));
    expect(writes()).toEqual([]);
    const box = there();
    onPath(box, 'extension/delete', () => refusal(60001, 'DATA NOT FOUND'));
    await applied(box, deletion());
  });

  it('never touches another type', async () => {
    expect(await refused(there({ type: 'FXS' }), deletion())).toEqual(['unsupported-operation', 'nothing']);
  });

  it('is refused in the words of the box', async () => {
    const box = there();
    onPath(box, 'extension/delete', () => refusal(10005, 'ACCESS DENIED'));
    expect(await refused(box, deletion())).toEqual(['forbidden', 'nothing']);
  });
});
