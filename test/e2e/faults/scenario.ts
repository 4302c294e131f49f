import { expect } from 'vitest';
import type { LabYeastar, LabBoxControl, LabExtension } from '../../../lab/index.ts';
import { type Bench, type Run, startBench } from './bench.ts';

/** What is ours on a box: number → the fields that must hold in the end; null = must not be there. */
export type Ours = Readonly<Record<string, Readonly<Record<string, string>> | null>>;

/** A client with work to do: its next apply writes. */
export interface Scenario extends Bench {
  readonly ours: Ours;
}

const others: LabYeastar = {
  name: 'sede',
  edition: 'v2.0.0',
  extensions: 3,
  seed: [{ number: '1900', type: 'FXS', port: '1-1' }],
};

const sips = {
  first: 'Kf7mQ2xRt-p9WbL4hZc6',
  second: 'Vx3nTq8sJd_k5YgB7wHu',
  created: 'Rb6zLm4cPf-x8QjD2tNk',
  rotated: 'Gw5hXs9vKy_m3TcR6bZp',
} as const;

/** How a scenario differs from the usual one. */
export interface Variant {
  /** Longest time for one call, ms: 1,000 at least. */
  readonly timeLimitMs?: number;
  readonly settings?: Partial<LabYeastar>;
  /** More of the YAML's block of the box. */
  readonly pbx?: object;
}

/** Plain HTTP unless the variant says otherwise: most mishaps do not care, and a handshake for each request takes its time. */
function boxOf({ settings }: Variant): LabYeastar {
  return { ...others, tls: false, ...settings };
}

/** The block of the box in the YAML, as the variant wants it. */
export function pbxOf({ world }: Bench, { timeLimitMs = 20_000, settings, pbx }: Variant): object {
  const options = { writeIntervalMs: 0, timeLimitMs };
  const plain = settings?.tls === true ? {} : { tls: undefined, insecure: 'simulated box on loopback' };
  return world.pbx('sede', { ...plain, options, ...pbx });
}

/** On v2.0.0, next to others: renames 2000 and gives it another secret, creates 2002 with NAT, deletes 2001. */
export async function startSecond(variant: Variant = {}): Promise<Scenario> {
  const bench = await startBench([boxOf(variant)]);
  const pbx = { sede: pbxOf(bench, variant) };
  await bench.sip('sede', '2000', sips.first);
  await bench.sip('sede', '2001', sips.second);
  await bench.world.client({
    pbx,
    extensions: [
      { pbx: 'sede', number: '2000', name: 'Recepción' },
      { pbx: 'sede', number: '2001', name: 'Sala' },
    ],
  });
  expect((await bench.apply()).codes).toEqual([]);
  await bench.sip('sede', '2000', sips.rotated);
  await bench.sip('sede', '2002', sips.created);
  await bench.world.client({
    pbx,
    extensions: [
      { pbx: 'sede', number: '2000', name: 'Centralita' },
      { pbx: 'sede', number: '2002', name: 'Almacén', nat: true },
    ],
  });
  const ours = {
    2000: { username: 'Centralita', registerpassword: sips.rotated },
    2001: null,
    2002: { username: 'Almacén', registerpassword: sips.created, nat: 'yes' },
  };
  return { ...bench, ours };
}

/** On v2.0.0, next to others: creates 2002. Needs no earlier apply. */
export async function startNew(variant: Variant = {}): Promise<Scenario> {
  const bench = await startBench([boxOf(variant)]);
  await bench.sip('sede', '2002', sips.created);
  await bench.world.client({
    pbx: { sede: pbxOf(bench, variant) },
    extensions: [{ pbx: 'sede', number: '2002', name: 'Almacén' }],
  });
  return { ...bench, ours: { 2002: { username: 'Almacén', registerpassword: sips.created } } };
}

/** On v1.1.0, next to others: adopts 1000 and renames it. */
export async function startFirst(variant: Variant = {}): Promise<Scenario> {
  const bench = await startBench([
    boxOf({ ...variant, settings: { edition: 'v1.1.0', ...variant.settings } }),
  ]);
  await bench.sip('sede', '1000', sips.first);
  await bench.world.client({
    pbx: { sede: pbxOf(bench, variant) },
    extensions: [{ pbx: 'sede', number: '1000', name: 'Centralita', adopt: true }],
  });
  return { ...bench, ours: { 1000: { username: 'Centralita' } } };
}

/** What is saved and running that is not ours, as text to compare byte by byte. */
export function foreign({ box, ours }: Scenario): string {
  const rest = (all: Record<string, LabExtension>) =>
    Object.entries(all).filter(([number]) => !Object.hasOwn(ours, number));
  return JSON.stringify([rest(box.saved()), rest(box.running())]);
}

/** What a report says must be so on the box. `before` = what was saved. */
export function expectTruth({ steps }: Run, box: LabBoxControl, before: Record<string, LabExtension>): void {
  const now = box.saved();
  const untrue = steps.filter(({ address, action, result, written }) => {
    const number = numberOf(address);
    const touched = JSON.stringify(now[number]) !== JSON.stringify(before[number]);
    if (result === 'done') return !touched || (action === 'delete') !== (now[number] === undefined);
    if (result === 'failed') return written === undefined || (written === 'nothing' && touched);
    return touched;
  });
  expect(untrue, 'steps that the box tells otherwise').toEqual([]);
}

/** The end of `acme/pbx:sede/extension:2000`. */
export function numberOf(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1);
}

/** A run without faults, later: it converges, creates nothing that is there, and leaves nobody logged in. */
export async function expectRecovery(scenario: Scenario, others: string, sessions = 0): Promise<void> {
  const { box, ours } = scenario;
  const there = Object.keys(box.saved());
  box.clearFaults();
  box.unlock();
  box.resetRequests();
  const run = await scenario.apply();
  expect(run.codes).toEqual([]);
  const created = run.steps
    .filter(({ action }) => action === 'create')
    .map(({ address }) => numberOf(address));
  expect(created.filter((number) => there.includes(number))).toEqual([]);
  expect(await scenario.plan()).toBe(0);
  expectOurs(box, ours);
  expect(foreign(scenario)).toBe(others);
  expect(box.sessions()).toBe(sessions);
  expect(scenario.leaks()).toEqual([]);
}

/** Everything of ours is saved and running as declared. */
export function expectOurs(box: LabBoxControl, ours: Ours): void {
  for (const all of [box.saved(), box.running()]) {
    const found = Object.keys(ours).map((number) => [number, all[number] ?? null]);
    const wanted = Object.entries(ours).map(([number, fields]) => [
      number,
      fields === null ? null : expect.objectContaining(fields),
    ]);
    expect(found).toEqual(wanted);
  }
}
