/** The vendor's own table of codes, and what its refusals say beside the code. */
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import { errorOf } from '../../support/session.ts';
import { newBox, organisations, row } from './box.ts';
import { applied, onPath, refused, start, writes } from './scene.ts';
import {
  all,
  creation,
  opening,
  PORTAL_SECRET,
  type Reply,
  refusal,
  SIP_SECRET,
  update,
  using,
} from './support.ts';

const there = (more: Record<string, unknown> = {}) => newBox(row('10', more));

describe('a refused update', () => {
  it.each([
    [-2, 'INTERNAL SERVER ERROR', 'strange-answer', 'unknown'],
    [-1, 'FAILURE', 'strange-answer', 'unknown'],
    [1, 'PARTIAL SUCCESS', 'strange-answer', 'unknown'],
    [2, 'PROCESSING', 'target-busy', 'unknown'],
    [10002, 'API VERSION OUT OF MAINTENANCE', 'unsupported-operation', 'nothing'],
    [10003, 'API VERSION UNSUPPORTED', 'unsupported-operation', 'nothing'],
    [10009, 'OPERATION FAILED', 'forbidden', 'nothing'],
    [40003, 'DUPLICATE KEY VALUE', 'already-exists', 'nothing'],
    [60001, 'DATA NOT FOUND', 'not-found', 'nothing'],
    [60101, 'ROLE NOT EXISTED', 'value-refused', 'nothing'],
    [70004, 'ACCOUNT IP BLOCKED', 'locked-out', 'nothing'],
    [70082, 'OVERLOAD_TASK_RUNNING', 'target-busy', 'nothing'],
    [70084, 'ACTION FORBIDDEN', 'forbidden', 'nothing'],
    [70091, 'CONNECTION_RELATION_EXISTED', 'unsupported-operation', 'nothing'],
    [70120, 'ORGANIZATION DISABLED', 'value-refused', 'nothing'],
    [70123, 'API UNAVAILABLE', 'unsupported-operation', 'nothing'],
    [70132, 'OPERATION NOT SUPPORTED', 'forbidden', 'nothing'],
  ])('%i %s means %s, written %s, with its text and without', async (errcode, errmsg, code, written) => {
    for (const text of [errmsg, 'OTHER WORDS']) {
      const box = there();
      onPath(box, 'extension/update', () => refusal(errcode, text));
      expect(await refused(box, update({ name: 'Eva' }))).toEqual([code, written]);
    }
  });

  it('names the keys that the box complains of, and none of its values', async () => {
    const box = there();
    const complaints = [
      { field: 'email_addr', value: 'eco-7f3a@acme.example' },
      { field: 'eco-7f3a', value: '' },
    ];
    onPath(box, 'extension/update', () => ({ ...refusal(40003), duplicate_field_list: complaints }));
    const error = await using(await start(box), {}, (session) =>
      errorOf(session.apply(update({ name: 'Eva' }))),
    );
    expect(error.params.evidence).toBe('errcode 40003: exists already (email_addr)');
    expect(JSON.stringify([error, error.params])).not.toContain('eco-7f3a');
  });
});

describe('a refused password', () => {
  const weak = { sip: new Secret('no-capitals-345'), portal: new Secret(PORTAL_SECRET) };
  const complaint = (field: string): Reply => ({
    ...refusal(40002, 'PARAMETER ERROR'),
    invalid_param_list: [{ field, validation_type: 'password' }],
  });

  it.each([
    ['user_password', 'secret-weak', 'portal'],
    ['reg_password', 'secret-weak', 'sip'],
    ['caller_id', 'value-refused', undefined],
    ['something_else', 'secret-weak', 'sip'],
  ])('is the one that the box names: %s', async (field, code, secret) => {
    const box = newBox();
    onPath(box, 'extension/create', () => complaint(field));
    const write = creation({ name: 'Ana Lopez' }, '10', weak);
    const error = await using(await start(box), {}, (session) => errorOf(session.apply(write)));
    expect([error.code, error.params.field]).toEqual([code, secret]);
  });
});

describe('a refused login', () => {
  it.each([
    [-1, 'FAILURE', 'wrong-credentials'],
    [1, 'FAILURE', 'wrong-credentials'],
    [-2, 'INTERNAL SERVER ERROR', 'strange-answer'],
    [70004, 'ACCOUNT IP BLOCKED', 'locked-out'],
    [70123, 'API UNAVAILABLE', 'unsupported-operation'],
  ])('with %i %s means %s', async (errcode, errmsg, code) => {
    const box = newBox();
    onPath(box, 'get_token', () => refusal(errcode, errmsg));
    const at = await start(box);
    expect((await errorOf(opening(at))).code).toBe(code);
  });
});

describe('organisations that are switched off', () => {
  const off = () => {
    const box = there();
    box.organisations = organisations;
    onPath(box, 'system/get_menuoptions', ({ query }) =>
      query.menu === 'org_list' ? refusal(70120, 'ORGANIZATION DISABLED') : undefined,
    );
    return box;
  };

  it('are none: the reading is whole, and a new extension is put into none', async () => {
    const box = off();
    const reading = await using(await start(box), {}, (session) => session.read(all));
    expect([reading.resources.length, reading.lists?.departments]).toEqual([1, []]);
    await applied(box, creation({ name: 'Eva' }, '11'));
    expect(writes()).toMatchObject([['create', { number: '11' }]]);
    expect(JSON.stringify(writes())).not.toContain('organization_list');
  });
});

describe('an update of an extension in organisations', () => {
  const listed = [
    { value: '2', text: 'Ventas' },
    { value: '5', text: 'Norte' },
  ];

  it('names them again: the guide calls them required', async () => {
    await applied(there({ organization_list: listed }), update({ title: 'Jefa', nat: true }));
    const same = [{ value: '2' }, { value: '5' }];
    expect(writes()).toEqual([
      ['update', { id: 50, organization_list: same, title: 'Jefa' }],
      ['update', { id: 50, organization_list: same, enb_nat: 1 }],
    ]);
  });

  it('names none where the box shows none', async () => {
    await applied(there({ organization_list: [] }), update({ title: 'Jefa' }));
    expect(writes()).toEqual([['update', { id: 50, title: 'Jefa' }]]);
  });
});

/** What a box shows is known once it was read. */
describe('switches that the box shows', () => {
  const making = creation({ name: 'Eva', nat: true }, '11');

  it('come with a new extension, which so is never half made', async () => {
    const box = there();
    await using(await start(box), {}, async (session) => {
      await session.read(all);
      await session.apply(making);
    });
    expect(writes().map((one) => (one as unknown[])[0])).toEqual(['create']);
    expect(box.rows[1]).toMatchObject({ number: '11', enb_nat: 1, reg_password: SIP_SECRET });
  });

  it('go apart where the box refuses them with it', async () => {
    const box = there();
    onPath(box, 'extension/create', ({ body }) =>
      'enb_nat' in body ? refusal(40002, 'PARAMETER ERROR') : undefined,
    );
    await using(await start(box), {}, async (session) => {
      await session.read(all);
      await session.apply(making);
    });
    expect(writes().map((one) => (one as unknown[])[0])).toEqual(['create', 'create', 'update']);
    expect(box.rows[1]).toMatchObject({ number: '11', enb_nat: 1 });
  });
});
