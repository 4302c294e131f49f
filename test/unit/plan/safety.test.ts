import { describe, expect, it } from 'vitest';
import type { ClientPlan } from '../../../engine/model/index.ts';
import {
  type ClientInput,
  type Consent,
  defaultLimits,
  guard,
  noConsent,
  planClient,
  type SafetyFacts,
} from '../../../engine/plan/index.ts';
import { actual, desired, entry, fullApi, input, state, target, view } from './kit.ts';

const numbers = (count: number, first = 100): string[] =>
  Array.from({ length: count }, (_, index) => String(first + index));

function facts(over: Partial<SafetyFacts> = {}): () => SafetyFacts {
  return () => ({ limits: defaultLimits, status: 'activo', protected: new Set(), ...over });
}

function guarded(
  over: Partial<ClientInput>,
  consent: Partial<Consent> = {},
  client: Partial<SafetyFacts> = {},
): ClientPlan {
  const [plan] = guard([planClient(input(over))], facts(client), { ...noConsent, ...consent });
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

/** `total` of ours, of which the first `gone` are no longer desired. */
function removing(total: number, gone: number): Partial<ClientInput> {
  const all = numbers(total);
  return {
    desired: all.slice(gone).map((key) => desired(key)),
    views: [view(all.map((key) => actual(key)))],
    state: state(all.map((key) => entry(key))),
  };
}

const blocks = (plan: ClientPlan) => plan.changes.map((change) => change.blocked?.code ?? null);

describe('deletions', () => {
  it('need consent that names their number', () => {
    const plan = guarded(removing(20, 2));
    expect(plan.changes[0]?.blocked).toEqual({ code: 'needs-delete-consent', params: { count: 2 } });
  });

  it('go ahead where the number is right', () => {
    expect(blocks(guarded(removing(20, 2), { allowDelete: 2 }))).toEqual([null, null]);
  });

  it('stay blocked where the number is another', () => {
    expect(blocks(guarded(removing(20, 2), { allowDelete: 3 }))).toEqual([
      'needs-delete-consent',
      'needs-delete-consent',
    ]);
  });

  it('are refused where protected, whatever the consent', () => {
    const shield = { protected: new Set(['acme/pbx:main/extension:100']) };
    expect(blocks(guarded(removing(20, 1), { allowDelete: 1 }, shield))).toEqual(['protected']);
  });

  it('count for nothing while they are deferred', () => {
    const away = { ...target(), presence: 'sometimes' as const };
    const plan = guarded({
      desired: [desired('101')],
      views: [{ target: away, status: 'unreachable', reading: null, diagnostics: [] }],
      state: state([entry('100'), entry('101')]),
    });
    expect(blocks(plan)).toEqual([null]);
  });
});

describe('percent limits', () => {
  it('stop a run that deletes too large a share, with both numbers', () => {
    const plan = guarded(removing(20, 7), { allowDelete: 7 });
    expect(plan.changes[0]?.blocked).toEqual({
      code: 'delete-limit',
      params: { scope: 'acme', count: 7, managed: 20, limit: 30 },
    });
  });

  it('let exactly the limit pass', () => {
    expect(blocks(guarded(removing(20, 6), { allowDelete: 6 })).every((b) => b === null)).toBe(true);
  });

  it('do not bite below the minimum number of objects', () => {
    expect(blocks(guarded(removing(9, 5), { allowDelete: 5 })).every((b) => b === null)).toBe(true);
  });

  it('are lifted by a reason', () => {
    const consent = { allowDelete: 7, overrideLimits: 'office closes', acceptOutage: null };
    expect(blocks(guarded(removing(20, 7), consent)).every((b) => b === null)).toBe(true);
  });

  it('stop a run that changes too large a share, and leave creates alone', () => {
    const all = numbers(20);
    const plan = guarded({
      desired: [
        ...all.slice(0, 11).map((key) => desired(key, { values: { number: key, name: 'X' } })),
        ...all.slice(11).map((key) => desired(key)),
        desired('900'),
      ],
      views: [view(all.map((key) => actual(key)))],
      state: state(all.map((key) => entry(key))),
    });
    const codes = new Map(plan.changes.map((c) => [c.key, c.blocked?.code ?? null]));
    expect([codes.get('100'), codes.get('900')]).toEqual(['change-limit', null]);
  });

  it('count what vanished like a deletion', () => {
    const all = numbers(20);
    const plan = guarded({
      desired: all.map((key) => desired(key)),
      views: [view(all.slice(7).map((key) => actual(key)))],
      state: state(all.map((key) => entry(key))),
    });
    expect(new Set(blocks(plan))).toEqual(new Set(['delete-limit']));
  });

  it('hold per platform over all clients of the run', () => {
    const shared = (client: string) =>
      target(client, { platform: 'sip', address: `${client}/pbx:main`, client });
    const planFor = (client: string, gone: number): ClientPlan => {
      const all = numbers(10);
      const own = shared(client);
      const address = (key: string) => `${client}/pbx:main/extension:${key}`;
      return planClient(
        input({
          client,
          desired: all.slice(gone).map((key) => desired(key, { address: address(key) })),
          views: [
            view(
              all.map((key) => actual(key)),
              { target: own },
            ),
          ],
          state: state(all.map((key) => entry(key, { label: client, address: address(key) }))),
        }),
      );
    };
    const limits = { maxDeletePercent: 30, maxChangePercent: 50, minimumObjects: 15 };
    const plans = guard([planFor('a', 4), planFor('b', 3)], facts({ limits }), {
      ...noConsent,
      allowDelete: 7,
    });
    expect(plans.flatMap(blocks)).toEqual(Array.from({ length: 7 }, () => 'delete-limit'));
  });

  it('stop too many changes also where there are too many deletions', () => {
    const all = numbers(20);
    const plan = guarded(
      {
        desired: all.slice(7).map((key) => desired(key, { values: { number: key, name: 'X' } })),
        views: [view(all.map((key) => actual(key)))],
        state: state(all.map((key) => entry(key))),
      },
      { allowDelete: 7 },
    );
    expect(new Set(blocks(plan))).toEqual(new Set(['delete-limit', 'change-limit']));
  });

  it('leave a platform alone that keeps within them, and lift with the reason', () => {
    const own = target('main', { platform: 'sip' });
    const all = numbers(10);
    const over = {
      desired: all.slice(4).map((key) => desired(key)),
      views: [
        view(
          all.map((key) => actual(key)),
          { target: own },
        ),
      ],
      state: state(all.map((key) => entry(key))),
    };
    expect(
      blocks(guarded(over, { allowDelete: 4, overrideLimits: 'r', acceptOutage: null })).every(
        (b) => b === null,
      ),
    ).toBe(true);
    expect(new Set(blocks(guarded({ ...removing(10, 1), views: over.views }, { allowDelete: 1 })))).toEqual(
      new Set([null]),
    );
  });
});

describe('everything of a tenant gone', () => {
  const all = numbers(3);
  const emptied: Partial<ClientInput> = {
    desired: all.map((key) => desired(key)),
    views: [view([])],
    state: state(all.map((key) => entry(key))),
  };

  it('stops an emptied PBX', () => {
    const plan = guarded(emptied);
    expect(plan.changes[0]?.blocked).toEqual({
      code: 'all-gone',
      params: { target: 'acme/pbx:main', count: 3 },
    });
  });

  it('writes nothing new either to a box that came back empty', () => {
    const plan = guarded({ ...emptied, desired: [...(emptied.desired ?? []), desired('900')] });
    expect(plan.changes.find((c) => c.key === '900')?.blocked?.code).toBe('all-gone');
  });

  it('creates again what vanished with consent that names the number', () => {
    expect(blocks(guarded(emptied, { recreate: 3 })).every((b) => b === null)).toBe(true);
    expect(blocks(guarded(emptied, { recreate: 2 }))).toContain('all-gone');
  });

  it.each([
    ['what is selected', { targets: ['acme/pbx:main/extension:100'], exclude: [] }],
    ['all but what is left out', { targets: [], exclude: ['acme/pbx:main/extension:100'] }],
  ])('stops an emptied PBX also where a run is about %s', (_, selection) => {
    expect(
      new Set(blocks(guarded({ ...emptied, selection }, { overrideLimits: 'r', acceptOutage: null }))),
    ).toEqual(new Set(['all-gone']));
  });

  it('counts what is created again over all clients of the run', () => {
    const plan = planClient(input(emptied));
    const plans = guard([plan, { ...plan, client: 'beta' }], facts(), { ...noConsent, recreate: 3 });
    expect(new Set(plans.flatMap(blocks))).toEqual(new Set(['all-gone']));
  });

  it('stops deleting all of a tenant, whatever the number', () => {
    expect(
      new Set(blocks(guarded(removing(3, 3), { allowDelete: 3, overrideLimits: 'r', acceptOutage: null }))),
    ).toEqual(new Set(['all-gone']));
  });

  it('leaves what is new alone while it stops deleting all that is old', () => {
    const over = { ...removing(3, 3), desired: [desired('900')] };
    const plan = guarded(over, { allowDelete: 3 });
    expect(plan.changes.map((c) => [c.action, c.blocked?.code ?? null])).toEqual([
      ['create', null],
      ['delete', 'all-gone'],
      ['delete', 'all-gone'],
      ['delete', 'all-gone'],
    ]);
  });

  it('lets a client out of service go', () => {
    const plan = guarded(removing(30, 30), { allowDelete: 30 }, { status: 'baja' });
    expect(new Set(blocks(plan))).toEqual(new Set([null]));
  });

  it('does not count what moves to another PBX', () => {
    const plan = guarded(
      {
        desired: [desired('10', { label: 'sede' })],
        views: [view([actual('10')]), view([], { target: target('sede') })],
        state: state([entry('10')]),
      },
      { allowDelete: 1 },
    );
    expect(plan.changes.map((c) => [c.action, c.section, c.blocked])).toEqual([
      ['create', 'moved', null],
      ['delete', 'moved', null],
    ]);
  });
});

describe('what depends on a blocked change', () => {
  it('is blocked too', () => {
    const plan = guarded({
      desired: [
        desired('10', { values: { number: '10', name: 'Otra' } }),
        desired('11', { dependsOn: ['acme/pbx:main/extension:10'] }),
      ],
      views: [view([actual('10')])],
    });
    expect(plan.changes.map((c) => c.blocked)).toEqual([
      { code: 'needs-adopt', params: { fields: 'name' } },
      { code: 'depends-on-blocked', params: { on: 'acme/pbx:main/extension:10' } },
    ]);
  });
});

it('deletes nothing whose new side was left out of the run', () => {
  const plan = guarded(
    {
      desired: [desired('10', { label: 'sede' })],
      views: [view([actual('10')]), view([], { target: target('sede') })],
      state: state([entry('10')]),
      selection: { targets: [], exclude: ['acme/pbx:sede'] },
    },
    { allowDelete: 1 },
  );
  expect(plan.changes.map((c) => [c.action, c.blocked?.code])).toEqual([['delete', 'depends-on-blocked']]);
});

it('does not break before it makes: a move whose new side is left to a person waits', () => {
  const can = { ...fullApi, guidedActions: { extension: ['create'] as const } };
  const plan = guarded(
    {
      desired: [desired('10', { label: 'sede' })],
      views: [view([actual('10')]), view([], { target: target('sede'), can })],
      state: state([entry('10')]),
    },
    { allowDelete: 1 },
  );
  expect(plan.changes.map((c) => [c.action, c.means, c.blocked?.code ?? null])).toEqual([
    ['create', 'guided', null],
    ['delete', 'api', 'depends-on-blocked'],
  ]);
});

it('guards a run without clients', () => {
  expect(guard([], facts(), noConsent)).toEqual([]);
});
