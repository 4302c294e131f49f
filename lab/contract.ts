/** The lab's contract: simulated telephone exchanges on loopback, to develop and test against without hardware. */
import type { LabBox, LabExtension, LabExtensionSeed } from './settings.ts';

export type LabFaultKind =
  | 'latency'
  | 'reset'
  | 'status'
  | 'truncate'
  | 'nonJson'
  | 'lostAnswer'
  | 'phpNotice'
  | 'redirect'
  | 'slowloris'
  | 'hugeBody'
  | 'errno'
  | 'offline'
  | 'hang';

/**
 * A mishap on demand. Nothing happens on the box for reset, status, nonJson, redirect, hugeBody, errno, hang and
 * offline; the request is carried out for latency, truncate, lostAnswer, phpNotice and slowloris.
 */
export interface LabFault {
  kind: LabFaultKind;
  /** Requests it strikes: `path` is a substring; `nth` the first matching request to strike, from 1. */
  match?: { path?: string; nth?: number };
  /** How many requests (connections, for 'offline') it strikes. Default 1; 0 until cleared. */
  times?: number;
  /** latency: the wait (1000). slowloris: the pause between bytes (200). */
  ms?: number;
  /** status: default 500. redirect: default 307. */
  status?: number;
  /** status: a Retry-After header of that many seconds. Default none. */
  retryAfter?: number;
  /** errno: default 20010. */
  errno?: string;
  /** redirect: default a path on the box itself, so that whoever follows shows up in the log. */
  location?: string;
  /** hugeBody: default 256 MiB. */
  bytes?: number;
}

export interface LabRequest {
  method: string;
  /** Path and query, without the token. */
  path: string;
  at: number;
  connectionId: number;
  /** The vendor's error code answered, if any. */
  errno?: string;
}

export interface LabRequests {
  entries: LabRequest[];
  /** Requests per path, queries left out. */
  counts: Record<string, number>;
  total: number;
  connections: number;
  /** Most requests that were in progress at the same moment. */
  peak: number;
}

export interface LabPins {
  /** 'SHA256:<base64>' of the public key; empty without TLS. */
  spki: string;
  /** 'SHA256:<base64>' of the certificate; empty without TLS. */
  certificate: string;
}

export interface LabLogin {
  at: number;
  address: string;
  accepted: boolean;
}

export interface LabLockout {
  address: string;
  until: number;
}

/** Powers over one box that no API client has. The control endpoint offers the same over HTTP. */
export interface LabBoxControl {
  /** Returns the fault's id. */
  addFault(fault: LabFault): string;
  faults(): Array<LabFault & { id: string; struck: number }>;
  /** Clears one fault, or all. */
  clearFaults(id?: string): void;

  /** A colleague saves an edit in the panel; without `apply` it is saved and not running. */
  edit(number: string, fields: Record<string, string>, options?: { apply?: boolean }): void;
  create(seed: LabExtensionSeed, options?: { apply?: boolean }): void;
  remove(number: string, options?: { apply?: boolean }): void;
  /** The box was reset: no extensions, registrations or sessions. */
  empty(): void;
  /** A colleague presses Apply. */
  applyNow(): void;

  saved(): Record<string, LabExtension>;
  running(): Record<string, LabExtension>;

  /** A phone registers: true only if the running extension has that secret. */
  register(number: string, secret: string): boolean;
  unregister(number: string): void;

  /** A new key and certificate for new handshakes; also replaces `pins` and `certificatePem` of the service. */
  rotateCertificate(): Promise<LabPins>;
  expireTokens(): void;
  /** Unblocks an address, or all, as in the panel's list of blocked addresses. */
  unlock(address?: string): void;

  requests(): LabRequests;
  resetRequests(): void;
  /** Tokens alive now. */
  sessions(): number;
  lockouts(): LabLockout[];
  /** Every attempted login, good and bad. */
  logins(): LabLogin[];
}

export interface LabService {
  name: string;
  driver: 'yeastar';
  url: string;
  edition: LabBox['edition'];
  credentials: { username: string; password: string };
  serial: string;
  pins: LabPins;
  certificatePem: string;
}

export interface LabOptions {
  boxes: LabBox[];
  /** Added to every answer of every box. */
  latencyMs?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Fixed ports by box name, and 'control'. Default: free ones. */
  ports?: Record<string, number>;
}

export interface Lab {
  services: LabService[];
  controlUrl: string;
  /** Throws for a name that was not started. */
  box(name: string): LabBoxControl;
  close(): Promise<void>;
}
