/**
 * What a colleague does in the panel. Its own checks are left out, so that any situation can be set up. Field names are those of requests;
 * there is no Apply step: what is saved is in effect.
 */
import type { LabExtension, LabExtensionSeed } from '../settings.ts';
import { callerIdSent } from './callerid.ts';
import { newExtension, store } from './extensions.ts';
import { marked } from './judgement.ts';
import { type Extension, numberOf, type Platform, type Tenant, userNameOf } from './platform.ts';
import { seedFields } from './seed.ts';
import { byNumber, discard, save, visible, withNumber } from './store.ts';

/** At moment 0 it is seen and registers at once. */
export function createInPanel(
  platform: Platform,
  tenant: Tenant,
  given: LabExtensionSeed,
  now: number,
): void {
  const { number } = given;
  if (withNumber(tenant.saved, number) !== undefined) {
    throw new Error(`extension ${number} exists in tenant ${tenant.code} of ${platform.settings.name}`);
  }
  const fields = { ...seedFields(tenant, number), ...stored(given), ext: number };
  const extension = newExtension(platform, tenant, fields, now);
  save(platform, tenant, now === 0 ? { ...extension, registersFrom: 0 } : extension, now);
}

export function editInPanel(
  platform: Platform,
  tenant: Tenant,
  number: string,
  given: Readonly<Record<string, string>>,
  now: number,
): void {
  store(platform, tenant, known(platform, tenant, number).id, stored(given), now);
}

export function removeInPanel(platform: Platform, tenant: Tenant, number: string, now: number): void {
  discard(platform, tenant, known(platform, tenant, number).id, now);
}

/** No extensions left, and so no registrations. */
export function emptyTenant(platform: Platform, tenant: Tenant): void {
  for (const one of [tenant.saved, tenant.shown]) one.clear();
  tenant.pending.length = 0;
  platform.book.ran();
}

export function savedRecords(tenant: Tenant): Record<string, LabExtension> {
  return records(tenant, byNumber(tenant.saved));
}

/** What phones meet: seen, and past the delay that follows a create or a new secret. */
export function runningRecords(tenant: Tenant, now: number): Record<string, LabExtension> {
  const open = byNumber(visible(tenant, now)).filter((extension) => now >= extension.registersFrom);
  return records(tenant, open);
}

/** The fields as they are stored, with what the server works out: id, SIP user name, outgoing number. */
function records(tenant: Tenant, extensions: readonly Extension[]): Record<string, LabExtension> {
  return Object.fromEntries(
    extensions.map((extension) => {
      const number = numberOf(extension);
      const computed = {
        username: userNameOf(tenant, extension),
        callerid_sent: callerIdSent(tenant, extension),
      };
      return [number, { ...extension.fields, number, id: extension.id, ...computed }];
    }),
  );
}

function stored({ number, password, ...fields }: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...fields,
    ...(number === undefined ? {} : { ext: number }),
    ...(password === undefined ? {} : { user_password: marked(password) }),
  };
}

function known({ settings }: Platform, tenant: Tenant, number: string): Extension {
  const extension = withNumber(tenant.saved, number);
  if (extension !== undefined) return extension;
  throw new Error(`no extension ${number} in tenant ${tenant.code} of ${settings.name}`);
}
