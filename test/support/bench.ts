/**
 * A client with simulated boxes, and everything that its runs ever said: what the fault matrix of a driver stands on. `client` is the id
 * `acme`; a box of the lab is the PBX of its name.
 *
 *     const bench = await startBench({
 *       boxes: [{ driver: 'meetip', name: 'sede', tls: false }],
 *       held: ({ box }) => Object.values(box('sede').saved()).map(({ secret = '' }) => secret),
 *     });
 *     await bench.secret('values', 'extensions/sede/2000/sip', goodSecret);
 *     await bench.declare({
 *       pbx: { sede: pbxBlock(bench.service('sede'), { tenant: '301' }) },
 *       extensions: [{ pbx: 'sede', number: '2000', name: 'Sala' }],
 *     });
 *     const run = await bench.apply();     // run.codes: everything it told, by code
 *     await bench.changes();               // what is still to do: []
 *     bench.leaks();                       // secrets in anything said: []
 *
 * The proofs over it are in `matrix.ts`: they take the bench, an oracle, and the driver's table of mishaps.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Check } from '../../engine/model/index.ts';
import { type PlanResult, planWorkspace, type RunContext, verifyWorkspace } from '../../engine/run/index.ts';
import { findCanary } from '../../engine/secrets/index.ts';
import {
  type Lab,
  type LabBox,
  type LabBoxService,
  type LabFaultKind,
  type LabPhone,
  type LabServiceControl,
  type LabYeastar,
  type ServiceOf,
  startLab,
} from '../../lab/index.ts';
import { changesOf, contextAt, planOptions } from './commands.ts';
import { layOut, type Papers, trustIn } from './papers.ts';
import { applied, fastClock, type Run, type RunOptions } from './runs.ts';

export interface Setup<Box extends LabBox = LabYeastar> extends RunOptions {
  readonly boxes: readonly Box[];
  readonly phones?: readonly LabPhone[];
  /** More of alta.yaml. */
  readonly workspace?: object;
  /** Secrets that the lab holds and nobody gave us: what others' extensions and lines register with. Asked at each look for leaks. */
  readonly held: (lab: Lab<ServiceOf<Box>>) => readonly string[];
  /** How many times faster than the machine's clock leases and waits go. Default 4. */
  readonly speed?: number;
  /** Default: the registry's. */
  readonly driver?: RunContext['driver'];
}

export interface Bench<Service extends LabBoxService = ServiceOf<LabYeastar>> {
  readonly lab: Lab<Service>;
  /** The box of that name. Throws where there is none. */
  service(name: string): Service;
  /** Writes another YAML file of the workspace. */
  readonly write: Papers['write'];
  /** Writes the client's file: `pbx`, `extensions`, `devices` and so on. */
  declare(data: object): Promise<void>;
  /** Encrypts a secret of the client under a new rev; it must never be seen again. */
  secret(group: 'connect' | 'values', name: string, value: string): Promise<void>;
  /** A context of its own for each run, two minutes after the one before: no lease of an earlier run is in the way. */
  context(over?: Partial<RunContext>): RunContext;
  apply(over?: Partial<RunContext>): Promise<Run>;
  plan(): Promise<PlanResult>;
  /** What a plan still finds to do, in short: `update acme/pbx:sede/extension:2000`. Throws where there is no plan. */
  changes(): Promise<readonly string[]>;
  verify(): Promise<readonly Check[]>;
  /** The forms of secrets that stand in anything said so far; none, hopefully. */
  leaks(): readonly string[];
  close(): Promise<void>;
}

