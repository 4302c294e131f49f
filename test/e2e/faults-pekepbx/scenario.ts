import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parse } from 'yaml';
import type {
  Lab,
  LabBoxControl,
  LabExtension,
  LabPekepbx,
  LabPekepbxCompany,
  LabPekepbxService,
} from '../../../lab/index.ts';
import type { Clock } from '../../../providers/contract.ts';
import { type Bench, pbxBlock, startBench } from '../../support/bench.ts';
import type { Oracle, Scenario } from '../../support/matrix.ts';

type PekeBench = Bench<LabPekepbxService>;

export type Dialect = 'a' | 'b';

export const dialects: readonly Dialect[] = ['a', 'b'];

/** What is ours on a platform: number → the panel's fields that must hold in the end; null = must not be there. */
export type Ours = Readonly<Record<string, Readonly<Record<string, string>> | null>>;

/** A client whose company on `nube` has something to be written. */
export interface Work extends PekeBench, Scenario {
  readonly box: LabBoxControl;
  readonly ours: Ours;
  /** Writes profiles/nube.yaml: the dialect's own profile, changed. To be named as `profile: nube`. */
  readonly profile: (change: (text: string) => string) => Promise<void>;
  /** The YAML again, with more in the block of the PBX, and other extensions where they are given. */
  readonly redeclare: (pbx: object, extensions?: readonly object[], more?: object) => Promise<void>;
}

/** How a scenario differs from the usual one. */
export interface Variant {
  /** Longest time for one call, ms: 1,000 at least. */
  readonly timeLimitMs?: number;
  readonly settings?: Partial<LabPekepbx>;
  /** More of our company. */
  readonly company?: Partial<LabPekepbxCompany>;
  /** More of the YAML's block of the PBX. */
  readonly pbx?: object;
  /** More secrets that must not be seen. Asked at each look for leaks. */
  readonly held?: () => readonly string[];
}

const sips = {
  first: 'Kf7mQ2xRt-p9WbL4hZc6',
  second: 'Vx3nTq8sJd_k5YgB7wHu',
  created: 'Rb6zLm4cPf-x8QjD2tNk',
  rotated: 'Gw5hXs9vKy_m3TcR6bZp',
} as const;

const portals = {
  30: 'Tz4kWq8mHs-r6VbN2xJd',
  31: 'Pc9gLt5vRf_y3XmK7zQw',
  32: 'Hn2sYb7dCx-j8GwT5kVq',
} as const;

const dids = { '+34910000001': 'queue:700', '+34910000002': 'extension:10' };

/** What others have: two extensions with a queue and DIDs in our company, and a company of their own. */
function boxOf(edition: Dialect, { settings, company }: Variant): LabPekepbx {
  const ours = { code: '90001', name: 'Acme S.L.', extensions: 2, dids, queues: { 700: ['10', '11'] } };
  const theirs = { code: '90002', name: 'Acme Norte S.L.', extensions: 2 };
  return {
    driver: 'pekepbx',
    name: 'nube',
    edition,
    tls: false,
    companies: [{ ...ours, ...company }, theirs],
    ...settings,
  };
}

/** What the extensions of every company register with. Panel passwords are kept as digests. */
export function heldBy(lab: Lab<LabPekepbxService>): readonly string[] {
  const companies = lab.boxes.flatMap(({ name, tenants }) =>
    tenants.map(({ code }) => lab.box(name).tenant(code)),
  );
  return companies.flatMap((company) =>
    Object.values(company.saved()).map(({ sipPassword = '' }) => sipPassword),
  );
}

/**
 * Time goes on as usual, so that nothing counts as old, and waits are a hundred times as short. Short ones count as if they were waited
 * for: whoever looks until some seconds are over comes to an end.
 */
export function impatient(clock: Clock): Clock {
  let waited = 0;
  return {
    now: () => clock.now() + waited,
    elapsed: () => clock.elapsed() + waited,
    sleep: async (ms, signal) => {
      await clock.sleep(ms / 100, signal);
      if (ms <= 2_000) waited += ms;
    },
  };
}

export const extension = (number: string, name: string, more: object = {}) => ({
  pbx: 'nube',
  number,
  name,
  email: `ext${number}@acme.example`,
  ...more,
});

