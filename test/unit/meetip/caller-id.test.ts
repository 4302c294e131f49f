import { describe, expect, it } from 'vitest';
import { json } from '../../support/serve.ts';
import { handClock } from '../../support/session.ts';
import { error, newBox } from './box.ts';
import { applied, arrived, failed, refused, spoil, start, writes } from './scene.ts';
import { creation, update, using } from './support.ts';

const stored = { callerid: '910000001', emergency: '112', state: 'yes' };

describe('the outgoing number', () => {
  it('is set with its service, after the extension', async () => {
    const box = newBox();
    await applied(box, creation({ callerId: '+34910000001' }));
    expect(writes().map(([action, params]) => [action, params.callerid ?? params.state])).toEqual([
      ['ext.add', undefined],
      ['ext.es.callerid.edit', '+34910000001'],
      ['ext.es.callerid.set', 'yes'],
    ]);
    expect(box.callerIds.get('10')).toEqual({ callerid: '+34910000001', emergency: '', state: 'yes' });
  });

  it('keeps the emergency number, which is asked for in the same call', async () => {
    const box = newBox('118');
    box.callerIds.set('10', stored);
    await applied(box, update({ callerId: '910000002' }));
    expect(box.callerIds.get('10')).toEqual({ ...stored, callerid: '910000002' });
  });

  it('of a new extension is set as soon as its services show', async () => {
    const box = newBox();
    spoil(box, 'ext.es.callerid.configuration', error('No such extension'), { times: 2 });
    const clock = handClock();
    await applied(box, creation({ callerId: '910000001' }), { clock });
    expect([box.callerIds.get('10')?.callerid, clock.slept]).toEqual(['910000001', [3_000, 7_000]]);
  });

  it('of a new extension whose services never show is left, and said', async () => {
    const box = newBox();
    spoil(box, 'ext.es.callerid.configuration', error('No such extension'), { times: 9 });
    expect(await refused(box, creation({ callerId: '910000001' }))).toEqual(['strange-answer', 'something']);
  });

  it('goes together with what others have set beside it', async () => {
    const box = newBox('118');
    const shown = {
      callerid: '910000001',
      emergency_callerid: '112',
      default_callerid: '910000000',
      default_privacy: '0',
      'callerid:Salida': '910000005',
      'callerid:Salida:privacy': '3',
      'callerid:Otra': '',
      'callerid:Otra:privacy': '0',
      allowed_callerids: {
        1: { callerid: '910000006', label: 'Uno', short_code: '1' },
        2: { callerid: '910000007', label: '', short_code: '' },
      },
    };
    spoil(box, 'ext.es.callerid.configuration', json(shown), { times: 9 });
    await applied(box, update({ callerId: '910000002' }));
    expect(writes()[0]).toEqual([
      'ext.es.callerid.edit',
      {
        ...{ id: '10', callerid: '910000002', emergencycid: '112' },
        ...{ trunks: 'Salida', tcallerids: '910000005', tprivacies: '3' },
        ...{ anums: '910000006:910000007', alabels: 'Uno:', acodes: '1:' },
      },
    ]);
  });

  it.each([
    ['trunks Salida: Norte', { 'callerid:Salida: Norte': '910000005', allowed_callerids: [] }],
    [
      'alabels Uno: A, alabels B:',
      {
        'callerid:Salida': '910000005',
        allowed_callerids: {
          1: { callerid: '910000006', label: 'Uno: A', short_code: '1' },
          2: { callerid: '910000006', label: 'B:', short_code: '2' },
        },
      },
    ],
  ])('is refused before anything is sent beside what the API could not say: %s', async (named, more) => {
    const box = newBox('118');
    spoil(box, 'ext.es.callerid.configuration', json({ callerid: '910000001', ...more }), { times: 9 });
    const failure = await failed(box, update({ name: 'Eva', callerId: '910000002' }));
    expect([failure.code, failure.params.operation, failure.written, writes()]).toEqual([
      'unsupported-operation',
      `pbxware.ext.es.callerid.edit (${named})`,
      'nothing',
      [],
    ]);
  });

  it('is switched on beside what the API could not say: that deletes nothing', async () => {
    const box = newBox('118');
    const shown = { callerid: '910000001', 'callerid:Salida: Norte': '910000005', allowed_callerids: [] };
    spoil(box, 'ext.es.callerid.configuration', json(shown), { times: 9 });
    await applied(box, update({ name: 'Eva', callerId: '910000001' }));
    expect(writes().map(([action]) => action)).toEqual(['ext.edit', 'ext.es.callerid.set']);
  });

  it('stays where only the emergency number changes', async () => {
    const box = newBox('118');
    box.callerIds.set('10', stored);
    await applied(box, update({ emergencyCallerId: '061' }));
    expect([box.callerIds.get('10'), writes().length]).toEqual([{ ...stored, emergency: '061' }, 1]);
  });

  it('is switched on alone where the number is right already', async () => {
    const box = newBox('118');
    box.callerIds.set('10', { ...stored, state: 'no' });
    await applied(box, update({ callerId: '910000001' }));
    expect(writes()).toEqual([['ext.es.callerid.set', { id: '10', state: 'yes' }]]);
  });

  it('is not sent where all is right already', async () => {
    const box = newBox('118');
    box.callerIds.set('10', stored);
    await applied(box, update({ callerId: '910000001' }));
    expect(writes()).toEqual([]);
  });

  it('survives a change of something else', async () => {
    const box = newBox('118');
    box.callerIds.set('10', stored);
    await applied(box, update({ name: 'Eva' }));
    expect([box.callerIds.get('10'), arrived().some((action) => action.includes('callerid'))]).toEqual([
      stored,
      false,
    ]);
  });

  it.each(['ext.es.callerid.edit', 'ext.es.callerid.set'])(
    'is proven by a look after a lost %s',
    async (action) => {
      const box = newBox('118');
      spoil(box, action, 'drop', { happens: true });
      await applied(box, update({ callerId: '910000001' }));
      expect(writes().length).toBe(2);
    },
  );

  it('leaves the extension made where its own right is missing, and says so', async () => {
    const box = newBox();
    box.denied.add('ext.es.callerid.edit');
    const failure = await failed(box, creation({ callerId: '910000001' }));
    expect([failure.code, failure.params.operation, failure.written, box.extensions.size]).toEqual([
      'forbidden',
      'pbxware.ext.es.callerid.edit',
      'something',
      1,
    ]);
  });

  it('is half set where switching on fails', async () => {
    const box = newBox('118');
    spoil(box, 'ext.es.callerid.set', error('Selected action not allowed'), { times: 9 });
    expect(await refused(box, update({ callerId: '910000001' }))).toEqual(['forbidden', 'something']);
  });

  it('is refused before anything is sent where a reading has shown that the right is missing', async () => {
    const box = newBox('119');
    box.denied.add('ext.es.callerid.configuration');
    const server = await start(box);
    await using(server, {}, async (session) => {
      await session.read({ kinds: ['extension'] });
      await expect(session.apply(creation({ callerId: '910000001' }))).rejects.toMatchObject({
        code: 'forbidden',
        facts: { written: 'nothing' },
      });
    });
    expect(writes()).toEqual([]);
  });

  it.each([
    ['every extension', 9, ['forbidden', 'nothing'], 0],
    ['one extension only', 1, 'done', 3],
  ])(
    'is judged before anything is sent by whether the server refuses its service for %s',
    async (_what, times, end, sent) => {
      const box = newBox('119', '120');
      spoil(box, 'ext.es.callerid.configuration', error('The service is not licensed'), { times });
      box.callerIds.set('11', stored);
      const outcome = await using(await start(box), { options: { concurrency: 1 } }, async (session) => {
        const keys = times === 1 ? ['119'] : undefined;
        await session.read({ kinds: ['extension'], ...(keys === undefined ? {} : { keys }) });
        return session.apply(creation({ callerId: '910000001' })).then(
          () => 'done',
          ({ code, written }) => [code, written],
        );
      });
      expect([outcome, writes().length]).toEqual([end, sent]);
    },
  );

  it('converges when what was cut short is repeated', async () => {
    const box = newBox();
    spoil(box, 'ext.es.callerid.edit', { status: 403, text: '' });
    const server = await start(box);
    const write = creation({ callerId: '910000001' });
    await using(server, {}, (session) => session.apply(write)).catch(() => undefined);
    await using(server, {}, (session) => session.apply(write));
    expect([box.callerIds.get('10')?.state, box.extensions.size]).toEqual(['yes', 1]);
  });
});
