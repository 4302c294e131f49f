/**
 * What a simulated host with an Asterisk can be started with.
 *
 * Tags: see `lab/settings.ts`. Here W is output captured from real daemons, 16.28 and 22.10 (`test/fixtures/asterisk`), V the source
 * of Asterisk, I inference.
 */

/**
 * Release families. Of 16 and 22 there are captures (W); 13 differs as its source does (V): old answers to `Command`, `Created` for
 * contacts without qualify, no `RTCP Mux`.
 */
export type LabAsteriskRelease = '13' | '16' | '22';

/** Channel drivers for SIP. chan_sip is gone from 21 on (V). */
export type LabAsteriskTechnology = 'chan_sip' | 'pjsip';

/** What the last OPTIONS found: an answer after so many ms, in time or late; no answer; or nothing yet. */
export type LabQualify = { ms: number; lagged?: boolean } | 'unreachable' | 'unknown';

/** One registration. */
export interface LabAsteriskContact {
  /** The phone's, or whatever stands before it. */
  address: string;
  port: number;
  /** User of the registered Contact. Default: the peer's name. */
  user?: string;
  /** Default `sip:<user>@<address>:<port>`. */
  uri?: string;
  /** Default: empty. */
  userAgent?: string;
  /** Seconds until it ends unless it is renewed. Default 3600. */
  expires?: number;
  /** Default: empty. */
  callId?: string;
  /** Default: an answer after 1 ms. */
  qualify?: LabQualify;
}

/** Somebody who never registers: a carrier at a known address. */
export interface LabAsteriskFixed {
  address: string;
  port: number;
  qualify?: LabQualify;
}

export type LabAsteriskNat = 'Yes' | 'No' | 'Auto (Yes)' | 'Auto (No)';

/** A peer of chan_sip, or an endpoint of pjsip with an AOR and an authentication of the same name. */
export interface LabAsteriskPeer {
  name: string;
  /** Default: chan_sip where the host has it. */
  technology?: LabAsteriskTechnology;
  /** Registrations of now, oldest first. chan_sip has room for one, and shows the last. */
  contacts: readonly LabAsteriskContact[];
  /** A registration that ended before the host was asked anything. */
  past?: LabAsteriskContact;
  /** In place of registrations. */
  fixed?: LabAsteriskFixed;
  /** Whether it is sent OPTIONS. Default true. */
  qualified?: boolean;
  /** How often, in seconds. Default 60. */
  qualifyEvery?: number;
  /** Kept in a database; chan_sip knows it from its first registration, or from `load`. Default false. */
  realtime?: boolean;

  description?: string;
  /** Default: both empty. */
  callerId?: { name: string; number: string };
  /** Default: yes, unless `fixed`. */
  secret?: boolean;
  /** Default 'default'. */
  context?: string;
  variables?: Readonly<Record<string, string>>;
  /** User name of chan_sip's own requests to it, where no registration says one. */
  defaultUser?: string;
  /** Default false. */
  acl?: boolean;
  /** Default 'Yes', and 'Auto (No)' where `fixed`. */
  forceRport?: LabAsteriskNat;
  /** Default 'Yes', and 'No' where `fixed`. */
  comedia?: LabAsteriskNat;
  /** Default 'no'. */
  insecure?: string;
  trustRpid?: boolean;
  sendRpid?: boolean;
  /** Default 0: none. */
  callLimit?: number;
  /** What chan_sip keeps of the last notice of messages: 0 none yet (default), -1 without a mailbox (W). */
  lastMessages?: 0 | -1;
  /** pjsip. Default 1, and 0 where `fixed`. */
  maxContacts?: number;
  /** pjsip: addresses that calls from it are known by. */
  identify?: readonly string[];
}

/** A call's leg, as `core show channels concise` tells it. */
export interface LabAsteriskChannel {
  /** `SIP/10-0000000a` */
  name: string;
  context: string;
  exten: string;
  priority: number;
  state: string;
  application: string;
  data: string;
  callerIdNum: string;
  accountCode?: string;
  peerAccount?: string;
  amaFlags?: number;
  /** Seconds. */
  duration: number;
  bridge: string;
  uniqueId: string;
}

/** Classes of the manager interface that an action may need one of. */
export type LabAmiClass = 'system' | 'call' | 'reporting' | 'command' | 'all';

export interface LabAmiUser {
  username: string;
  secret: string;
  /** Classes of events it is told. Default: all. */
  read?: readonly LabAmiClass[];
  /** Classes of actions it may ask for. Default: all. */
  write?: readonly LabAmiClass[];
}

/** The manager interface (AMI). */
export interface LabAmiOptions {
  /** Default 127.0.0.1. */
  host?: string;
  /** Default: a free one. */
  port?: number;
  /** The first one is the service's credential. Default: one that may do everything. */
  users?: readonly LabAmiUser[];
  /** Wait before a login is refused. Default 1000 ms (V). */
  refusalMs?: number;
  /** After so many refused logins an address gets no more than a closed connection (I: fail2ban and its like). Default: never. */
  maxFailedLogins?: number;
}

export interface LabAsteriskOptions {
  /** Default `asterisk`. */
  name?: string;
  /** Default '16'. */
  release?: LabAsteriskRelease;
  /** Drivers that are loaded. Default: chan_sip, and pjsip from 22 on. */
  technologies?: readonly LabAsteriskTechnology[];
  /** Who can register here; asked anew for each answer. */
  peers: () => Iterable<LabAsteriskPeer>;
  /** Legs of calls. Default: none. */
  channels?: () => Iterable<LabAsteriskChannel>;
  /** What follows the version: `built by …`. */
  built?: string;
  /** Name of the daemon in its lists. Default: empty. */
  systemName?: string;

  /**
   * How registrations end. 'unregistered' (default): the phone says so; its address goes at once, and chan_sip keeps the last status
   * for `staleMs` (W). 'vanished': address and status stay for `staleMs`, then it is unreachable until it expires (W).
   * An end is noticed when the host is asked something, or by `look`.
   */
  ending?: 'unregistered' | 'vanished';
  /** Default 0: nothing is stale. */
  staleMs?: number;
  /** Every registration comes through this proxy: all addresses are its own. */
  fronted?: { address: string; port: number };
  /** `rtcachefriends` of chan_sip. Without it realtime peers are in no list, and found with `load` only (V). Default true. */
  realtimeCache?: boolean;

  /** `sudo` asks the user for a password (true) or not (false, default). */
  sudoPassword?: boolean;
  /** The daemon's socket is closed to the user, unless through `sudo`. Default false. */
  socketClosed?: boolean;
  ami?: LabAmiOptions;
  /** Wall clock, ms since the epoch. Default: the machine's. */
  now?: () => number;
}