/** Starts the lab, lays out the workspace, and seals the logins of all boxes and phones. */
export async function startBench<Box extends LabBox = LabYeastar>(
  setup: Setup<Box>,
): Promise<Bench<ServiceOf<Box>>> {
  const root = await mkdtemp(join(tmpdir(), 'alta-bench-'));
  const lab = await startLab({ boxes: [...setup.boxes], phones: [...(setup.phones ?? [])] });
  const papers = await layOut(root, setup.workspace);
  const { note, leaksOf } = startNotes();
  const words = new Set<string>();
  const context = contexts(root, setup, note);

  const secret: Bench['secret'] = async (group, name, value) => {
    words.add(value);
    await papers.secret('acme', group, name, value);
  };
  await sealLogins(lab, papers, secret);

  const plan = async (): Promise<PlanResult> => {
    const planned = await planWorkspace(context({ command: 'plan' }), planOptions);
    note(planned);
    return planned;
  };

  return {
    lab,
    service: (name) => named(lab.boxes, name),
    write: papers.write,
    declare: (data) =>
      papers.write('clients/acme/client.yaml', {
        apiVersion: 'alta/v1',
        kind: 'Client',
        client: { id: 'acme', name: 'Acme S.L.' },
        ...data,
      }),
    secret,
    context,
    apply: async (over) => {
      const run = await applied(context(over), note, setup);
      note(run);
      return run;
    },
    plan,
    changes: async () => {
      const planned = await plan();
      if (planned.plan === null) throw new Error('there is no plan');
      return changesOf(planned);
    },
    verify: async () => {
      const { report } = await verifyWorkspace(context({ command: 'verify' }), planOptions);
      note(report);
      return report?.clients.flatMap(({ checks }) => checks) ?? [];
    },
    leaks: () => leaksOf([...words, ...setup.held(lab)]),
    close: async () => {
      await lab.close();
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Parts of a credential that may be seen. */
const publicParts = ['username', 'clientId'];

async function sealLogins(
  { boxes, phones }: Lab<LabBoxService>,
  papers: Papers,
  secret: Bench['secret'],
): Promise<void> {
  const places = [
    ...boxes.map(({ name, credentials }) => [`pbx/${name}`, credentials] as const),
    ...phones.map(({ name, credentials }) => [`devices/${name}`, credentials] as const),
  ];
  for (const [place, parts] of places) {
    for (const [part, value] of Object.entries(parts)) {
      if (publicParts.includes(part)) await papers.secret('acme', 'connect', `${place}/${part}`, value);
      else await secret('connect', `${place}/${part}`, value);
    }
  }
}

/** The contexts of one run after another. */
function contexts(root: string, { speed = 4, driver }: Setup<LabBox>, note: Note): Bench['context'] {
  let runs = 0;
  return (over) => {
    runs += 1;
    return contextAt(root, {
      clock: fastClock(speed, runs * 120_000),
      log: (event, facts) => note([event, facts]),
      progress: note,
      ...(driver === undefined ? {} : { driver }),
      ...over,
    });
  };
}

type Note = (thing: unknown) => void;

/** Keeps everything that is said, as the text a person or a log could see. */
function startNotes(): { note: Note; leaksOf: (words: readonly string[]) => readonly string[] } {
  const said: string[] = [];
  return {
    note: (thing) => {
      said.push(thing instanceof Error ? inspect(thing, { depth: 12 }) : JSON.stringify(thing));
    },
    leaksOf: (words) => {
      const text = Buffer.from(said.join('\n'));
      const kept = new Set(words.filter((word) => word !== ''));
      return [...kept].flatMap((word) => findCanary(text, word).map(({ form }) => form));
    },
  };
}

function named<Service extends LabBoxService>(boxes: readonly Service[], name: string): Service {
  const found = boxes.find((box) => box.name === name);
  if (found === undefined) throw new Error(`the lab has no box ${name}`);
  return found;
}

/** The client's block of a box: where it is, and why to trust it. Writes follow each other without a pause. */
export function pbxBlock(service: LabBoxService, over: object = {}): object {
  const { driver, url, sip } = service;
  return { driver, url, ...trustIn(service), sip: { ...sip }, options: { writeIntervalMs: 0 }, ...over };
}

/** Lets something happen while the first request for `path` is under way: one that is late, or never answered. */
export function during(
  control: LabServiceControl,
  path: string,
  act: () => unknown,
  kind: LabFaultKind & ('latency' | 'hang') = 'latency',
): void {
  const before = control.requests().total;
  control.addFault({ kind, ms: 250, match: { path } });
  const look = setInterval(() => {
    const arrived = control.requests().entries.slice(before);
    if (!arrived.some((entry) => entry.path.includes(path))) return;
    clearInterval(look);
    act();
  }, 5);
  look.unref();
}

/** Runs a test on something that was started, and takes it down. */
export async function on<T extends { close(): Promise<void> }>(
  started: Promise<T>,
  test: (at: T) => Promise<unknown>,
): Promise<void> {
  const at = await started;
  await test(at).finally(at.close);
}
