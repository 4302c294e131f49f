import type { ApplyReport, ClientPlan, Code, Diagnostic, StepReport } from '../../engine/model/index.ts';
import { AltaError } from '../../engine/model/index.ts';
import { everything, noConsent } from '../../engine/plan/index.ts';
import { applyWorkspace } from '../../engine/run/apply/apply.ts';
import type {
  ApplyOptions,
  ApplyResult,
  PlanOptions,
  PlanResult,
  RunContext,
} from '../../engine/run/contract.ts';
import { planWorkspace } from '../../engine/run/plan.ts';
import type { Clock } from '../../providers/contract.ts';
import { driverNames, loadDriver } from '../../providers/registry.ts';
import { realClock } from '../../providers/transport/clock.ts';

export const planOptions: PlanOptions = {
  clients: [],
  selection: everything,
  consent: noConsent,
  since: null,
  noRead: false,
};

export const applyOptions: ApplyOptions = {
  ...planOptions,
  approval: null,
  confirm: async () => true,
  rollback: false,
  lockTimeoutMs: 0,
};

/** A context of its own for each run, as each command has. */
export function contextAt(root: string, over: Partial<RunContext> = {}): RunContext {
  return {
    root,
    env: { PATH: process.env.PATH },
    clock: realClock,
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    progress: () => {},
    log: () => {},
    driver: loadDriver,
    driverNames: driverNames({ hidden: true }),
    version: '0.0.0-test',
    parallelism: 8,
    user: 'ana',
    lang: 'en',
    command: 'apply',
    ...over,
  };
}

/** The real clock, set forward: writes that were under way that long ago can no longer appear. */
export function clockAhead(ms: number): Clock {
  return { ...realClock, now: () => realClock.now() + ms };
}

export function plan(
  { root }: { readonly root: string },
  options: Partial<PlanOptions> = {},
  context: Partial<RunContext> = {},
): Promise<PlanResult> {
  return planWorkspace(contextAt(root, { command: 'plan', ...context }), { ...planOptions, ...options });
}

export function apply(
  { root }: { readonly root: string },
  options: Partial<ApplyOptions> = {},
  context: Partial<RunContext> = {},
): Promise<ApplyResult> {
  return applyWorkspace(contextAt(root, context), { ...applyOptions, ...options });
}

/** The plan of one client. Throws where there is none. */
export function planOf({ plan: made }: PlanResult, client = 'acme'): ClientPlan {
  const found = made?.clients.find((one) => one.client === client);
  if (found === undefined) throw new Error(`no plan of ${client}`);
  return found;
}

/** Every change in short: `create acme/pbx:sede/extension:2000`, and the block where there is one. */
export function changesOf(result: PlanResult): readonly string[] {
  return (result.plan?.clients ?? []).flatMap(({ changes }) =>
    changes.map(({ action, address, blocked }) =>
      [action, address, ...(blocked === null ? [] : [blocked.code])].join(' '),
    ),
  );
}

export function stepsOf(report: ApplyReport | null): readonly StepReport[] {
  return (report?.clients ?? []).flatMap(({ steps }) => steps);
}

/** Every step in short: `done acme/pbx:sede/extension:2000`. */
export function outcomesOf({ report }: ApplyResult): readonly string[] {
  return stepsOf(report).map(({ result, address }) => `${result} ${address}`);
}

/** Codes of everything that the files and the clients complain about. */
export function codesOf(result: PlanResult): readonly Code[] {
  const clients = result.plan?.clients.flatMap(({ diagnostics }) => diagnostics) ?? [];
  return [...result.diagnostics, ...clients].map(({ code }: Diagnostic) => code);
}

/** The AltaError of a call that must fail. */
export async function failure(call: () => Promise<unknown>): Promise<AltaError> {
  const result = await call().catch((error: unknown) => error);
  if (result instanceof AltaError) return result;
  throw result instanceof Error ? result : new Error('the call succeeded');
}
