import { inspect } from 'node:util';
import type { Diagnostic, StepReport, TargetReport } from '../../../engine/model/index.ts';
import { AltaError } from '../../../engine/model/index.ts';
import {
  type ApplyResult,
  applyWorkspace,
  planWorkspace,
  type RunContext,
} from '../../../engine/run/index.ts';
import { findCanary } from '../../../engine/secrets/index.ts';
import type { LabYeastar, LabBoxControl } from '../../../lab/index.ts';
import type { Clock } from '../../../providers/contract.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { applyOptions, planOptions, startWorld, type World } from '../run/world.ts';

/** A workspace, its boxes, and everything that its runs ever said. */
export interface Bench {
  readonly world: World;
  /** The first box. */
  readonly box: LabBoxControl;
  /** Encrypts the SIP secret of one of our extensions; it must never be seen again. */
  sip(pbx: string, number: string, value: string): Promise<void>;
  /** Encrypts another password for logging in to a box. */
  password(pbx: string, value: string): Promise<void>;
  apply(): Promise<Run>;
  /** Number of changes that a plan still finds. */
  plan(): Promise<number>;
  /** The forms of secrets that stand in anything said so far; none, hopefully. */
  leaks(): readonly string[];
  close(): Promise<void>;
}

/** What an apply came to. */
export interface Run {
  readonly result: ApplyResult | null;
  readonly steps: readonly StepReport[];
  readonly targets: readonly TargetReport[];
  /** Of everything reported, each once, in the order it is told; of what was thrown. */
  readonly codes: readonly string[];
}

export async function startBench(boxes: readonly LabYeastar[]): Promise<Bench> {
  const world = await startWorld(boxes);
  const box = world.lab.box(boxes[0]?.name ?? '');
  const secrets = new Set(secretsOf(world));
  const said: string[] = [];
  const note = (thing: unknown) =>
    said.push(thing instanceof Error ? inspect(thing, { depth: 12 }) : JSON.stringify(thing));
  let runs = 0;
  const context = (): RunContext => {
    runs += 1;
    const log: RunContext['log'] = (event, facts) => note([event, facts]);
    return world.context({ clock: clockAt(runs * 120_000), log, progress: note });
  };
  return {
    world,
    box,
    sip: (pbx, number, value) => {
      secrets.add(value);
      return world.secret('values', `extensions/${pbx}/${number}/sip`, value);
    },
    password: (pbx, value) => {
      secrets.add(value);
      return world.secret('connect', `pbx/${pbx}/password`, value);
    },
    apply: async () => {
      const run = await applied(context(), note);
      note(run);
      return run;
    },
    plan: async () => {
      const planned = await planWorkspace(context(), planOptions);
      note(planned);
      return planned.plan?.clients.reduce((sum, client) => sum + client.changes.length, 0) ?? -1;
    },
    leaks: () => {
      const text = Buffer.from(said.join('\n'));
      return [...secrets].flatMap((secret) => findCanary(text, secret).map(({ form }) => form));
    },
    close: world.close,
  };
}

/** The logins of the boxes, and what their extensions register with: those of others too. */
function secretsOf({ lab }: World): readonly string[] {
  return lab.services.flatMap(({ name, credentials }) => {
    const extensions = Object.values(lab.box(name).saved());
    return [credentials.password, ...extensions.map(({ registerpassword = '' }) => registerpassword)];
  });
}

async function applied(context: RunContext, note: (thing: unknown) => void): Promise<Run> {
  const consent = { allowDelete: 1, recreate: null, overrideLimits: null, acceptOutage: null };
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

/** Lets something happen on the box while the first request for `path` is under way. */
export function during(box: LabBoxControl, path: string, act: () => unknown): void {
  const before = box.requests().total;
  box.addFault({ kind: 'latency', ms: 250, match: { path } });
  const look = setInterval(() => {
    const arrived = box.requests().entries.slice(before);
    if (!arrived.some((entry) => entry.path.includes(path))) return;
    clearInterval(look);
    act();
  }, 5);
  look.unref();
}
