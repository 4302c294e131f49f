import type { Driver, PoweredSession, SessionContext } from '../../../providers/contract.ts';
import { AltaError, type Diagnostic, type Target } from '../../model/index.ts';
import type { ProfileDocument } from '../../model/profile.ts';
import type { RunContext } from '../contract.ts';
import { createSessions, type WriteGuard } from '../targets/sessions.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import type { SiteTools, VisitOptions } from './contract.ts';

/** A target with a profile, and the tools to try it. */
export interface Place {
  readonly workspace: Workspace;
  readonly target: Target;
  readonly driver: Driver;
  readonly tools: SiteTools;
  readonly profile: ProfileDocument;
}

/** A place, or what is wrong with the files. */
export type Found =
  | { readonly place: Place; readonly diagnostics: readonly Diagnostic[] }
  | { readonly place: null; readonly diagnostics: readonly Diagnostic[] };

/**
 * Opens the workspace and finds the target.
 * @throws AltaError `unknown-client`, `unknown-pbx-label`, `driver-unbuilt`, `site-tools-missing`, `profile-required`
 */
export async function findPlace(context: RunContext, options: VisitOptions): Promise<Found> {
  const { client } = options;
  const workspace = await openWorkspace(context, { allow: ['connect'], clients: [client], engine: 'either' });
  // A secret of an extension that nobody has made yet is no reason not to look: none is sent.
  const diagnostics = workspace.diagnostics.filter(({ code }) => code !== 'secret-required');
  if (diagnostics.some(({ severity }) => severity === 'error')) return { place: null, diagnostics };
  const target = targetOf(workspace, options);
  const driver = workspace.drivers.get(target.driver) ?? null;
  const about = { driver: target.driver, target: target.address };
  if (driver === null) throw new AltaError('driver-unbuilt', { ...about, address: target.address });
  const tools = await options.tools(target.driver);
  if (tools === null) throw new AltaError('site-tools-missing', about);
  const { profile } = target.options;
  if (typeof profile !== 'object' || profile === null) throw new AltaError('profile-required', about);
  return { place: { workspace, target, driver, tools, profile: profile as ProfileDocument }, diagnostics };
}

function targetOf(workspace: Workspace, { client, pbx }: VisitOptions): Target {
  const compiled = workspace.compiled.find((one) => one.client === client);
  if (compiled === undefined) {
    const known = workspace.compiled.map((one) => one.client);
    throw new AltaError('unknown-client', { client, known });
  }
  const targets = compiled.targets.filter(({ kind }) => kind === 'pbx');
  const found = targets.find(({ label }) => label === pbx);
  if (found !== undefined) return found;
  throw new AltaError('unknown-pbx-label', { pbx, client, known: targets.map(({ label }) => label) });
}

/**
 * Does a tool's work with a session context of the target: its credentials, its turns, its leases. The work stands where a driver's login
 * stands, so that refused logins are remembered and never repeated, as everywhere.
 */
export async function atPlace<T>(
  context: RunContext,
  { workspace, target, driver }: Place,
  purpose: 'read' | 'write',
  work: (context: SessionContext) => Promise<T>,
  guard?: WriteGuard,
): Promise<T> {
  const sessions = createSessions(context, workspace.vault);
  const done: { value?: T } = {};
  const tool: Driver = {
    ...driver,
    open: async (_target, session) => {
      done.value = await work(session);
      return ended;
    },
  };
  try {
    await sessions.open(target, tool, purpose, guard);
    return done.value as T;
  } finally {
    await sessions.close();
  }
}

/** A tool has logged out by itself: nothing is left to ask. */
const ended: PoweredSession = {
  read: () => Promise.reject(new AltaError('internal', { message: 'the visit is over' })),
  apply: () => Promise.reject(new AltaError('internal', { message: 'the visit is over' })),
  close: async () => {},
};
