import type { LabYeastar } from '../../../lab/index.ts';
import type { PoweredSession } from '../../../providers/contract.ts';
import { apply } from '../../support/commands.ts';
import { type Phones, startPhones } from '../../support/phone.ts';
import { otherSecret, type Site, startSite } from '../../support/site.ts';
import { extension, sipSecrets } from '../safety/fixtures.ts';

/** Two PBXs, `sede` and `nave`, phones of this process, and extensions whose secrets are sealed already. */
export interface Desk {
  readonly site: Site;
  readonly phones: Phones;
  readonly with: { readonly driver: Phones['driver'] };
  declare(extensions: readonly object[], devices: readonly object[]): Promise<void>;
}

const usual: readonly LabYeastar[] = [
  { name: 'sede', edition: 'v2.0.0', extensions: 1 },
  { name: 'nave', edition: 'v2.0.0', extensions: 1 },
];

/** `sede` has the secrets of 2000, 2001 and 2002, `nave` another one for its own 2000. */
export async function desk(boxes: readonly LabYeastar[] = usual): Promise<Desk> {
  const site = await startSite(boxes);
  const phones = startPhones(site.lab);
  await sipSecrets(site, 'sede', ['2000', '2001', '2002']);
  await sipSecrets(site, 'nave', ['2000'], { value: otherSecret });
  return {
    site,
    phones,
    with: { driver: phones.driver },
    declare: (extensions, devices) => {
      const pbx = (name: string) => [name, site.pbx(name, { sip: { server: `${name}.example` } })] as const;
      const pbxs = Object.fromEntries(boxes.map(({ name }) => pbx(name)));
      return site.client('acme', { pbx: pbxs, extensions, devices });
    },
  };
}

export function device(id: string, accounts: readonly object[], over: object = {}): object {
  return { id, driver: 'generic', accounts, credentials: { username: 'x' }, ...over };
}

/** `line` of a phone with an extension, by its address: `sede/2000`. */
export function line(extension: string, over: object = {}): object {
  return { line: 1, extension, ...over };
}

export const account = (id: string, key = '1'): string => `acme/device:${id}/account:${key}`;

/** `sede/2000` on the phone `mesa`, applied. */
export async function inService(): Promise<Desk> {
  const at = await desk();
  await at.declare([extension('sede', '2000')], [device('mesa', [line('sede/2000')])]);
  await apply(at.site, {}, at.with);
  return at;
}

/** Seals another SIP secret for numbers of `sede`. */
export async function rotate({ site }: Desk, numbers: readonly string[] = ['2000']): Promise<void> {
  await sipSecrets(site, 'sede', numbers, { value: otherSecret });
}

/** The secret of an extension in the running configuration of `sede`. */
export function secretOf({ site }: Pick<Desk, 'site'>, number = '2000'): string | undefined {
  return site.lab.box('sede').running()[number]?.registerpassword;
}

/** The password that a phone has for a line. */
export function passwordOf({ phones }: Pick<Desk, 'phones'>, id = 'mesa', key = '1'): string | undefined {
  return phones.phone(id).lines.get(key)?.password;
}

/** A merge gone wrong: the rev of a secret stays, its ciphertext is another entry's. Nobody can open it. */
export async function garble({ site }: Desk, name: string): Promise<void> {
  const file = site.secretsOf('acme');
  const mine = file.values[name];
  const [, other] = Object.entries(file.values).find(([key]) => key !== name) ?? [];
  if (mine === undefined || other === undefined) throw new Error(`no secret ${name}, or no other`);
  const values = { ...file.values, [name]: { ...other, rev: mine.rev } };
  await site.replaceSecrets('acme', { ...file, values });
}

/** What a run gets: PBXs whose sessions are disturbed, and phones as they are. */
export function disturbed(
  { phones }: Desk,
  disturb: (session: PoweredSession) => Partial<PoweredSession>,
): Desk['with'] {
  const driver: Phones['driver'] = async (name) => {
    const whole = await phones.driver(name);
    if (whole === null || whole.facts.target === 'device') return whole;
    const open: typeof whole.open = async (target, context) => {
      const session = await whole.open(target, context);
      return { ...session, ...disturb(session) };
    };
    return { ...whole, open };
  };
  return { driver };
}
