import { describe, expect, it } from 'vitest';
import type { Change, State } from '../../../engine/model/index.ts';
import {
  type Ended,
  guidedPart,
  nextState,
  planClient,
  type RunFacts,
  sameState,
} from '../../../engine/plan/index.ts';
import {
  actual,
  declared,
  desired,
  entry,
  fullApi,
  idOf,
  input,
  onlyChange,
  state,
  target,
  unread,
  view,
} from './kit.ts';

const now = '2026-04-04T00:00:00.000Z';

function facts(over: Partial<RunFacts> = {}): RunFacts {
  return { now, commit: 'c0ffee', targets: {}, proven: {}, ...over };
}

function ended(change: Change, result: Ended['result'], over: Partial<Ended> = {}): Ended {
  return { change, desired: null, entry: null, actual: null, result, ...over };
}

describe('what is recorded without touching a target', () => {
  it('adopts, remembering what is there without calling it ours', () => {
    const want = desired('10', {
      secrets: {
        sip: declared('s'),
        pin: declared('p'),
        portal: { name: 'x', source: 'unmanaged', marker: null },
      },
      protect: true,
    });
    const found = actual('10', { fingerprints: { sip: 'f' } });
    const change = onlyChange({ desired: [want], views: [view([found])] });
    const next = nextState(state([]), [ended(change, 'recorded', { desired: want, actual: found })], facts());
    expect(next.resources[idOf('10')]).toEqual(
      entry('10', {
        secrets: { sip: { marker: null, readback: 'f' }, pin: { marker: null } },
        protect: true,
        appliedAt: now,
      }),
    );
  });

  it('moves a label and keeps everything else', () => {
    const want = desired('10');
    const before = entry('10', { address: 'acme/pbx:old/extension:10', secrets: { sip: { marker: 'r' } } });
    const change = onlyChange({ desired: [want], views: [view([actual('10')])], state: state([before]) });
    const next = nextState(state([before]), [ended(change, 'recorded', { desired: want })], facts());
    expect(next.resources[idOf('10')]).toEqual({ ...before, address: want.address });
  });

  it('does not claim a value that nobody saw', () => {
    const want = desired('10', { values: { number: '10', name: 'Ext 10', nat: true, mobile: '6' } });
    const before = entry('10', { values: { nat: true } });
    const change = { ...onlyChange({ desired: [desired('10')], views: [view([actual('10')])] }) };
    const seen = ended(change, 'recorded', { desired: want, actual: actual('10') });
    const next = nextState(state([before]), [seen], facts());
    expect(next.resources[idOf('10')]?.values).toEqual({ number: '10', name: 'Ext 10', nat: true });
  });

  it('forgets what is released, with its unattested step', () => {
    const asked = { address: 'a', action: 'update', values: {}, digest: 'd', since: 's' } as const;
    const before = state([entry('10')], { guided: { [idOf('10')]: asked } });
    const change = onlyChange({
      state: before,
      views: [view([actual('10')])],
      released: new Set([idOf('10')]),
    });
    const next = nextState(before, [ended(change, 'recorded')], facts());
    expect([next.resources, next.guided]).toEqual([{}, {}]);
  });

  it('drops what vanished and nobody wants, and keeps a word that was given', () => {
    const word = {
      address: 'a',
      action: 'update',
      values: {},
      digest: 'd',
      since: 's',
      attested: { by: 'ana', at: 't' },
    } as const;
    const before = state([entry('10')], { guided: { [idOf('10')]: word } });
    const change = onlyChange({ state: before });
    const next = nextState(before, [ended(change, 'recorded')], facts());
    expect(next.resources).toEqual({});
    expect(next.guided[idOf('10')]).toEqual(word);
  });
});

describe('steps for people', () => {
  const guided = unread('guided', target('main', { mode: 'guided', endpoint: null }));
  const change = onlyChange({ desired: [desired('10')], views: [guided] });

  it('are kept with what is asked and since when', () => {
    const next = nextState(state([]), [ended(change, 'pending', { desired: desired('10') })], facts());
    expect(next.guided[idOf('10')]).toEqual({
      address: change.address,
      action: 'create',
      values: { number: '10', name: 'Ext 10' },
      digest: guidedPart(change)?.digest,
      since: now,
    });
  });

  it('stay as old as they are while the same thing is asked', () => {
    const once = nextState(state([]), [ended(change, 'pending')], facts());
    const twice = nextState(once, [ended(change, 'pending')], facts({ now: 'later' }));
    expect(twice.guided).toEqual(once.guided);
  });

  it('leave an API write that needs nobody alone', () => {
    const written = onlyChange({ desired: [desired('10')] });
    expect(nextState(state([]), [ended(written, 'done')], facts()).guided).toEqual({});
  });
});

describe('a step for a person', () => {
  const guided = unread('guided', target('main', { mode: 'guided', endpoint: null }));
  const asked = onlyChange({ desired: [desired('10')], views: [guided] });
  const word = {
    address: 'a',
    action: 'create',
    values: {},
    digest: 'd',
    since: 's',
    attested: { by: 'ana', at: 't' },
  } as const;
  const known = state([entry('10')], { guided: { [idOf('10')]: word } });

  it.each(['blocked', 'unreachable'] as const)('is not handed out while %s', (result) => {
    expect(nextState(state([]), [ended(asked, result)], facts()).guided).toEqual({});
  });

  it('that made it ours is no consent to a later adoption', () => {
    const update = onlyChange({
      desired: [desired('10', { values: { number: '10', name: 'Otra' } })],
      views: [view([actual('10')])],
      state: known,
    });
    expect(nextState(known, [ended(update, 'done')], facts()).guided).toEqual({});
    expect(nextState(known, [ended(update, 'failed')], facts()).guided).toEqual(known.guided);
  });

  it('goes with what is no longer ours', () => {
    const change = onlyChange({
      state: known,
      views: [view([actual('10')])],
      released: new Set([idOf('10')]),
    });
    expect(nextState(known, [ended(change, 'recorded')], facts()).guided).toEqual({});
  });
});

