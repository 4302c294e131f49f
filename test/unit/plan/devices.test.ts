import { describe, expect, it } from 'vitest';
import type { ActualView, Desired, Target } from '../../../engine/model/index.ts';
import { type ClientInput, planClient, type TargetView } from '../../../engine/plan/index.ts';
import {
  actual,
  changesOf,
  desired,
  entry,
  fullApi,
  input,
  onlyChange,
  state,
  target,
  unread,
  view,
} from './kit.ts';
import { account, extension, line, onPhone, ours, phone, planOne } from './phone-kit.ts';

describe('a phone that cannot be read', () => {
  it('waits with a value that only an apply will tell', () => {
    const away = unread('unreachable', phone({ presence: 'sometimes' }));
    const change = planOne({ desired: [account()], views: [view([]), away] });
    expect(change).toMatchObject({ means: 'deferred', action: 'create' });
    expect(change.fields).toContainEqual(
      expect.objectContaining({ field: 'registerName', unknown: true, before: null }),
    );
  });

  it('remembers what it had', () => {
    const away = unread('unreachable', phone({ presence: 'sometimes' }));
    const change = planOne({ desired: [account()], views: [view([]), away], state: state([ours()]) });
    expect(change.fields).toMatchObject([{ field: 'registerName', before: '10', after: null }]);
  });
});

describe('what lies where the phone fetches it', () => {
  const known = (delivery: ActualView['delivery']): Partial<ClientInput> => ({
    desired: [account({ references: {}, values: { label: 'Ana' } })],
    views: [view([line(delivery === undefined ? {} : { delivery })], { target: phone() })],
    state: state([ours({ values: { label: 'Ana' } })]),
  });

  it('is nothing to do once it was fetched', () => {
    expect(changesOf(known(undefined))).toEqual([]);
  });

  it('waits until then', () => {
    expect(onlyChange(known('waiting'))).toMatchObject({
      means: 'deferred',
      section: 'unapplied',
      fields: [],
    });
  });

  it('is not verifiable where nothing tells', () => {
    const plan = planClient(input(known('unknown')));
    expect(plan.changes).toEqual([]);
    expect(plan.unverifiable).toEqual([{ address: onPhone, field: '*', code: 'published' }]);
  });

  it.each([
    ['a protection', 'requested', account({ references: {}, values: { label: 'Ana' }, protect: true }), {}],
    [
      'a label',
      'moved',
      account({ references: {}, values: { label: 'Ana' } }),
      { address: 'acme/device:sala/account:1' },
    ],
    [
      'another extension',
      'requested',
      account({ references: {}, values: { label: 'Ana' } }),
      { dependsOn: ['acme/pbx:old/extension:10'] },
    ],
  ] as const)('takes %s into state also where nothing tells', (_, section, wanted, before) => {
    const own = state([ours({ values: { label: 'Ana' }, ...before })]);
    const plan = planClient(input({ ...known('unknown'), desired: [wanted], state: own }));
    expect(plan.changes).toMatchObject([{ action: 'record', section }]);
    expect(plan.unverifiable).toEqual([{ address: onPhone, field: '*', code: 'published' }]);
  });
});

