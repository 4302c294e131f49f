import { type Extension, numberOf, type Platform, type Tenant } from './platform.ts';
import { reserved } from './texts.ts';

/**
 * The server has no Apply step: what it takes is in effect by itself, after a while (C). `saved` changes at once, `shown` when
 * `lateVisibilityMs` are over; phones can register `registrationDelayMs` after that.
 */
export function save(platform: Platform, tenant: Tenant, extension: Extension, now: number): void {
  tenant.saved.set(extension.id, extension);
  publish(platform, tenant, { id: extension.id, extension }, now);
}

export function discard(platform: Platform, tenant: Tenant, id: string, now: number): void {
  tenant.saved.delete(id);
  publish(platform, tenant, { id, extension: undefined }, now);
}

/** When phones may register with a secret that is sent now. */
export function registrationOpens({ settings }: Platform, now: number): number {
  return now + settings.lateVisibilityMs + settings.registrationDelayMs;
}

/** What reads see now, by id. */
export function visible(tenant: Tenant, now: number): ReadonlyMap<string, Extension> {
  while (tenant.pending[0] !== undefined && tenant.pending[0].at <= now) {
    const { id, extension } = tenant.pending.shift() as Tenant['pending'][number];
    if (extension === undefined) tenant.shown.delete(id);
    else tenant.shown.set(id, extension);
  }
  return tenant.shown;
}

export function byNumber(extensions: ReadonlyMap<string, Extension>): Extension[] {
  return [...extensions.values()].sort((a, b) => Number(numberOf(a)) - Number(numberOf(b)));
}

export function withNumber(
  extensions: ReadonlyMap<string, Extension>,
  number: string,
): Extension | undefined {
  return [...extensions.values()].find((extension) => numberOf(extension) === number);
}

/** Whatever has a number takes it from everything else of the tenant (C). Answers the refusal, if it is taken. */
export function takenBy(tenant: Tenant, number: string): string | undefined {
  const extension = withNumber(tenant.saved, number);
  if (extension !== undefined) return reserved(number, 'Extension', extension.fields.name ?? '');
  const other = tenant.objects.find((object) => object.number === number);
  return other === undefined ? undefined : reserved(number, other.kind, other.name);
}

/** The lowest free one (D). */
export function freeNumber(tenant: Tenant): string | undefined {
  const first = 10 ** (tenant.extLength - 1);
  for (let number = first; number < first * 10; number += 1) {
    if (takenBy(tenant, String(number)) === undefined) return String(number);
  }
  return undefined;
}

function publish(
  platform: Platform,
  tenant: Tenant,
  change: { id: string; extension: Extension | undefined },
  now: number,
): void {
  const { lateVisibilityMs, registrationDelayMs } = platform.settings;
  tenant.pending.push({ at: now + lateVisibilityMs, ...change });
  for (const wait of new Set([0, lateVisibilityMs, lateVisibilityMs + registrationDelayMs])) {
    if (wait === 0) platform.book.ran();
    else ranLater(platform, wait);
  }
}

/** Phones try again then. */
function ranLater({ timers, book }: Platform, wait: number): void {
  const timer = setTimeout(() => {
    timers.delete(timer);
    book.ran();
  }, wait + 1).unref();
  timers.add(timer);
}
