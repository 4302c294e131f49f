import { describe, expect, it } from 'vitest';
import type { Change, Desired, StateEntry } from '../../../engine/model/index.ts';
import { beforeOf, type ClientInput } from '../../../engine/plan/index.ts';
import { actual, changesOf, declared, desired, entry, fullApi, state, unread, view } from './kit.ts';
import { account, extension, line, onPhone, ours, phone } from './phone-kit.ts';

const rev = '01HZZZZZZZZZZZZZZZZZZZZZZB';
const earlier = '01HZZZZZZZZZZZZZZZZZZZZZZA';
const shown = line({ values: { label: 'Ana' } });
const onBox = view([actual('10', { fingerprints: { sip: 'by hand' } })]);

/** Somebody gave the extension another secret in the panel; the phone shows what it was given. */
interface Scene {
  readonly account?: Partial<Desired>;
  readonly ours?: Partial<StateEntry>;
  readonly views?: ClientInput['views'];
}

function changes(scene: Scene = {}): readonly Change[] {
  const password = { password: declared('s', rev) };
  const mine = { references: {}, values: { label: 'Ana' }, secrets: password, ...scene.account };
  const known = { values: { label: 'Ana' }, secrets: { password: { marker: rev } }, ...scene.ours };
  return changesOf({
    desired: [desired('10', { secrets: { sip: declared('s', rev) } }), account(mine)],
    views: scene.views ?? [onBox, view([shown], { target: phone() })],
    state: state([
      entry('10', { secrets: { sip: { marker: rev, readback: 'as applied' } } }),
      ours({ ...known }),
    ]),
  });
}

const addresses = (scene: Scene) => changes(scene).map(({ address }) => address);

describe('a phone of an extension whose secret goes back to the declared one', () => {
  it('is written with it', () => {
    expect(changes()[1]).toMatchObject({
      address: onPhone,
      action: 'update',
      section: 'drift',
      means: 'api',
      fields: [{ field: 'password', sensitive: true, why: 'drift' }],
      before: beforeOf(shown),
      revs: { password: rev },
      after: [extension],
    });
  });

  it('is not named as cut off', () => {
    expect(changes()[0]?.strands).toBeUndefined();
  });

  it('is written once where something else of it changes too', () => {
    const all = changes({ account: { values: { label: 'Otra' } } });
    expect(all.map(({ address, fields }) => [address, fields.map(({ field }) => field)])).toEqual([
      [extension, ['sip']],
      [onPhone, ['label', 'password']],
    ]);
    expect(all[1]?.revs).toEqual({ password: rev });
  });

  it('is written once where it never got the declared one', () => {
    const [, change] = changes({ ours: { secrets: { password: { marker: earlier } } } });
    expect(change?.fields).toMatchObject([{ field: 'password', why: 'requested' }]);
  });

  it('is made as planned where its account is gone', () => {
    const [, change] = changes({ views: [onBox, view([], { target: phone() })] });
    expect([change?.action, change?.fields.map(({ field }) => field)]).toEqual([
      'create',
      ['label', 'password'],
    ]);
  });

  it.each<[string, Scene]>([
    ['its password is not ours to replace', { ours: { secrets: { password: { marker: null } } } }],
    ['state knows no password of it', { ours: { secrets: {} }, account: { secrets: {} } }],
    ['it declares none', { account: { secrets: {} } }],
    [
      'its password is not managed',
      { account: { secrets: { password: { name: 's', source: 'unmanaged', marker: rev } } } },
    ],
  ])('is left alone where %s', (_, scene) => {
    expect(addresses(scene)).toEqual([extension]);
  });

  it('is left alone where it fetches its settings', () => {
    const store = { name: 's', place: { directory: 'd' } };
    const fetching = phone({ publication: { store, trigger: 'none', sipPort: 5060 } });
    expect(addresses({ views: [onBox, view([shown], { target: fetching })] })).toEqual([extension]);
  });

  it('is left alone where it cannot be reached', () => {
    expect(addresses({ views: [onBox, unread('unreachable', phone())] })).toEqual([extension]);
  });

  it('keeps the lines that are nobody’s', () => {
    const strange = line({ key: '3', values: { label: 'Vieja' } });
    const views = [onBox, view([shown, strange], { target: phone() })];
    expect(addresses({ views })).toEqual([extension, onPhone]);
  });

  it('waits for the person who is to put it back', () => {
    const can = { ...fullApi, guidedActions: { extension: ['update'] as const } };
    const byHand = view([actual('10', { fingerprints: { sip: 'by hand' } })], { can });
    expect(addresses({ views: [byHand, view([shown], { target: phone() })] })).toEqual([extension]);
  });
});

it('a secret that goes back is written where no phone of ours has it', () => {
  const alone = changesOf({
    desired: [desired('10', { secrets: { sip: declared('s', rev) } })],
    views: [onBox],
    state: state([entry('10', { secrets: { sip: { marker: rev, readback: 'as applied' } } })]),
  });
  expect(alone).toMatchObject([{ address: extension, section: 'drift' }]);
});

describe('an account with something to be noted', () => {
  it('is given its password too', () => {
    const noted = changes({ account: { protect: true } }).find(({ address }) => address === onPhone);
    expect(noted).toMatchObject({ action: 'update', revs: { password: rev } });
  });
});
