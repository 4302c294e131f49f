import { describe, expect, it } from 'vitest';
import { errorOf, handClock } from '../../support/session.ts';
import { extension, newBox } from './box.ts';
import { creation, deletion, failed, update, using } from './support.ts';
import { applied, boxWith, paths, refused, start, tooOften, writes } from './writing-scene.ts';

describe('v1.x', () => {
  it.each([
    ['creates', creation()],
    ['deletes', deletion],
  ] as const)('never %s', async (_what, write) => {
    expect(await refused(boxWith('11', {}, 1), write)).toEqual(['unsupported-operation', 'nothing']);
    expect(writes()).toEqual([]);
  });

  it('updates by extid and applies once at the end', async () => {
    await using(await start(boxWith('10', {}, 1)), {}, async (session) => {
      await session.apply(update({ name: 'B' }));
      await session.apply(update({ email: 'a@acme.example' }));
      await session.commit?.();
    });
    expect(writes()).toEqual([
      ['update', { username: 'B', extid: '10' }],
      ['update', { email: 'a@acme.example', extid: '10' }],
      ['apply', {}],
    ]);
  });

  it('leaves what was saved and not applied to the commit', async () => {
    const box = boxWith('10', {}, 1);
    const clock = handClock();
    tooOften(box, '/update', 1, true);
    await applied(box, update({ name: 'B' }), { clock });
    expect([writes().length, clock.slept]).toEqual([1, []]);
  });

  it('waits and sends again what was not even saved', async () => {
    const box = boxWith('10', {}, 1);
    const clock = handClock();
    tooOften(box, '/update', 2, false);
    await applied(box, update({ name: 'B' }), { clock, options: { writeIntervalMs: 1000 } });
    expect([box.extensions.get('10')?.username, clock.slept]).toEqual(['B', [5000, 10_000]]);
  });

  it('waits before it applies again', async () => {
    const box = boxWith('10', {}, 1);
    const clock = handClock();
    tooOften(box, '/apply', 2, false);
    await using(await start(box), { clock }, async (session) => session.commit?.());
    expect([writes().length, clock.slept]).toEqual([3, [100, 200]]);
  });

  it('gives up applying after a while, and says so', async () => {
    const box = boxWith('10', {}, 1);
    tooOften(box, '/apply', 99, false);
    const error = await using(await start(box), {}, (session) =>
      errorOf(Promise.resolve(session.commit?.())),
    );
    expect([error.code, error.written, writes().length]).toEqual(['not-in-effect', 'something', 5]);
  });
});

describe('applied too often on v2.0.0', () => {
  it('sends an update again until a write succeeds', async () => {
    const box = boxWith('10');
    const clock = handClock();
    tooOften(box, '/update', 2, true);
    await applied(box, update({ name: 'B' }), { clock });
    expect([writes().length, clock.slept]).toEqual([3, [100, 200]]);
  });

  it('follows a create that was saved with an update of the same values', async () => {
    const box = newBox();
    tooOften(box, '/add', 1, true);
    await applied(box, creation());
    const [first, second] = writes() as [string, unknown][];
    expect([first?.[0], second?.[0], second?.[1]]).toEqual(['add', 'update', first?.[1]]);
  });

  it('sends a create again that was not saved', async () => {
    const box = newBox();
    tooOften(box, '/add', 1, false);
    await applied(box, creation());
    expect(writes().map((write) => (write as [string])[0])).toEqual(['add', 'add']);
  });

  it('says that something was written where the box made it with other values', async () => {
    const box = newBox();
    box.disturb = (call) => {
      if (!call.path.endsWith('/add')) return undefined;
      box.extensions.set('10', extension('10', { username: 'Cut off' }));
      return failed('10025');
    };
    expect(await refused(box, creation())).toEqual(['target-busy', 'something']);
  });

  it('follows a create that was saved late with an update too', async () => {
    const box = newBox();
    box.disturb = ({ path, body }) => {
      if (!path.endsWith('/add') || paths().filter((one) => one.endsWith('/add')).length !== 2)
        return undefined;
      box.extensions.set('10', extension('10', body));
      return undefined;
    };
    const late = box.disturb;
    tooOften(box, '/add', 1, false);
    const early = box.disturb;
    box.disturb = (call) => early(call) ?? late(call);
    await applied(box, creation());
    expect(writes().map((write) => (write as [string])[0])).toEqual(['add', 'add', 'update']);
  });

  it('cannot know whether a deletion is in effect', async () => {
    const box = boxWith('10');
    tooOften(box, '/delete', 1, true);
    expect(await refused(box, deletion)).toEqual(['not-in-effect', 'something']);
  });

  it('gives up after a while: saved, not known to be in effect', async () => {
    const box = boxWith('10');
    tooOften(box, '/update', 99, true);
    expect(await refused(box, update({ name: 'B' }))).toEqual(['not-in-effect', 'something']);
  });

  it('gives up after a while: nothing saved', async () => {
    const box = boxWith('10');
    tooOften(box, '/update', 99, false);
    expect(await refused(box, update({ name: 'B' }))).toEqual(['target-busy', 'nothing']);
  });

  it('stops waiting when it is told to', async () => {
    const box = boxWith('10');
    const abort = new AbortController();
    const sleep = async () => {
      abort.abort();
      abort.signal.throwIfAborted();
    };
    tooOften(box, '/update', 99, true);
    const opening = { clock: { ...handClock(), sleep }, signal: abort.signal };
    expect(await refused(box, update({ name: 'B' }), opening)).toEqual(['aborted', 'something']);
    expect(paths().at(-1)).toBe('v2.0.0/logout');
  });
});