describe('a field of an account that is no longer declared', () => {
  const declared = account({ references: {}, values: { label: 'Ana' } });
  const own = state([
    ours({ values: { label: 'Ana', outboundProxy: 'sbc.example', voicemailNumber: '*97' } }),
  ]);
  const there = line({ values: { label: 'Ana', outboundProxy: 'sbc.example', keepAlive: 30 } });
  const seen = (resets: boolean): Partial<ClientInput> => {
    const can = { ...fullApi, ...(resets ? { resets: ['account'] as const } : {}) };
    return { desired: [declared], views: [view([there], { target: phone(), can })], state: own };
  };

  it('goes back to the factory setting where it was ours and is there', () => {
    expect(onlyChange(seen(true)).fields).toMatchObject([
      { field: 'outboundProxy', before: 'sbc.example', after: null, unknown: false },
    ]);
  });

  it('stays where the target knows no factory setting', () => {
    expect(changesOf(seen(false)).flatMap(({ fields }) => fields)).toEqual([]);
  });

  it('stays where the YAML says null', () => {
    const left = account({ references: {}, values: { label: 'Ana' }, leave: ['outboundProxy'] });
    expect(onlyChange({ ...seen(true), desired: [left] })).toMatchObject({ action: 'record', fields: [] });
  });

  it('is nobody’s any more once null was recorded', () => {
    const left = account({ references: {}, values: { label: 'Ana' }, leave: ['outboundProxy'] });
    const recorded = state([ours({ values: { label: 'Ana' } })]);
    expect(changesOf({ ...seen(true), desired: [left], state: recorded })).toEqual([]);
  });

  it('is as the driver fills it in, where the YAML says null', () => {
    const filled = account({
      references: {},
      values: { label: 'Ana', outboundProxy: 'other.example' },
      leave: ['outboundProxy'],
    });
    expect(onlyChange({ ...seen(true), desired: [filled] }).fields).toMatchObject([
      { field: 'outboundProxy', before: 'sbc.example', after: 'other.example' },
    ]);
  });

  it('is nobody’s on an account that was not ours', () => {
    const { desired: wanted = [], views = [] } = seen(true);
    expect(changesOf({ desired: wanted, views })).toMatchObject([{ section: 'adopted', fields: [] }]);
  });

  it('is not there on an account that is made anew', () => {
    const can = { ...fullApi, resets: ['account'] as const };
    const views = [view([], { target: phone(), can })];
    const change = onlyChange({ desired: [declared], views, state: own });
    expect(change.fields.map(({ field }) => field)).toEqual(['label']);
  });
});

describe('a line taken out of what the phone fetches', () => {
  const gone = (delivery: 'waiting' | 'unknown'): TargetView => {
    const read = view([], { target: phone() });
    return { ...read, reading: read.reading && { ...read.reading, delivery } };
  };

  it('is still there until the phone has fetched', () => {
    const change = onlyChange({ views: [gone('waiting')], state: state([ours()]) });
    expect(change).toMatchObject({ action: 'delete', means: 'deferred', published: true });
  });

  it('keeps its extension until then', () => {
    const views = [view([actual('10'), actual('11')]), gone('waiting')];
    const changes = changesOf({ views, state: state([entry('10'), entry('11'), ours()]) });
    expect(changes.find(({ address }) => address === extension)?.after).toEqual([onPhone]);
  });

  it('is gone where nothing tells', () => {
    const change = onlyChange({ views: [gone('unknown')], state: state([ours()]) });
    expect(change).toMatchObject({ action: 'record' });
  });
});

describe('an extension that goes', () => {
  const leaving = (views: readonly TargetView[]) =>
    changesOf({
      views,
      state: state([entry('10'), entry('11'), ours(), ours({ key: '2', address: `${onPhone}2` })]),
    });

  it('waits for all its accounts', () => {
    const views = [
      view([actual('10'), actual('11')]),
      view([line(), line({ key: '2' })], { target: phone() }),
    ];
    const gone = leaving(views).find(({ address }) => address === extension);
    expect(gone?.after).toEqual([onPhone, `${onPhone}2`]);
  });

  it('waits for nobody where no account is its own', () => {
    const changes = changesOf({ views: [view([actual('10')])], state: state([entry('10')]) });
    expect(changes).toMatchObject([{ action: 'delete', after: [] }]);
  });

  it('does not wait for an account of it that stays as it is', () => {
    const views = [view([actual('10')]), view([line()], { target: phone() })];
    const keep = account({ references: {}, values: { label: 'Ana' } });
    const own = state([entry('10'), ours({ values: { label: 'Ana' } })]);
    const changes = changesOf({ desired: [keep], views, state: own });
    expect(changes).toMatchObject([{ action: 'delete', after: [] }]);
  });

  it('does not wait for what nobody looks at', () => {
    const elsewhere = desired('7', { label: 'unknown' });
    const changes = changesOf({
      desired: [elsewhere],
      views: [view([actual('10')])],
      state: state([entry('10')]),
    });
    expect(changes).toMatchObject([{ action: 'delete', after: [] }]);
  });

  it('does not wait for an account of another one', () => {
    const foreign = ours({ dependsOn: ['acme/pbx:gone/extension:10'] });
    const views = [view([actual('10')]), view([line()], { target: phone() })];
    const keep = account({ references: {}, values: { label: 'Ana' }, dependsOn: foreign.dependsOn });
    const changes = changesOf({ desired: [keep], views, state: state([entry('10'), foreign]) });
    expect(changes).toMatchObject([{ action: 'delete', after: [] }]);
  });
});

