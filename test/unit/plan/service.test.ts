import { describe, expect, it } from 'vitest';
import { type Change, type Desired, type PendingWrite, stateKey } from '../../../engine/model/index.ts';
import {
  type ClientInput,
  defaultLimits,
  desiredDigest,
  guard,
  noConsent,
  planClient,
  resolveOpen,
  type TargetView,
} from '../../../engine/plan/index.ts';
import {
  actual,
  changesOf,
  declared,
  desired,
  entry,
  fullApi,
  idOf,
  input,
  state,
  target,
  unread,
  view,
} from './kit.ts';
import { account, extension, line, onPhone, ours, phone } from './phone-kit.ts';

const older = '01HZZZZZZZZZZZZZZZZZZZZZZA';
const newer = '01HZZZZZZZZZZZZZZZZZZZZZZB';

/** The extension and the account on it, with this version of their secret. */
const wanted = (rev: string): readonly Desired[] => [
  desired('10', { secrets: { sip: declared('s', rev) } }),
  account({ references: {}, values: { label: 'Ana' }, secrets: { password: declared('s', rev) } }),
];

/** What state has of the account, with this version of its password. */
const knowing = (marker: string | null) =>
  ours({ values: { label: 'Ana' }, secrets: { password: { marker } } });

const known = entry('10', { secrets: { sip: { marker: older, readback: 'of the older' } } });
const onBox = view([actual('10', { fingerprints: { sip: 'of the older' } })]);
const onDesk = view([line({ values: { label: 'Ana' } })], { target: phone() });

/** Everything has the older secret and is to get the newer one. */
const rotating: Partial<ClientInput> = {
  desired: wanted(newer),
  views: [onBox, onDesk],
  state: state([known, knowing(older)]),
};

function changeOf(address: string, over: Partial<ClientInput>): Change | undefined {
  return changesOf(over).find((change) => change.address === address);
}

const strandedBy = (over: Partial<ClientInput>) => changeOf(extension, { ...rotating, ...over })?.strands;

describe('a secret that changes', () => {
  it('cuts off nobody who is told in the same run', () => {
    expect(strandedBy({})).toBeUndefined();
  });

  it('cuts off nobody who has it already', () => {
    const before = state([known, knowing(newer)]);
    expect(changesOf({ ...rotating, state: before }).map(({ address }) => address)).toEqual([extension]);
    expect(strandedBy({ state: before })).toBeUndefined();
  });

  it('cuts off a phone whose password is not ours to replace', () => {
    expect(strandedBy({ state: state([known, knowing(null)]) })).toEqual([onPhone]);
  });

  it('cuts off the one of two phones whose password is not ours to replace', () => {
    const room = phone({ label: 'sala', address: 'acme/device:sala', key: 'mac:2' });
    const address = 'acme/device:sala/account:1';
    const [ten, mine] = wanted(newer);
    if (ten === undefined || mine === undefined) throw new Error('two are wanted');
    const all = {
      desired: [ten, mine, { ...mine, address }],
      views: [onBox, onDesk, view([line({ values: { label: 'Ana' } })], { target: room })],
      state: state([known, knowing(older), { ...knowing(null), address, targetKey: 'mac:2' }]),
    };
    expect(strandedBy(all)).toEqual([address]);
  });

  it.each([
    ['is not asked for', { targets: ['acme/pbx:main'], exclude: [] }],
    ['is left out', { targets: [], exclude: ['acme/device:mesa'] }],
  ])('cuts off a phone that %s', (_, selection) => {
    expect(strandedBy({ selection })).toEqual([onPhone]);
  });

  it('cuts off a phone that fetches its settings when it likes', () => {
    const store = { name: 's', place: { directory: 'd' } };
    const fetching = phone({ publication: { store, trigger: 'none', sipPort: 5060 } });
    const views = [onBox, view([line({ values: { label: 'Ana' } })], { target: fetching })];
    expect(strandedBy({ views })).toEqual([onPhone]);
  });

  it('may cut off whoever has any version, where its own is not known', () => {
    const unknown = desired('10', { secrets: { sip: declared('s', null) } });
    const [, mine] = wanted(newer);
    if (mine === undefined) throw new Error('an account is wanted');
    const before = state([entry('10'), knowing(null)]);
    expect(strandedBy({ desired: [unknown, mine], state: before })).toEqual([onPhone]);
  });
});

describe('after a run that died while it put a secret back', () => {
  const { appliedAt: _, ...kept } = known;
  const undo: PendingWrite = {
    key: idOf('10'),
    address: extension,
    action: 'update',
    before: 'sha256:x',
    revs: { sip: older },
    fingerprints: { sip: 'of the older' },
    after: kept,
  };
  const given = entry('10', { secrets: { sip: { marker: newer, readback: 'of the newer' } } });
  const resolved = resolveOpen(state([given, knowing(older)]), [undo], [onBox, onDesk], 'now');

  it('the older one is in force where the PBX shows it', () => {
    expect(resolved.resources[idOf('10')]?.secrets).toEqual(known.secrets);
  });

  it('the newer one is not given before its phone is there', () => {
    const views = [onBox, unread('unreachable', phone())];
    expect(strandedBy({ views, state: resolved })).toEqual([onPhone]);
  });
});

