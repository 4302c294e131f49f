import { readFileSync } from 'node:fs';
import { clearMarks } from '../../../engine/edit/profile.ts';
import { loadProfile } from '../../../engine/load/index.ts';
import { type Desired, Secret, type Target } from '../../../engine/model/index.ts';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import type { PoweredSession, Write } from '../../../providers/contract.ts';
import { driver } from '../../../providers/pbx/pekepbx/driver.ts';
import { marksIn } from '../../../providers/pbx/pekepbx/site/index.ts';
import type { Server } from '../../support/serve.ts';
import { handClock, inSession, type Opening, sessionContext } from '../../support/session.ts';

export { errorOf, handClock } from '../../support/session.ts';

export const PASSWORD = 'Panel-Word-7';
export const SIP_SECRET = 'Kw4mTz-Qp7rXb9sNd3hV';
export const PORTAL_SECRET = 'Zt5kPm-Wq8sLc2vXn6bH';

/** The shipped profile as it is: full of guesses. */
export const shipped: ProfileDocument = read('pekepbx-v36');

/** The shipped profile as if somebody had proven every guess. */
export const proven: ProfileDocument = locked(shipped, marksIn(shipped));

function read(name: string): ProfileDocument {
  const url = new URL(`../../../profiles/${name}.yaml`, import.meta.url);
  return checked(`profiles/${name}.yaml`, readFileSync(url, 'utf8'));
}

/** A document that loading accepts; JSON is YAML. */
export function checked(filename: string, text: string): ProfileDocument {
  const { profile, diagnostics } = loadProfile(filename, text);
  if (profile === null)
    throw new Error(JSON.stringify(diagnostics.map(({ code, params }) => [code, params])));
  return profile;
}

/** A profile without the marks at some places, and with what the server looked like, as `alta profile lock` leaves it. */
export function locked(
  profile: ProfileDocument,
  places: readonly string[],
  keys: Readonly<Record<string, string>> = {},
): ProfileDocument {
  return checked(`profiles/${profile.name}.yaml`, clearMarks(JSON.stringify(profile), places, keys));
}

/** A profile of a test, with other parts. */
export function edited(profile: ProfileDocument, change: Partial<ProfileDocument>): ProfileDocument {
  const whole = { ...profile, ...change };
  return checked(`profiles/${whole.name}.yaml`, JSON.stringify(whole));
}

export interface Place {
  readonly profile?: ProfileDocument | null;
  readonly identity?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly mode?: 'api' | 'guided';
}

export function targetAt(
  url: string,
  { profile = proven, identity = { tenant: '90001' }, options = {}, mode = 'api' }: Place = {},
): Target {
  return {
    address: 'acme/pbx:nube',
    client: 'acme',
    label: 'nube',
    kind: 'pbx',
    driver: 'pekepbx',
    mode,
    presence: 'always',
    key: 'platform:pekepbx-pbx2/90001',
    host: url,
    platform: 'pekepbx-pbx2',
    endpoint: { url, tls: {}, insecure: 'test on loopback' },
    credentials: { read: {}, write: {} },
    identity,
    sip: {},
    options: { ...options, ...(profile === null ? {} : { profile }) },
    origin: { filename: 'clients/acme/client.yaml', path: ['pbx', 'nube'] },
  };
}

export function contextOf(opening: Opening = {}) {
  const limits = { ...driver.facts.host, readIntervalMs: 0 };
  return sessionContext({ username: 'api@acme.example', password: PASSWORD }, limits, opening);
}

/** Opens a session, uses it, closes it. */
export function using<T>(
  { url }: Pick<Server, 'url'>,
  place: Place & Opening,
  use: (session: PoweredSession) => Promise<T>,
): Promise<T> {
  return inSession(driver.open(targetAt(url, place), contextOf({ clock: handClock(), ...place })), use);
}

export const address = 'acme/pbx:nube/extension:10';

export function desired(values: Desired['values'] = {}, more: Partial<Desired> = {}): Desired {
  return {
    address,
    kind: 'extension',
    key: '10',
    values: { name: 'Recepción', email: 'recepcion@acme.example', ...values },
    secrets: {
      sip: { name: 'extensions/nube/10/sip', source: 'declared', marker: '01ARZ3NDEKTSV4RRFFQ69G5FAV' },
      portal: { name: 'extensions/nube/10/portal', source: 'declared', marker: '01ARZ3NDEKTSV4RRFFQ69G5FAW' },
    },
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/client.yaml', path: ['extensions', 0] },
    ...more,
  };
}

export type Creation = Extract<Write, { readonly action: 'create' }>;
export type Update = Extract<Write, { readonly action: 'update' }>;

export function creation(values: Desired['values'] = {}, key = '10'): Creation {
  return {
    action: 'create',
    kind: 'extension',
    key,
    address: `acme/pbx:nube/extension:${key}`,
    values: { number: key, name: 'Recepción', email: 'recepcion@acme.example', ...values },
    secrets: { sip: new Secret(SIP_SECRET), portal: new Secret(PORTAL_SECRET) },
  };
}

export function update(values: Desired['values'], secrets: Record<string, Secret> = {}, key = '10'): Update {
  return {
    action: 'update',
    kind: 'extension',
    key,
    address: `acme/pbx:nube/extension:${key}`,
    values,
    secrets,
    before: {},
  };
}

export function deletion(key = '10'): Write {
  return { action: 'delete', kind: 'extension', key, address: `acme/pbx:nube/extension:${key}` };
}
