import type { Driver } from '../../../providers/contract.ts';
import type { Compiled } from '../../compile/index.ts';
import type { State, Target } from '../../model/index.ts';
import {
  type ClientInput,
  followIdentity,
  resolveOpen,
  resolveReferences,
  type TargetView,
} from '../../plan/index.ts';
import type { OpenIntent } from '../../state/index.ts';
import type { PlanOptions, RunContext } from '../contract.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { withObjections } from './objections.ts';
import { readTarget, skippedView } from './read.ts';
import type { Sessions, WriteGuard } from './sessions.ts';

/** One client with everything that its plan rests on. */
export interface Gathered {
  readonly compiled: Compiled;
  readonly input: ClientInput;
  readonly open: readonly OpenIntent[];
}

export interface GatherAccess {
  readonly purpose: 'read' | 'write';
  /** What to ask before each write to a host. */
  readonly guard?: (host: string) => WriteGuard;
  readonly state: State;
  readonly open: readonly OpenIntent[];
  /** As in {@link Access}. */
  readonly lookAtGuided?: boolean;
}

/** Reads the targets of one client and joins them with its YAML and state: everything a plan needs, and nothing written. */
export async function gatherClient(
  context: RunContext,
  workspace: Workspace,
  compiled: Compiled,
  options: PlanOptions,
  sessions: Sessions,
  access: GatherAccess,
): Promise<Gathered> {
  const { drivers } = workspace;
  const views = options.noRead
    ? compiled.targets.map(skippedView)
    : await readAll(workspace, compiled.targets, drivers, sessions, access);
  const followed = followIdentity(access.state, views);
  const now = new Date(context.clock.now()).toISOString();
  const writes = access.open.map((intent) => intent.write);
  const state = resolveOpen(followed, writes, views, now);
  const desired = resolveReferences(compiled.desired, views, state);
  const input: ClientInput = {
    client: compiled.client,
    status: compiled.status,
    tree: workspace.treeOf(compiled.client),
    state,
    desired,
    views: withObjections(workspace, views, desired),
    desiredElsewhere: workspace.desiredElsewhere(compiled.client),
    released: compiled.released,
    referenced: compiled.referenced,
    selection: options.selection,
    ...(options.republish === true ? { republish: true } : {}),
    versions: versionsOf(context, compiled.targets, drivers),
    limits: workspace.limits,
    diagnostics: [],
  };
  return { compiled, input, open: access.open };
}

async function readAll(
  workspace: Workspace,
  targets: readonly Target[],
  drivers: ReadonlyMap<string, Driver | null>,
  sessions: Sessions,
  access: GatherAccess,
): Promise<readonly TargetView[]> {
  return Promise.all(
    targets.map((target) =>
      workspace.turns(async () => {
        workspace.reading.started(target.address);
        const driver = drivers.get(target.driver) ?? null;
        const guard = access.guard?.(target.host);
        const given = {
          purpose: access.purpose,
          lookAtGuided: access.lookAtGuided ?? false,
          ...(guard === undefined ? {} : { guard }),
        };
        const view = await readTarget(target, driver, sessions, workspace.vault, given);
        workspace.reading.finished(target.address);
        return view;
      }),
    ),
  );
}

function versionsOf(
  context: RunContext,
  targets: readonly Target[],
  drivers: ReadonlyMap<string, Driver | null>,
): Readonly<Record<string, string>> {
  const used = targets.flatMap(({ driver }) => {
    const version = drivers.get(driver)?.version;
    return version === undefined ? [] : [[driver, version] as const];
  });
  return { alta: context.version, ...Object.fromEntries(used) };
}
