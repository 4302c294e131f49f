/**
 * Applies changes to the in-memory PBX, which answers at once: what is left is our own work. One client holds all objects, the hardest
 * case for whatever grows with the state. Prints milliseconds for each change: of the apply beyond a plan of the same, and of a bare
 * loop that appends and syncs two records of the journal's size.
 */
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everything, noConsent } from '../../engine/plan/index.ts';
import { type ApplyOptions, applyWorkspace, planWorkspace, type RunContext } from '../../engine/run/index.ts';
import { driver } from '../../providers/memory/driver.ts';
import { addForeign, createWorld } from '../../providers/memory/world.ts';
import { realClock } from '../../providers/transport/clock.ts';
import { type Line, linesOf, type Shape } from '../fleet/shape.ts';
import { type FleetBox, writeFleet } from '../fleet/workspace.ts';
import { clientYaml } from '../fleet/yaml.ts';

const [objects, changes] = [Number(process.argv[2]), Number(process.argv[3])];
const shape: Shape = { clients: 1, extensions: objects, secrets: 0 };
const client = 'c001';
/** The YAML takes no in-memory box, so it names another driver, and the in-memory one answers to it. */
const url = 'https://192.0.2.10';
const box: FleetBox = { driver: 'yeastar', url, pin: null, username: 'alta', password: 'memory' };

const options: ApplyOptions = {
  clients: [],
  selection: everything,
  consent: { ...noConsent, overrideLimits: 'bench' },
  since: null,
  noRead: false,
  approval: null,
  confirm: async () => true,
  rollback: false,
  lockTimeoutMs: 0,
};

function contextIn(root: string): RunContext {
  return {
    root,
    env: { PATH: process.env.PATH },
    clock: realClock,
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    progress: () => {},
    log: () => {},
    driver: async () => driver,
    driverNames: [box.driver],
    version: '0.0.0-bench',
    lang: 'en',
    parallelism: 8,
    user: 'bench',
    command: 'apply',
  };
}

/** Fills the box with what the YAML declares. */
function fillBox(lines: readonly Line[]): void {
  const world = createWorld(url, { pageSize: objects });
  for (const { number, name, email, callerId, registrations } of lines) {
    const row = { label: name, mail: email, clid: callerId, maxreg: String(registrations), nat: 'on' };
    addForeign(world, number.padStart(5, '0'), row);
  }
}

/** @throws Error where not exactly `expected` changes ended as they should */
async function apply(root: string, expected: number, wanted: 'done' | 'recorded'): Promise<void> {
  const { report, planned } = await applyWorkspace(contextIn(root), options);
  const steps = report?.clients.flatMap(({ steps: all }) => all) ?? [];
  const ended = steps.filter(({ result }) => result === wanted).length;
  if (ended === expected) return;
  const said = JSON.stringify([...planned.diagnostics.slice(0, 2), ...steps.slice(0, 2)]);
  throw new Error(`${ended} of ${expected} changes ${wanted}: ${said}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Two records a change, each synced before the next: what a journal cannot do without. */
async function bareJournal(root: string): Promise<void> {
  const file = await open(join(root, 'bare.journal'), 'a');
  const record = Buffer.alloc(700, 'x');
  for (let written = 0; written < 2 * changes; written += 1) {
    await file.appendFile(record);
    await file.datasync();
  }
  await file.close();
}

const root = await mkdtemp(join(tmpdir(), 'alta-bench-'));
try {
  await writeFleet(root, shape, () => box);
  const lines = linesOf(client, shape);
  fillBox(lines);
  await apply(root, objects, 'recorded');
  const renamed = lines.map((line, at) => (at < changes ? { ...line, name: `Mesa ${line.number}` } : line));
  await writeFile(join(root, 'clients', client, 'client.yaml'), clientYaml(client, box, renamed));
  await planWorkspace(contextIn(root), options);
  const floorMs = await timed(() => bareJournal(root));
  const planMs = await timed(() => planWorkspace(contextIn(root), options));
  const applyMs = await timed(() => apply(root, changes, 'done'));
  process.stdout.write(
    JSON.stringify({ ours: (applyMs - planMs) / changes, floor: floorMs / changes, applyMs, planMs }),
  );
} finally {
  await rm(root, { recursive: true, force: true });
}
