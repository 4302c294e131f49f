import { describe, expect, it } from 'vitest';
import { beforeOf, changeDigest, joinPlans, needsPerson, planClient } from '../../../engine/plan/index.ts';
import { actual, changesOf, desired, entry, fullApi, input, state, target, unread, view } from './kit.ts';

describe('order', () => {
  it('creates and updates before it deletes, numbers as numbers', () => {
    const changes = changesOf({
      desired: [desired('9'), desired('100'), desired('20', { values: { number: '20', name: 'X' } })],
      views: [view([actual('20'), actual('5')])],
      state: state([entry('20'), entry('5')]),
    });
    expect(changes.map((c) => `${c.action} ${c.key}`)).toEqual([
      'create 9',
      'update 20',
      'create 100',
      'delete 5',
    ]);
  });

  it('puts what others depend on first, and copes with dependencies outside the plan', () => {
    const changes = changesOf({
      desired: [
        desired('10', { dependsOn: ['acme/pbx:main/extension:30', 'acme/pbx:main/extension:99'] }),
        desired('30'),
      ],
    });
    expect(changes.map((c) => c.key)).toEqual(['30', '10']);
  });

  it('makes before it breaks when an extension moves to another PBX', () => {
    const changes = changesOf({
      desired: [desired('10', { label: 'sede' })],
      views: [view([actual('10')]), view([], { target: target('sede') })],
      state: state([entry('10')]),
    });
    expect(changes[0]).toMatchObject({ action: 'create', previousAddress: 'acme/pbx:main/extension:10' });
    expect(changes[1]).toMatchObject({ action: 'delete', after: ['acme/pbx:sede/extension:10'] });
  });

  it('does not link a number that is new on the PBX it leaves', () => {
    const changes = changesOf({
      desired: [desired('11')],
      views: [view([actual('10')])],
      state: state([entry('10')]),
    });
    expect(changes.map((c) => c.section)).toEqual(['requested', 'requested']);
  });
});

describe('selection', () => {
  const over = { desired: [desired('10'), desired('11')] };

  it.each([
    ['an address', ['acme/pbx:main/extension:10'], [], ['10']],
    ['a target', ['acme/pbx:main'], [], ['10', '11']],
    ['a pattern', ['acme/pbx:main/extension:1*'], ['acme/pbx:main/extension:11'], ['10']],
    ['nothing that exists', ['other'], [], []],
  ])('takes %s', (_, targets, exclude, keys) => {
    expect(changesOf({ ...over, selection: { targets, exclude } }).map((c) => c.key)).toEqual(keys);
  });
});

describe('counts and commit', () => {
  it('counts only what is written now as changes', () => {
    const plan = planClient(input({ desired: [desired('10')], views: [view([actual('10')])] }));
    expect(plan.counts).toEqual({ changes: 0, deferred: 0, pending: 0, unverifiable: 0 });
    expect(plan.changes[0]?.action).toBe('record');
  });

  it('plans the commit that a crash left open, and counts it', () => {
    const plan = planClient(
      input({
        state: state([], {
          targets: { 'memory:main': { address: 'acme/pbx:main', commitPending: true, identity: {} } },
        }),
      }),
    );
    expect(plan.targets[0]?.commit).toBe('pending-from-before');
    expect(plan.counts.changes).toBe(1);
  });

  it('leaves a due commit alone that the run is not about, and approves none unseen', () => {
    const due = state([], {
      targets: { 'memory:main': { address: 'acme/pbx:main', commitPending: true, identity: {} } },
    });
    const selection = { targets: [], exclude: ['acme/pbx:main'] };
    const left = planClient(input({ state: due, selection }));
    expect([left.targets[0]?.commit, left.counts.changes]).toEqual(['none', 0]);
    expect(planClient(input({ state: due })).basis).not.toBe(planClient(input()).basis);
  });

  it.each([
    ['a box that needs one, with writes', true, [desired('10')], 'after-writes'],
    ['a box that needs one, without', true, [], 'none'],
    ['a box that needs none', false, [desired('10')], 'none'],
  ])('plans a commit for %s', (_, commit, wanted, expected) => {
    const plan = planClient(input({ desired: wanted, views: [view([], { can: { ...fullApi, commit } })] }));
    expect(plan.targets[0]?.commit).toBe(expected);
  });

  it('shows platform, plain http and a target without address', () => {
    const insecure = target('main', {
      platform: 'sip',
      endpoint: { url: 'http://192.0.2.1', tls: {}, insecure: 'old box' },
    });
    const guided = target('g', { mode: 'guided', endpoint: null });
    const plan = planClient(input({ views: [view([], { target: insecure }), unread('guided', guided)] }));
    expect(plan.targets).toEqual([
      expect.objectContaining({ platform: 'sip', insecure: 'old box', url: 'http://192.0.2.1' }),
      expect.objectContaining({ url: null, edition: null, seen: 0 }),
    ]);
  });

  it('knows what needs a person', () => {
    const [change] = changesOf({ desired: [desired('10')] });
    expect(change && needsPerson(change)).toBe(false);
  });
});

