import { store } from './extensions.ts';
import type { Extension, Tenant } from './platform.ts';
import { visible } from './store.ts';
import { UNKNOWN_EXTENSION } from './texts.ts';
import { type Answer, type Call, phpMap } from './wire.ts';

/** Parameters of `ext.es.callerid.edit`, stored as they come. The format of a number is not looked at (V). */
const PARAMETERS = [
  'callerid',
  'emergencycid',
  'anums',
  'alabels',
  'acodes',
  'trunks',
  'tcallerids',
  'tprivacies',
] as const;

/** Whether what is not sent stays is in doubt; `callerid` must be sent (D). */
export function editCallerId({ platform, tenant, params, now }: Call): Answer {
  const found = visible(tenant, now).get(params.id ?? '');
  if (found === undefined) return UNKNOWN_EXTENSION;
  const isWhole = platform.settings.doubts.callerIdEdit === 'replaces';
  const changes = PARAMETERS.flatMap((key): [string, string][] => {
    const value = params[key] ?? (isWhole ? '' : undefined);
    return value === undefined ? [] : [[key, value]];
  });
  const stored = store(platform, tenant, found.id, Object.fromEntries(changes), now);
  return typeof stored === 'string' ? stored : { success: `Caller ID: ${stored.fields.callerid}` };
}

/** Flat; one pair of keys for each trunk that has a number of its own (C: a real sample). */
export function showCallerId({ tenant, params, now }: Call): Answer {
  const found = visible(tenant, now).get(params.id ?? '');
  if (found === undefined) return UNKNOWN_EXTENSION;
  const { fields } = found;
  return {
    callerid: fields.callerid ?? '',
    emergency_callerid: fields.emergencycid ?? '',
    default_callerid: tenant.callerId,
    default_privacy: '0',
    ...perTrunk(found),
    allowed_callerids: allowed(found),
  };
}

/** The number that a call from there shows: the extension's only with both value and state (I), else the tenant's (C). */
export function callerIdSent(tenant: Tenant, { fields }: Extension): string {
  const own = fields.calleridstate === 'yes' ? fields.callerid : '';
  return own || tenant.callerId;
}

function perTrunk({ fields }: Extension): Record<string, string> {
  const numbers = listOf(fields.tcallerids);
  const privacies = listOf(fields.tprivacies);
  return Object.fromEntries(
    listOf(fields.trunks).flatMap((trunk, index) => [
      [`callerid:${trunk}`, numbers[index] ?? ''],
      [`callerid:${trunk}:privacy`, privacies[index] ?? '0'],
    ]),
  );
}

/** A map from 1 on, and `[]` without any (C). */
function allowed({ fields }: Extension): object {
  const labels = listOf(fields.alabels);
  const codes = listOf(fields.acodes);
  return phpMap(
    listOf(fields.anums).map((callerid, index) => [
      String(index + 1),
      { callerid, label: labels[index] ?? '', short_code: codes[index] ?? '' },
    ]),
  );
}

function listOf(text = ''): readonly string[] {
  return text === '' ? [] : text.split(':');
}
