import pLimit from 'p-limit';
import type { Capabilities } from '../../providers/contract.ts';
import { peekCertificate } from '../../providers/transport/peek.ts';
import { AltaError, type Diagnostic, originOf, type Target, toDiagnostic } from '../model/index.ts';
import type { TargetView } from '../plan/index.ts';
import { groups } from '../secrets/index.ts';
import type { PlanOptions, RunContext } from './contract.ts';
import type { DoctorResult, Finding, TargetFinding } from './doctor-contract.ts';
import { type BastionKeys, bastionKeys } from './targets/bastion-keys.ts';
import { createObservations, type Observations } from './targets/observations.ts';
import { readTarget } from './targets/read.ts';
import { createSessions, type Sessions } from './targets/sessions.ts';
import { selectClients } from './workspace/choose.ts';
import { headCommit } from './workspace/git.ts';
import { openWorkspace, type Workspace } from './workspace/workspace.ts';

/**
 * Tries everything that an apply needs, without writing: keys, git, every target's address, certificate, login and powers. What is
 * missing to move a target from guided steps to its API is said with whom to ask.
 */
export async function doctor(context: RunContext, options: PlanOptions): Promise<DoctorResult> {
  const workspace = await openWorkspace(context, {
    allow: groups,
    clients: options.clients,
    engine: 'either',
  });
  if (workspace.invalid) return { diagnostics: workspace.diagnostics, findings: [] };
  const compiled = await selectClients(context, workspace, options);
  const targets = compiled.flatMap((client) => client.targets);
  const sessions = createSessions(context, workspace.vault, { retryRefused: true });
  const observations = createObservations(context, workspace.vault, { retryRefused: true });
  const knock = onceForHost(sessions);
  const limit = pLimit(context.parallelism);
  try {
    workspace.reading.expect(targets.length);
    const views = await Promise.all(
      targets.map((target) =>
        limit(async () => {
          workspace.reading.started(target.address);
          const driver = workspace.drivers.get(target.driver) ?? null;
          const view = await readTarget(target, driver, sessions, workspace.vault, { purpose: 'read' });
          workspace.reading.finished(target.address);
          return view;
        }),
      ),
    );
    const looks = await Promise.all(targets.map((target) => limit(() => lookBeside(observations, target))));
    const diagnostics: Diagnostic[] = [
      ...workspace.diagnostics,
      ...views.flatMap((view) => view.diagnostics),
      ...looks.flat(),
    ];
    const keys = bastionKeys(workspace.vault);
    const found = await Promise.all(
      views.map(async (view) => {
        const doors = await doorFindings(workspace, knock, view);
        return [...targetFindings(view), ...doors, ...(await pinFindings(context, view, doors, keys))];
      }),
    );
    return { diagnostics, findings: [...(await ownFindings(context, workspace)), ...found.flat()] };
  } finally {
    await Promise.all([sessions.close(), observations.close()]);
  }
}

/** What keeps whoever looks from beside a target from looking. */
async function lookBeside(observations: Observations, target: Target): Promise<readonly Diagnostic[]> {
  try {
    await observations.of(target);
    return [];
  } catch (error) {
    return [toDiagnostic(error, { address: target.address })];
  }
}

/** Codes that say: this target does not let us in as we are. */
const closed: ReadonlySet<string> = new Set([
  'wrong-credentials',
  'credential-missing',
  'forbidden',
  'refused-before',
]);

/** A platform is looked at once, however many of its tenants people write to. */
function onceForHost({ knock }: Sessions): Sessions['knock'] {
  const looks = new Map<string, ReturnType<Sessions['knock']>>();
  return (target, driver) => {
    const host = `${driver.name} ${target.host}`;
    const look = looks.get(host) ?? knock(target, driver);
    looks.set(host, look);
    return look;
  };
}

const doorCodes = { on: 'doctor-api-on', off: 'doctor-api-off', unknown: 'doctor-api-unknown' } as const;

/**
 * Whether the API of a target that is not read stands open, as far as that is seen from outside, and whom to ask for what. Nothing secret
 * is sent.
 */
