import { describe, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import { errorOf, handClock } from '../../support/session.ts';
import { error, extension, newBox, page, store } from './box.ts';
import { applied, calls, failed, refused, spoil, start, writes } from './scene.ts';
import { creation, deletion, type Opening, update, using } from './support.ts';

const actionsSent = () => writes().map(([action]) => action);
/** A limit that passes while a test waits. */
const hasty = (more: Opening = {}): Opening => ({ options: { timeLimitMs: 250 }, ...more });

describe('an answer that was lost', () => {
  it.each([
    ['a new extension', 'ext.add', creation(), 0],
    ['a change', 'ext.edit', update({ name: 'Eva' }), 1],
    ['a deletion', 'ext.delete', deletion, 1],
  ])('is no failure where %s is found to have happened', async (_what, action, write, there) => {
    const box = newBox(...(there === 1 ? ['118'] : []));
    spoil(box, action, 'drop', { happens: true });
    await applied(box, write);
    expect(actionsSent()).toEqual([action]);
  });

  it.each([
    ['a new extension', 'ext.add', creation(), 0],
    ['a change', 'ext.edit', update({ name: 'Eva' }), 1],
    ['a deletion', 'ext.delete', deletion, 1],
  ])(
    'leaves it open whether %s is still to come: nothing is sent again',
    async (_what, action, write, there) => {
      const box = newBox(...(there === 1 ? ['118'] : []));
      spoil(box, action, 'drop');
      const clock = handClock();
      expect(await refused(box, write, { clock })).toEqual(['connection-reset', 'unknown']);
      expect([actionsSent(), clock.slept]).toEqual([[action], [3_000, 7_000, 20_000]]);
    },
  );

  it('is waited for: a slow write appears some looks later', async () => {
    const box = newBox();
    spoil(box, 'ext.add', 'drop');
    let looks = 0;
    const spoilt = box.disturb;
    box.disturb = (call) => {
      if (call.action === 'ext.list') looks += 1;
      if (call.action === 'ext.list' && looks === 3) {
        const { server: _, ...sent } = calls().find(({ action }) => action === 'ext.add')?.params ?? {};
        box.extensions.set('77', { ...sent });
      }
      return spoilt(call);
    };
    const clock = handClock();
    expect(await applied(box, creation(), { clock })).toEqual({ id: '77' });
    expect([actionsSent(), clock.slept]).toEqual([['ext.add'], [3_000, 7_000]]);
  });

  it('is no answer at all: a time limit that passes is looked up too', async () => {
    const box = newBox();
    spoil(box, 'ext.add', 'hang', { happens: true });
    expect(await applied(box, creation(), hasty())).toEqual({ id: '10' });
    expect(actionsSent()).toEqual(['ext.add']);
  });

  it('says unknown where looking fails as well', async () => {
    const box = newBox('118');
    spoil(box, 'ext.edit', 'drop', { happens: true });
    spoil(box, 'ext.list', 'drop', { times: 9 });
    const spoilt = box.disturb;
    box.disturb = (call) =>
      call.action === 'ext.list' && actionsSent().length === 0 ? undefined : spoilt(call);
    expect(await refused(box, update({ name: 'Eva' }))).toEqual(['connection-reset', 'unknown']);
  });

  it('of a password that nobody shows stays unknown', async () => {
    const box = newBox('118');
    spoil(box, 'ext.edit', 'drop', { happens: true });
    const portal = { portal: new Secret('Panel-Word-7') };
    expect(await refused(box, update({}, portal))).toEqual(['connection-reset', 'unknown']);
  });

  it('is proven by a secret that reads back', async () => {
    const box = newBox('118');
    spoil(box, 'ext.edit', 'drop', { happens: true });
    await applied(box, update({}, { sip: new Secret('Qw9-mNb7vCx5zLk3jH') }));
    expect(actionsSent()).toEqual(['ext.edit']);
  });
});

describe('an answer that is no plain success', () => {
  const notice = '<br />\n<b>Warning</b>:  x in <b>/opt/a.php</b> on line <b>3</b><br />\n';

  it.each([
    ['a notice before JSON', page(`${notice}{"success":"Extension ID: 10","id":"10","ext":118}`)],
    ['a notice in place of JSON', page(notice)],
    ['a page', page()],
    ['JSON without success', { text: '{"id":"10"}' }],
    ['an empty list', { text: '[]' }],
    ['a server error', { status: 500, text: 'oops' }],
  ])('is proven by a look where the write happened: %s', async (_what, reply) => {
    const box = newBox();
    spoil(box, 'ext.add', reply, { happens: true });
    await applied(box, creation());
    expect(actionsSent()).toEqual(['ext.add']);
  });

  it.each([
    ['a page', page()],
    ['a notice', page(notice)],
    ['a server error', { status: 500, text: 'oops' }],
  ])('is sent once more where a look shows that nothing came of it: %s', async (_what, reply) => {
    const box = newBox();
    spoil(box, 'ext.add', reply);
    const clock = handClock();
    await applied(box, creation(), { clock });
    expect([actionsSent(), clock.slept]).toEqual([
      ['ext.add', 'ext.add'],
      [3_000, 7_000, 5_000],
    ]);
  });

  it('is looked up for as long as reading back may lag, before anything is sent again', async () => {
    const box = newBox();
    spoil(box, 'ext.add', page(), { happens: true });
    const clock = handClock();
    const spoilt = box.disturb;
    box.disturb = (call) =>
      call.action === 'ext.list' && clock.slept.length < 2 ? { text: '[]' } : spoilt(call);
    expect(await applied(box, creation(), { clock })).toEqual({ id: '10' });
    expect([actionsSent(), clock.slept]).toEqual([['ext.add'], [3_000, 7_000]]);
  });

  it('of a change says not-found where the extension is gone by now', async () => {
    const box = newBox('118');
    const spoilt = box.disturb;
    box.disturb = (call) => {
      if (call.action === 'ext.edit') box.extensions.delete('10');
      return spoilt(call);
    };
    expect(await refused(box, update({ name: 'Eva' }))).toEqual(['not-found', 'nothing']);
    expect(actionsSent()).toEqual(['ext.edit']);
  });

  it('is no success where a look finds nothing, whatever stands beside the notice', async () => {
    const box = newBox();
    spoil(box, 'ext.add', page(`${notice}{"success":"Extension ID: 10","id":"10","ext":118}`));
    await applied(box, creation());
    expect([actionsSent().length, box.extensions.size]).toEqual([2, 1]);
  });

  it('leaves it open who took the number in the meantime', async () => {
    const box = newBox();
    spoil(box, 'ext.add', page());
    let sent = 0;
    const spoilt = box.disturb;
    box.disturb = (call) => {
      if (call.action === 'ext.add') sent += 1;
      if (sent === 2) store(box, '55', extension('118', { name: 'Otra' }));
      return spoilt(call);
    };
    expect(await refused(box, creation())).toEqual(['already-exists', 'unknown']);
  });

  it('is a plain refusal after a look has shown that nothing came of it', async () => {
    const box = newBox();
    spoil(box, 'ext.add', page());
    let sent = 0;
    const spoilt = box.disturb;
    box.disturb = (call) => {
      if (call.action === 'ext.add') sent += 1;
      return sent === 2 && call.action === 'ext.add' ? error('Selected action not allowed') : spoilt(call);
    };
    expect(await refused(box, creation())).toEqual(['forbidden', 'nothing']);
  });

  it('fails as proven to have written nothing where that does not help', async () => {
    const box = newBox();
    spoil(box, 'ext.add', page(), { times: 9 });
    expect(await refused(box, creation())).toEqual(['strange-answer', 'nothing']);
    expect(actionsSent().length).toBe(2);
  });

  it('is a redirection, which is never followed', async () => {
    const box = newBox('118');
    spoil(box, 'ext.edit', { status: 302, headers: { location: '/login' }, text: '' }, { times: 9 });
    expect(await refused(box, update({ name: 'Eva' }))).toEqual(['redirected', 'nothing']);
  });

  it('is a refusal that nobody knows, which is looked up before it is believed', async () => {
    const box = newBox();
    spoil(box, 'ext.add', error('Something about e-mail'), { happens: true });
    await applied(box, creation());
    expect(actionsSent()).toEqual(['ext.add']);
  });

  it('is a refusal that nobody knows, and nothing there', async () => {
    const box = newBox();
    spoil(box, 'ext.add', error('Something about e-mail'), { times: 9 });
    const { code, written, params } = await failed(box, creation());
    expect([code, written, params.evidence]).toEqual([
      'value-refused',
      'nothing',
      'an error that is not known, 22 characters',
    ]);
    expect(actionsSent().length).toBe(1);
  });
});

describe('a tenant that is being built', () => {
  it.each([
    'Failed to generate configuration',
    "Table 'pbx.t301' doesn't exist",
    'Unable to create extension',
  ])('is waited for: %s', async (text) => {
    const box = newBox();
    spoil(box, 'ext.add', error(text), { times: 2 });
    const clock = handClock();
    await applied(box, creation(), { clock });
    expect([actionsSent().length, clock.slept]).toEqual([3, [5_000, 15_000]]);
  });

  it('is not waited for without end', async () => {
    const box = newBox();
    spoil(box, 'ext.add', error('Unable to create extension'), { times: 99 });
    const clock = handClock();
    expect(await refused(box, creation(), { clock })).toEqual(['target-busy', 'nothing']);
    expect(clock.slept).toEqual([5_000, 15_000, 30_000, 60_000, 3_000, 7_000]);
  });

  it('is not waited for again by the next write of the session', async () => {
    const box = newBox();
    spoil(box, 'ext.add', error('Unable to create extension'), { times: 99 });
    const clock = handClock();
    await using(await start(box), { clock }, async (session) => {
      await errorOf(session.apply(creation()));
      await errorOf(session.apply(creation({}, '119')));
    });
    const again = clock.slept.filter((ms) => ms !== 3_000 && ms !== 7_000);
    expect([again.length, actionsSent().length]).toEqual([4, 6]);
  });

  it('may have made the extension all the same', async () => {
    const box = newBox();
    spoil(box, 'ext.add', error('Failed to generate configuration'), { happens: true });
    await applied(box, creation());
    expect(actionsSent()).toEqual(['ext.add']);
  });

  /** The first try is refused, and happens when the `nth` list is asked for; `second` is what the next try gets. */
  const lateBy = (nth: number, second: string) => {
    const box = newBox();
    let [tries, looks] = [0, 0];
    box.disturb = (call) => {
      if (call.action === 'ext.list' && tries > 0) looks += 1;
      if (call.action === 'ext.list' && looks === nth) store(box, '77', { ...extension('118'), ...sent() });
      if (call.action !== 'ext.add') return undefined;
      tries += 1;
      return error(tries === 1 ? 'Unable to create extension' : second);
    };
    return box;
  };
  const sent = () => calls().find(({ action }) => action === 'ext.add')?.params ?? {};

  it.each([
    'number 118 is reserved by (Extension) Telefono IP',
    'Selected action not allowed',
    "Required field 'ext=118' contains invalid data (Regex: /x/)",
  ])('may have made it late: what the next try gets is looked up: %s', async (text) => {
    const clock = handClock();
    expect(await applied(lateBy(3, text), creation(), { clock })).toEqual({ id: '77' });
    expect([actionsSent().length, clock.slept]).toEqual([2, [5_000, 3_000]]);
  });

  it('is given the settle time before nothing is said to be there', async () => {
    const box = newBox();
    spoil(box, 'ext.add', error('Something about e-mail'), { times: 9 });
    let looks = 0;
    const spoilt = box.disturb;
    box.disturb = (call) => {
      if (call.action === 'ext.list' && actionsSent().length > 0) looks += 1;
      if (looks === 3) store(box, '77', { ...extension('118'), ...sent() });
      return spoilt(call);
    };
    expect(await applied(box, creation())).toEqual({ id: '77' });
  });

  it('ends with an abort, having written nothing', async () => {
    const box = newBox();
    spoil(box, 'ext.add', error('Unable to create extension'), { times: 99 });
    const stop = new AbortController();
    const clock = handClock();
    const sleep = clock.sleep;
    const stopping = {
      ...clock,
      sleep: async (ms: number, signal?: AbortSignal) => {
        stop.abort(new Error('Ctrl-C'));
        await sleep(ms, signal);
      },
    };
    const opening = { clock: stopping, signal: stop.signal };
    expect(await refused(box, creation(), opening)).toEqual(['aborted', 'nothing']);
  });
});

describe('refusals by status', () => {
  it('says when to come back, so that the run waits', async () => {
    const box = newBox('118');
    spoil(box, 'ext.edit', { status: 429, headers: { 'retry-after': '7' }, text: '' }, { times: 9 });
    const { code, written, facts } = await failed(box, update({ name: 'Eva' }));
    expect([code, written, facts.retryAfter]).toEqual(['target-busy', 'nothing', 7]);
  });

  it('tells forbidden from unreachable', async () => {
    const box = newBox('118');
    spoil(box, 'ext.edit', { status: 403, text: '' }, { times: 9 });
    expect(await refused(box, update({ name: 'Eva' }))).toEqual(['forbidden', 'nothing']);
    const server = await start(newBox('118'));
    const failure = await using(server, {}, async (session) => {
      await server.stop();
      return errorOf(session.apply(update({ name: 'Eva' })));
    });
    expect([failure.code, failure.written]).toEqual(['unreachable', 'nothing']);
  });
});

describe('a number that the server chose itself', () => {
  it('is noticed', async () => {
    const box = newBox();
    spoil(box, 'ext.add', { text: '{"success":"Extension ID: 10","id":"10","ext":119}' });
    expect(await refused(box, creation())).toEqual(['strange-answer', 'something']);
  });
});