describe('what remains to be done', () => {
  const want = desired('10');
  const change = onlyChange({ desired: [want] });
  const failed = (before: State, at = now) =>
    nextState(before, [ended(change, 'failed', { desired: want })], facts({ now: at }));

  it('stays ours until its removal is fetched', () => {
    const change = onlyChange({ views: [view([actual('10')])], state: state([entry('10')]) });
    const next = nextState(state([]), [ended(change, 'published', { entry: entry('10') })], facts());
    expect(Object.keys(next.resources)).toEqual([idOf('10')]);
  });

  it('waits to be fetched, with its age', () => {
    const change = onlyChange({ desired: [desired('10')] });
    const next = nextState(state([]), [ended(change, 'published', { desired: desired('10') })], facts());
    expect(next.outstanding[idOf('10')]).toMatchObject({ reason: 'deferred', since: now });
  });

  it('is outstanding with reason, digest and attempts', () => {
    expect(failed(state([])).outstanding[idOf('10')]).toMatchObject({
      reason: 'failed',
      since: now,
      attempts: 1,
    });
  });

  it('ages while the same thing is asked, and is then planned as unapplied', () => {
    const twice = failed(failed(state([])), 'later');
    expect(twice.outstanding[idOf('10')]).toMatchObject({ since: now, attempts: 2 });
    expect(planClient(input({ desired: [want], state: twice })).changes[0]?.section).toBe('unapplied');
  });

  it('starts anew where something else is asked', () => {
    const other = desired('10', { values: { number: '10', name: 'Otra' } });
    const next = nextState(
      failed(state([])),
      [ended(change, 'blocked', { desired: other })],
      facts({ now: 'later' }),
    );
    expect(next.outstanding[idOf('10')]).toMatchObject({ since: 'later', attempts: 1, reason: 'blocked' });
  });

  it('of a deletion has no desired form', () => {
    const removal = onlyChange({ views: [view([actual('10')])], state: state([entry('10')]) });
    const next = nextState(state([entry('10')]), [ended(removal, 'deferred')], facts());
    expect(next.outstanding[idOf('10')]).toMatchObject({ digest: 'absent', reason: 'deferred' });
  });

  it.each(['done', 'recorded', 'pending'] as const)('is settled by %s', (result) => {
    const next = nextState(failed(state([])), [ended(change, result, { desired: want })], facts());
    expect(next.outstanding).toEqual({});
  });
});

describe('a deletion that still shows', () => {
  const removal = onlyChange({ views: [view([actual('10')])], state: state([entry('10')]) });
  const entryAfter = (over: Partial<Ended>) =>
    nextState(state([]), [ended(removal, 'failed', over)], facts()).resources[idOf('10')];

  it('stays ours', () => {
    expect(entryAfter({ entry: entry('10'), actual: actual('10') })).toEqual(entry('10'));
  });

  it('does not where it is gone, or was never ours', () => {
    expect(entryAfter({ entry: entry('10') })).toBeUndefined();
    expect(entryAfter({ actual: actual('10') })).toBeUndefined();
  });
});

describe('the rest of the state', () => {
  it('notes commit and identity, and keeps a pending commit', () => {
    const before = state([], {
      targets: { 'memory:main': { address: 'old', commitPending: true, identity: {} } },
    });
    const seen = { address: 'acme/pbx:main', identity: { serial: 'S' } };
    const next = nextState(before, [], facts({ targets: { 'memory:main': seen, 'memory:new': seen } }));
    expect(next.commit).toBe('c0ffee');
    expect(next.targets).toEqual({
      'memory:main': { ...seen, commitPending: true },
      'memory:new': { ...seen, commitPending: false },
    });
  });

  it('takes over secrets that were proven, of what is ours', () => {
    const sip = { marker: 'rev1', readback: 'f' };
    const proven = { [idOf('10')]: { sip }, [idOf('99')]: { sip } };
    const next = nextState(
      state([entry('10', { secrets: { sip: { marker: null } } })]),
      [],
      facts({ proven }),
    );
    expect(next.resources).toEqual({ [idOf('10')]: entry('10', { secrets: { sip } }) });
  });

  it('is the same whatever the serial, and not with another entry', () => {
    expect(sameState(state([]), state([], { serial: 9, commit: 'x' }))).toBe(true);
    expect(sameState(state([]), state([entry('10')]))).toBe(false);
  });
});

it('knows no guided part of a create without an API counterpart but its own', () => {
  const can = { ...fullApi, guidedActions: { extension: ['update'] as const } };
  const change = onlyChange({
    desired: [desired('10', { values: { number: '10', name: 'Otra' } })],
    views: [view([actual('10')], { can })],
    state: state([entry('10')]),
  });
  expect(guidedPart(change)).toMatchObject({ action: 'update', values: { name: 'Otra' } });
});

describe('what an entry left behind', () => {
  const leftOf = (kept: readonly string[]) => {
    const left = [entry('10').address, entry('11').address];
    const before = state([...kept.map((key) => entry(key)), entry('20', { left })]);
    return nextState(before, [], facts()).resources[idOf('20')];
  };

  it('is remembered while it is ours', () => {
    expect(leftOf(['11'])?.left).toEqual([entry('11').address]);
  });

  it('is forgotten once none of it is', () => {
    expect(leftOf([])).not.toHaveProperty('left');
  });
});
