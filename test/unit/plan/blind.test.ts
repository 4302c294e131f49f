import { describe, expect, it } from 'vitest';
import { classify } from '../../../engine/plan/classify.ts';
import { guidedPart, planClient } from '../../../engine/plan/index.ts';
import {
  actual,
  changesOf,
  declared,
  desired,
  entry,
  idOf,
  input,
  onlyChange,
  state,
  target,
  unread,
  view,
} from './kit.ts';

const renamed = { values: { number: '10', name: 'Otra' } };

describe('targets that cannot be read', () => {
  const sometimes = target('main', { presence: 'sometimes' });

  it('defers changes of a target that is away', () => {
    const change = onlyChange({ desired: [desired('10')], views: [unread('unreachable', sometimes)] });
    expect(change).toMatchObject({ action: 'create', means: 'deferred', blocked: null });
  });

  it('defers an update against the last applied form', () => {
    const change = onlyChange({
      desired: [desired('10', renamed)],
      views: [unread('unreachable', sometimes)],
      state: state([entry('10')]),
    });
    expect(change).toMatchObject({ action: 'update', means: 'deferred' });
    expect(change.fields.map((field) => field.field)).toEqual(['name']);
  });

  it('says nothing of what is as it was last applied', () => {
    expect(
      changesOf({
        desired: [desired('10')],
        views: [unread('unreachable', sometimes)],
        state: state([entry('10')]),
      }),
    ).toEqual([]);
  });

  it('blocks changes of a target that should be there', () => {
    const change = onlyChange({ desired: [desired('10')], views: [unread('unreachable')] });
    expect(change.blocked).toEqual({ code: 'target-unreadable', params: {} });
  });

  it('defers a deletion of a target that is away', () => {
    const change = onlyChange({ views: [unread('unreachable', sometimes)], state: state([entry('10')]) });
    expect(change).toMatchObject({ action: 'delete', means: 'deferred' });
  });

  it('blocks a deletion of a target that should be there', () => {
    const change = onlyChange({ views: [unread('unreachable')], state: state([entry('10')]) });
    expect(change.blocked?.code).toBe('target-unreadable');
  });

  it('compares with what was last applied where nothing is to be read', () => {
    const changes = changesOf({
      desired: [desired('10'), desired('12')],
      views: [unread('skipped')],
      state: state([entry('11'), entry('12')]),
    });
    expect(changes.map((c) => [c.key, c.action, c.blocked])).toEqual([
      ['10', 'create', null],
      ['11', 'delete', null],
    ]);
  });

  it('names what does not happen on a target that failed, even one that may be away', () => {
    const changes = changesOf({
      desired: [desired('10')],
      views: [unread('failed', sometimes)],
      state: state([entry('11')]),
    });
    expect(changes.map((c) => [c.action, c.means, c.blocked?.code])).toEqual([
      ['create', 'api', 'target-unreadable'],
      ['delete', 'api', 'target-unreadable'],
    ]);
  });
});

describe('guided targets', () => {
  const guided = unread('guided', target('main', { mode: 'guided', endpoint: null }));

  it('asks a person to create', () => {
    const want = desired('10', { secrets: { sip: declared('s') } });
    const change = onlyChange({ desired: [want], views: [guided] });
    expect(change).toMatchObject({ action: 'create', means: 'guided' });
    expect(guidedPart(change)).toMatchObject({ action: 'create', markers: { sip: 'rev1' } });
  });

  it('asks a person to update what changed since it was vouched for', () => {
    const change = onlyChange({
      desired: [desired('10', renamed)],
      views: [guided],
      state: state([entry('10')]),
    });
    expect(guidedPart(change)).toMatchObject({ action: 'update', values: { name: 'Otra' } });
  });

  it('asks again for a secret that rotated', () => {
    const change = onlyChange({
      desired: [desired('10', { secrets: { sip: declared('s', 'rev2') } })],
      views: [guided],
      state: state([entry('10', { secrets: { sip: { marker: 'rev1' } } })]),
    });
    expect(guidedPart(change)?.markers).toEqual({ sip: 'rev2' });
  });

  it.each([
    ['the same rev', declared('s', 'rev1'), { sip: { marker: 'rev1' } }],
    ['a marker that cannot be computed', declared('s', null), { sip: { marker: 'rev1' } }],
    ['an adopted secret', declared('s', 'rev2'), { sip: { marker: null } }],
    ['an unmanaged secret', { name: 's', source: 'unmanaged', marker: null } as const, {}],
  ])('asks for no secret with %s', (_, secret, secrets) => {
    expect(
      changesOf({
        desired: [desired('10', { secrets: { sip: secret } })],
        views: [guided],
        state: state([entry('10', { secrets })]),
      }),
    ).toEqual([]);
  });

  it('calls what was vouched for unverifiable, never converged', () => {
    const plan = planClient(
      input({ desired: [desired('10')], views: [guided], state: state([entry('10')]) }),
    );
    expect(plan.unverifiable).toEqual([
      { address: 'acme/pbx:main/extension:10', field: '*', code: 'attested' },
    ]);
  });

  it('asks a person to delete', () => {
    const change = onlyChange({ views: [guided], state: state([entry('10')]) });
    expect(guidedPart(change)).toMatchObject({ action: 'delete', values: {} });
  });
});

it('has nothing to say of what is nowhere', () => {
  const nowhere = {
    id: idOf('10'),
    view: view([]),
    desired: null,
    actual: null,
    entry: null,
    guided: undefined,
  };
  expect(classify(nowhere, input())).toEqual({ change: null, foreign: null, unverifiable: [] });
});

it('notes that a marker was not at hand', () => {
  const change = onlyChange({ desired: [desired('10', { secrets: { sip: declared('s', null) } })] });
  expect(change.revs).toEqual({ sip: null });
});

it('has no guided field to ask for on a box that sets all by itself', () => {
  const word = {
    address: 'a',
    action: 'update',
    values: {},
    digest: 'd',
    since: 's',
    attested: { by: 'ana', at: 't' },
  } as const;
  const change = onlyChange({
    desired: [desired('10', renamed)],
    views: [view([actual('10')])],
    state: state([entry('10')], { guided: { [idOf('10')]: word } }),
  });
  expect(change.means).toBe('api');
});
