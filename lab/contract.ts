/** The lab's contract: simulated telephone exchanges and phones on loopback, to develop and test against without hardware. */

import type { LabBoxService, LabYeastarService } from './services.ts';
import type { LabBox, LabExtension, LabExtensionSeed, LabPhone, LabYeastar } from './settings.ts';
import type { LabPhoneControl, LabPhoneService } from './yealink/contract.ts';

export type * from './services.ts';
export type * from './yealink/contract.ts';

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
 * A mishap on demand. Nothing happens on the box or phone for reset, status, nonJson, redirect, hugeBody, errno, hang and
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
  /** errno: the vendor's own error code or text, as the simulator answers it. Default 20010. */
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

/** Powers over anything the lab serves. */
export interface LabServiceControl {
  /** Returns the fault's id. */
  addFault(fault: LabFault): string;
  faults(): Array<LabFault & { id: string; struck: number }>;
  /** Clears one fault, or all. */
  clearFaults(id?: string): void;

  /** A new key and certificate for new handshakes; also replaces `pins` and `certificatePem` of the service. */
  rotateCertificate(): Promise<LabPins>;
  /** Unblocks an address, or all. */
  unlock(address?: string): void;

  requests(): LabRequests;
  resetRequests(): void;
  /** Sessions (tokens, on a box) alive now. */
  sessions(): number;
  lockouts(): LabLockout[];
  /** Every attempted login, good and bad. */
  logins(): LabLogin[];
}

/** A registration that an extension holds. */
export interface LabContact {
  /** Name of the phone, or 'control' for {@link LabBoxControl.register}. */
  holder: string;
  /** The phone's line; 0 for 'control'. */
  line: number;
  userAgent: string;
}

/** Powers over one box that no API client has. The control endpoint offers the same over HTTP. */
export interface LabBoxControl extends LabServiceControl {
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

  /** A nameless phone registers: true only if the running extension has that secret and room for a contact. */
  register(number: string, secret: string): boolean;
  /** Ends what {@link register} began; the lab's own phones stay. */
  unregister(number: string): void;
  /** Live registrations by extension number; extensions without any are left out. */
  contacts(): Record<string, LabContact[]>;

  expireTokens(): void;
  /**
   * The same powers over one tenant of a platform; without it they are over the first. Throws on a box without tenants, and for one
   * that it does not have.
   */
  tenant(code: string): LabBoxControl;
}

export type LabService<Service extends LabBoxService = LabYeastarService> = Service | LabPhoneService;

/** Boxes of the S-Series, unless said otherwise. */
export interface LabOptions<Box extends LabBox = LabYeastar> {
  boxes: Box[];
  phones?: LabPhone[];
  /** Added to every answer of every box and phone. */
  latencyMs?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Fixed ports by box or phone name, and 'control'. Default: free ones. */
  ports?: Record<string, number>;
}

/** A lab of S-Series boxes, unless said otherwise. */
export interface Lab<Service extends LabBoxService = LabYeastarService> {
  /** Boxes first, then phones. */
  services: LabService<Service>[];
  boxes: Service[];
  phones: LabPhoneService[];
  controlUrl: string;
  /** Throws for a name that was not started. */
  box(name: string): LabBoxControl;
  /** Throws for a name that was not started. */
  phone(name: string): LabPhoneControl;
  close(): Promise<void>;
}
