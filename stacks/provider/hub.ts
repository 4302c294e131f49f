import { userInfo } from 'node:os';
import { AltaError, type Diagnostic, type Lang, type State, type Target } from '../../engine/model/index.ts';
import type { RunContext } from '../../engine/run/contract.ts';
import { createSessions, type Sessions } from '../../engine/run/targets/sessions.ts';
import { openWorkspace, type Workspace } from '../../engine/run/workspace/workspace.ts';
import type { Vault } from '../../engine/secrets/index.ts';
import type { PoweredSession } from '../../providers/contract.ts';
import { driverNames, loadDriver } from '../../providers/registry.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { type Alone, createAlone, createFree, type Free } from './alone.ts';
import { type Convoys, createConvoys } from './convoy.ts';
import { createHostLeases } from './host-leases.ts';
import type { Place } from './instance.ts';
import type { Readings } from './readings.ts';

/** The process that serves. */
export interface Surroundings {
  /** Secrets are read from it, then deleted. */
  readonly env: Record<string, string | undefined>;
  readonly version: string;
  readonly lang: Lang;
  /** Where a provider configuration does not name a workspace. */
  readonly workspace: string | null;
}

/** One workspace as its provider instances share it: files, sessions, turns of hosts, writes. */
export interface Hub {
  readonly context: RunContext;
  readonly workspace: Workspace;
  readonly sessions: Sessions;
  readonly convoys: Convoys;
  /** Whoever opens a session of a target does so in its turn. */
  readonly alone: Alone;
  readonly free: Free;
  /** A session that may write, under the lease of its host where that bears one writer. The same one for every caller. */
  enter(place: Place): Promise<PoweredSession>;
  /** A vault that also opens what is written into targets. Made by the first apply; a plan never asks for it. */
  values(): Promise<Vault>;
  /** What Alta's own state has of a client: attested steps, and what was managed before the client moved to Terraform. */
  stateOf(client: string): Promise<State | null>;
  /** What an instance reads: dropped where somebody else has written. Answers how to end that. */
  watch(readings: Readings): () => void;
  close(): Promise<void>;
}

/** @throws AltaError `no-workspace`; what is wrong with the files is in `workspace.diagnostics` */
export async function openHub(root: string, surroundings: Surroundings): Promise<Hub> {
  const { env } = surroundings;
  const ending = new AbortController();
  const again = { ...env };
  const context = contextOf(root, surroundings, ending.signal);
  const workspace = await openWorkspace(context, { allow: ['connect'], clients: [], engine: 'either' });
  const sessions = createSessions(context, workspace.vault);
  const watched = new Set<Readings>();
  const written = (target: Target, but: ReadonlySet<Readings>): void => {
    for (const readings of watched) if (!but.has(readings)) readings.drop(target);
  };
  let values: Promise<Vault> | undefined;
  const states = new Map<string, Promise<State | null>>();
  const leases = createHostLeases(context, workspace.store);
  const alone = createAlone();
  const free = createFree(workspace, sessions);
  const enter: Hub['enter'] = (place) =>
    sessions.open(place.target, place.driver, 'write', leases.guard(place));
  const convoys = createConvoys({ context, workspace, sessions, leases, alone, free, enter, written });
  return {
    context,
    workspace,
    sessions,
    convoys,
    alone,
    free,
    enter,
    values: () => {
      values ??= openWorkspace(
        { ...context, env: again },
        { allow: ['connect', 'values'], clients: [], engine: 'either' },
      ).then(({ vault }) => vault);
      return values;
    },
    stateOf: (client) => {
      const known = states.get(client) ?? stateIn(workspace, client);
      states.set(client, known);
      return known;
    },
    watch: (readings) => {
      watched.add(readings);
      return () => watched.delete(readings);
    },
    close: async () => {
      try {
        await sessions.close();
      } finally {
        await leases.release();
        ending.abort();
      }
    },
  };
}

/** A state that cannot be read is nobody's business here: Terraform has its own. */
async function stateIn({ store }: Workspace, client: string): Promise<State | null> {
  try {
    return (await store.read(client)).state;
  } catch (error) {
    if (error instanceof AltaError) return null;
    throw error;
  }
}

/** Errors that concern a client: its own files and the workspace's. */
export function problemsOf({ diagnostics }: Workspace, client: string): readonly Diagnostic[] {
  return diagnostics.filter(({ severity, range, params }) => {
    const filename = range?.filename ?? String(params.filename ?? '');
    const folder = /^clients\/([^/]+)/.exec(filename)?.[1];
    return severity === 'error' && (folder === undefined || folder === client);
  });
}

const parallelism = 10;

function contextOf(root: string, { env, version, lang }: Surroundings, signal: AbortSignal): RunContext {
  return {
    root,
    env,
    clock: realClock,
    stop: signal,
    abort: signal,
    progress: () => {},
    log: () => {},
    driver: loadDriver,
    driverNames: driverNames({ hidden: true }),
    version,
    parallelism,
    user: userInfo().username,
    lang,
    command: 'terraform',
  };
}
