import { type LabAsteriskPeer, peersOf } from '../../lab/asterisk/index.ts';
import type { Lab, LabBoxService, LabPhoneService } from '../../lab/contract.ts';
import { startLab } from '../../lab/index.ts';
import type { LabPhone } from '../../lab/settings.ts';
import type { PhoneWish } from './phones.ts';
import { type Surroundings, startSurroundings } from './surroundings.ts';
import type { LabWishes } from './wishes.ts';

/** A phone in service. */
export interface PlacedPhone {
  readonly wish: PhoneWish;
  readonly service: LabPhoneService;
  /** Where it is said to be: its true address, or one behind the bastion. */
  readonly address: string;
}

/** Everything that `alta lab` has started. */
export interface Training {
  readonly lab: Lab<LabBoxService>;
  readonly phones: readonly PlacedPhone[];
  /** Null without phones: nothing would be behind it. */
  readonly surroundings: Surroundings | null;
  close(): Promise<void>;
}

/** Starts boxes, and where phones are asked for those too, with a bastion and a provisioning server around them. */
export async function startTraining(wishes: LabWishes, latencyMs: number): Promise<Training> {
  const { boxes, ports } = wishes;
  const endings: Array<() => Promise<void>> = [];
  const close = async (): Promise<void> => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    let peers = (): LabAsteriskPeer[] => [];
    const surroundings = wishes.phones.length === 0 ? null : await startSurroundings(ports, () => peers());
    if (surroundings !== null) endings.push(surroundings.close);
    const wanted = wishes.phones.map((wish) => labPhone(wish, surroundings));
    const lab = await startLab({ boxes, phones: wanted, latencyMs, ports: { ...ports } });
    endings.push(lab.close);
    peers = () => watchedIn(lab);
    for (const { name } of boxes) for (const fault of wishes.faults) lab.box(name).addFault(fault);
    const places = wishes.phones.map((wish, index) => place(wish, index, lab, surroundings));
    return { lab, phones: await Promise.all(places), surroundings, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The box whose registrations an Asterisk of the lab shows, beside its API: the first one that has users of that kind. */
export function isWatched({ driver }: LabBoxService): boolean {
  return driver === 'pekepbx';
}

function watchedIn(lab: Lab<LabBoxService>): LabAsteriskPeer[] {
  const box = lab.boxes.find(isWatched);
  if (box === undefined) return [];
  return peersOf(lab.box(box.name), { name: (_, { sipUser = null }) => sipUser });
}

function labPhone({ name, generation, way }: PhoneWish, surroundings: Surroundings | null): LabPhone {
  if (way !== 'provisioning' || surroundings === null) return { name, generation };
  const { url, credentials } = surroundings.provisioning.service;
  return { name, generation, provisioning: { url, ...credentials } };
}

/** The first of the addresses that phones behind the bastion have (RFC 5737). */
const firstInside = 131;

async function place(
  wish: PhoneWish,
  index: number,
  lab: Lab<LabBoxService>,
  surroundings: Surroundings | null,
): Promise<PlacedPhone> {
  const service = lab.phones.find(({ name }) => name === wish.name);
  if (service === undefined) throw new Error(`the lab did not start ${wish.name}`);
  if (wish.way === 'off') await lab.phone(wish.name).power(false);
  if (wish.way !== 'via' || surroundings === null) return { wish, service, address: service.url };
  const { hostname: host, port } = new URL(service.url);
  const inside = `192.0.2.${firstInside + index}`;
  surroundings.bastion.control.forward(`${inside}:443`, { host, port: Number(port) });
  return { wish, service, address: `https://${inside}` };
}
