/**
 * What a simulated P-Series PBX can be started with. Tags: see `lab/settings.ts`. D here is the vendor's P-Series developer guide
 * (appliance, software and cloud editions), V the vendor's own tests of the panel's interface, C several field clients, W the log
 * of a real box.
 */
import type { LabExtensionSeed, LabSip } from '../settings.ts';
import type { LabYeastarPCallFlow } from './flow/settings.ts';

export type * from './flow/settings.ts';

/** Facts about the box that nobody could confirm. The default is the first value given in each comment. */
export interface LabYeastarPDoubts {
  /** With the API switched off its paths answer the web interface ('web-page', I) or 70123 API UNAVAILABLE (D: in the table of codes). */
  apiOff?: 'web-page' | '70123';
  /** Answer to wrong credentials: -1 FAILURE with the field's name (D) or 1 (C: one client, against D). */
  badCredentials?: '-1' | '1';
  /** A locked address is refused when it authenticates ('auth', I) or in every request ('every-request'). U */
  lockScope?: 'auth' | 'every-request';
  /** A second `get_token` leaves the first token alive ('coexists', D and C) or kills it ('replaces', C: one client). */
  secondToken?: 'coexists' | 'replaces';
  /** `refresh_token` ends the token it renews ('ended', C: takes no new place) or leaves it until it expires ('kept'). */
  refreshed?: 'ended' | 'kept';
  /** A value of the wrong JSON type: -2 INTERNAL SERVER ERROR (C, W), 40001 (D: wrong syntax), or numbers and texts are converted. */
  wrongType?: '-2' | '40001' | 'convert';
  /** Keys that the box does not know are dropped in silence ('ignore') or fail with 40002 ('refuse'). U */
  unknownKeys?: 'ignore' | 'refuse';
  /** `number` in an update is dropped ('ignore', I: the guide's list lacks it), fails with 40002 ('refuse') or works ('rename'). */
  renumber?: 'ignore' | 'refuse' | 'rename';
  /** The longest extension number: 7 (D) or 8 (D: the newer import guide). */
  maxNumber?: 7 | 8;
  /** With organisations on, an update without `organization_list` works (false, D: the sample) or fails (true, D: the note beside it). */
  updateNeedsOrganization?: boolean;
  /**
   * Passwords in `extension/get` and `query`: `user_password` alone, masked ('user', D lists it; the mask I), all three masked
   * ('masked'; the first guide lists `reg_password` too, D) or none ('absent', U).
   */
  detailPasswords?: 'user' | 'masked' | 'absent';
  /** `extension/create` answers the new `id`: true (C for trunks and routes; I) or false. */
  createAnswersId?: boolean;
  /** A query naming an unknown id among others leaves it out ('skip') or fails with 60001 ('refuse'). U */
  unknownInQuery?: 'skip' | 'refuse';
  /** Deleting an extension that a queue, ring group, IVR or route uses works ('succeeds') or fails with 70091. U */
  deleteInUse?: 'succeeds' | '70091';
  /** Records of a page when none is asked: 10000 (D for `cdr/list`, I elsewhere). */
  pageSize?: number;
  /** The most records of a page: 10000 (D for `cdr/list`, I elsewhere). */
  maxPageSize?: number;
  /** A `page_size` beyond that fails with 40002 ('refuse') or is cut down to it ('clamp'). U */
  overlongPage?: 'refuse' | 'clamp';
  /** A registered SIP phone shows in `sip_phone.status` and `status_list` ('both', C) or in `status_list` alone ('list', D: newer guides). */
  sipStatus?: 'both' | 'list';
  /** User name of a phone's account: the extension's number ('number', C: name 101, authentication name 101abc) or `reg_name`. */
  phoneUser?: 'number' | 'reg-name';
  /** `call/dial` that cannot succeed is accepted and fails afterwards ('accepted', D: an event tells) or answers 60001 (I). */
  deadDial?: 'accepted' | '60001';
}

/** A department. The first one is the root, the company itself (D: the import guide). */
export interface LabYeastarPOrganization {
  /** Digits: the API tells it as a number, too. */
  id: string;
  name: string;
  /** Default: the first organisation. */
  parent?: string;
}

/** One simulated P-Series PBX to start. */
export interface LabYeastarP {
  driver: 'yeastar-p';
  name: string;
  edition?: 'p-series';
  /** P550, P560 (default), P570: hardware, with analogue ports. Software, Cloud: without. P520: has no API (D). */
  model?: 'P520' | 'P550' | 'P560' | 'P570' | 'Software' | 'Cloud';
  /** How many extensions to seed, deterministic, from `firstNumber` (1000). */
  extensions?: number;
  firstNumber?: number;
  /** Exact extensions, in addition to the seeded ones. `type: 'FXS'` is an analogue one, on hardware alone. */
  seed?: LabExtensionSeed[];
  /** Beyond it `extension/create` answers 60002. Default: 500 more than were seeded. */
  maxExtensions?: number;
  /** Integrations > API is switched on. Default true; false on a P520. */
  api?: boolean;
  /** The firmware has `extension/getpassword` (absent from the first guides; since which version U). Default true. */
  getPassword?: boolean;
  /** Extensions show and take the panel's keys for DTMF, transport, NAT, outbound calls and so on (V: the names; in the API U). Default false. */
  advancedKeys?: boolean;
  /** Organisation Management is on, with these. Default: none, it is off. */
  organizations?: LabYeastarPOrganization[];
  /** Names of the user roles, with the ids 1, 2, … Default: those of a new box (I). Role 0 is none (D: the import guide). */
  roles?: string[];
  /** What happens to calls from outside. Default: nothing is set up. */
  callFlow?: LabYeastarPCallFlow;
  /** Interfaces ('extension/create') or groups of them ('call') that the application was not granted: 10005. */
  denied?: string[];
  /** IP restriction: other addresses get 70087. Default: none. */
  allowedAddresses?: string[];
  /** Valid access tokens at a time. Default 8 (D). */
  maxTokens?: number;
  /** Lifetime of an access token, from its issue. Default 30 minutes (D). */
  tokenMs?: number;
  /** Lifetime of a refresh token. Default 24 hours (D). */
  refreshMs?: number;
  /** How long five failed authentications lock an address. Default 10 minutes (C, I). */
  lockMs?: number;
  /** The panel's display format, which the API's times follow (D). Default YYYY/MM/DD. */
  dateFormat?: 'YYYY/MM/DD' | 'MM/DD/YYYY' | 'DD/MM/YYYY';
  /** Serial number reported as `sn`. Default: made from the name. */
  serial?: string;
  /** Default by model: 37 hardware, 83 software, 84 cloud (D). */
  firmware?: string;
  /** Self-signed certificate made at start. Default true. */
  tls?: boolean;
  /** Where phones register. Default `<name>.example`, 5060, udp. */
  sip?: Partial<LabSip>;
  /** Default false: the connection ends after each answer (D). */
  keepAlive?: boolean;
  doubts?: LabYeastarPDoubts;
}
