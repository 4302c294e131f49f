/** Writes go to whoever has the number now: an id of the last reading may be another's. */
import { describe, expect, it } from 'vitest';
import type { Write } from '../../../providers/contract.ts';
import { json } from '../../support/serve.ts';
import { type Box, error, extension, newBox, store } from './box.ts';
import { applied, refused, start, writes } from './scene.ts';
import { deletion, update, using } from './support.ts';

describe('an id that has become another extension', () => {
  /** The panel gives 118 another number after our reading. */
  const renumbered = async (write: Write, then: (box: Box) => void = () => {}) => {
    const box = newBox('118', '119');
    const server = await start(box);
    const outcome = await using(server, {}, async (session) => {
      await session.read({ kinds: ['extension'] });
      store(box, '10', extension('120', { name: 'Sala 120' }));
      then(box);
      return session.apply(write).then(
        () => 'done',
        ({ code, written }) => [code, written],
      );
    });
    return { box, outcome };
  };

  it('is never changed', async () => {
    const { box, outcome } = await renumbered(update({ name: 'Eva' }));
    expect([outcome, writes(), box.extensions.get('10')?.name]).toEqual([
      ['not-found', 'nothing'],
      [],
      'Sala 120',
    ]);
  });

  it('is never deleted', async () => {
    const { box, outcome } = await renumbered(deletion);
    expect([outcome, writes(), box.extensions.size]).toEqual(['done', [], 2]);
  });

  it('never gets its outgoing number', async () => {
    const { outcome } = await renumbered(update({ callerId: '910000001' }));
    expect([outcome, writes()]).toEqual([['not-found', 'nothing'], []]);
  });

  it.each([
    ['changed', update({ name: 'Eva' }), ['ext.edit', { id: '44', name: 'Eva' }]],
    ['deleted', deletion, ['ext.delete', { id: '44' }]],
  ])('is not the one that is %s: whoever has the number now is', async (_what, write, expected) => {
    const { outcome } = await renumbered(write, (box) => store(box, '44', extension('118')));
    expect([outcome, writes()]).toEqual(['done', [expected]]);
  });

  it('is looked at again before a write is sent again', async () => {
    const box = newBox('118', '119');
    const earlier = box.disturb;
    let tries = 0;
    box.disturb = (call) => {
      if (call.action !== 'ext.delete') return earlier(call);
      tries += 1;
      if (tries > 1) return undefined;
      store(box, '10', extension('120'));
      store(box, '44', extension('118'));
      return error('Failed to generate configuration');
    };
    await applied(box, deletion);
    expect([writes().map(([, { id }]) => id), [...box.extensions.keys()]]).toEqual([
      ['10', '44'],
      ['10', '11'],
    ]);
  });

  it('is looked at again before an outgoing number is sent again', async () => {
    const box = newBox('118', '119');
    box.disturb = ({ action }) => {
      if (action !== 'ext.es.callerid.edit') return undefined;
      store(box, '10', extension('120'));
      return error('Failed to generate configuration');
    };
    expect(await refused(box, update({ callerId: '910000001' }))).toEqual(['strange-answer', 'nothing']);
    expect(writes().length).toBe(1);
  });

  it('is told where the answer to a change names another number', async () => {
    const box = newBox('118');
    box.disturb = ({ action }) =>
      action === 'ext.edit' ? json({ success: 'Extension ID: 10', id: '10', ext: 120 }) : undefined;
    expect(await refused(box, update({ name: 'Eva' }))).toEqual(['strange-answer', 'something']);
  });
});
