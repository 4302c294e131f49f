import { describe, expect, it } from 'vitest';
import { reveal } from '../../../engine/model/index.ts';
import type { PoweredSession, Reading } from '../../../providers/contract.ts';
import { errorOf } from '../../support/session.ts';
import { type Box, newBox, row } from './box.ts';
import { calls, onPath, start } from './scene.ts';
import { all, type Opening, ok, only, type Reply, refusal, using } from './support.ts';

async function read(
  box: Box,
  use: (session: PoweredSession) => Promise<Reading> = (session) => session.read(all),
  how: Opening = {},
): Promise<Reading> {
  return using(await start(box), how, use);
}

describe('SIP passwords', () => {
  const secretive = () =>
    newBox(row('10', { reg_password: 'Ñandú-Qp7rXb9s' }), row('11', { reg_password: 'Other-Qp7rXb9s' }));
  const asked = () => calls().filter(({ path }) => path === 'extension/getpassword');

  it('are asked for by key in a session that may write, and decoded', async () => {
    const { resources, can } = await read(secretive(), (session) => session.read(only('10')));
    const [one] = resources;
    expect(one?.secrets.sip && reveal(one.secrets.sip)).toBe('Ñandú-Qp7rXb9s');
    expect(asked().map(({ query }) => query)).toEqual([{ id: '50', type: 'reg_password' }]);
    expect(can.hiddenFields.extension).not.toContain('sip');
  });

  it('are never asked for in a whole reading, nor in a session that only reads', async () => {
    await read(secretive());
    expect(asked()).toEqual([]);
    const { can } = await read(secretive(), (session) => session.read(only('10')), { purpose: 'read' });
    expect([asked(), can.hiddenFields.extension?.includes('sip')]).toEqual([[], true]);
  });

  it('are never asked for of other types', async () => {
    await read(newBox(row('20', { type: 'FXS' })), (session) => session.read(only('20')));
    expect(asked()).toEqual([]);
  });

  it.each<[string, Reply]>([
    ['firmware without the interface', refusal(10001, 'INTERFACE NOT EXISTED')],
    ['a client that may not see them', refusal(10005, 'ACCESS DENIED')],
  ])('stay hidden from %s, after one question', async (_what, reply) => {
    const box = secretive();
    onPath(box, 'extension/getpassword', () => reply);
    const { resources, can } = await read(box, (session) => session.read(only('10', '11')));
    expect([resources[0]?.secrets, asked().length]).toEqual([{}, 1]);
    expect(can.hiddenFields.extension).toContain('sip');
  });

  it('that are none are none', async () => {
    const { resources } = await read(newBox(row('10')), (session) => session.read(only('10')));
    expect(resources[0]?.secrets).toEqual({});
  });

  it.each<[string, Reply]>([
    ['no text', { ...ok, password: 7 }],
    ['no Base64', { ...ok, password: '*****' }],
    ['a password in clear', { ...ok, password: 'Kw4mTzQp7rXb9s' }],
    ['nothing', { ...ok }],
    ['a refusal that nobody knows', refusal(99999)],
  ])('fail the reading where the answer is %s', async (_what, reply) => {
    const box = secretive();
    onPath(box, 'extension/getpassword', () => reply);
    const error = await using(await start(box), {}, (session) => errorOf(session.read(only('10'))));
    expect(error.code).toBe('strange-answer');
  });
});
