import type { Lab, LabBoxService } from '../../../lab/index.ts';
import { pbxBlock } from '../bench.ts';
import { type Papers, trustIn } from '../papers.ts';

/** The block of a box, with each part of its login out of the client's secrets.yaml. */
export function loginBlock({ boxes }: Lab<LabBoxService>, box: string, over: object = {}): object {
  const service = named(boxes, box);
  const parts = Object.keys(service.credentials);
  const credentials = Object.fromEntries(parts.map((part) => [part, { secret: `pbx/${box}/${part}` }]));
  return pbxBlock(service, { credentials, ...over });
}

/** The block of a phone. */
export function deviceBlock(
  { phones }: Lab<LabBoxService>,
  id: string,
  accounts: readonly object[],
  over: object = {},
): object {
  const phone = named(phones, id);
  const { driver, model, mac, url } = phone;
  return { id, driver, model, mac, address: url, ...trustIn(phone), accounts, ...over };
}

/** Seals the logins of all boxes and phones for a client. */
export async function sealLogins(
  { boxes, phones }: Lab<LabBoxService>,
  papers: Papers,
  client: string,
): Promise<void> {
  const places = [
    ...boxes.map(({ name, credentials }) => [`pbx/${name}`, credentials] as const),
    ...phones.map(({ name, credentials }) => [`devices/${name}`, credentials] as const),
  ];
  for (const [place, parts] of places) {
    for (const [part, value] of Object.entries(parts)) {
      await papers.secret(client, 'connect', `${place}/${part}`, value);
    }
  }
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the lab has no ${name}`);
  return found;
}
