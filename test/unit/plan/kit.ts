import {
  type ActualView,
  type Change,
  type Desired,
  resourceAddress,
  type State,
  type StateEntry,
  stateKey,
  type Target,
} from '../../../engine/model/index.ts';
import {
  type ClientInput,
  defaultLimits,
  everything,
  planClient,
  type TargetView,
} from '../../../engine/plan/index.ts';
import type { Capabilities } from '../../../providers/contract.ts';

/** Builders with plain defaults: each test names only what it is about. */
export const fullApi: Capabilities = { guidedActions: {}, guidedFields: {}, hiddenFields: {}, commit: false };

export function target(label = 'main', over: Partial<Target> = {}): Target {
  const credential = { username: { literal: 'api' } };
  return {
    address: `acme/pbx:${label}`,
    client: 'acme',
    label,
    kind: 'pbx',
    driver: 'memory',
    mode: 'api',
    presence: 'always',
    key: `memory:${label}`,
    host: `memory://${label}`,
    endpoint: { url: `memory://${label}`, tls: {} },
    credentials: { read: credential, write: credential },
    identity: {},
    sip: {},
    options: {},
    origin: { filename: 'clients/acme/client.yaml', path: ['pbx', label] },
    ...over,
  };
}

export function desired(key: string, over: Partial<Desired> & { label?: string } = {}): Desired {
  const { label = 'main', ...rest } = over;
  return {
    address: resourceAddress(`acme/pbx:${label}`, 'extension', key),
    kind: 'extension',
    key,
    values: { number: key, name: `Ext ${key}` },
    secrets: {},
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/client.yaml', path: ['extensions', 0] },
    ...rest,
  };
}

export function actual(key: string, over: Partial<ActualView> = {}): ActualView {
  return {
    kind: 'extension',
    key,
    values: { number: key, name: `Ext ${key}` },
    fingerprints: {},
    observed: {},
    ...over,
  };
}

export function entry(key: string, over: Partial<StateEntry> & { label?: string } = {}): StateEntry {
  const { label = 'main', ...rest } = over;
  return {
    address: resourceAddress(`acme/pbx:${label}`, 'extension', key),
    kind: 'extension',
    key,
    targetKey: `memory:${label}`,
    values: { number: key, name: `Ext ${key}` },
    secrets: {},
    dependsOn: [],
    appliedAt: '2026-01-01T00:00:00.000Z',
    ...rest,
  };
}

export function idOf(key: string, label = 'main'): string {
  return stateKey(`memory:${label}`, 'extension', key);
}

export function view(
  resources: readonly ActualView[],
  over: { target?: Target; can?: Capabilities; identity?: Record<string, string> } = {},
): TargetView {
  const { target: t = target(), can = fullApi, identity = {} } = over;
  return {
    target: t,
    status: 'read',
    reading: { edition: 'memory 1', identity, can, resources },
    diagnostics: [],
  };
}

export function unread(status: TargetView['status'], t: Target = target()): TargetView {
  return { target: t, status, reading: null, diagnostics: [] };
}

export function state(entries: readonly StateEntry[], over: Partial<State> = {}): State {
  return {
    format_version: '1.0',
    client: 'acme',
    lineage: 'l',
    serial: 1,
    alta_version: '0',
    commit: null,
    updatedAt: '2026-01-01T00:00:00.000Z',
    resources: Object.fromEntries(entries.map((e) => [stateKey(e.targetKey, e.kind, e.key), e])),
    targets: {},
    guided: {},
    outstanding: {},
    pending: null,
    ...over,
  };
}

export function input(over: Partial<ClientInput> = {}): ClientInput {
  return {
    client: 'acme',
    status: 'activo',
    tree: 'sha256:tree',
    state: state([]),
    desired: [],
    views: [view([])],
    desiredElsewhere: new Set(),
    released: new Set(),
    referenced: new Map(),
    selection: everything,
    versions: { alta: '0' },
    limits: defaultLimits,
    diagnostics: [],
    ...over,
  };
}

/** The plan's changes for an input. */
export function changesOf(over: Partial<ClientInput>): readonly Change[] {
  return planClient(input(over)).changes;
}

/** The one change of an input; fails loudly where there is none or more. */
export function onlyChange(over: Partial<ClientInput>): Change {
  const [change, ...more] = changesOf(over);
  if (change === undefined || more.length > 0) throw new Error(`expected one change, got ${1 + more.length}`);
  return change;
}

export function declared(name: string, marker: string | null = 'rev1') {
  return { name, source: 'declared', marker } as const;
}