describe('digests', () => {
  const base = { desired: [desired('10')] };

  it('are equal for equal input', () => {
    expect(planClient(input(base)).digest).toBe(planClient(input(base)).digest);
  });

  it.each([
    ['the files', { tree: 'sha256:other' }],
    ['the limits', { limits: { maxDeletePercent: 1, maxChangePercent: 1, minimumObjects: 1 } }],
    ['a version', { versions: { alta: '9' } }],
    [
      'an endpoint',
      { views: [view([], { target: target('main', { endpoint: { url: 'memory://x', tls: {} } }) })] },
    ],
  ])('of the basis change with %s', (_, over) => {
    expect(planClient(input({ ...base, ...over })).basis).not.toBe(planClient(input(base)).basis);
  });

  it('of a change do not depend on judgements', () => {
    const [change] = changesOf(base);
    if (change === undefined) throw new Error('no change');
    const blocked = { ...change, section: 'unapplied', blocked: { code: 'all-gone', params: {} } } as const;
    expect(changeDigest(blocked)).toBe(changeDigest(change));
    expect(changeDigest({ ...change, before: 'sha256:x' })).not.toBe(changeDigest(change));
  });

  it('of what was read change with values and secrets', () => {
    const seen = new Set([
      beforeOf(null),
      beforeOf(actual('10')),
      beforeOf(actual('10', { values: { number: '10' } })),
      beforeOf(actual('10', { fingerprints: { sip: 'f' } })),
    ]);
    expect(seen.size).toBe(4);
    expect(beforeOf(actual('10', { observed: { status: 'x' } }))).toBe(beforeOf(actual('10')));
  });

  it('join into the digest of the run', () => {
    const facts = { alta_version: '0', createdAt: 't', commit: null, partial: false };
    const plan = joinPlans([planClient(input(base))], facts);
    expect(plan).toMatchObject({ ...facts, digest: expect.stringMatching(/^sha256:/) });
  });
});

describe('the tuple of a target', () => {
  const tuple = (directory: string): string | undefined => {
    const store = { name: 's', place: { directory } };
    const fetching = target('main', { publication: { store, trigger: 'none', sipPort: 5060 } });
    return planClient(input({ views: [view([], { target: fetching })] })).targets[0]?.tuple;
  };

  it('is another one where its store is another one', () => {
    expect(tuple('/srv/a')).not.toBe(tuple('/srv/b'));
  });

  it('is the same one where its store is the same one', () => {
    expect(tuple('/srv/a')).toBe(tuple('/srv/a'));
  });
});

describe('things on a target that left the YAML', () => {
  const gone = state([entry('10', { label: 'old' }), entry('11', { label: 'old' })]);

  it('are an error that counts them', () => {
    const plan = planClient(input({ state: gone }));
    expect(plan.diagnostics).toEqual([
      expect.objectContaining({
        code: 'target-undeclared',
        params: { client: 'acme', target: 'memory:old', count: 2 },
      }),
    ]);
  });

  it('leave state where released or taken over', () => {
    const plan = planClient(
      input({
        state: gone,
        released: new Set(['acme/pbx:old/extension:10']),
        desiredElsewhere: new Set(['memory:old#extension:11']),
      }),
    );
    expect(plan.diagnostics).toEqual([]);
    expect(plan.changes.map((c) => [c.key, c.action, c.section, c.before])).toEqual([
      ['10', 'forget', 'released', 'absent'],
      ['11', 'forget', 'moved', 'absent'],
    ]);
  });
});
