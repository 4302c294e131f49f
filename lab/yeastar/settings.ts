/** What a simulated S-Series box can be started with. Tags and sources: see `lab/settings.ts`. */
import type { LabExtensionSeed, LabSip } from '../settings.ts';

/** Facts about the box nobody could confirm. The default is the first value given in each comment. */
export interface LabDoubts {
  /** Words of the `nat` key: 'yes-no' (C: a clone of the API documents them) or 'on-off' (I: like other flags). */
  natWords?: 'yes-no' | 'on-off';
  /** Answer to an expired token: 20006 (D) or 20004 (C: client OD). */
  expiredErrno?: '20006' | '20004';
  /** A second login leaves the first token alive ('coexists') or kills it ('replaces'). U */
  secondLogin?: 'coexists' | 'replaces';
  /** A locked address is refused at login only ('login') or in every request ('every-request'). U */
  lockScope?: 'login' | 'every-request';
  /** API v2.0.0 answers `apply`: false or true. U */
  v2Apply?: boolean;
  /** API v2.0.0 answers reads made with GET: false or true. U (C for v1.x, where it is always tolerated) */
  v2Get?: boolean;
  /** Keys the box does not know are dropped in silence ('ignore') or fail with 10017 ('refuse'). U */
  unknownKeys?: 'ignore' | 'refuse';
  /** Answer to a weak password: 10017 or 10032. U */
  weakPasswordErrno?: '10017' | '10032';
  /** The shortest run of consecutive digits (123, 321) a strong password must not have: 3. I */
  consecutiveDigits?: number;
  /** The longest registration password: 31 (D for v1.x, I for v2.0.0). */
  maxSecret?: number;
  /** Deleting an unknown extension answers 10006 or 10086. U */
  deleteUnknownErrno?: '10006' | '10086';
  /** A query naming one unknown extension among others fails ('refuse', 10006) or leaves it out ('skip'). U */
  unknownInQuery?: 'refuse' | 'skip';
  /** API v1.x takes accented letters in the caller-ID name (false) or ASCII letters alone (true). I */
  asciiNames?: boolean;
  /** Status word of a registered SIP extension: 'Registered' (D) or 'Idle' (D: a v2 sample shows it). */
  registeredWord?: 'Registered' | 'Idle';
  /** Status word of an unregistered extension: 'Unavailable' (D) or 'unavailable' (D: one v1 sample). */
  unregisteredWord?: 'Unavailable' | 'unavailable';
  /** How a blank `agentid` reads: '' (D) or 'none' (C). */
  blankAgent?: '' | 'none';
  /** A registration survives the change of its password until it is renewed: false or true. I */
  staleRegistrations?: boolean;
  /** How v2.0.0 reads `loginpassword`: 'md5' (D for v1.x) or 'absent'. U */
  v2LoginPassword?: 'md5' | 'absent';
  /** v1.x login insists on the documented `port`: false (C: two clients omit it) or true (D). */
  portRequired?: boolean;
  /** While a storm of applies lasts, calls fail with 20010: false or true (D: fixed in 30.11.0.7; errno I). */
  stormBreaksCalls?: boolean;
}

/** One simulated S-Series box to start. */
export interface LabYeastar {
  driver?: 'yeastar';
  name: string;
  /** 'v1.1.0': older firmware, query and update only. 'v2.0.0': answers v1.x and v2.0.0 (D: guide H2). */
  edition: 'v1.1.0' | 'v2.0.0';
  /** How many extensions to seed, deterministic, from `firstNumber` (1000). */
  extensions?: number;
  firstNumber?: number;
  /** Exact extensions, in addition to the seeded ones. */
  seed?: LabExtensionSeed[];
  /** Whether the API shows and takes the `nat` key (C against D). Default: true for v2.0.0, false for v1.1.0. */
  nat?: boolean;
  /** The panel's "Allow Weak Password" (D: manual HS). Default: false for v2.0.0, true for v1.1.0. */
  allowWeakPassword?: boolean;
  /** Beyond it, `extension/add` answers 10087. Default: 500 more than were seeded. */
  maxExtensions?: number;
  /** Highest `maxregistrations`: 5 on S-Series, 4 on Cloud (D). */
  maxRegistrations?: number;
  /** Names of the outbound routes that `selectoutroute` may hold. */
  outboundRoutes?: string[];
  /** Serial number reported as `sn`. Default: made from the name. */
  serial?: string;
  /** Reported by `deviceinfo/query`. Default: 30.10.0.59 or 30.13.0.30 by edition (D). */
  firmware?: string;
  /** The panel's "Report Method", echoed by a v2.0.0 login as `transport` (D). Default TCP. */
  reportMethod?: 'TCP' | 'HTTP';
  /** Self-signed certificate made at start. Default true. */
  tls?: boolean;
  /** 's50': TLS 1.2 with AES256-GCM-SHA384 alone, no forward secrecy (C: a real S50). */
  cipher?: 'default' | 's50';
  /** More than `writes` writes inside `windowMs` answer 10025: saved, not active (D: guides G17, H1). */
  applyStorm?: { windowMs: number; writes: number };
  /** Idle lifetime of a token. Default 30 minutes (D). */
  idleMs?: number;
  /** How long five failed logins lock an address. Default 10 minutes (D). */
  lockMs?: number;
  /** Ring and duration limits together with forwarding keys: true fails with 10017, 'ignored' drops the limits (C, I). */
  combinedUpdateRefused?: boolean | 'ignored';
  /** Where phones register. Default `<name>.example`, 5060, udp. A phone finds the box whose server and port are its account's. */
  sip?: Partial<LabSip>;
  /** Default false: `Connection: close` on every answer (D: guide H2). */
  keepAlive?: boolean;
  doubts?: LabDoubts;
}
