import { describe, expect, it } from 'vitest';
import { desiredDigest, guidedPart, planClient } from '../../../engine/plan/index.ts';
import {
  actual,
  changesOf,
  declared,
  desired,
  entry,
  fullApi,
  idOf,
  input,
  onlyChange,
  state,
  view,
} from './kit.ts';

const renamed = { values: { number: '10', name: 'Otra' } };

describe('desired, there, ours', () => {
  it('has no change where all three agree', () => {
    expect(
      changesOf({ desired: [desired('10')], views: [view([actual('10')])], state: state([entry('10')]) }),
    ).toEqual([]);
  });

  it('asks for an update where the YAML changed', () => {
    const change = onlyChange({
      desired: [desired('10', renamed)],
      views: [view([actual('10')])],
      state: state([entry('10')]),
    });
    expect(change).toMatchObject({ action: 'update', section: 'requested', means: 'api' });
    expect(change.fields).toEqual([
      expect.objectContaining({ field: 'name', before: 'Ext 10', after: 'Otra', why: 'requested' }),
    ]);
  });

  it('calls it drift where the last applied value is the desired one', () => {
    const change = onlyChange({
      desired: [desired('10')],
      views: [view([actual('10', renamed)])],
      state: state([entry('10')]),
    });
    expect(change).toMatchObject({ action: 'update', section: 'drift' });
    expect(change.fields[0]).toMatchObject({ before: 'Otra', after: 'Ext 10', why: 'drift' });
  });

  it('is a request where some fields are requested and some drifted', () => {
    const change = onlyChange({
      desired: [desired('10', { values: { number: '10', name: 'Nueva', email: 'a@acme.example' } })],
      views: [view([actual('10', { values: { number: '10', name: 'Ext 10', email: 'x@acme.example' } })])],
      state: state([entry('10', { values: { number: '10', name: 'Ext 10', email: 'a@acme.example' } })]),
    });
    expect(change.section).toBe('requested');
    expect(change.fields.map((field) => field.why)).toEqual(['requested', 'drift']);
  });

  it('does not touch what is not declared', () => {
    expect(
      changesOf({
        desired: [desired('10')],
        views: [view([actual('10', { values: { number: '10', name: 'Ext 10', email: 'x@acme.example' } })])],
        state: state([entry('10')]),
      }),
    ).toEqual([]);
  });

  it('records a changed label as a move', () => {
    const change = onlyChange({
      desired: [desired('10')],
      views: [view([actual('10')])],
      state: state([entry('10', { address: 'acme/pbx:old/extension:10' })]),
    });
    expect(change).toMatchObject({
      action: 'record',
      section: 'moved',
      previousAddress: 'acme/pbx:old/extension:10',
    });
  });

  it('keeps the old label on an update of something that moved', () => {
    const change = onlyChange({
      desired: [desired('10', renamed)],
      views: [view([actual('10')])],
      state: state([entry('10', { address: 'acme/pbx:old/extension:10' })]),
    });
    expect(change).toMatchObject({ action: 'update', previousAddress: 'acme/pbx:old/extension:10' });
  });

  it('records a newly declared field that already has its value', () => {
    const values = { number: '10', name: 'Ext 10', email: 'a@acme.example' };
    const change = onlyChange({
      desired: [desired('10', { values })],
      views: [view([actual('10', { values })])],
      state: state([entry('10')]),
    });
    expect(change).toMatchObject({ action: 'record', section: 'requested', fields: [] });
  });

  it('records protection that came or went', () => {
    const change = onlyChange({
      desired: [desired('10', { protect: true })],
      views: [view([actual('10')])],
      state: state([entry('10')]),
    });
    expect(change.action).toBe('record');
  });

  it('says since when an unapplied change waits, and that it is the same request', () => {
    const want = desired('10', renamed);
    const waiting = {
      address: want.address,
      digest: desiredDigest(want),
      reason: 'failed',
      since: '2026-02-02T00:00:00.000Z',
      attempts: 1,
    } as const;
    const change = onlyChange({
      desired: [want],
      views: [view([actual('10')])],
      state: state([entry('10')], { outstanding: { [idOf('10')]: waiting } }),
    });
    expect(change).toMatchObject({ section: 'unapplied', since: '2026-02-02T00:00:00.000Z' });
  });

  it('is a new request where the outstanding one asked for something else', () => {
    const change = onlyChange({
      desired: [desired('10', renamed)],
      views: [view([actual('10')])],
      state: state([entry('10')], {
        outstanding: {
          [idOf('10')]: { address: 'x', digest: 'other', reason: 'failed', since: 's', attempts: 1 },
        },
      }),
    });
    expect(change.section).toBe('requested');
  });
});