describe('an account of another device', () => {
  const room = target('sala', { address: 'acme/device:sala', kind: 'device', key: 'mac:2' });
  const there = account({ address: 'acme/device:sala/account:1', references: {} });

  it('is a move: the old one goes last', () => {
    const views = [view([line()], { target: phone() }), view([], { target: room })];
    const changes = changesOf({ desired: [there], views, state: state([ours()]) });
    expect(changes).toMatchObject([
      { action: 'create', section: 'moved', previousAddress: onPhone },
      { action: 'delete', section: 'moved', after: [there.address] },
    ]);
  });

  it('is another one where it is for another extension', () => {
    const views = [view([line()], { target: phone() }), view([], { target: room })];
    const other = state([ours({ dependsOn: ['acme/pbx:main/extension:11'] })]);
    expect(changesOf({ desired: [there], views, state: other }).map(({ section }) => section)).toEqual([
      'requested',
      'requested',
    ]);
  });

  it('is another one where it is for none', () => {
    const views = [view([line()], { target: phone() }), view([], { target: room })];
    const none = state([ours({ dependsOn: [] })]);
    expect(changesOf({ desired: [there], views, state: none }).map(({ section }) => section)).toEqual([
      'requested',
      'requested',
    ]);
  });

  it('follows its extension to another label in state only', () => {
    const views = [view([line()], { target: phone() })];
    const moved = account({
      references: {},
      values: { label: 'Ana' },
      dependsOn: ['acme/pbx:new/extension:10'],
    });
    const change = onlyChange({
      desired: [moved],
      views,
      state: state([ours({ values: { label: 'Ana' } })]),
    });
    expect(change).toMatchObject({ action: 'record' });
  });
});

describe('a secret that changes under a phone', () => {
  const rotating: Partial<ClientInput> = {
    desired: [
      desired('10', { secrets: { sip: { name: 's', source: 'declared', marker: 'new' } } }),
      account({ references: {}, values: { label: 'Ana' } }),
    ],
    state: state([entry('10', { secrets: { sip: { marker: 'old' } } }), ours({ values: { label: 'Ana' } })]),
  };

  it('strands one that cannot be written to', () => {
    const views = [view([actual('10')]), unread('unreachable', phone({ presence: 'sometimes' }))];
    expect(onlyChange({ ...rotating, views }).strands).toEqual([onPhone]);
  });

  it('strands one that fetches its settings', () => {
    const store = { name: 's', place: { directory: 'd' } };
    const fetching = phone({ publication: { store, trigger: 'none', sipPort: 5060 } });
    const views = [view([actual('10')]), view([line()], { target: fetching })];
    expect(onlyChange({ ...rotating, views }).strands).toEqual([onPhone]);
  });

  it('strands nobody for a phone that was replaced', () => {
    const views = [
      view([actual('10')]),
      unread('unreachable', phone({ key: 'mac:2', presence: 'sometimes' })),
    ];
    const [, rotation] = changesOf({ ...rotating, views });
    expect([rotation?.address, rotation?.strands]).toEqual([extension, undefined]);
  });

  it('names a phone by what it is called now', () => {
    const renamed = phone({ address: 'acme/device:sala', presence: 'sometimes' });
    const there = account({
      references: {},
      values: { label: 'Ana' },
      address: 'acme/device:sala/account:1',
    });
    const [ten] = rotating.desired ?? [];
    if (ten === undefined) throw new Error('no extension');
    const views = [view([actual('10')]), unread('unreachable', renamed)];
    const changes = changesOf({ ...rotating, desired: [ten, there], views });
    expect(changes.find(({ address }) => address === extension)?.strands).toEqual([there.address]);
  });

  it('strands none that is given the new one', () => {
    const views = [view([actual('10')]), view([line()], { target: phone() })];
    const [ten] = rotating.desired ?? [];
    if (ten === undefined) throw new Error('no extension');
    const given = { password: { name: 's', source: 'declared', marker: 'new' } } as const;
    const told = account({ references: {}, values: { label: 'Ana' }, secrets: given });
    const changes = changesOf({ ...rotating, desired: [ten, told], views });
    expect(changes.map(({ address, strands }) => [address, strands])).toEqual([
      [extension, undefined],
      [onPhone, undefined],
    ]);
  });
});

