import type { RunContext } from '../../../engine/run/index.ts';
import type { LabBoxControl, LabPhone, LabPhoneControl, LabPhoneService } from '../../../lab/index.ts';
import { loadDriver } from '../../../providers/registry.ts';
import { type Bench, startBench } from '../../support/bench.ts';
import { clientData, type Over, sips } from './papers.ts';

/** A workspace with one PBX, `sede`, and one phone, `mesa`, whose extensions it has; and everything that runs ever said. */
export interface Office extends Omit<Bench, 'declare' | 'service'> {
  readonly box: LabBoxControl;
  readonly phone: LabPhoneControl;
  readonly service: LabPhoneService;
  /** Writes the client's file: extensions by number, and the accounts of the phone. */
  declare(accounts: readonly object[], over?: Over): Promise<void>;
}

/** How an office differs from the usual one. */
export interface Setting {
  readonly phone?: Partial<LabPhone>;
  /** Longest time for one request to the phone, ms. */
  readonly timeLimitMs?: number;
}

/** A phone with sixteen lines for each generation of the web page. */
export const models = {
  b0: { generation: 'b0', model: 'T46G', firmware: '28.80.0.125' },
  b1: { generation: 'b1', model: 'T46S', firmware: '66.84.0.15' },
  b2: { generation: 'b2', model: 'T46S', firmware: '66.86.0.15' },
  c: { generation: 'c', model: 'T54W', firmware: '96.86.0.70' },
} as const satisfies Record<string, Partial<LabPhone>>;

export type Web = keyof typeof models;

/** One of the servlet, and the JSON interface: what most tests run on. */
export const webs = ['b1', 'c'] as const satisfies readonly Web[];

export const allWebs: readonly Web[] = ['b0', 'b1', 'b2', 'c'];

/** Plain HTTP unless asked otherwise: most tests do not care, and a handshake for each login takes its time. */
export async function startOffice(
  web: Web,
  { phone = {}, timeLimitMs = 15_000 }: Setting = {},
): Promise<Office> {
  const bench = await startBench({
    boxes: [{ name: 'sede', edition: 'v2.0.0', extensions: 1, tls: false }],
    phones: [{ name: 'mesa', tls: false, ...models[web], ...phone }],
    held: (lab) => passwordsOf(lab.phone('mesa')),
    consent: { overrideLimits: 'tests' },
    speed: 8,
    driver: impatient(timeLimitMs),
  });
  const { lab } = bench;
  const [service] = lab.phones;
  if (service === undefined) throw new Error('the lab has no phone');
  await lab.phone('mesa').settled();
  for (const [number, value] of Object.entries(sips))
    await bench.secret('values', `extensions/sede/${number}/sip`, value);
  return {
    ...bench,
    box: lab.box('sede'),
    phone: lab.phone('mesa'),
    service,
    declare: (accounts, over = {}) =>
      bench.declare(clientData(bench.service('sede'), service, accounts, over)),
  };
}

/** What the lines of a phone register with, those of other people among them. */
function passwordsOf(phone: LabPhoneControl): readonly string[] {
  const settings = Object.entries(phone.settings());
  return settings.filter(([key]) => key.endsWith('.password')).map(([, value]) => value);
}

/** The drivers, with a shorter limit for each request to a phone, which no YAML sets. */
function impatient(timeLimitMs: number): RunContext['driver'] {
  return async (name) => {
    const driver = await loadDriver(name);
    if (driver?.facts.target !== 'device') return driver;
    const host = { ...driver.facts.host, writeIntervalMs: 0 };
    return {
      ...driver,
      facts: { ...driver.facts, host },
      open: (target, context) =>
        driver.open({ ...target, options: { ...target.options, timeLimitMs } }, context),
    };
  };
}