async function doorFindings(
  { drivers }: Workspace,
  knock: Sessions['knock'],
  { target, status, diagnostics }: TargetView,
): Promise<readonly TargetFinding[]> {
  const driver = drivers.get(target.driver) ?? null;
  if (driver?.facts.access === undefined || status === 'read') return [];
  const ask = driver.facts.access;
  const { address } = target;
  if (status === 'failed' && diagnostics.some(({ code }) => closed.has(code))) {
    return [{ address, code: 'doctor-access', params: {}, ask }];
  }
  if (status !== 'guided') return [];
  try {
    const door = await knock(target, driver);
    if (door === null) return [{ address, code: 'doctor-access', params: {}, ask }];
    const params = { host: originOf(target), evidence: door.evidence };
    return [{ address, code: doorCodes[door.api], params, ask }];
  } catch (error) {
    const why = error instanceof AltaError ? error.code : 'internal';
    return [{ address, code: 'doctor-api-unknown', params: { host: originOf(target), evidence: why }, ask }];
  }
}

/** A certificate that is not trusted, or not the pinned one: its pin, for a person to compare with the box. */
async function pinFindings(
  context: RunContext,
  view: TargetView,
  doors: readonly TargetFinding[],
  keys: BastionKeys,
): Promise<readonly Finding[]> {
  const { address, endpoint } = view.target;
  const why = [...view.diagnostics.map(({ code }) => code), ...doors.map(({ params }) => params.evidence)];
  if (!why.some((code) => code === 'tls-untrusted' || code === 'tls-pin-mismatch')) return [];
  if (endpoint === null) return [];
  try {
    const ssh = endpoint.via === undefined ? undefined : await keys(endpoint.via);
    const shown = await peekCertificate(endpoint, context.abort, ssh);
    return shown === null ? [] : [{ address, code: 'doctor-pin', params: { pin: shown.pins.publicKey } }];
  } catch {
    // Why it cannot be reached stands in the view already.
    return [];
  }
}

/** What concerns this machine and this checkout. */
async function ownFindings(context: RunContext, workspace: Workspace): Promise<readonly Finding[]> {
  const address = 'alta.yaml';
  const keys = await Promise.all(
    groups.map(async (group): Promise<Finding> => {
      const code = (await workspace.vault.canOpen(group)) ? 'doctor-key' : 'doctor-no-key';
      return { address, code, params: { group } };
    }),
  );
  const commit = await headCommit(context);
  const git: Finding =
    commit === null
      ? { address, code: 'doctor-no-git', params: {} }
      : { address, code: 'doctor-git', params: { commit: commit.slice(0, 12) } };
  return [...keys, git];
}

function targetFindings(view: TargetView): readonly Finding[] {
  const { target, reading } = view;
  if (view.status === 'guided') return [{ address: target.address, code: 'doctor-guided', params: {} }];
  if (reading === null) return [];
  const { edition, resources } = reading;
  const { address } = target;
  const read: Finding =
    target.kind === 'pbx'
      ? { address, code: 'doctor-read', params: { edition, extensions: resources.length } }
      : { address, code: 'doctor-read-device', params: { edition, accounts: resources.length } };
  return [read, ...serialFinding(target, reading.identity), ...capabilityFindings(target, reading.can)];
}

/** Declaring the serial protects against writing to another box behind the same address. */
function serialFinding(target: Target, identity: Readonly<Record<string, string>>): readonly Finding[] {
  const serial = identity.serial;
  if (serial === undefined || target.identity.serial !== undefined) return [];
  return [{ address: target.address, code: 'doctor-serial', params: { serial } }];
}

function capabilityFindings(target: Target, can: Capabilities): readonly Finding[] {
  const actions = can.guidedActions.extension ?? [];
  const fields = can.guidedFields.extension ?? [];
  const { address } = target;
  return [
    ...(actions.length === 0
      ? []
      : [{ address, code: 'doctor-guided-actions', params: { actions } } as const]),
    ...(fields.length === 0 ? [] : [{ address, code: 'doctor-guided-fields', params: { fields } } as const]),
  ];
}
