import type { Change, ClientPlan, FieldChange, Plan, TargetPlan } from '../../../engine/model/index.ts';

/** Plans in a few words: everything that a test does not name is ordinary. */
export function change(key: string, facts: Partial<Change> = {}): Change {
  const target = facts.target ?? 'acme/pbx:main';
  return {
    address: `${target}/extension:${key}`,
    target,
    targetKey: 'box',
    kind: 'extension',
    key,
    action: 'create',
    section: 'requested',
    means: 'api',
    fields: [],
    before: 'absent',
    revs: {},
    after: [],
    blocked: null,
    ...facts,
  };
}

export function field(name: string, facts: Partial<FieldChange> = {}): FieldChange {
  const plain = { before: null, after: null, sensitive: false, unknown: false, guided: false } as const;
  return { field: name, ...plain, why: 'requested', ...facts };
}

export function target(facts: Partial<TargetPlan> = {}): TargetPlan {
  return {
    address: 'acme/pbx:main',
    key: 'box',
    driver: 'memory',
    host: 'https://pbx.example.com',
    url: 'https://pbx.example.com',
    status: 'read',
    edition: 'Box 1.0',
    managed: 10,
    seen: 10,
    lost: 0,
    vanished: 0,
    commit: 'none',
    tuple: 'sha256:tuple',
    ...facts,
  };
}

export function client(changes: readonly Change[], facts: Partial<ClientPlan> = {}): ClientPlan {
  const of = (action: Change['action']): number => changes.filter((c) => c.action === action).length;
  const actions = { create: of('create'), update: of('update'), delete: of('delete') };
  return {
    client: 'acme',
    tree: 'sha256:tree',
    stateSerial: 1,
    targets: [target()],
    changes,
    foreign: [],
    unverifiable: [],
    counts: {
      changes: actions.create + actions.update + actions.delete,
      deferred: 0,
      pending: 0,
      unverifiable: 0,
    },
    actions,
    basis: 'sha256:basis',
    digest: 'sha256:client',
    diagnostics: [],
    ...facts,
  };
}

export function plan(...clients: readonly ClientPlan[]): Plan {
  const facts = {
    alta_version: '0.1.0',
    createdAt: '2026-03-02T09:30:00.000Z',
    commit: null,
    partial: false,
  };
  return { ...facts, clients, digest: 'sha256:plan' };
}
