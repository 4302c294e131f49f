import { inspect } from 'node:util';
import type { Diagnostic, StepReport, TargetReport } from '../../../engine/model/index.ts';
import { AltaError } from '../../../engine/model/index.ts';
import { type ApplyResult, applyWorkspace, planWorkspace, type RunContext } from '../../../engine/run/index.ts';
import { findCanary } from '../../../engine/secrets/index.ts';
import type { LabBox, LabBoxControl, LabExtension } from '../../../lab/index.ts';
import type { Clock } from '../../../providers/contract.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { applyOptions, planOptions, startWorld, type World } from '../run/world.ts';

/** A workspace, its boxes, and everything that its runs ever said. */
export interface Bench {
  readonly world: World;
  readonly box: LabBoxControl;
  /** All results, errors, log lines and progress so far, as text. */
  said(): string;
  /** Values that must stand in none of it. */
  readonly secrets: Set<string>;
  /** Encrypts the SIP secret of one of our extensions. */
  sip(pbx: string, number: string, value: string): Promise<void>;
  apply(): Promise<Run>;
  /** Number of changes that a plan still finds. */
  plan(): Promise<number>;
  close(): Promise<void>;
}

/** What an apply came to. */
export interface Run {
  readonly result: ApplyResult | null;
  /** Why it threw, if it did. */
  readonly error: AltaError | null;
  readonly steps: readonly StepReport[];
  readonly targets: readonly TargetReport[];
  /** Errors and failures, each code once, in the order they are told. */
  readonly codes: readonly string[];
}

export async function startBench(boxes: readonly LabBox[]): Promise<Bench> {
  const world = await startWorld(boxes);
  const [first] = boxes;
  const box = world.lab.box(first?.name ?? '');
  const secrets = new Set(world.lab.services.map(({ credentials }) => credentials.password));
  for (const { name } of boxes)
    for (const { registerpassword = '' } of Object.values(world.lab.box(name).saved())) secrets.add(registerpassword);
  const lines: string[] = [];
  const note = (thing: unknown) => lines.push(inspect(thing, { depth: 12 }), JSON.stringify(thing) ?? '');
  let runs = 0;
  const context = () => {
    runs += 1;
    return world.context({ clock: clockAt(runs * 120_000), log: (event, facts) => note([event, facts]), progress: note });
  };
  return {
    world,
    box,
    secrets,
    said: () => lines.join('\n'),
    sip: async (pbx, number, value) => {
      secrets.add(value);
      await world.secret('values', `extensions/${pbx}/${number}/sip`, value);
    },
    apply: async () => {
      const run = await applied(context());
      note(run);
      return run;
    },
    plan: async () => {
      const { plan } = await planWorkspace(context(), planOptions);
      note(plan);
      return plan?.clients.reduce((sum, client) => sum + client.changes.length, 0) ?? -1;
    },
    close: world.close,
  };
}

async function applied(context: RunContext): Promise<Run> {
  const consent = { allowDelete: 1, recreate: null, overrideLimits: null };
  try {
    const result = await applyWorkspace(context, { ...applyOptions, consent });
    const clients = result.report?.clients ?? [];
    const steps = clients.flatMap((client) => client.steps);
    const targets = clients.flatMap((client) => client.targets);
    return { result, error: null, steps, targets, codes: codesOf(result, steps, targets) };
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    return { result: null, error, steps: [], targets: [], codes: [error.code] };
  }
}

function codesOf(result: ApplyResult, steps: readonly StepReport[], targets: readonly TargetReport[]): readonly string[] {
  const planned = result.planned.plan?.clients ?? [];
  const told: readonly Diagnostic[] = [
    ...result.diagnostics,
    ...result.planned.diagnostics,
    ...(result.report?.diagnostics ?? []),
    ...planned.flatMap(({ diagnostics }) => diagnostics),
    ...steps.flatMap(({ diagnostic }) => diagnostic ?? []),
    ...targets.flatMap(({ diagnostics }) => diagnostics),
  ];
  return [...new Set(told.map(({ code }) => code))];
}

/** Four times as fast as the machine's, for leases and waits alike, and `later` than that. */
function clockAt(later: number): Clock {
  const start = realClock.now();
  return {
    now: () => start + later + (realClock.now() - start) * 4,
    elapsed: () => realClock.elapsed() * 4,
    sleep: (ms, signal) => realClock.sleep(ms / 4, signal),
  };
}

/** The forms of secrets that the runs let out; none, hopefully. */
export function leaks({ said, secrets }: Bench): readonly string[] {
  const text = said();
  return [...secrets].flatMap((secret) => findCanary(text, secret).map(({ form }) => form));
}

/** What is saved and running under the numbers that are not ours, as text to compare byte by byte. */
export function foreign(box: LabBoxControl, ours: (number: string) => boolean): string {
  const rest = (all: Record<string, LabExtension>) => Object.entries(all).filter(([number]) => !ours(number));
  return JSON.stringify([rest(box.saved()), rest(box.running())]);
}
