/** Writes whose answer nobody got, and sessions that must not write. */
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import { errorOf } from '../../support/session.ts';
import { type Box, newBox, row, take } from './box.ts';
import { applied, onPath, paths, refused, start, writes } from './scene.ts';
import {
  type Answer,
  all,
  creation,
  deletion,
  type Opening,
  opening,
  PORTAL_SECRET,
  refusal,
  SIP_SECRET,
  update,
  using,
} from './support.ts';

/** The box takes the write where `stored`, and its answer never comes. */
function lose(box: Box, verb: string, stored: boolean): Box {
  onPath(box, `extension/${verb}`, (call) => {
    if (stored) take(box, call);
    return 'drop';
  });
  return box;
}

const there = (more: Record<string, unknown> = {}) => newBox(row('10', more));

describe('a lost answer', () => {
  it('to a create is a yes where the box has the extension now', async () => {
    const box = lose(newBox(), 'create', true);
    expect(await applied(box, creation())).toEqual({ id: '70' });
    expect(writes()).toHaveLength(1);
  });

  it('to a create is in doubt where it has not: it may still come', async () => {
    expect(await refused(lose(newBox(), 'create', false), creation())).toEqual([
      'connection-reset',
      'unknown',
    ]);
    expect(writes()).toHaveLength(1);
  });

  it('to a create is in doubt where another one is there now', async () => {
    const box = lose(there({ first_name: 'Eva' }), 'create', false);
    expect(await refused(box, creation())).toEqual(['connection-reset', 'unknown']);
  });

  it('to a create is in doubt where nobody can look', async () => {
    const box = lose(newBox(), 'create', true);
    onPath(box, 'extension/search', () => refusal(10005, 'ACCESS DENIED'));
    onPath(box, 'extension/list', () => ({ status: 500, text: '' }));
    expect(await refused(box, creation())).toEqual(['connection-reset', 'unknown']);
  });

  it('to an update is a yes where the box shows all of it', async () => {
    const box = lose(there(), 'update', true);
    expect(await applied(box, update({ name: 'Eva', concurrentRegistrations: 2 }))).toEqual({ id: '50' });
  });

  it('to an update is in doubt where it shows something else', async () => {
    expect(await refused(lose(there(), 'update', false), update({ name: 'Eva' }))).toEqual([
      'connection-reset',
      'unknown',
    ]);
  });

  it('to an update is in doubt where the box does not show what was written', async () => {
    const box = lose(there(), 'update', true);
    const write = update({}, { portal: new Secret(PORTAL_SECRET) });
    expect(await refused(box, write)).toEqual(['connection-reset', 'unknown']);
  });

  it('to a delete is a yes where it is gone, and in doubt where it is not', async () => {
    expect(await applied(lose(there(), 'delete', true), deletion())).toEqual({});
    expect(await refused(lose(there(), 'delete', false), deletion())).toEqual([
      'connection-reset',
      'unknown',
    ]);
  });

  it('that is no answer of the box counts as none', async () => {
    const box = there();
    onPath(box, 'extension/update', () => ({ status: 500, text: 'x' }));
    expect(await refused(box, update({ name: 'Eva' }))).toEqual(['strange-answer', 'unknown']);
    onPath(box, 'extension/update', () => ({ text: '<html>' }));
    expect(await refused(box, update({ name: 'Eva' }))).toEqual(['strange-answer', 'unknown']);
  });

  it('to a switch leaves the rest written', async () => {
    const box = newBox();
    lose(box, 'update', false);
    expect(await refused(box, creation({ name: 'Ana', nat: true }))).toEqual([
      'connection-reset',
      'something',
    ]);
  });
});

describe('a number that is taken', () => {
  it.each<[string, Answer]>([
    ['gets no answer', 'drop'],
    ['is refused', refusal(70082, 'OVERLOAD')],
    ['is answered with a page', { text: '<html>' }],
    ['is answered by a broken server', { status: 500, text: '' }],
  ])('never takes another for its own where the question for the password %s', async (_what, reply) => {
    const box = there({ reg_password: SIP_SECRET });
    onPath(box, 'extension/getpassword', () => reply);
    expect(await refused(box, creation())).toEqual(['already-exists', 'nothing']);
    onPath(box, 'extension/create', () => 'drop');
    expect(await refused(box, creation())).toEqual(['connection-reset', 'unknown']);
  });
});

describe('what comes before a write', () => {
  it('says that nothing was written where it fails', async () => {
    const box = there();
    onPath(box, 'extension/get', () => 'drop');
    onPath(box, 'extension/search', () => 'drop');
    expect(await refused(box, update({ name: 'Eva' }))).toEqual(['connection-reset', 'nothing']);
  });

  it('is whether this is the declared box', async () => {
    const how: Opening = { identity: { serial: '3691A0000002' } };
    expect(await refused(there(), update({ name: 'Eva' }), how)).toEqual(['wrong-identity', 'nothing']);
    expect(writes()).toEqual([]);
    await applied(there(), update({ name: 'Eva' }), { identity: { serial: '3691A0000001' } });
  });

  it('is whether the session may write at all', async () => {
    expect(await refused(there(), update({ name: 'Eva' }), { purpose: 'read' })).toEqual([
      'read-only-session',
      'nothing',
    ]);
    expect(paths()).toEqual([]);
  });

  it('costs nothing that the session knows already', async () => {
    await using(await start(there()), {}, async (session) => {
      await session.read(all);
      await session.apply(update({ name: 'Eva' }, {}, '50'));
    });
    expect(paths().slice(5)).toEqual(['extension/get', 'extension/update']);
  });
});

describe('limits', () => {
  it('end a call that the box never answers, and the goodbye too', async () => {
    const box = newBox();
    box.disturb = ({ path }) => (/create|del_token/.test(path) ? 'hang' : undefined);
    const how = { options: { timeLimitMs: 150 } };
    expect(await refused(box, creation(), how)).toEqual(['timeout', 'unknown']);
  }, 4_000);

  it('end everything at an abort, and the token is given back', async () => {
    const box = there();
    const end = new AbortController();
    onPath(box, 'extension/list', () => {
      end.abort();
      return 'hang';
    });
    const session = await opening(await start(box), { signal: end.signal });
    expect((await errorOf(session.read(all))).code).toBe('aborted');
    await session.close();
    expect(box.tokens.size).toBe(0);
  });

  it('leave no token where the session ends in an error', async () => {
    const box = there();
    onPath(box, 'extension/update', () => 'drop');
    await refused(box, update({ name: 'Eva' }));
    expect(box.tokens.size).toBe(0);
  });
});
