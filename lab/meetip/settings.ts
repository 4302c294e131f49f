/**
 * What a simulated MeetIP server can be started with. MeetIP is Bicom PBXware Multi-Tenant (S: its own screens).
 *
 * Tags: see `lab/settings.ts`. Here D is the vendor's documentation and manuals, V the vendor's own end-to-end checks, C clients and
 * field notes.
 */
import type { LabExtensionSeed, LabSip } from '../settings.ts';

/** Facts about the server nobody could confirm. The default is the first value given in each comment. */
export interface LabMeetipDoubts {
  /** Parameters in the URL of a POST count together with those of its body ('merged') or not at all ('ignored'). I */
  postQuery?: 'merged' | 'ignored';
  /** Media type of a JSON answer: 'application/json' or what PHP says by itself. U */
  mediaType?: 'application/json' | 'text/html; charset=UTF-8';
  /** `ext.configuration` of an extension that is not there fails ('error') or is an empty map ('empty'). U */
  unknownExtension?: 'error' | 'empty';
  /** `location` and `status` of `ext.configuration` are digits (V) or the words that `ext.list` has (D: a sample). */
  configurationWords?: 'digits' | 'words';
  /** `options.allow` is an array (V, D) or a text like `ulaw,0 alaw,0` (C: a build of 8.x). */
  allowStyle?: 'array' | 'text';
  /** Where `ext.configuration` shows the departments: 'nowhere', at its 'top' or among the 'options'. U */
  departmentPlace?: 'nowhere' | 'top' | 'options';
  /** Unset `macaddress`, `sn` and `department` of `ext.list` are left out ('missing') or blank ('empty'). D shows both. */
  listBlanks?: 'missing' | 'empty';
  /** Ids and codes of `tenant.list` are numbers (D, V) or strings (D: another sample). */
  tenantNumbers?: 'numbers' | 'strings';
  /** `tenant.configuration` takes `server` in place of `id`: false or true (C: some clients send it). */
  tenantByServer?: boolean;
  /** `uad.list` is `uads.list` too: false or true (C: one client calls it). */
  uadAlias?: boolean;
  /** Ring groups, menus and queues can be listed ('served') or not ('unknown'): the oldest documents have no such actions. U */
  flowLists?: 'served' | 'unknown';
  /** `ext.edit` finds the extension by `ext` where there is no `id`: false or true (D: newest edition alone). */
  editByNumber?: boolean;
  /** `ext` beside `id` in an edit is 'ignored' or gives the extension that number ('renumbers'). U */
  editNumber?: 'ignored' | 'renumbers';
  /** A blank optional parameter fails its pattern ('invalid') or takes the value away ('clears'). U */
  blankOptional?: 'invalid' | 'clears';
  /** `ext.es.callerid.edit` changes what is sent alone ('partial', as `ext.edit` does) or clears the rest ('replaces'). I */
  callerIdEdit?: 'partial' | 'replaces';
  /** A call limit above 999 is refused ('refuse') or cut to 999 ('clamp'). The cap C, the way U. */
  overLimit?: 'refuse' | 'clamp';
  /** A department that is not there is refused ('refuse') or dropped in silence ('drop'). U */
  unknownDepartment?: 'refuse' | 'drop';
  /** Names take accents (false) or ASCII alone (true). I */
  asciiNames?: boolean;
  /** A suspended extension may not register (false) or may (true). U */
  suspendedRegisters?: boolean;
  /** `status` of `monitor.list` for a registered extension: 'Registered', or any other word. U */
  registeredStatus?: string;
  /** `status` of `monitor.list` for an unregistered extension: 'Unregistered', or any other word. U */
  unregisteredStatus?: string;
  /** `ip` of `monitor.list` for an unregistered extension: blank, or any other text. I */
  unregisteredIp?: string;
  /** API v2 lists extensions as a bare array ('array') or under `data` ('wrapped'). U */
  v2List?: 'array' | 'wrapped';
  /** API v2 shows `authentication.secret` and `pin`: 'shown' (I: v1 does) or 'hidden'. U */
  v2Secrets?: 'shown' | 'hidden';
  /** API v2 calls the two ends of a call `from` and `to` ('from') or `extension` and `destination` ('extension'). U */
  v2Call?: 'from' | 'extension';
  /** Items of an API v2 batch hold the extension under `body` ('nested') or beside their `id` ('flat'). U */
  v2Batch?: 'nested' | 'flat';
}

/** One API key. The first one is the service's credential. */
export interface LabMeetipKey {
  /** Default: 32 letters and digits made from the names (D: generated keys have 32). */
  key?: string;
  /** Actions it may call, without `pbxware.`; a `*` at the end stands for the rest. Default: all (D: permissions for each key). */
  actions?: string[];
  /** Addresses it may come from. Default: any (D: a list for each key). */
  addresses?: string[];
  /** Refused until an administrator resets it, which is what `unlock` does. */
  suspended?: boolean;
  /** Becomes suspended when nobody used it for so long (D: suspension after inactivity). Default: never. */
  suspendAfterMs?: number;
}

/** A kind of telephone that extensions are made for. */
export interface LabMeetipUad {
  id: string;
  name: string;
  fullname: string;
  /** Default true. */
  enabled?: boolean;
}

