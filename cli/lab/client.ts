import type { Secret } from '../../engine/model/index.ts';
import type { ClientDocument, PBX, Platform } from '../../engine/model/input.ts';
import { secretsNeededBy } from '../../engine/run/author/generate.ts';
import { generatePassword, generatePin } from '../../engine/secrets/index.ts';
import type { Lab, LabBoxService } from '../../lab/contract.ts';
import { loadDriver } from '../../providers/registry.ts';
import { accessName, type Desk, deviceBlocks, deviceSecrets } from './devices.ts';
import { type PbxPlan, pbxPlanOf } from './pbx.ts';
import type { LabSecret } from './secrets.ts';
import type { Surroundings } from './surroundings.ts';
import { isWatched, type PlacedPhone, type Training } from './training.ts';

/** The one client of the lab's workspace. */
export const labClient = 'acme';

/** What the client has. */
export interface ClientPlan {
  readonly pbxs: readonly PbxPlan[];
  readonly extensions: readonly DeclaredExtension[];
  readonly desks: readonly Desk[];
  readonly surroundings: Surroundings | null;
}

interface DeclaredExtension {
  readonly pbx: string;
  readonly number: string;
  readonly name: string;
  /** What its PBX must be given to create it; none for one that is there already, with secrets that we do not know. */
  readonly secrets: readonly string[];
}

/** Two new extensions on each PBX, and one more for each phone. */
export async function clientPlan({ lab, phones, surroundings }: Training): Promise<ClientPlan> {
  const { boxes } = lab;
  const homes = homesOf(boxes);
  const desks = phones.map((phone, index) => deskOf(phone, index, homes));
  const onDesks = await Promise.all(
    desks.map(async ({ pbx, number, name }, index) => {
      return { pbx, number, name, secrets: await neededBy(homeOf(homes, index).driver) };
    }),
  );
  const onBoxes = await Promise.all(boxes.map((box, index) => extensionsOf(box, index, lab)));
  const extensions = [...onBoxes.flat(), ...onDesks];
  return { pbxs: boxes.map(pbxPlanOf), extensions, desks, surroundings };
}

/** On the first box also one that is there already. */
async function extensionsOf(
  { name: pbx, driver }: LabBoxService,
  index: number,
  lab: Lab<LabBoxService>,
): Promise<readonly DeclaredExtension[]> {
  const first = 110 + index * 10;
  const secrets = await neededBy(driver);
  const fresh = ['Recepción', 'Almacén'].map((name, offset) => {
    return { pbx, number: String(first + offset), name, secrets };
  });
  const [there] = index === 0 ? Object.values(lab.box(pbx).saved()) : [];
  if (there === undefined || driver !== 'yeastar') return fresh;
  return [...fresh, { pbx, number: there.number, name: there.username ?? there.number, secrets: [] }];
}

async function neededBy(driver: string): Promise<readonly string[]> {
  return secretsNeededBy(await loadDriver(driver));
}

/** Beyond the numbers of the boxes' own extensions, and below those that stand on a box from the start. */
const firstDesk = 501;

/** Where phones register: the first PBX of each kind that can create extensions; without any, the first one. */
function homesOf(boxes: readonly LabBoxService[]): readonly LabBoxService[] {
  const able = boxes.filter(({ edition }) => edition !== 'v1.1.0');
  const firsts = able.filter(({ driver }, index) => able.findIndex((one) => one.driver === driver) === index);
  return firsts.length === 0 ? boxes.slice(0, 1) : firsts;
}

/** One kind after the other. */
function homeOf(homes: readonly LabBoxService[], index: number): LabBoxService {
  const home = homes[index % homes.length];
  if (home === undefined) throw new Error('a lab has a box');
  return home;
}

function deskOf(phone: PlacedPhone, index: number, homes: readonly LabBoxService[]): Desk {
  const { name } = phone.wish;
  const shown = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return { phone, pbx: homeOf(homes, index).name, number: String(firstDesk + index), name: shown };
}

/** The client's own logins, and new secrets for every new extension. */
export function clientSecrets({ pbxs, extensions, desks, surroundings }: ClientPlan): readonly LabSecret[] {
  const logins = pbxs.flatMap(({ platform, logins }) => (platform === undefined ? logins : []));
  const values = extensions.flatMap(({ pbx, number, name, secrets }) =>
    secrets.map((field): LabSecret => {
      const secret = `extensions/${pbx}/${number}/${field}`;
      return { group: 'values', name: secret, value: fresh(field, number, name) };
    }),
  );
  return [...logins, ...deviceSecrets(desks, surroundings), ...values];
}

function fresh(field: string, number: string, name: string): Secret {
  return field === 'pin' ? generatePin(4, number) : generatePassword({ number, name });
}

/** Logins to what many clients share. */
export function sharedSecrets({ pbxs }: ClientPlan): readonly LabSecret[] {
  return pbxs.flatMap(({ platform, logins }) => (platform === undefined ? [] : logins));
}

/** The blocks of alta.yaml. */
export function platformsOf({ pbxs }: ClientPlan): Readonly<Record<string, Platform>> {
  const shared = pbxs.flatMap(({ service, platform }) =>
    platform === undefined ? [] : [[service.name, platform] as const],
  );
  return Object.fromEntries(shared);
}

/** The SSH host of the phones also shows what Asterisk says of one PBX. */
function observerOf(
  service: LabBoxService,
  surroundings: Surroundings | null,
  pbxs: readonly PbxPlan[],
): Pick<PBX, 'observer'> {
  const watched = pbxs.find((plan) => isWatched(plan.service))?.service;
  if (surroundings === null || service !== watched) return {};
  return { observer: { driver: 'asterisk', via: accessName } };
}

/** The client's file. */
export function clientDocument({ pbxs, extensions, desks, surroundings }: ClientPlan): ClientDocument {
  const { access, provisioning, devices } = deviceBlocks(desks, surroundings);
  return {
    apiVersion: 'alta/v1',
    kind: 'Client',
    client: { id: labClient, name: 'Acme S.L.', locale: 'es' },
    ...(access && { access }),
    ...(provisioning && { provisioning }),
    pbx: Object.fromEntries(
      pbxs.map(({ service, pbx }) => [service.name, { ...pbx, ...observerOf(service, surroundings, pbxs) }]),
    ),
    extensions: extensions.map(({ pbx, number, name, secrets }) => ({
      pbx,
      number,
      name,
      ...(secrets.length === 0 ? { secrets: { sip: { source: 'unmanaged' as const } } } : {}),
    })),
    ...(devices && { devices }),
  };
}
