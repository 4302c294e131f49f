import type { LabPhoneFetch } from '../contract.ts';
import type { Exchange } from '../registration.ts';
import type { LabPhone, LabPhoneDoubts } from '../settings.ts';
import { type Access, offerSession } from './access.ts';
import { type Entry, FACTORY } from './cfg.ts';
import type { WebKey } from './ciphers.ts';
import { applyEntries, type Config, type Outcome, type Source, unknownIn } from './config.ts';
import { userPasswordKey } from './keys.ts';
import { type LineState, refreshLines } from './lines.ts';

/** A phone's settings with nothing left open. */
export type PhoneSettings = Required<
  Omit<LabPhone, 'cfg' | 'provisioning' | 'actionUri' | 'credentials' | 'doubts'>
> & { doubts: Required<LabPhoneDoubts> };

/** Everything one simulated phone knows. */
export interface Phone {
  settings: PhoneSettings;
  config: Config;
  access: Access;
  key: WebKey;
  exchanges: readonly Exchange[];
  lines: Map<number, LineState>;
  /** When a registration expires or is tried again. */
  timer: NodeJS.Timeout | undefined;
  on: boolean;
  talking: boolean;
  reboots: number;
  /** Addresses whose "Allow Remote Control?" was answered, and those that wait for it. */
  remote: { allowed: Set<string>; prompts: Set<string> };
  /** MD5 of each provisioning file as it was last applied (D). */
  digests: Map<string, string>;
  fetches: LabPhoneFetch[];
  /** Boots and fetches, one after the other. */
  work: Promise<unknown>;
  /** How many of them are not finished. */
  pending: number;
  /** Ends fetches when the lab closes. */
  closing: AbortController;
  /** Stops and resumes listening; set once it listens. */
  network: { stop(): Promise<void>; resume(): Promise<void> };
}

/** Carries out what a file, a page or a person asks for, and registers anew where an account changed. */
export function change(phone: Phone, entries: readonly Entry[], source: Source): Outcome {
  const passwords = entries.filter(([key]) => isUserPassword(phone, key));
  const others = entries.filter(([key]) => !isUserPassword(phone, key));
  const outcome = applyEntries(phone.config, others, source);
  for (const [, value] of passwords) setUserPassword(phone, value);
  refreshLines(phone, 'changed');
  return { ...outcome, known: outcome.known + passwords.length };
}

/** Keys of those entries that the phone does not know, or whose values it does not take. */
export function unknownTo(phone: Phone, entries: readonly Entry[]): string[] {
  return unknownIn(
    phone.config,
    entries.filter(([key]) => !isUserPassword(phone, key)),
  );
}

function isUserPassword({ settings }: Phone, key: string): boolean {
  return key === userPasswordKey(settings.firmware);
}

/** Work that waits for what came before; a failure of one does not stop the next. */
export function queue<T>(phone: Phone, task: () => Promise<T>): Promise<T> {
  phone.pending += 1;
  const done = phone.work.then(task).finally(() => {
    phone.pending -= 1;
  });
  phone.work = done.catch(() => {});
  return done;
}

/** 'Yealink SIP-T54W 96.86.0.70' (C). */
export function userAgent({ settings }: Phone): string {
  return `Yealink SIP-${settings.model} ${settings.firmware}`;
}

/** '80:5e:c0:00:00:01'. */
export function colons(mac: string): string {
  return mac.replace(/..(?=.)/g, '$&:');
}

/** A session id for a visitor without one. */
export function newVisitor(phone: Phone): string {
  return offerSession(phone.access);
}

/** Each value is `user:password`; other users than the administrator are not simulated. */
function setUserPassword({ access, settings }: Phone, value: string): void {
  const { credentials } = access;
  if (value === FACTORY) credentials.password = 'admin';
  else if (settings.doubts.userPassword === 'pass') credentials.password = value;
  else if (value.startsWith(`${credentials.username}:`)) {
    credentials.password = value.slice(credentials.username.length + 1);
  }
}