/** Something that is no extension and has a number all the same. */
export interface LabMeetipObject {
  /** As the "reserved" message names it: 'IVR', 'Ring Group'. */
  kind: string;
  number: string;
  name: string;
  /** Who rings, where it is a 'Ring Group'. Default nobody. */
  members?: string[];
  /** Where a ring group leaves calls that nobody answers. Default nowhere. */
  overflow?: string;
  /** The overflow is the mailbox of that number. */
  mailbox?: boolean;
  /** What the keys of an 'IVR' lead to, in the words of `ivr.list`. Default no keys. */
  keys?: Record<string, { destination: string; value: string }>;
  /** An 'IVR' that is switched off. */
  disabled?: boolean;
}

export interface LabMeetipDid {
  number: string;
  /** The number it leads to. */
  ext: string;
  name?: string;
  /** What that is, as `dest_type` of `did.add`: '2' a ring group, '3' an IVR, '4' a queue. Default '0', an extension. */
  type?: string;
  disabled?: boolean;
}

/** One tenant to start with. */
export interface LabMeetipTenant {
  /** Three digits (D). */
  code: string;
  /** The server id, which is another number than the code (C). Default: made up, from 169 on. */
  id?: string;
  /** Default `T<code>-H910000<code>-ACME`. */
  name?: string;
  /** Digits of an extension's number, fixed (D). Default 3. */
  extLength?: number;
  /** Ids and names. Default 4 Ventas, 6 Soporte. Nothing in the API makes one (D). */
  departments?: Record<string, string>;
  /** Default: 50 Generic SIP and 127 gloCOM, and 24 Yealink T46S, which is not enabled. */
  uads?: LabMeetipUad[];
  dids?: LabMeetipDid[];
  /** Ids and names. Default 12 Salida. */
  trunks?: Record<string, string>;
  /** Codecs that the tenant allows. Default ulaw, alaw, g722. */
  codecs?: string[];
  /** Default: an IVR at 9…0 and a ring group at 9…1, as long as extensions are. */
  objects?: LabMeetipObject[];
  /** The outgoing number of whoever has none of his own. Default 910000 and the code. */
  callerId?: string;
  /** How many extensions the tenant's package allows. Default: 500 more than were seeded. */
  maxExtensions?: number;
  /** How many extensions to seed, deterministic, from `firstNumber` (1 followed by zeros). */
  extensions?: number;
  firstNumber?: number;
  /** Exact extensions, in addition to the seeded ones, in request-side names. */
  seed?: LabExtensionSeed[];
  /** So many `ext.add` fail before the tenant is ready, as they do for minutes after it was made (C). Default 0. */
  building?: number;
  /** How they fail: the known messages in turn, or always with one of them. Default 'turns'. */
  buildingAnswer?: 'turns' | 'configuration' | 'table' | 'create' | 'html';
}

/** One simulated MeetIP server to start. */
export interface LabMeetip {
  driver: 'meetip';
  name: string;
  /** 'v1': the action API alone. 'v2': version 8.2, which has the API v2 beside it (C). Default 'v1'. */
  edition?: 'v1' | 'v2';
  /** Where phones of every tenant register. Default `<name>.example`, 5060, udp. */
  sip?: Partial<LabSip>;
  /** Extensions of the first tenant, in addition to its own `seed`. */
  seed?: LabExtensionSeed[];
  /** Default: 301 with three digits and 412 with four. The first is the one that the box's own control is over. */
  tenants?: LabMeetipTenant[];
  /** Default: one key that may do everything. */
  keys?: LabMeetipKey[];
  /** Reported by `license.info`. Default by edition: `8.1 (3f2a9c1)` or `8.2 (b07d4e8)`. */
  version?: string;
  /** Answers `ext.es.states.*` and knows `sn`, as builds after August 2024 do (D). Default: true for 'v2', false for 'v1'. */
  later?: boolean;
  /** Enhanced services that are not licensed: asking for one by name fails (C). Default none. */
  unlicensed?: string[];
  /** Reads form-encoded bodies of POST. Default true (D that POST works; its encoding I). */
  post?: boolean;
  /** A self-signed certificate, as most have (C). Default true; without it plain HTTP, as in the vendor's examples (D). */
  tls?: boolean;
  /** Default true. */
  keepAlive?: boolean;
  /** Answers of writes come that late; what they write happens at once, or as `lateVisibilityMs` says. Default 0. */
  slowWriteMs?: number;
  /** What a write did is seen that late, counted from its request. Default 0. */
  lateVisibilityMs?: number;
  /** How long after a create, or after its secret was sent, an extension cannot register. Default 0; 24 s were seen (C). */
  registrationDelayMs?: number;
  /** Every write happens, and its answer begins with a PHP warning ('before') or is nothing else ('instead') (C). Default: neither. */
  writeWarning?: 'before' | 'instead';
  /** API v2 answers 429 beyond so many requests in a window. Default: it only counts, 60 in 12 s (C: seen in the headers). */
  rateLimit?: { requests: number; windowMs: number };
  /** An API v2 DELETE takes so long, and another one meanwhile fails with 500 (C). Default 0: none fails. */
  busyDeleteMs?: number;
  doubts?: LabMeetipDoubts;
}
