/** What the lab offers of a simulated phone. */
import type { LabPins, LabServiceControl } from '../contract.ts';
import type { LabPhoneGeneration } from '../settings.ts';

/** What one line of a phone says of itself. */
export interface LabPhoneAccount {
  enabled: boolean;
  /** 'failed': the exchange refused. 'registering': nobody answers. 'unregistered': nothing to try, or no power. */
  status: 'registered' | 'registering' | 'unregistered' | 'failed' | 'disabled';
  /** '<host>:<port>' as configured; empty without a host. */
  server: string;
  user: string;
  /** What the phone calls itself in SIP: 'Yealink SIP-<model> <firmware>'. */
  userAgent: string;
}

/** One file a phone asked its provisioning server for. */
export interface LabPhoneFetch {
  /** Path and query asked for, credentials left out. */
  path: string;
  /** HTTP status; 0 where no answer came. */
  status: number;
  at: number;
  /** The same bytes as at the last fetch: nothing was applied (D). */
  unchanged: boolean;
}

/** Powers over one phone that no web client has. The control endpoint offers the same over HTTP. */
export interface LabPhoneControl extends LabServiceControl {
  /** Every setting that runs and is not the factory's, passwords in clear, in the keys of the phone's firmware. */
  settings(): Record<string, string>;
  /** Somebody types at the phone itself; '%NULL%' goes back to the factory's value. Throws for an unknown key. */
  edit(changes: Record<string, string>): void;
  /** The lines of the model, from 1. */
  accounts(): Record<string, LabPhoneAccount>;

  /** Another administrator logs in, from `address` (default 192.0.2.77); the web session of anybody else ends. */
  occupy(address?: string): void;
  vacate(): void;
  /** Whether a call is under way. */
  call(active: boolean): void;
  /** Ends every web session. */
  expireSessions(): void;

  /** Resolves when the phone is up again and its provisioning fetch is over. */
  reboot(): Promise<void>;
  /** Back to the factory: settings and remembered files go, administrator `admin` with password `admin` (D). */
  factoryReset(): Promise<void>;
  /** Off: connections are refused and registrations end at the exchange. On boots. */
  power(on: boolean): Promise<void>;
  /** Fetches the configuration now; answers what was fetched. */
  fetchNow(): Promise<LabPhoneFetch[]>;
  /** Resolves when no boot and no fetch is under way. */
  settled(): Promise<void>;

  /** Addresses waiting for "Allow Remote Control?" on the phone's screen (D). */
  prompts(): string[];
  /** Somebody presses OK: for one address, or for all that wait. */
  allowRemoteControl(address?: string): void;

  /** Boots since the lab started, the first one left out. */
  reboots(): number;
  fetches(): LabPhoneFetch[];
}

export interface LabPhoneService {
  name: string;
  driver: 'yealink';
  url: string;
  generation: LabPhoneGeneration;
  model: string;
  firmware: string;
  /** Six pairs of lower-case hexadecimal digits with colons. */
  mac: string;
  /** As they are now: follows a change of the password. */
  credentials: { username: string; password: string };
  pins: LabPins;
  certificatePem: string;
  /** UDP, for SIP NOTIFY. */
  sipPort: number;
}
