import { expect } from 'vitest';
import type { Lab, LabBoxControl, LabExtension, LabYeastar } from '../../../lab/index.ts';
import { type Bench, pbxBlock, startBench } from '../../support/bench.ts';
import type { Oracle, Scenario } from '../../support/matrix.ts';

/** What is ours on a box: number → the fields that must hold in the end; null = must not be there. */
export type Ours = Readonly<Record<string, Readonly<Record<string, string>> | null>>;

/** A client whose box `sede` has something to be written. */
export interface Work extends Bench, Scenario {
  readonly box: LabBoxControl;
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
export function pbxOf(bench: Bench, { timeLimitMs = 20_000, pbx }: Variant): object {
  return pbxBlock(bench.service('sede'), { options: { writeIntervalMs: 0, timeLimitMs }, ...pbx });
}

/** What the extensions register with: those of others too. */
export function registerPasswords(lab: Lab): readonly string[] {
  const extensions = lab.boxes.flatMap(({ name }) => Object.values(lab.box(name).saved()));
  return extensions.map(({ registerpassword = '' }) => registerpassword);
}

function start(variant: Variant): Promise<Bench> {
  return startBench({ boxes: [boxOf(variant)], held: registerPasswords });
}

/** On v2.0.0, next to others: renames 2000 and gives it another secret, creates 2002 with NAT, deletes 2001. */
export async function startSecond(variant: Variant = {}): Promise<Work> {
  const bench = await start(variant);
  const pbx = { sede: pbxOf(bench, variant) };
  await bench.secret('values', 'extensions/sede/2000/sip', sips.first);
  await bench.secret('values', 'extensions/sede/2001/sip', sips.second);
  await bench.declare({
    pbx,
    extensions: [
      { pbx: 'sede', number: '2000', name: 'Recepción' },
      { pbx: 'sede', number: '2001', name: 'Sala' },
    ],
  });
  expect((await bench.apply()).codes).toEqual([]);
  await bench.secret('values', 'extensions/sede/2000/sip', sips.rotated);
  await bench.secret('values', 'extensions/sede/2002/sip', sips.created);
  await bench.declare({
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
  return workOf(bench, ours);
}

/** On v2.0.0, next to others: creates 2002. Needs no earlier apply. */
export async function startNew(variant: Variant = {}): Promise<Work> {
  const bench = await start(variant);
  await bench.secret('values', 'extensions/sede/2002/sip', sips.created);
  await bench.declare({
    pbx: { sede: pbxOf(bench, variant) },
    extensions: [{ pbx: 'sede', number: '2002', name: 'Almacén' }],
  });
  return workOf(bench, { 2002: { username: 'Almacén', registerpassword: sips.created } });
}

/** On v1.1.0, next to others: adopts 1000 and renames it. */
export async function startFirst(variant: Variant = {}): Promise<Work> {
  const bench = await start({ ...variant, settings: { edition: 'v1.1.0', ...variant.settings } });
  await bench.secret('values', 'extensions/sede/1000/sip', sips.first);
  await bench.declare({
    pbx: { sede: pbxOf(bench, variant) },
    extensions: [{ pbx: 'sede', number: '1000', name: 'Centralita', adopt: true }],
  });
  return workOf(bench, { 1000: { username: 'Centralita' } });
}

function workOf(bench: Bench, ours: Ours): Work {
  const box = bench.lab.box('sede');
  return { ...bench, box, ours, struck: box, oracle: oracleOf(box, ours) };
}

/** `acme/pbx:sede/extension:2000` */
export const addressOf = (number: string) => `acme/pbx:sede/extension:${number}`;

function oracleOf(box: LabBoxControl, ours: Ours): Oracle {
  const numbers = Object.keys(ours);
  const rest = (all: Readonly<Record<string, LabExtension>>) =>
    Object.entries(all).filter(([number]) => !Object.hasOwn(ours, number));
  return {
    stored: () => {
      const all = box.saved();
      const shown = (number: string) => (all[number] === undefined ? null : JSON.stringify(all[number]));
      return Object.fromEntries(numbers.map((number) => [addressOf(number), shown(number)]));
    },
    asDeclared: (address) => {
      const number = address.slice(address.lastIndexOf(':') + 1);
      const [found, wanted] = [box.saved()[number], ours[number] ?? null];
      if (found === undefined || wanted === null) return found === undefined && wanted === null;
      return Object.entries(wanted).every(([field, value]) => found[field] === value);
    },
    foreign: () => JSON.stringify([rest(box.saved()), rest(box.running())]),
    expectOurs: () => {
      for (const all of [box.saved(), box.running()]) {
        const found = numbers.map((number) => [number, all[number] ?? null]);
        const wanted = Object.entries(ours).map(([number, fields]) => [
          number,
          fields === null ? null : expect.objectContaining(fields),
        ]);
        expect(found).toEqual(wanted);
      }
    },
  };
}