/** A client before anything is declared. */
async function start(edition: Dialect, variant: Variant): Promise<Omit<Work, 'oracle' | 'ours'>> {
  const { timeLimitMs = 20_000, pbx, held = () => [] } = variant;
  const bench = await startBench<LabPekepbx>({
    boxes: [boxOf(edition, variant)],
    workspace: { safety: { maxChangePercent: 100 } },
    held: (lab) => [...heldBy(lab), ...held()],
    speed: 1,
  });
  const box = bench.lab.box('nube');
  let declared: readonly object[] = [];
  const redeclare: Work['redeclare'] = (more, extensions = declared, checks = {}) => {
    declared = extensions;
    const block = {
      profile: `pekepbx-lab-${edition}`,
      tenant: '90001',
      options: { writeIntervalMs: 0, concurrency: 1, timeLimitMs },
      ...pbx,
      ...more,
    };
    return bench.declare({ pbx: { nube: pbxBlock(bench.service('nube'), block) }, extensions, ...checks });
  };
  const apply: Work['apply'] = (over) => bench.apply({ clock: impatient(bench.context().clock), ...over });
  const profile: Work['profile'] = (change) => bench.write('profiles/nube.yaml', ownProfile(edition, change));
  return { ...bench, apply, box, struck: box, redeclare, profile };
}

/** @throws Error where the change changes nothing */
function ownProfile(edition: Dialect, change: (text: string) => string): object {
  const shipped = new URL(`../../../profiles/pekepbx-lab-${edition}.yaml`, import.meta.url);
  const text = readFileSync(shipped, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error('the profile does not hold what was to be changed');
  return parse(changed.replace(`name: pekepbx-lab-${edition}`, 'name: nube')) as object;
}

async function seal(bench: PekeBench, number: keyof typeof portals, sip: string): Promise<void> {
  await bench.secret('values', `extensions/nube/${number}/sip`, sip);
  await bench.secret('values', `extensions/nube/${number}/portal`, portals[number]);
}

/** Gives 30 another name, secret and outgoing number; creates 32 with everything there is; deletes 31. */
export async function startWork(edition: Dialect, variant: Variant = {}): Promise<Work> {
  const bench = await start(edition, variant);
  await seal(bench, 30, sips.first);
  await seal(bench, 31, sips.second);
  await bench.redeclare({}, [extension('30', 'Recepción'), extension('31', 'Sala')]);
  expect((await bench.apply()).codes).toEqual([]);
  await bench.secret('values', 'extensions/nube/30/sip', sips.rotated);
  await seal(bench, 32, sips.created);
  await bench.redeclare({}, [
    extension('30', 'Centralita', { callerId: '+34910000002' }),
    extension('32', 'Almacén', {
      internalOnly: true,
      voicemail: true,
      mobile: '+34600000001',
      role: 'admin',
    }),
  ]);
  return workOf(bench, {
    30: { name: 'Centralita', sipPassword: sips.rotated, callerId: '+34910000002', dialling: 'national' },
    31: null,
    32: {
      name: 'Almacén',
      sipPassword: sips.created,
      internalOnly: 'true',
      voicemail: 'true',
      mobile: '+34600000001',
      role: 'admin',
    },
  });
}

/** Nothing is declared yet. */
export async function startEmpty(edition: Dialect, variant: Variant = {}): Promise<Work> {
  const bench = await start(edition, variant);
  await bench.redeclare({}, []);
  return workOf(bench, {});
}

/** Next to others: creates 32. Needs no earlier apply. */
export async function startNew(edition: Dialect, variant: Variant = {}): Promise<Work> {
  const bench = await start(edition, variant);
  await seal(bench, 32, sips.created);
  await bench.redeclare({}, [extension('32', 'Almacén')]);
  return workOf(bench, { 32: { name: 'Almacén', sipPassword: sips.created, email: 'ext32@acme.example' } });
}

function workOf(bench: Omit<Work, 'oracle' | 'ours'>, ours: Ours): Work {
  bench.box.resetRequests();
  return { ...bench, ours, oracle: oracleOf(bench.box, ours) };
}

/** `acme/pbx:nube/extension:30` */
export const addressOf = (number: string) => `acme/pbx:nube/extension:${number}`;

/** The other company is nobody's business either. */
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
    foreign: () => JSON.stringify([rest(box.saved()), box.tenant('90002').saved()]),
    expectOurs: () => {
      const all = box.saved();
      const found = numbers.map((number) => [number, all[number] ?? null]);
      const wanted = Object.entries(ours).map(([number, fields]) => [
        number,
        fields === null ? null : expect.objectContaining(fields),
      ]);
      expect(found).toEqual(wanted);
    },
  };
}