describe('saved, but not in effect', () => {
  const want = desired('10');
  const outstanding = (reason: 'not-in-effect' | 'failed', digest = desiredDigest(want)) => ({
    [idOf('10')]: { address: want.address, digest, reason, since: 's', attempts: 1 },
  });
  const planned = (waiting: ReturnType<typeof outstanding>, wanted = want) =>
    changesOf({
      desired: [wanted],
      views: [view([actual('10', { values: wanted.values })])],
      state: state([entry('10', { values: wanted.values })], { outstanding: waiting }),
    });

  it('is written again although reading shows nothing to do', () => {
    expect(planned(outstanding('not-in-effect'))).toMatchObject([
      {
        action: 'update',
        section: 'unapplied',
        fields: [{ field: 'name', before: 'Ext 10', why: 'unconfirmed' }],
      },
    ]);
  });

  it.each([
    ['for another reason', outstanding('failed')],
    ['in another form', outstanding('not-in-effect', 'other')],
  ])('is not where it waited %s', (_, waiting) => {
    expect(planned(waiting)).toEqual([]);
  });

  it('cannot be written again where nothing but the number is declared', () => {
    const bare = desired('10', { values: { number: '10' } });
    expect(planned(outstanding('not-in-effect', desiredDigest(bare)), bare)).toEqual([]);
  });
});

describe('desired, not there', () => {
  it('creates', () => {
    const change = onlyChange({ desired: [desired('10')] });
    expect(change).toMatchObject({ action: 'create', section: 'requested', before: 'absent', blocked: null });
  });

  it('creates again what vanished', () => {
    const change = onlyChange({ desired: [desired('10')], state: state([entry('10')]) });
    expect(change).toMatchObject({ action: 'create', section: 'vanished' });
  });

  it('carries the revs of the secrets it would write', () => {
    const change = onlyChange({ desired: [desired('10', { secrets: { sip: declared('s') } })] });
    expect(change.revs).toEqual({ sip: 'rev1' });
    expect(change.fields.at(-1)).toMatchObject({ field: 'sip', sensitive: true, before: null, after: null });
  });

  it('leaves the create to a person where the box cannot', () => {
    const can = { ...fullApi, guidedActions: { extension: ['create'] as const } };
    const change = onlyChange({ desired: [desired('10')], views: [view([], { can })] });
    expect(change.means).toBe('guided');
    expect(guidedPart(change)).toMatchObject({ action: 'create', values: { number: '10', name: 'Ext 10' } });
  });
});

