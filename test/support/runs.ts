import { AltaError, type Diagnostic, type StepReport, type TargetReport } from '../../engine/model/index.ts';
import { type Consent, noConsent } from '../../engine/plan/index.ts';
import { type ApplyResult, applyWorkspace, type RunContext } from '../../engine/run/index.ts';
import type { Clock } from '../../providers/contract.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { applyOptions } from './commands.ts';

/** What an apply came to. */
export interface Run {
  readonly result: ApplyResult | null;
  readonly steps: readonly StepReport[];
  readonly targets: readonly TargetReport[];
  /** Of everything reported, each once, in the order it is told; of what was thrown. */
  readonly codes: readonly string[];
}

export interface RunOptions {
  /** Beside the consent to one deletion. */
  readonly consent?: Partial<Consent>;
}

/**
 * Applies. What is thrown is a result too, unless it is no AltaError.
 * @param note takes what is thrown, as it is
 */
export async function applied(
  context: RunContext,
  note: (thing: unknown) => void,
  options: RunOptions = {},
): Promise<Run> {
  const consent = { ...noConsent, allowDelete: 1, ...options.consent };
  try {
    const result = await applyWorkspace(context, { ...applyOptions, consent });
    const clients = result.report?.clients ?? [];
    const steps = clients.flatMap((client) => client.steps);
    const targets = clients.flatMap((client) => client.targets);
    return { result, steps, targets, codes: codesOf(result, steps, targets) };
  } catch (error) {
    note(error);
    if (!(error instanceof AltaError)) throw error;
    return { result: null, steps: [], targets: [], codes: [error.code] };
  }
}

function codesOf(
  result: ApplyResult,
  steps: readonly StepReport[],
  targets: readonly TargetReport[],
): readonly string[] {
  const planned = result.planned.plan?.clients ?? [];
  const told: readonly Diagnostic[] = [
    ...result.diagnostics,
    ...result.planned.diagnostics,
    ...(result.report?.diagnostics ?? []),
    ...planned.flatMap(({ diagnostics }) => diagnostics),
    ...(result.report?.clients ?? []).flatMap(({ diagnostics }) => diagnostics),
    ...steps.flatMap(({ diagnostic }) => diagnostic ?? []),
    ...targets.flatMap(({ diagnostics }) => diagnostics),
  ];
  return [...new Set(told.map(({ code }) => code))];
}

/** That many times as fast as the machine's, for leases and waits alike, and `later` ms than that. */
export function fastClock(speed: number, later: number): Clock {
  const start = realClock.now();
  return {
    now: () => start + later + (realClock.now() - start) * speed,
    elapsed: () => realClock.elapsed() * speed,
    sleep: (ms, signal) => realClock.sleep(ms / speed, signal),
  };
}
