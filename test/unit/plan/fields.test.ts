import { describe, expect, it } from 'vitest';
import { guidedPart, planClient } from '../../../engine/plan/index.ts';
import { actual, declared, desired, entry, fullApi, idOf, input, onlyChange, state, view } from './kit.ts';

const older = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const newer = '01BX5ZZKBKACTAV9WEVGEMMVRZ';

function secretPlan(
  marker: string | null,
  last: { marker: string | null; readback?: string } | undefined,
  fingerprints: Record<string, string | null>,
  adopt: 'no' | 'secrets' = 'no',
) {
  const secrets = last === undefined ? {} : { sip: last };
  return planClient(
    input({
      desired: [desired('10', { secrets: { sip: declared('s', marker) }, adopt })],
      views: [view([actual('10', { fingerprints })])],
      state: state([entry('10', { secrets })]),
    }),
  );
}

describe('secrets', () => {
  it('is converged where rev and read-back are the last applied ones', () => {
    const plan = secretPlan('rev1', { marker: 'rev1', readback: 'f' }, { sip: 'f' });
    expect([plan.changes, plan.unverifiable]).toEqual([[], []]);
  });

  it('is drift where the read-back changed under the same rev', () => {
    const plan = secretPlan('rev1', { marker: 'rev1', readback: 'f' }, { sip: 'g' });
    expect(plan.changes[0]).toMatchObject({ section: 'drift', fields: [{ field: 'sip', why: 'drift' }] });
  });

  it('is a request where the rev changed', () => {
    const plan = secretPlan(newer, { marker: older }, {});
    expect(plan.changes[0]?.fields[0]).toMatchObject({ why: 'requested', before: null, after: null });
  });

  it('says so where an older rev would come back', () => {
    const plan = secretPlan(older, { marker: newer }, {});
    expect(plan.changes[0]?.fields[0]?.why).toBe('goes-back');
  });

  it('gives HMAC markers no order', () => {
    const plan = secretPlan('hmac:aa', { marker: 'hmac:bb' }, {});
    expect(plan.changes[0]?.fields[0]?.why).toBe('requested');
  });

  it('is written where it was never applied to something of ours', () => {
    const plan = secretPlan('rev1', undefined, { sip: 'f' });
    expect(plan.changes[0]?.fields[0]).toMatchObject({ field: 'sip', why: 'requested' });
  });

  it.each([
    ['not-shown', 'rev1', { marker: 'rev1' }, {}],
    ['no-fingerprint-key', 'rev1', { marker: 'rev1', readback: 'f' }, { sip: null }],
    ['no-fingerprint-key', 'rev1', { marker: 'rev1' }, { sip: 'f' }],
    ['no-marker', null, { marker: 'rev1' }, { sip: 'f' }],
    ['never-applied', 'rev1', { marker: null }, { sip: 'f' }],
  ] as const)('is unverifiable: %s', (code, marker, last, fingerprints) => {
    const plan = secretPlan(marker, last, fingerprints);
    expect(plan.changes).toEqual([]);
    expect(plan.unverifiable.map((item) => item.code)).toEqual([code]);
  });

  it('replaces an adopted secret only with consent', () => {
    const plan = secretPlan('rev1', { marker: null }, { sip: 'f' }, 'secrets');
    expect(plan.changes[0]?.fields[0]?.field).toBe('sip');
  });

  it('leaves the secret of something being adopted alone', () => {
    const plan = planClient(
      input({
        desired: [desired('10', { secrets: { sip: declared('s') } })],
        views: [view([actual('10')])],
      }),
    );
    expect(plan.changes[0]).toMatchObject({ action: 'record', section: 'adopted' });
    expect(plan.unverifiable[0]?.code).toBe('never-applied');
  });

  it('replaces it where adopt says so', () => {
    const change = onlyChange({
      desired: [desired('10', { secrets: { sip: declared('s') }, adopt: 'secrets' })],
      views: [view([actual('10')])],
    });
    expect(change.fields.map((field) => field.field)).toEqual(['sip']);
  });

  it('leaves an unmanaged secret alone', () => {
    const secret = { name: 's', source: 'unmanaged', marker: null } as const;
    const plan = planClient(
      input({
        desired: [desired('10', { secrets: { sip: secret } })],
        views: [view([actual('10')])],
        state: state([entry('10')]),
      }),
    );
    expect([plan.changes, plan.unverifiable]).toEqual([[], []]);
  });
});

describe('fields that the box does not show', () => {
  const nat = { values: { number: '10', name: 'Ext 10', nat: true } };
  const hidden = { ...fullApi, hiddenFields: { extension: ['nat'] } };
  const guided = { ...fullApi, guidedFields: { extension: ['nat'] }, hiddenFields: { extension: ['nat'] } };

  it('writes one that was never written', () => {
    const change = onlyChange({
      desired: [desired('10', nat)],
      views: [view([actual('10')], { can: hidden })],
      state: state([entry('10')]),
    });
    expect(change.fields[0]).toMatchObject({ field: 'nat', before: null, after: true, guided: false });
  });

  it('cannot verify one that was', () => {
    const plan = planClient(
      input({
        desired: [desired('10', nat)],
        views: [view([actual('10')], { can: hidden })],
        state: state([entry('10', nat)]),
      }),
    );
    expect(plan.changes).toEqual([]);
    expect(plan.unverifiable[0]).toMatchObject({ field: 'nat', code: 'not-shown' });
  });

  it('asks a person for one that only a person can set', () => {
    const plan = planClient(
      input({
        desired: [desired('10', nat)],
        views: [view([actual('10')], { can: guided })],
        state: state([entry('10')]),
      }),
    );
    expect(plan.changes[0]).toMatchObject({ means: 'guided', action: 'update' });
    expect(plan.counts).toMatchObject({ changes: 0, pending: 1 });
  });

  it('leaves an API create its own, with a step for a person in it', () => {
    const plan = planClient(input({ desired: [desired('10', nat)], views: [view([], { can: guided })] }));
    const [change] = plan.changes;
    expect(change).toMatchObject({ means: 'api', action: 'create' });
    expect(change && guidedPart(change)).toMatchObject({ action: 'update', values: { nat: true } });
    expect(plan.counts).toMatchObject({ changes: 1, pending: 1 });
  });

  it('takes a word given for just this value', () => {
    const word = {
      address: 'a',
      action: 'update',
      values: { nat: true },
      digest: 'd',
      since: 's',
      attested: { by: 'ana', at: 't' },
    } as const;
    const plan = planClient(
      input({
        desired: [desired('10', nat)],
        views: [view([actual('10')], { can: guided })],
        state: state([entry('10')], { guided: { [idOf('10')]: word } }),
      }),
    );
    expect(plan.changes).toEqual([]);
    expect(plan.unverifiable[0]).toMatchObject({ field: 'nat', code: 'attested' });
  });

  it.each([
    ['another value', { nat: false }, { by: 'ana', at: 't' }],
    ['nobody gave it', { nat: true }, undefined],
  ])('asks again where %s', (_, values, attested) => {
    const word = { address: 'a', action: 'update', values, digest: 'd', since: 's' } as const;
    const change = onlyChange({
      desired: [desired('10', nat)],
      views: [view([actual('10')], { can: guided })],
      state: state([entry('10')], {
        guided: { [idOf('10')]: attested === undefined ? word : { ...word, attested } },
      }),
    });
    expect(change.fields[0]?.field).toBe('nat');
  });
});
