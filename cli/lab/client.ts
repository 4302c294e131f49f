import { Secret } from '../../engine/model/index.ts';
import type { ClientDocument } from '../../engine/model/input.ts';
import { generatePassword } from '../../engine/secrets/index.ts';
import type { Lab, LabYeastarService } from '../../lab/contract.ts';
import { type Desk, deviceBlocks, deviceSecrets } from './devices.ts';
import type { LabSecret } from './secrets.ts';
import type { Surroundings } from './surroundings.ts';
import type { PlacedPhone, Training } from './training.ts';

/** The one client of the lab's workspace. */
export const labClient = 'acme';

/** What the client has. */
interface ClientPlan {
  readonly boxes: readonly LabYeastarService[];
  readonly extensions: readonly DeclaredExtension[];
  readonly desks: readonly Desk[];
  readonly surroundings: Surroundings | null;
}

interface DeclaredExtension {
  readonly pbx: string;
  readonly number: string;
  readonly name: string;
  /** It is on the box already, with a secret that we do not know. */
  readonly existing: boolean;
}

/** Two new extensions on each box, and one more for each phone. */
export function clientPlan({ lab, phones, surroundings }: Training): ClientPlan {
  const { boxes } = lab;
  const desks = phones.map((phone, index) => deskOf(phone, index, boxes));
  const onDesks = desks.map(({ pbx, number, name }) => ({ pbx, number, name, existing: false }));
  const onBoxes = boxes.flatMap((box, index) => extensionsOf(box, index, lab));
  return { boxes, extensions: [...onBoxes, ...onDesks], desks, surroundings };
}

/** On the first box also one that is there already. */
function extensionsOf(
  { name: pbx }: LabYeastarService,
  index: number,
  lab: Lab,
): readonly DeclaredExtension[] {
  const first = 110 + index * 10;
  const fresh = ['Recepción', 'Almacén'].map((name, offset) => {
    return { pbx, number: String(first + offset), name, existing: false };
  });
  const [there] = index === 0 ? Object.values(lab.box(pbx).saved()) : [];
  if (there === undefined) return fresh;
  return [...fresh, { pbx, number: there.number, name: there.username ?? there.number, existing: true }];
}

/** Beyond the numbers of the boxes' own extensions, and below those that stand on a box from the start. */
const firstDesk = 501;

/** The box of phones is the first one that can create extensions. */
function deskOf(phone: PlacedPhone, index: number, boxes: readonly LabYeastarService[]): Desk {
  const home = boxes.find(({ edition }) => edition === 'v2.0.0') ?? boxes[0];
  if (home === undefined) throw new Error('a lab has a box');
  const { name } = phone.wish;
  const shown = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return { phone, pbx: home.name, number: String(firstDesk + index), name: shown };
}

/** The logins that the lab gave out, and a new SIP password for every new extension. */
export function clientSecrets({ boxes, extensions, desks, surroundings }: ClientPlan): readonly LabSecret[] {
  const logins = boxes.map(({ name, credentials }) => {
    return { group: 'connect', name: loginName(name), value: new Secret(credentials.password) } as const;
  });
  const sip = extensions
    .filter(({ existing }) => !existing)
    .map(({ pbx, number, name }) => {
      const value = generatePassword({ number, name });
      return { group: 'values', name: `extensions/${pbx}/${number}/sip`, value } as const;
    });
  return [...logins, ...deviceSecrets(desks, surroundings), ...sip];
}

function loginName(pbx: string): string {
  return `pbx/${pbx}/password`;
}

/** The client's file. */
export function clientDocument({ boxes, extensions, desks, surroundings }: ClientPlan): ClientDocument {
  const { access, provisioning, devices } = deviceBlocks(desks, surroundings);
  return {
    apiVersion: 'alta/v1',
    kind: 'Client',
    client: { id: labClient, name: 'Acme S.L.', locale: 'es' },
    ...(access && { access }),
    ...(provisioning && { provisioning }),
    pbx: Object.fromEntries(boxes.map((box) => [box.name, pbxOf(box)])),
    extensions: extensions.map(({ pbx, number, name, existing }) => ({
      pbx,
      number,
      name,
      ...(existing ? { secrets: { sip: { source: 'unmanaged' as const } } } : {}),
    })),
    ...(devices && { devices }),
  };
}

function pbxOf({ name, driver, url, serial, credentials, pins, sip }: LabYeastarService) {
  return {
    driver,
    url,
    serial,
    ...(pins.spki === '' ? {} : { tls: { pins: [pins.spki] as [string] } }),
    credentials: { username: credentials.username, password: { secret: loginName(name) } },
    sip: { ...sip },
  };
}
