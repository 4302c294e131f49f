import { expect } from 'vitest';
import type {
  Lab,
  LabBoxControl,
  LabExtension,
  LabMeetip,
  LabMeetipService,
  LabMeetipTenant,
  LabPhone,
} from '../../../lab/index.ts';
import type { Clock } from '../../../providers/contract.ts';
import { type Bench, pbxBlock, startBench } from '../../support/bench.ts';
import type { Oracle, Scenario } from '../../support/matrix.ts';
import { trustIn } from '../../support/papers.ts';
import { type Sealed, sealAt } from './seal.ts';

/** What is ours on a server: number → the fields that must hold in the end; null = must not be there. */
export type Ours = Readonly<Record<string, Readonly<Record<string, string>> | null>>;

/** A client whose tenant on `sede` has something to be written. */
export interface Work extends Bench<LabMeetipService>, Scenario {
  readonly box: LabBoxControl;
  readonly ours: Ours;
  /** Encrypts secrets of the client; they must never be seen again. */
  readonly seal: (...secrets: readonly Sealed[]) => Promise<void>;
  /** The YAML again, with more in the block of the PBX, other extensions where they are given, and more of the client's file. */
  readonly redeclare: (variant: Variant, extensions?: readonly object[], more?: object) => Promise<void>;
}

/** Before it is known what is ours. */
type Started = Omit<Work, 'oracle' | 'ours'>;

/** How a scenario differs from the usual one. */
export interface Variant {
  /** Longest time for one call, ms: 1,000 at least. */
  readonly timeLimitMs?: number;
  readonly settings?: Partial<LabMeetip>;
  /** More of our tenant. */
  readonly tenant?: Partial<LabMeetipTenant>;
  readonly phones?: readonly LabPhone[];
  /** More of the YAML's block of the PBX, and of its options. */
  readonly pbx?: object;
  readonly options?: object;
}

const sips = {
  first: 'Kf7mQ2xRt-p9WbL4hZc6',
  second: 'Vx3nTq8sJd_k5YgB7wHu',
  created: 'Rb6zLm4cPf-x8QjD2tNk',
  rotated: 'Gw5hXs9vKy_m3TcR6bZp',
} as const;

/** What others have: extensions with and without a number to call out with, one of another protocol, and a tenant of their own. */
const others: LabMeetip = {
  driver: 'meetip',
  name: 'sede',
  tenants: [
    {
      code: '301',
      extensions: 2,
      seed: [
        { number: '140', callerid: '910000040', calleridstate: 'yes', department: '4,6' },
        { number: '150', prot: 'iax' },
      ],
      dids: [{ number: '34910000001', ext: '110', name: 'Ventas' }],
    },
    { code: '412', extLength: 4, extensions: 2 },
  ],
};

function boxOf({ settings, tenant }: Variant): LabMeetip {
  const [ours = { code: '301' }, ...rest] = settings?.tenants ?? others.tenants ?? [];
  return { ...others, tls: false, ...settings, tenants: [{ ...ours, ...tenant }, ...rest] };
}

export function pbxOf(bench: Bench<LabMeetipService>, variant: Variant): object {
  const { timeLimitMs = 20_000, pbx, options } = variant;
  return pbxBlock(bench.service('sede'), {
    tenant: '301',
    credentials: { apiKey: { secret: 'pbx/sede/apiKey' } },
    options: { writeIntervalMs: 0, timeLimitMs, ...options },
    ...pbx,
  });
}

