import {
  AltaError,
  type Diagnostic,
  type StepReport,
  type TargetReport,
} from '../../../engine/model/index.ts';
import { type ApplyResult, applyWorkspace, type RunContext } from '../../../engine/run/index.ts';
import type { Clock, Driver } from '../../../providers/contract.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { applyOptions } from '../../support/commands.ts';

/** What an apply came to. */
export interface Run {
  readonly result: ApplyResult | null;
  readonly steps: readonly StepReport[];
  readonly targets: readonly TargetReport[];
  /** Of everything reported, each once, in the order it is told; of what was thrown. */
  readonly codes: readonly string[];
}

/** The driver with a shorter limit for each request to a phone, which no YAML sets. */
export function impatient(driver: Driver | null, timeLimitMs: number): Driver | null {
  if (driver?.facts.target !== 'device') return driver;
  const host = { ...driver.facts.host, writeIntervalMs: 0 };
  return {
    ...driver,
    facts: { ...driver.facts, host },
    open: (target, context) =>
      driver.open({ ...target, options: { ...target.options, timeLimitMs } }, context),
  };
}

/** Applies with every consent. What is thrown is a result too, unless it is no AltaError. */
export async function applied(context: RunContext, note: (thing: unknown) => void): Promise<Run> {
  const consent = { allowDelete: 1, recreate: null, overrideLimits: 'tests', acceptOutage: null };
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

const speed = 8;

/** Eight times as fast as the machine's, for leases and waits alike, and `later` than that. */
export function clockAt(later: number): Clock {
  const start = realClock.now();
  return {
    now: () => start + later + (realClock.now() - start) * speed,
    elapsed: () => realClock.elapsed() * speed,
    sleep: (ms, signal) => realClock.sleep(ms / speed, signal),
  };
}
