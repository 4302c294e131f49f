import type { ContactBook } from '../contacts.ts';
import type { LabLogin } from '../contract.ts';
import type { LabSip } from '../settings.ts';
import type {
  LabMeetip,
  LabMeetipDoubts,
  LabMeetipObject,
  LabMeetipTenant,
  LabMeetipUad,
} from './settings.ts';

/** A server's settings with nothing left open. */
export type PlatformSettings = Required<
  Omit<LabMeetip, 'sip' | 'doubts' | 'seed' | 'tenants' | 'keys' | 'writeWarning' | 'rateLimit'>
> & {
  writeWarning: LabMeetip['writeWarning'];
  rateLimit: LabMeetip['rateLimit'];
  sip: LabSip;
  doubts: Required<LabMeetipDoubts>;
};

/** One extension: flat, in request-side names, and nothing of it in nested replies' names. */
export interface Extension {
  /** The server's own id of it, which is not its number. */
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
  /** How often its secret was sent: each time ends its registrations (C). */
  readonly knocks: number;
  /** Before this moment a REGISTER is refused. */
  readonly registersFrom: number;
}

export interface Did {
  id: string;
  number: string;
  number2: string;
  trunk: string;
  /** `dest_type` and `destination` of the request. */
  type: string;
  ext: string;
  e164: string;
  e164_2: string;
  disabled: string;
  smsEnabled: string;
  name: string;
}

/** One change that is made and not seen yet. */
interface Publication {
  at: number;
  id: string;
  /** Undefined: deleted. */
  extension: Extension | undefined;
}

export interface Tenant {
  /** What v1 calls `server`. */
  id: string;
  code: string;
  name: string;
  extLength: number;
  packageId: string;
  callerId: string;
  codecs: readonly string[];
  departments: ReadonlyMap<string, string>;
  trunks: ReadonlyMap<string, string>;
  uads: Map<string, Required<LabMeetipUad>>;
  objects: readonly LabMeetipObject[];
  dids: Map<string, Did>;
  maxExtensions: number;
  /** Adds that still fail because the tenant is being built, and how. */
  building: number;
  buildingAnswer: NonNullable<LabMeetipTenant['buildingAnswer']>;
  /** By id: what the server has taken. */
  saved: Map<string, Extension>;
  /** By id: what reads and phones see of it. */
  shown: Map<string, Extension>;
  /** In the order of their moments. */
  pending: Publication[];
}

export interface Key {
  key: string;
  /** Undefined: all. */
  actions: readonly string[] | undefined;
  addresses: readonly string[] | undefined;
  suspended: boolean;
  suspendAfterMs: number;
  usedAt: number;
}

/** A call that was originated through the API v2. */
export interface LiveCall {
  uid: string;
  from: string;
  to: string;
}

/** Everything one simulated server knows. */
export interface Platform {
  settings: PlatformSettings;
  keys: Key[];
  tenants: Tenant[];
  master: Tenant;
  packages: ReadonlyMap<string, string>;
  /** Requests refused for their key. */
  logins: LabLogin[];
  book: ContactBook;
  /** What is still to happen by itself. */
  timers: Set<NodeJS.Timeout>;
  /** The last id given to an extension, a DID and a call. */
  issued: { extension: number; did: number; call: number };
  calls: Map<string, LiveCall>;
  /** Requests of the API v2 in the current window. */
  window: { from: number; requests: number };
  /** Until then a DELETE of the API v2 is at work. */
  deletingUntil: number;
}

/** The system tenant: always id 1 (D). It is in no list (I: an empty list is documented), and holds nothing. */
export const MASTER = '1';

/** The tenant, or the master one, whose server id that is. */
export function tenantById({ tenants, master }: Platform, id: string): Tenant | undefined {
  return [master, ...tenants].find((tenant) => tenant.id === id);
}

export function tenantByCode({ tenants }: Platform, code: string): Tenant | undefined {
  return tenants.find((tenant) => tenant.code === code);
}

export function numberOf({ fields }: Extension): string {
  return fields.ext ?? '';
}

/** What a phone registers as: tenant code and number (D, V, C). */
export function userNameOf({ code }: Tenant, extension: Extension): string {
  return `${code}${numberOf(extension)}`;
}