/** What the extensions of every tenant register with. */
function heldBy(lab: Lab<LabMeetipService>): readonly string[] {
  const tenants = lab.boxes.flatMap(({ name, tenants }) =>
    tenants.map(({ code }) => lab.box(name).tenant(code)),
  );
  return tenants.flatMap((tenant) => Object.values(tenant.saved()).map(({ secret = '' }) => secret));
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

/**
 * A client whose logins are sealed, before anything is declared. PINs are too short to be searched in everything said, where they would
 * be found in many a number: trust.test.ts looks for them where they stand alone.
 */
async function start(variant: Variant): Promise<Started> {
  const words = new Set<string>();
  const held = (lab: Lab<LabMeetipService>) => [...words, ...heldBy(lab)];
  const bench = await startBench<LabMeetip>({
    boxes: [boxOf(variant)],
    phones: [...(variant.phones ?? [])],
    held,
    consent: { overrideLimits: 'tests' },
    speed: 1,
  });
  const box = bench.lab.box('sede');
  const { root } = bench.context();
  const seal: Work['seal'] = async (...secrets) => {
    for (const { value } of secrets) if (value.length > 4) words.add(value);
    await sealAt(root, secrets);
  };
  let declared: readonly object[] = [];
  const redeclare: Work['redeclare'] = (over, extensions = declared, more = {}) => {
    declared = extensions;
    return bench.declare({ pbx: { sede: pbxOf(bench, { ...variant, ...over }) }, extensions, ...more });
  };
  const apply: Work['apply'] = (over) => bench.apply({ clock: impatient(bench.context().clock), ...over });
  return { ...bench, apply, box, struck: box, seal, redeclare };
}

export const addressOf = (number: string) => `acme/pbx:sede/extension:${number}`;

export const extension = (number: string, name: string, more: object = {}) => ({
  pbx: 'sede',
  number,
  name,
  email: `ext${number}@acme.example`,
  ...more,
});

/** What a new extension needs. */
export function secretsOf(number: string, sip: string, pin: string): readonly Sealed[] {
  const place = `extensions/sede/${number}`;
  return [
    { name: `${place}/sip`, value: sip },
    { name: `${place}/pin`, value: pin },
  ];
}

/** Nothing is declared but the tenant. */
export async function startEmpty(variant: Variant = {}): Promise<Work> {
  const bench = await start(variant);
  await bench.redeclare({}, []);
  return workOf(bench, {});
}

/** Next to others: 110 and 111 are there and ours. */
async function startSettled(variant: Variant): Promise<Started> {
  const bench = await start(variant);
  await bench.redeclare({}, [
    extension('110', 'Recepción', { callerId: '910000001', department: 'Ventas' }),
    extension('111', 'Sala'),
  ]);
  await bench.seal(...secretsOf('110', sips.first, '4071'), ...secretsOf('111', sips.second, '2930'));
  expect((await bench.apply()).codes).toEqual([]);
  return bench;
}

/** On a server with API v2: renames 110, which that API can say, and deletes 111. */
export async function startSecond(variant: Variant = {}): Promise<Work> {
  const bench = await startSettled({ ...variant, settings: { edition: 'v2', ...variant.settings } });
  await bench.redeclare({}, [
    extension('110', 'Centralita', { callerId: '910000001', department: 'Ventas' }),
  ]);
  return workOf(bench, { 110: { name: 'Centralita', secret: sips.first, department: '4' }, 111: null });
}

/**
 * Gives 110 another name, secret and outgoing number; creates 112 with department, NAT, another place and state and an outgoing number; deletes 111.
 */
export async function startWork(variant: Variant = {}): Promise<Work> {
  const bench = await startSettled(variant);
  const { redeclare, seal } = bench;
  await seal(...secretsOf('110', sips.rotated, '4071'), ...secretsOf('112', sips.created, '5846'));
  const after = [
    extension('110', 'Centralita', { callerId: '910000002', department: 'Ventas' }),
    extension('112', 'Almacén', {
      ...{ callerId: '910000003', department: 'Soporte', nat: true, status: 'suspended', location: 'local' },
    }),
  ];
  await redeclare({}, after);
  return workOf(bench, {
    110: { name: 'Centralita', secret: sips.rotated, callerid_sent: '910000002', department: '4' },
    111: null,
    112: {
      name: 'Almacén',
      secret: sips.created,
      pin: '5846',
      nat: '1',
      status: '2',
      location: '1',
      callerid_sent: '910000003',
      department: '6',
    },
  });
}

/** Next to others: creates 112. Needs no earlier apply. */
export function startNew(variant: Variant = {}): Promise<Work> {
  return startFirst(variant, {}, {});
}

/** The same with a number to call out with. */
export function startCalling(variant: Variant = {}): Promise<Work> {
  return startFirst(variant, { callerId: '910000003' }, { callerid_sent: '910000003' });
}

/** 112 and a phone, `mesa`, on whose first line it is. */
export async function startPhone(variant: Variant = {}): Promise<Work> {
  const phones: readonly LabPhone[] = [{ name: 'mesa', generation: 'c', tls: false }];
  const scenario = await startFirst({ ...variant, phones }, {}, {});
  const [phone] = scenario.lab.phones;
  if (phone === undefined) throw new Error('the lab has no phone');
  await scenario.lab.phone('mesa').settled();
  const accounts = [{ line: 1, extension: 'sede/112' }];
  const { model, mac, url: address } = phone;
  const device = { id: 'mesa', driver: 'yealink', model, mac, address, ...trustIn(phone), accounts };
  await scenario.redeclare({}, undefined, { devices: [device] });
  return scenario;
}

async function startFirst(variant: Variant, more: object, stored: Ours[string]): Promise<Work> {
  const bench = await start(variant);
  await bench.redeclare({}, [extension('112', 'Almacén', more)]);
  await bench.seal(...secretsOf('112', sips.created, '5846'));
  return workOf(bench, { 112: { name: 'Almacén', secret: sips.created, pin: '5846', ...stored } });
}

function workOf(bench: Started, ours: Ours): Work {
  bench.box.resetRequests();
  return { ...bench, ours, oracle: oracleOf(bench.box, ours) };
}

/** The other tenant is nobody's business either. */
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
    foreign: () => JSON.stringify([rest(box.saved()), rest(box.running()), box.tenant('412').saved()]),
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
