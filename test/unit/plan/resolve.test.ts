import { describe, expect, it } from 'vitest';
import { type ActualView, type Kind, type PendingWrite, stateKey } from '../../../engine/model/index.ts';
import { beforeOf, followIdentity, resolveOpen } from '../../../engine/plan/index.ts';
import { actual, entry, fullApi, idOf, state, target, unread, view } from './kit.ts';
import { line, onPhone, ours, phone } from './phone-kit.ts';

const now = '2026-03-03T00:00:00.000Z';

function write(over: Partial<PendingWrite> = {}): PendingWrite {
  const { appliedAt: _, ...after } = entry('10');
  return {
    key: idOf('10'),
    address: 'acme/pbx:main/extension:10',
    action: 'create',
    before: 'absent',
    revs: {},
    fingerprints: {},
    after,
    ...over,
  };
}

const withSecret = (over: Partial<PendingWrite> = {}): PendingWrite => {
  const { appliedAt: _, ...after } = entry('10', { secrets: { sip: { marker: 'rev1', readback: 'f' } } });
  return write({ revs: { sip: 'rev1' }, fingerprints: { sip: 'f' }, after, ...over });
};

it('leaves a state without open intents as it is', () => {
  const before = state([entry('10')]);
  expect(resolveOpen(before, [], [view([])], now)).toBe(before);
});

describe('an open create', () => {
  it('is ours where every value shown is what we sent', () => {
    const resolved = resolveOpen(state([]), [write()], [view([actual('10')])], now);
    expect(resolved.resources[idOf('10')]).toMatchObject({ key: '10', appliedAt: now });
  });

  it('is not ours where a value differs', () => {
    const other = actual('10', { values: { number: '10', name: 'Otro' } });
    expect(resolveOpen(state([]), [write()], [view([other])], now).resources).toEqual({});
  });

  it('is ours where our secret reads back, even if a value differs', () => {
    const found = actual('10', { values: { number: '10', name: 'Half' }, fingerprints: { sip: 'f' } });
    const resolved = resolveOpen(state([]), [withSecret()], [view([found])], now);
    expect(resolved.resources[idOf('10')]).toMatchObject({
      values: { number: '10' },
      secrets: { sip: { marker: 'rev1', readback: 'f' } },
    });
  });

  it('is not ours where another secret reads back', () => {
    const found = actual('10', { fingerprints: { sip: 'g' } });
    expect(resolveOpen(state([]), [withSecret()], [view([found])], now).resources).toEqual({});
  });

  it('keeps a secret that was not part of the write', () => {
    const found = actual('10');
    const resolved = resolveOpen(
      state([]),
      [withSecret({ revs: {}, fingerprints: {} })],
      [view([found])],
      now,
    );
    expect(resolved.resources[idOf('10')]?.secrets).toEqual({ sip: { marker: 'rev1', readback: 'f' } });
  });

  it('did not happen where it is absent', () => {
    expect(resolveOpen(state([]), [write()], [view([])], now).resources).toEqual({});
  });

  it('is left open where the target cannot be read', () => {
    const before = state([]);
    expect(resolveOpen(before, [write()], [unread('unreachable')], now).resources).toEqual({});
  });
});

describe('an open update', () => {
  const { appliedAt: _, ...after } = entry('10', {
    values: { number: '10', name: 'Nueva' },
    secrets: { sip: { marker: 'rev2' } },
  });
  const update = write({
    action: 'update',
    before: 'sha256:x',
    after,
    revs: { sip: 'rev2' },
    fingerprints: { sip: 'f2' },
  });
  const before = state([entry('10', { secrets: { sip: { marker: 'rev1', readback: 'f1' } } })]);

  it('takes over what the target shows to be written', () => {
    const found = actual('10', { values: { number: '10', name: 'Nueva' }, fingerprints: { sip: 'f2' } });
    const resolved = resolveOpen(before, [update], [view([found])], now).resources[idOf('10')];
    expect(resolved).toMatchObject({
      values: { name: 'Nueva' },
      secrets: { sip: { marker: 'rev2', readback: 'f2' } },
      appliedAt: '2026-01-01T00:00:00.000Z',
    });
  });

  it('keeps the last applied value of what was not', () => {
    const resolved = resolveOpen(
      before,
      [update],
      [view([actual('10', { fingerprints: { sip: 'f1' } })])],
      now,
    );
    expect(resolved.resources[idOf('10')]?.values.name).toBe('Ext 10');
  });

  it('writes a secret again that cannot be proven written', () => {
    const resolved = resolveOpen(before, [update], [view([actual('10')])], now);
    expect(resolved.resources[idOf('10')]?.secrets).toEqual({});
  });

  it('does the same without a fingerprint, and without a marker', () => {
    const blind = { ...update, fingerprints: {} };
    const resolved = resolveOpen(before, [blind], [view([actual('10')])], now);
    expect(resolved.resources[idOf('10')]?.secrets).toEqual({});
    const unmarked = { ...update, revs: { sip: null } };
    const found = actual('10', { fingerprints: { sip: 'f2' } });
    expect(resolveOpen(before, [unmarked], [view([found])], now).resources[idOf('10')]?.secrets).toEqual({
      sip: { marker: null, readback: 'f2' },
    });
  });

  it('leaves the entry of something that is gone', () => {
    const resolved = resolveOpen(before, [update], [view([])], now);
    expect(resolved.resources[idOf('10')]).toEqual(before.resources[idOf('10')]);
  });
});