describe('desired, there, not ours', () => {
  it('adopts without a change where nothing differs', () => {
    const change = onlyChange({ desired: [desired('10')], views: [view([actual('10')])] });
    expect(change).toMatchObject({ action: 'record', section: 'adopted', blocked: null });
  });

  it('needs consent where it would change anything', () => {
    const change = onlyChange({ desired: [desired('10', renamed)], views: [view([actual('10')])] });
    expect(change).toMatchObject({ action: 'update', section: 'adopted' });
    expect(change.blocked).toEqual({ code: 'needs-adopt', params: { fields: 'name' } });
  });

  it.each(['values', 'secrets'] as const)('takes adopt: %s as consent', (adopt) => {
    const change = onlyChange({
      desired: [desired('10', { ...renamed, adopt })],
      views: [view([actual('10')])],
    });
    expect(change.blocked).toBeNull();
  });

  it('takes a guided create that was asked for as consent', () => {
    const asked = { address: 'a', action: 'create', values: {}, digest: 'd', since: 's' } as const;
    const change = onlyChange({
      desired: [desired('10', renamed)],
      views: [view([actual('10')])],
      state: state([], { guided: { [idOf('10')]: asked } }),
    });
    expect(change.blocked).toBeNull();
  });

  it('takes no step that was vouched for long ago as consent', () => {
    const word = {
      address: 'a',
      action: 'create',
      values: {},
      digest: 'd',
      since: 's',
      attested: { by: 'ana', at: 't' },
    } as const;
    const change = onlyChange({
      desired: [desired('10', renamed)],
      views: [view([actual('10')])],
      state: state([], { guided: { [idOf('10')]: word } }),
    });
    expect(change.blocked?.code).toBe('needs-adopt');
  });

  it('asks no consent for what only a person will change', () => {
    const can = { ...fullApi, guidedFields: { extension: ['nat'] } };
    const change = onlyChange({
      desired: [desired('10', { values: { number: '10', name: 'Ext 10', nat: true } })],
      views: [view([actual('10')], { can })],
    });
    expect(change).toMatchObject({ section: 'adopted', blocked: null, means: 'guided' });
  });
});

describe('not desired', () => {
  it('deletes what is ours', () => {
    const change = onlyChange({ views: [view([actual('10')])], state: state([entry('10')]) });
    expect(change).toMatchObject({ action: 'delete', section: 'requested', means: 'api' });
  });

  it('leaves a deletion to a person where the box cannot', () => {
    const can = { ...fullApi, guidedActions: { extension: ['delete'] as const } };
    const change = onlyChange({ views: [view([actual('10')], { can })], state: state([entry('10')]) });
    expect(change).toMatchObject({ action: 'delete', means: 'guided' });
  });

  it('blocks the deletion of what a call flow refers to', () => {
    const change = onlyChange({
      views: [view([actual('10')])],
      state: state([entry('10')]),
      referenced: new Map([['acme/pbx:main/extension:10', 'checks.callFlows: Ventas']]),
    });
    expect(change.blocked).toEqual({ code: 'referenced', params: { by: 'checks.callFlows: Ventas' } });
  });

  it('records what is gone already', () => {
    const change = onlyChange({ state: state([entry('10')]) });
    expect(change).toMatchObject({ action: 'record', section: 'vanished' });
  });

  it('shows what is foreign and leaves it alone', () => {
    const plan = planClient(input({ views: [view([actual('10')])] }));
    expect(plan.changes).toEqual([]);
    expect(plan.foreign).toEqual([{ target: 'acme/pbx:main', kind: 'extension', key: '10', name: 'Ext 10' }]);
  });

  it('shows a foreign thing without a name', () => {
    const plan = planClient(input({ views: [view([actual('10', { values: { number: '10' } })])] }));
    expect(plan.foreign[0]?.name).toBe('');
  });

  it.each([
    ['its state key', idOf('10')],
    ['its address', 'acme/pbx:main/extension:10'],
  ])('forgets what is released by %s', (_, name) => {
    const change = onlyChange({
      views: [view([actual('10')])],
      state: state([entry('10')]),
      released: new Set([name]),
    });
    expect(change).toMatchObject({ action: 'forget', section: 'released' });
  });

  it('forgets what another client desires', () => {
    const change = onlyChange({
      views: [view([actual('10')])],
      state: state([entry('10')]),
      desiredElsewhere: new Set([idOf('10')]),
    });
    expect(change).toMatchObject({ action: 'forget', section: 'moved' });
  });
});
