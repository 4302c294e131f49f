import { type Did, MASTER, type Platform, type Tenant } from './platform.ts';
import { visible, withNumber } from './store.ts';
import { alreadyExists, invalid, MASTER_HOLDS_NOTHING, UNKNOWN_EXTENSION } from './texts.ts';
import { type Answer, type Call, type Params, phpMap } from './wire.ts';

/** What `did.add` demands (D). */
export const DID_REQUIRED = ['server', 'trunk', 'did', 'dest_type', 'destination', 'disabled'] as const;

/** Destinations as `did.list` words them, by the number that `did.add` takes (D); the plurals C, the words not seen I. */
const DESTINATIONS: Readonly<Record<string, string>> = {
  '0': 'Extension',
  '1': 'Multi User',
  '2': 'Ring Group',
  '3': 'IVR',
  '4': 'Queues',
  '5': 'External',
  '6': 'IVR Tree',
  '7': 'Voicemail',
  '8': 'Remote Access',
  '9': 'Conferences',
  '10': 'Trunk',
  '11': 'Fax to Mail',
  '12': 'Callback',
  '13': 'Deny',
  '14': 'CRM',
  '15': 'Agent',
  '16': 'ARI App',
  '17': 'Parking',
};

const NUMBER = /^\+?\d+$/;
const ID = /^\d+$/;
const FLAG = /^[01]$/;

/** The trunk by name, although `did.add` wants its id (C). `ext` filters (D). */
export function listDids({ tenant, params: { ext } }: Call): Answer {
  const dids = [...tenant.dids.values()].filter(
    (did) => ext === undefined || (did.type === '0' && did.ext === ext),
  );
  return phpMap(dids.map((did) => [did.id, elementOf(tenant, did)]));
}

/** `id` is a number (D, V). */
export function addDid({ platform, tenant, params, now }: Call): Answer {
  if (tenant.id === MASTER) return MASTER_HOLDS_NOTHING;
  const refused = judge(params) ?? judgeMeaning(platform, tenant, params, now);
  if (refused !== undefined) return refused;
  platform.issued.did += 1;
  const id = platform.issued.did;
  tenant.dids.set(String(id), didOf(String(id), params));
  return { success: `DID ID: ${id}.`, id };
}

export function didOf(id: string, params: Params): Did {
  return {
    id,
    number: params.did ?? '',
    number2: params.did2 ?? '',
    trunk: params.trunk ?? '',
    type: params.dest_type ?? '0',
    ext: params.destination ?? '',
    e164: params.e164 ?? '',
    e164_2: params.e164_2 ?? '',
    disabled: params.disabled ?? '0',
    smsEnabled: params.sms_enabled ?? '',
    name: params.name ?? '',
  };
}

function elementOf(tenant: Tenant, did: Did): object {
  return {
    number: did.number,
    number2: did.number2 || null,
    server: tenant.id,
    trunk: tenant.trunks.get(did.trunk) ?? '',
    type: DESTINATIONS[did.type] ?? '',
    ext: did.ext,
    e164: did.e164,
    e164_2: did.e164_2,
    status: did.disabled === '1' ? 'disabled' : 'enabled',
    sms_enabled: did.smsEnabled || null,
    name: did.name,
  };
}

function judge(params: Params): string | undefined {
  const patterns = { trunk: ID, did: NUMBER, dest_type: /^([0-9]|1[0-7])$/, disabled: FLAG } as const;
  for (const [name, pattern] of Object.entries(patterns)) {
    const value = params[name] ?? '';
    if (!pattern.test(value)) return invalid(name, value, pattern);
  }
  return undefined;
}

/** A DID belongs to one tenant of the server (I); for an extension, the destination is its plain number (D). */
function judgeMeaning(
  { tenants }: Platform,
  tenant: Tenant,
  params: Params,
  now: number,
): string | undefined {
  const { did = '', trunk = '', dest_type, destination = '' } = params;
  if (!tenant.trunks.has(trunk)) return invalid('trunk', trunk, ID);
  const taken = tenants.some(({ dids }) => [...dids.values()].some(({ number }) => number === did));
  if (taken) return alreadyExists(`DID ${did}`);
  const unknown = dest_type === '0' && withNumber(visible(tenant, now), destination) === undefined;
  return unknown ? UNKNOWN_EXTENSION : undefined;
}