describe('an open update that puts a field back to the factory setting', () => {
  const proxy = { label: 'Ana', outboundProxy: 'sbc.example' };
  const { appliedAt: _, ...after } = ours({ values: { label: 'Ana' } });
  const found = line({ values: proxy });
  const reset = (before = beforeOf(found)): PendingWrite => {
    const key = stateKey('mac:1', 'account', '1');
    return { key, address: onPhone, action: 'update', before, revs: {}, fingerprints: {}, after };
  };
  const valuesAfter = (open: PendingWrite, shown: ActualView, resets: readonly Kind[] = ['account']) => {
    const seen = view([shown], { target: phone(), can: { ...fullApi, resets } });
    return resolveOpen(state([ours({ values: proxy })]), [open], [seen], now).resources[open.key]?.values;
  };

  it('is still to be done where nothing was written', () => {
    expect(valuesAfter(reset(), found)).toEqual(proxy);
  });

  it('is still to be done where somebody had changed the field, and nothing was written', () => {
    const drifted = line({ values: { label: 'Ana', outboundProxy: 'other.example' } });
    expect(valuesAfter(reset(beforeOf(drifted)), drifted)).toEqual(proxy);
  });

  it('is still to be done where the field alone was not written', () => {
    expect(valuesAfter(reset('sha256:x'), found)).toEqual(proxy);
  });

  it('is done where the field shows something else', () => {
    expect(valuesAfter(reset(), line({ values: { label: 'Ana', outboundProxy: '' } }))).toEqual({
      label: 'Ana',
    });
  });

  it('is none on a target that knows no factory setting', () => {
    expect(valuesAfter(reset(), found, [])).toEqual({ label: 'Ana' });
  });

  it('keeps nothing of what was not ours', () => {
    const seen = view([found], { target: phone(), can: { ...fullApi, resets: ['account'] } });
    const open = { ...reset(), action: 'create' } as const;
    expect(resolveOpen(state([]), [open], [seen], now).resources[open.key]?.values).toEqual({ label: 'Ana' });
  });
});

describe('an open delete', () => {
  const remove = write({ action: 'delete', after: null, before: 'sha256:x' });

  it('happened where the thing is absent', () => {
    expect(resolveOpen(state([entry('10')]), [remove], [view([])], now).resources).toEqual({});
  });

  it('did not where it is present', () => {
    const resolved = resolveOpen(state([entry('10')]), [remove], [view([actual('10')])], now);
    expect(Object.keys(resolved.resources)).toEqual([idOf('10')]);
  });

  it('of something that state does not know is passed over', () => {
    expect(resolveOpen(state([]), [remove], [view([])], now).resources).toEqual({});
  });
});

describe('a box under a new address', () => {
  const known = state([entry('10', { label: 'old' })], {
    targets: {
      'memory:other': { address: 'acme/pbx:other', commitPending: false, identity: {} },
      'memory:old': { address: 'acme/pbx:old', commitPending: true, identity: { serial: 'S1' } },
    },
    outstanding: {
      [idOf('11', 'old')]: { address: 'a', digest: 'd', reason: 'failed', since: 's', attempts: 1 },
      [idOf('12', 'other')]: { address: 'b', digest: 'd', reason: 'failed', since: 's', attempts: 1 },
    },
    guided: { [idOf('13', 'old')]: { address: 'a', action: 'create', values: {}, digest: 'd', since: 's' } },
  });

  it('is followed by its serial', () => {
    const followed = followIdentity(known, [view([], { identity: { serial: 'S1' } })]);
    expect(Object.keys(followed.resources)).toEqual([idOf('10')]);
    expect(followed.resources[idOf('10')]?.targetKey).toBe('memory:main');
    expect(Object.keys(followed.outstanding)).toEqual([idOf('11'), idOf('12', 'other')]);
    expect(Object.keys(followed.guided)).toEqual([idOf('13')]);
    expect(followed.targets).toMatchObject({ 'memory:main': known.targets['memory:old'] });
  });

  it.each([
    ['another serial', view([], { identity: { serial: 'S2' } })],
    ['no serial', view([])],
    ['no reading', unread('unreachable')],
  ])('is not with %s', (_, seen) => {
    expect(followIdentity(known, [seen])).toBe(known);
  });

  it('is followed even where state knows nothing on it', () => {
    const bare = { ...known, resources: {} };
    expect(followIdentity(bare, [view([], { identity: { serial: 'S1' } })]).targets).toEqual({
      'memory:other': known.targets['memory:other'],
      'memory:main': known.targets['memory:old'],
    });
  });

  it('is not where it is a tenant of a shared server: the serial is the server’s', () => {
    const shared = (tenant: string) =>
      view([], { target: target('main', { key: `platform:p/${tenant}` }), identity: { serial: 'S1' } });
    const tenant = { address: 'acme/pbx:main', commitPending: false, identity: { serial: 'S1' } };
    const before = state([], { targets: { 'platform:p/301': tenant } });
    expect(followIdentity(before, [shared('302')])).toBe(before);
    expect(followIdentity(before, [view([], { identity: { serial: 'S1' } })])).toBe(before);
  });

  it('is not where the old target still stands in the YAML', () => {
    const old = view([], { target: target('old'), identity: { serial: 'S1' } });
    const copy = view([], { identity: { serial: 'S1' } });
    expect(followIdentity(known, [old, copy])).toBe(known);
  });

  it('is not where state never learned a serial', () => {
    const silent = state([], {
      targets: { 'memory:old': { address: 'a', commitPending: false, identity: {} } },
    });
    expect(followIdentity(silent, [view([], { identity: { serial: 'S1' } })])).toBe(silent);
  });
});
