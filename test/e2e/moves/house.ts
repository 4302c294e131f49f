import type { ProgressEvent, RunContext } from '../../../engine/run/contract.ts';
import type {
  Lab,
  LabBoxControl,
  LabPhone,
  LabPhoneControl,
  LabPhoneService,
  LabYeastar,
} from '../../../lab/index.ts';
import type { Clock, Driver } from '../../../providers/contract.ts';
import { loadDriver } from '../../../providers/registry.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { type ClientData, type Site, startSite } from '../../support/site.ts';

/** Two PBXs, some phones with their real driver, and extensions whose secrets are sealed already. */
export interface House {
  readonly site: Site;
  readonly lab: Lab;
  readonly root: string;
  /** Writes the client's file. Phones named in `devices` are those of the lab, see {@link House.phoneAt}. */
  declare(
    extensions: readonly object[],
    devices: readonly object[],
    over?: Partial<ClientData>,
  ): Promise<void>;
  /** The block of a phone of the lab: its MAC, its address. */
  device(id: string, accounts: readonly object[], over?: object): object;
  box(name: string): LabBoxControl;
  phone(name: string): LabPhoneControl;
  service(name: string): LabPhoneService;
  /** What a run gets: the machine's clock, eight times as fast. */
  readonly with: Partial<RunContext>;
}

/** Secrets by PBX and number. All different, so that no phone registers with another one's. */
export const sips: Readonly<Record<string, string>> = {
  'sede/2000': 'Kf7mQ2xRt-p9WbL4hZc6',
  'sede/2001': 'Vx3nTq8sJd_k5YgB7wHu',
  'nave/2000': 'Rb6zLm4cPf-x8QjD2tNk',
};

/** What secrets are changed to. */
export const nextSip = 'Wm2zHd9rSu-b6PqJt4Vx';

const usualBoxes: readonly LabYeastar[] = ['sede', 'nave'].map((name) => {
  return { name, edition: 'v2.0.0', extensions: 0, tls: false };
});

/** The usual phones: two of different web generations. */
export const usualPhones: readonly LabPhone[] = [
  { name: 'mesa', generation: 'c', model: 'T54W', firmware: '96.86.0.70', tls: false },
  { name: 'sala', generation: 'b1', model: 'T46S', firmware: '66.84.0.15', tls: false },
];

/** Plain HTTP: these tests do not care, and a handshake for each login takes its time. */
export async function startHouse(phones: readonly LabPhone[] = usualPhones): Promise<House> {
  const site = await startSite(usualBoxes, {}, phones);
  const { lab, root } = site;
  await Promise.all(phones.map(({ name }) => lab.phone(name).settled()));
  for (const [extension, value] of Object.entries(sips)) {
    await site.secret('acme', 'values', `extensions/${extension}/sip`, value);
  }
  for (const { name, credentials } of lab.phones) {
    await site.secret('acme', 'connect', `devices/${name}/username`, credentials.username);
    await site.secret('acme', 'connect', `devices/${name}/password`, credentials.password);
  }
  const service = (name: string): LabPhoneService => {
    const found = lab.phones.find((one) => one.name === name);
    if (found === undefined) throw new Error(`the lab has no phone ${name}`);
    return found;
  };
  const pbx = (name: string): object => {
    const sip = lab.boxes.find((box) => box.name === name)?.sip;
    return site.pbx(name, { sip: { ...sip } });
  };
  return {
    site,
    lab,
    root,
    service,
    box: lab.box,
    phone: lab.phone,
    with: { clock: fastClock(), driver: impatient },
    device: (id, accounts, over = {}) => deviceOf(id, service(id), accounts, over),
    declare: (extensions, devices, over = {}) =>
      site.client('acme', { pbx: { sede: pbx('sede'), nave: pbx('nave') }, extensions, devices, ...over }),
  };
}

function deviceOf(
  id: string,
  { model, mac, url }: LabPhoneService,
  accounts: readonly object[],
  over: object,
): object {
  const insecure = 'simulated phone on loopback';
  return { id, driver: 'yealink', model, mac, address: url, insecure, accounts, ...over };
}

/** Nobody waits for phones to recover from a write in these tests. */
async function impatient(name: string): Promise<Driver | null> {
  const driver = await loadDriver(name);
  if (driver?.facts.target !== 'device') return driver;
  return { ...driver, facts: { ...driver.facts, settleMs: 2_000 } };
}

const speed = 8;

/** Eight times as fast as the machine's, for leases and waits alike. */
function fastClock(): Clock {
  const start = realClock.now();
  return {
    now: () => start + (realClock.now() - start) * speed,
    elapsed: () => realClock.elapsed() * speed,
    sleep: (ms, signal) => realClock.sleep(ms / speed, signal),
  };
}

/** `line` of a phone with an extension, by its address: `sede/2000`. */
export function line(extension: string, over: object = {}): object {
  return { line: 1, extension, ...over };
}

export const account = (id: string, key = 1): string => `acme/device:${id}/account:${key}`;

/** Who is registered where, in short: `sede/2000 mesa:1`, sorted. */
export function inService({ lab }: Pick<House, 'lab'>): readonly string[] {
  return lab.boxes
    .flatMap(({ name }) =>
      Object.entries(lab.box(name).contacts()).flatMap(([number, contacts]) =>
        contacts.map(({ holder, line: key }) => `${name}/${number} ${holder}:${key}`),
      ),
    )
    .sort();
}

/** Looks at who is registered at every moment that a run tells of. */
export interface Watch {
  readonly progress: RunContext['progress'];
  /** Every different sight, in order. */
  readonly sights: readonly string[];
}

export function watch(house: Pick<House, 'lab'>): Watch {
  const sights: string[] = [];
  const progress = (_: ProgressEvent): void => {
    const now = inService(house).join(' + ');
    if (sights.at(-1) !== now) sights.push(now);
  };
  return { progress, sights };
}