describe('a device that is not there any more', () => {
  const left = (views: readonly TargetView[]) => planClient(input({ views, state: state([ours()]) }));

  it('is forgotten, and that is said', () => {
    const { changes, diagnostics } = left([view([])]);
    expect(changes).toMatchObject([{ action: 'forget', address: onPhone }]);
    expect(diagnostics).toMatchObject([
      { code: 'device-forgotten', params: { device: 'acme/device:mesa', extensions: [extension] } },
    ]);
  });

  it('is forgotten as another one where its name is taken', () => {
    const { changes, diagnostics } = left([view([], { target: phone({ key: 'mac:2' }) })]);
    expect(changes).toMatchObject([{ action: 'forget', targetKey: 'mac:1' }]);
    expect(diagnostics).toMatchObject([{ code: 'device-replaced', params: { id: 'mac:1' } }]);
  });
});

describe('a line of a device that is all ours', () => {
  const strange = line({ key: '4', values: { label: 'Vieja' } });

  it('goes', () => {
    const views = [view([strange], { target: phone({ options: { exclusive: true } }) })];
    expect(onlyChange({ views })).toMatchObject({ action: 'delete', address: 'acme/device:mesa/account:4' });
  });

  it('stays where the device is not', () => {
    const plan = planClient(input({ views: [view([strange], { target: phone() })] }));
    expect([plan.changes, plan.foreign]).toMatchObject([[], [{ key: '4' }]]);
  });

  it('that is an extension on a PBX stays', () => {
    const views = [view([actual('10')], { target: target('main', { options: { exclusive: true } }) })];
    expect(changesOf({ views })).toEqual([]);
  });
});

describe('a line that is set up for another account', () => {
  const taken = (over: Partial<Desired>) => {
    const mine = account({
      references: {},
      values: { label: 'Ana', registerName: '10' },
      adopt: 'values',
      ...over,
    });
    const found = line({ values: { label: 'Eva', registerName: '999' } });
    return onlyChange({ desired: [mine], views: [view([found], { target: phone() })] });
  };
  const password = { password: { name: 's', source: 'declared', marker: 'rev' } } as const;

  it('is not taken over with the password that it has', () => {
    expect(taken({ secrets: password }).blocked).toEqual({ code: 'needs-secret-consent', params: {} });
  });

  it('is taken over with its own', () => {
    expect(taken({ secrets: password, adopt: 'secrets' }).blocked).toBeNull();
  });

  it('is taken over where no password is ours to give', () => {
    expect(taken({}).blocked).toBeNull();
  });

  it('is taken over where only its label differs', () => {
    expect(taken({ secrets: password, values: { label: 'Ana', registerName: '999' } }).blocked).toBeNull();
  });
});

describe('files that are to be put there again', () => {
  const store = { name: 's', place: { directory: 'd' } };
  const known = (over: Partial<Target>): Partial<ClientInput> => ({
    desired: [account({ references: {}, values: { label: 'Ana' } })],
    views: [view([line()], { target: phone(over) })],
    state: state([ours({ values: { label: 'Ana' } })]),
    republish: true,
  });

  it('are written although nothing in them changes', () => {
    const change = onlyChange(known({ publication: { store, trigger: 'none', sipPort: 5060 } }));
    expect(change).toMatchObject({ action: 'update', section: 'requested', means: 'api' });
    expect(change.fields).toMatchObject([
      { field: 'label', before: 'Ana', after: 'Ana', why: 'republished' },
    ]);
  });

  it('are no matter of phones that are written to', () => {
    expect(changesOf(known({}))).toEqual([]);
  });
});
