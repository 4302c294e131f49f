import type { Extension, Platform, Tenant } from './platform.ts';
import { numberOf } from './platform.ts';
import { contactsOf } from './registrar.ts';
import { byNumber, visible } from './store.ts';
import { invalid } from './texts.ts';
import { type Answer, type Call, phpMap } from './wire.ts';

/** The one source of single registrations (D). No calls are made, so nobody is ever on one. */
export function listMonitored({ platform, tenant, now }: Call): Answer {
  const shown = byNumber(visible(tenant, now));
  return phpMap(shown.map((extension) => [extension.id, monitored(platform, tenant, extension)]));
}

/** A count and nothing else (D). */
export function extensionsOnline({ platform, tenant, now }: Call): Answer {
  const online = [...visible(tenant, now).values()].filter(
    (extension) => contactsOf(platform, tenant, extension).length > 0,
  );
  return { type: 'Extensions Online', count: online.length };
}

/** Of trunks, not of extensions (I). All of the lab's stand. */
export function sipRegistrations({ tenant }: Call): Answer {
  return { 'SIP Registrations': { success: tenant.trunks.size, failed: 0, lagged: 0 } };
}

const DAY = /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2}-\d{4}$/;
const LIMIT = /^\d{1,4}$/;

/** Nobody calls: the shape without rows (D). `limit` is 16 by default and 1000 at most (D). */
export function downloadCdr({ params: { start = '', end = '', limit = '16' } }: Call): Answer {
  for (const [name, value] of Object.entries({ start, end })) {
    if (!DAY.test(value)) return invalid(name, value, DAY);
  }
  if (!LIMIT.test(limit) || Number(limit) > 1000) return invalid('limit', limit, LIMIT);
  return { success: 'Success.', next_page: false, limit: Number(limit), records: 0, header: null, csv: [] };
}

/** `ip` of a registered one is made up, the same for the same id; the words of `status` are in doubt (U). */
function monitored(platform: Platform, tenant: Tenant, extension: Extension): object {
  const { doubts } = platform.settings;
  const [contact] = contactsOf(platform, tenant, extension);
  return {
    name: extension.fields.name ?? '',
    ext: numberOf(extension),
    ip: contact === undefined ? doubts.unregisteredIp : `198.51.100.${1 + (Number(extension.id) % 250)}`,
    status: contact === undefined ? doubts.unregisteredStatus : doubts.registeredStatus,
    ua: contact?.userAgent ?? '',
    dnd: extension.fields.dndstate === 'yes',
    on_call: contact === undefined ? '' : false,
  };
}
