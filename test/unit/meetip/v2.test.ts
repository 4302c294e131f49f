import { describe, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import type { Clock } from '../../../providers/contract.ts';
import { hasSecond } from '../../../providers/pbx/meetip/v2/api.ts';
import { patchOf } from '../../../providers/pbx/meetip/v2/write.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { json } from '../../support/serve.ts';
import { errorOf, handClock } from '../../support/session.ts';
import { type Box, newBox, page, store } from './box.ts';
import { applied, arrived, calls, refused, start, writes } from './scene.ts';
import { type Call, deletion, KEY, type Opening, type Reply, SIP_SECRET, update, using } from './support.ts';

const base = '/api/org/301/v2';
const lookUp = `GET ${base}/extensions/number/118`;
const gone = json({ code: 404, description: 'not found', details: [], trace_id: 'x' }, { status: 404 });

/** A box of 8.2 with an extension 118, and API v2 as `answer` says. */
function modern(answer: (call: Call, box: Box) => Reply | undefined): Box {
  const box = { ...newBox('118'), version: '8.2 (a1b2)' };
  box.disturb = (call) => (call.action === '' ? (answer(call, box) ?? second(call, box)) : undefined);
  return box;
}

/** What API v2 does undisturbed. */
function second({ method, path, body, key }: Call, box: Box): Reply {
  if (key !== KEY) return json({ code: 401, description: 'unauthorized' }, { status: 401 });
  const rest = path.replace(`${base}/extensions/`, '');
  if (rest === 'number/118') return box.extensions.has('10') ? json({ id: 10, number: 118 }) : gone;
  if (rest !== '10' || !box.extensions.has('10')) return gone;
  if (method === 'DELETE') {
    box.extensions.delete('10');
    return { status: 204, text: '' };
  }
  store(box, '10', JSON.parse(body));
  return json({ id: 10, number: 118 });
}

const secondly = () => arrived().filter((one) => one.includes('/api/'));

describe('the version', () => {
  it.each([
    ['8.1 (9f2c)', false],
    ['8.2', true],
    ['8.10 (x)', true],
    ['9.0', true],
    ['7.9.1', false],
    ['', false],
    ['unknown', false],
  ])('%j has API v2: %s', (version, expected) => {
    expect(hasSecond({ edition: '', version })).toBe(expected);
  });

  it('before 8.2 is never asked for API v2', async () => {
    await applied(newBox('118'), update({ name: 'Eva' }));
    expect(secondly()).toEqual([]);
  });
});

describe('what API v2 can say', () => {
  it.each([
    [{ name: 'Eva', email: 'e@acme.example' }, {}, { name: 'Eva', email: 'e@acme.example' }],
    [{ status: 'suspended' }, {}, { status: 'suspended' }],
    [{ name: 'Eva', nat: true }, {}, null],
    [{ name: 'Eva' }, { sip: new Secret(SIP_SECRET) }, null],
    [{}, {}, null],
    [{ constructor: 'x' }, {}, null],
  ])('of %j', (values, secrets, expected) => {
    expect(patchOf(values, secrets)).toEqual(expected);
  });
});

describe('a change by API v2', () => {
  it('looks the id up by number, and sends only what changes', async () => {
    const box = modern(() => undefined);
    await applied(box, update({ name: 'Eva' }));
    expect(secondly()).toEqual([lookUp, `PATCH ${base}/extensions/10`]);
    expect([writes(), box.extensions.get('10')?.name]).toEqual([[], 'Eva']);
    const patch = calls().find(({ method }) => method === 'PATCH');
    expect([patch?.body, patch?.key, patch?.exposed]).toEqual(['{"name":"Eva"}', KEY, false]);
  });

  it('stays with v1 for what v2 does not name', async () => {
    await applied(
      modern(() => undefined),
      update({ ringTimeout: 20 }),
    );
    expect([secondly(), writes().length]).toEqual([[], 1]);
  });

  it.each([
    ['knows no such path', () => page()],
    ['refuses the key', () => json({ code: 403, description: 'forbidden' }, { status: 403 })],
    ['answers another number', () => json({ id: 10, number: 119 })],
    ['answers no id', () => json({ number: 118 })],
    ['hangs up', (): Reply => 'drop'],
  ])('goes by v1 where v2 %s, and does not ask again', async (_what, answer) => {
    const box = modern(answer);
    const server = await start(box);
    await using(server, {}, async (session) => {
      await session.apply(update({ name: 'Eva' }));
      await session.apply(update({ name: 'Lea' }));
    });
    expect([new Set(secondly()), writes().length]).toEqual([new Set([lookUp]), 2]);
  });

  it('goes by v1 where v2 refuses the change itself', async () => {
    const box = modern(({ method }) =>
      method === 'PATCH' ? json({ code: 400 }, { status: 400 }) : undefined,
    );
    const clock = handClock();
    await applied(box, update({ name: 'Eva' }), { clock });
    expect([writes(), clock.slept]).toEqual([[['ext.edit', { id: '10', name: 'Eva' }]], []]);
  });

  it('looks before it tries v1 after a failure of the server', async () => {
    const box = modern(({ method, body }, held) => {
      if (method !== 'PATCH') return undefined;
      store(held, '10', JSON.parse(body));
      return json({ code: 500 }, { status: 500 });
    });
    await applied(box, update({ name: 'Eva' }));
    expect(writes()).toEqual([]);
  });

  it.each([
    ['a page', page()],
    ['an error with status 200', json({ error: 'Something is wrong' })],
    [
      'a complaint of its own with status 200',
      json({ code: 500, description: 'x', details: [], trace_id: 'y' }),
    ],
    ['a complaint without code', json({ description: 'x', trace_id: 'y' })],
    ['a list', json([])],
  ])('takes %s for no success: looks, and goes by v1', async (_what, reply) => {
    const box = modern(({ method }) => (method === 'GET' ? undefined : reply));
    await applied(box, update({ name: 'Eva' }));
    expect(writes()).toEqual([['ext.edit', { id: '10', name: 'Eva' }]]);
    await applied(box, deletion);
    expect(writes().at(-1)).toEqual(['ext.delete', { id: '10' }]);
  });

  it('looks after a lost answer, and sends nothing again', async () => {
    const box = modern(({ method }) => (method === 'PATCH' ? 'drop' : undefined));
    expect(await refused(box, update({ name: 'Eva' }))).toEqual(['connection-reset', 'unknown']);
    expect(writes()).toEqual([]);
  });

  it('rests where the server has counted enough requests', async () => {
    const headers = { 'ratelimit-remaining': '0', 'ratelimit-policy': '60;w=12' };
    const box = modern(({ method }) =>
      method === 'GET' ? json({ id: 10, number: 118 }, { headers }) : undefined,
    );
    const clock = handClock();
    await applied(box, update({ name: 'Eva' }), { clock });
    expect(clock.slept).toEqual([12_000]);
  });
});

describe('an abort', () => {
  it('ends the rest that API v2 asks for, with nothing written', async () => {
    const headers = { 'ratelimit-remaining': '0', 'ratelimit-policy': '60;w=12' };
    const stop = new AbortController();
    const box = modern(({ method }) => {
      if (method !== 'GET') return undefined;
      stop.abort(new Error('Ctrl-C'));
      return json({ id: 10, number: 118 }, { headers });
    });
    expect(await refused(box, update({ name: 'Eva' }), { signal: stop.signal })).toEqual([
      'aborted',
      'nothing',
    ]);
  });

  it('ends the watch over a call', async () => {
    const stop = new AbortController();
    const box = modern(({ path }) => {
      return path === `${base}/calls` ? json({ uid: 'c-1' }) : undefined;
    });
    const server = await start(box);
    const clock: Clock = {
      ...realClock,
      sleep: (ms, signal) => {
        stop.abort(new Error('Ctrl-C'));
        return realClock.sleep(ms, signal);
      },
    };
    const failure = await using(server, { signal: stop.signal, clock }, (session) =>
      errorOf(Promise.resolve(session.placeCall?.('118', '119'))),
    );
    expect(failure.code).toBe('aborted');
    expect(secondly().at(-1)).toBe(`DELETE ${base}/calls/c-1`);
  });
});

describe('a deletion by API v2', () => {
  it('goes by the id that the number has now', async () => {
    const box = modern(() => undefined);
    await applied(box, deletion);
    expect([secondly(), writes(), box.extensions.size]).toEqual([
      [lookUp, `DELETE ${base}/extensions/10`],
      [],
      0,
    ]);
  });

  it('that fails is looked up, then done by v1', async () => {
    const box = modern(({ method }) =>
      method === 'DELETE' ? json({ code: 500 }, { status: 500 }) : undefined,
    );
    await applied(box, deletion);
    expect([writes().length, box.extensions.size]).toEqual([1, 0]);
  });
});

describe('a call', () => {
  const place = async (answer: (call: Call, box: Box) => Reply | undefined, opening: Opening = {}) =>
    using(await start(modern(answer)), opening, async (session) => session.placeCall?.('118', '119'));
  const watched = (words: string) => (call: Call) => {
    if (call.path === `${base}/calls`) return json({ uid: 'c-1' });
    return call.method === 'GET' ? json({ uid: 'c-1', state: words }) : { status: 204, text: '' };
  };

  it('cannot be placed before 8.2', async () => {
    const placed = await using(await start(newBox()), {}, async (session) => 'placeCall' in session);
    expect(placed).toBe(false);
  });

  it.each([
    ['answered', 'yes'],
    ['Up', 'yes'],
    ['busy', 'no'],
    ['ringing', 'unknown'],
  ])('whose state is %s was answered: %s', async (words, answered) => {
    expect(await place(watched(words))).toMatchObject({ answered, evidence: expect.stringContaining(words) });
  });

  it.each([
    ['extension', { extension: '118', destination: '119' }],
    ['from', { from: '118', to: '119' }],
  ])('is asked for in the words that the server knows: %s', async (word, expected) => {
    const bodies: unknown[] = [];
    await place((call) => {
      if (call.path !== `${base}/calls`) return watched('Up')(call);
      bodies.push(JSON.parse(call.body));
      return word in JSON.parse(call.body) ? json({ uid: 'c-1' }) : json({ code: 400 }, { status: 400 });
    });
    expect(bodies.at(-1)).toEqual(expected);
  });

  it('is hung up whatever became of it', async () => {
    await place(watched('ringing'));
    expect(secondly().at(-1)).toBe(`DELETE ${base}/calls/c-1`);
    expect(secondly().filter((one) => one.startsWith('POST'))).toEqual([`POST ${base}/calls`]);
  });

  it('that nobody can watch is not known', async () => {
    expect(await place(() => json({ ok: true }))).toEqual({
      answered: 'unknown',
      evidence: 'HTTP 200, and no call to watch',
    });
  });

  it('that is refused is an error', async () => {
    const failure = await errorOf(place(() => json({ code: 403 }, { status: 403 })));
    expect([failure.code, failure.params.operation]).toEqual(['forbidden', 'v2 calls']);
  });
});
