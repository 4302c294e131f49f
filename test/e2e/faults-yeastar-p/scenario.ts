import { expect } from 'vitest';
import type {
  Lab,
  LabBoxControl,
  LabExtension,
  LabYeastarP,
  LabYeastarPService,
} from '../../../lab/index.ts';
import { type Bench, pbxBlock, startBench } from '../../support/bench.ts';
import type { Oracle, Scenario } from '../../support/matrix.ts';

export type PBench = Bench<LabYeastarPService>;

/** What is ours on a box: number → the fields that must hold in the end; null = must not be there. */
export type Ours = Readonly<Record<string, Readonly<Record<string, string>> | null>>;

/** A client whose box `sede` has something to be written. */
export interface Work extends PBench, Scenario {
  readonly box: LabBoxControl;
  readonly ours: Ours;
}

/** Three extensions of others, and an analogue one. */
const others: LabYeastarP = {
  driver: 'yeastar-p',
  name: 'sede',
  extensions: 3,
  seed: [{ number: '1900', type: 'FXS' }],
};

export const sips = {
  2000: 'Kf7mQ2xRt-p9WbL4hZc6',
  2001: 'Vx3nTq8sJd_k5YgB7wHu',
  2002: 'Rb6zLm4cPf-x8QjD2tNk',
  rotated: 'Gw5hXs9vKy_m3TcR6bZp',
} as const;

/** Passwords of the panel: a new extension needs one. */
export const portals = {
  2000: 'Tz4kWq8mHs-r6VbN2xJd',
  2001: 'Pc9gLt5vRf_y3XmK7zQw',
  2002: 'Hn2sYb7dCx-j8GwT5kVq',
} as const;

/** How a scenario differs from the usual one. */
export interface Variant {
  /** Longest time for one call, ms: 1,000 at least. */
  readonly timeLimitMs?: number;
  readonly settings?: Partial<LabYeastarP>;
  /** More of the YAML's block of the box. */
  readonly pbx?: object;
  /** More of each extension. */
  readonly extension?: object;
}

/** Where the bench sealed the parts of the login. */
const credentials = {
  clientId: { secret: 'pbx/sede/clientId' },
  clientSecret: { secret: 'pbx/sede/clientSecret' },
};

/** The block of the box in the YAML, as the variant wants it. */
export function pbxOf(bench: PBench, { timeLimitMs = 20_000, pbx }: Variant = {}): object {
  const options = { writeIntervalMs: 0, timeLimitMs };
  return pbxBlock(bench.service('sede'), { credentials, options, ...pbx });
}

/** What all extensions register with and log in with: those of others too. PINs are their numbers, and said. */
export function passwordsOn(lab: Lab<LabYeastarPService>): readonly string[] {
  const all = lab.boxes.flatMap(({ name }) => Object.values(lab.box(name).saved()));
  return all.flatMap(({ reg_password = '', user_password = '' }) => [reg_password, user_password]);
}

/** Plain HTTP unless the variant says otherwise: most mishaps do not care, and a handshake for each request takes its time. */
export function start({ settings }: Variant = {}): Promise<PBench> {
  return startBench({ boxes: [{ ...others, tls: false, ...settings }], held: passwordsOn });
}

/** Both passwords of a new extension. */
export async function seal(bench: PBench, number: keyof typeof portals): Promise<void> {
  await bench.secret('values', `extensions/sede/${number}/sip`, sips[number]);
  await bench.secret('values', `extensions/sede/${number}/portal`, portals[number]);
}

/** Next to others: renames 2000, gives it another secret and takes its NAT away, creates 2002 without NAT, deletes 2001. */
export async function startWork(variant: Variant = {}): Promise<Work> {
  const bench = await start({ ...variant, settings: { advancedKeys: true, ...variant.settings } });
  const { extension } = variant;
  const pbx = { sede: pbxOf(bench, variant) };
  for (const number of [2000, 2001, 2002] as const) await seal(bench, number);
  await bench.declare({
    pbx,
    extensions: [
      { pbx: 'sede', number: '2000', name: 'Recepción', ...extension },
      { pbx: 'sede', number: '2001', name: 'Sala', ...extension },
    ],
  });
  expect((await bench.apply()).codes).toEqual([]);
  await bench.secret('values', 'extensions/sede/2000/sip', sips.rotated);
  await bench.declare({
    pbx,
    extensions: [
      { pbx: 'sede', number: '2000', name: 'Centralita Norte', nat: false, ...extension },
      { pbx: 'sede', number: '2002', name: 'Almacén', nat: false, ...extension },
    ],
  });
  bench.lab.box('sede').resetRequests();
  const ours = {
    2000: { first_name: 'Centralita', last_name: 'Norte', reg_password: sips.rotated, enb_nat: '0' },
    2001: null,
    2002: { first_name: 'Almacén', last_name: '', reg_password: sips[2002], enb_nat: '0' },
  };
  return workOf(bench, ours);
}

/** Next to others: creates 2002. Needs no earlier apply. */
export async function startNew(variant: Variant = {}): Promise<Work> {
  const bench = await start(variant);
  await seal(bench, 2002);
  await redeclare(bench, variant);
  return workOf(bench, { 2002: { first_name: 'Almacén', reg_password: sips[2002] } });
}

/** The YAML of {@link startNew}, as the variant wants it. */
export function redeclare(bench: PBench, variant: Variant = {}): Promise<void> {
  return bench.declare({
    pbx: { sede: pbxOf(bench, variant) },
    extensions: [{ pbx: 'sede', number: '2002', name: 'Almacén', ...variant.extension }],
  });
}

function workOf(bench: PBench, ours: Ours): Work {
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