describe('what moves', () => {
  const outstanding = (key: string, one: Desired) => {
    const { address } = one;
    const why = { reason: 'failed', since: '2026-01-01T00:00:00.000Z', attempts: 1 } as const;
    return { outstanding: { [key]: { address, digest: desiredDigest(one), ...why } } };
  };

  const desk = (id: string, seen: readonly ReturnType<typeof line>[]): TargetView =>
    view(seen, { target: phone({ label: id, address: `acme/device:${id}`, key: `mac:${id}` }) });
  const accountOn = (id: string) =>
    account({ address: `acme/device:${id}/account:1`, references: {}, values: { label: 'Ana' } });
  const oursOn = (id: string) =>
    ours({ address: `acme/device:${id}/account:1`, targetKey: `mac:${id}`, values: { label: 'Ana' } });
  const there = line({ values: { label: 'Ana' } });

  it('to another PBX waits for the new side at the second try too', () => {
    const want = desired('10', { label: 'new' });
    const changes = changesOf({
      desired: [want],
      views: [view([actual('10')], { target: target('old') }), view([], { target: target('new') })],
      state: state([entry('10', { label: 'old' })], outstanding(idOf('10', 'new'), want)),
    });
    expect(changes).toMatchObject([
      { action: 'create', section: 'moved' },
      { action: 'delete', section: 'moved', after: [want.address] },
    ]);
  });

  it('to another phone waits for the new side at the second try too', () => {
    const want = accountOn('sala');
    const changes = changesOf({
      desired: [want],
      views: [desk('mesa', [there]), desk('sala', [])],
      state: state([oursOn('mesa')], outstanding(stateKey('mac:sala', 'account', '1'), want)),
    });
    expect(changes).toMatchObject([
      { action: 'create', section: 'moved' },
      { action: 'delete', section: 'moved', after: [want.address] },
    ]);
  });

  it('to another phone waits until that has fetched it', () => {
    const want = accountOn('sala');
    const changes = changesOf({
      desired: [want],
      views: [desk('mesa', [there]), desk('sala', [{ ...there, delivery: 'waiting' }])],
      state: state([oursOn('mesa'), oursOn('sala')]),
    });
    expect(changes).toMatchObject([
      { action: 'update', published: true, section: 'moved' },
      { action: 'delete', section: 'moved', after: [want.address] },
    ]);
  });
});

describe('an extension that an account left', () => {
  const moved = account({
    references: {},
    values: { label: 'Ana' },
    dependsOn: ['acme/pbx:main/extension:11'],
  });
  const left = (shown: string): Partial<ClientInput> => ({
    desired: [desired('11'), moved],
    views: [
      view([actual('10'), actual('11')]),
      view([line({ values: { label: shown } })], { target: phone() }),
    ],
    state: state([
      entry('10'),
      entry('11'),
      ours({ values: { label: 'Ana' }, dependsOn: moved.dependsOn, left: [extension] }),
    ]),
  });

  it('names the account when it goes', () => {
    expect(changeOf(extension, left('Ana'))).toMatchObject({
      action: 'delete',
      vacates: [onPhone],
      after: [],
    });
  });

  it('waits for the account where that is written again', () => {
    expect(changeOf(extension, left('Otra'))?.after).toEqual([onPhone]);
  });
});

describe('a tenant whose extensions all go', () => {
  const guarded = (over: Partial<ClientInput>) => {
    const plan = planClient(
      input({
        desired: [desired('20'), desired('21')],
        views: [view([actual('10'), actual('11')])],
        state: state([entry('10'), entry('11')]),
        ...over,
      }),
    );
    const facts = () => ({ limits: defaultLimits, status: 'activo', protected: new Set<string>() }) as const;
    const [client] = guard([plan], facts, { ...noConsent, allowDelete: 2 });
    const gone = client?.changes.filter(({ action }) => action === 'delete') ?? [];
    return gone.map(({ blocked }) => blocked?.code ?? null);
  };

  it('is renewed where as many new ones are made', () => {
    expect(guarded({})).toEqual([null, null]);
  });

  it('is emptied where the new ones are left to a person', () => {
    const can = { ...fullApi, guidedActions: { extension: ['create'] as const } };
    expect(guarded({ views: [view([actual('10'), actual('11')], { can })] })).toEqual([
      'all-gone',
      'all-gone',
    ]);
  });

  it('is emptied where one of the new ones waits for what was left out', () => {
    const waiting = desired('21', { dependsOn: ['acme/pbx:main/extension:20'] });
    const selection = { targets: [], exclude: ['acme/pbx:main/extension:20'] };
    expect(guarded({ desired: [desired('20'), waiting, desired('22')], selection })).toEqual([
      'all-gone',
      'all-gone',
    ]);
  });
});
