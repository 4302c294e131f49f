import type { LabPhoneAccount } from '../contract.ts';
import { courseOf, type Exchange, type SipAccount } from '../registration.ts';
import { serverNames } from './account-keys.ts';
import { settingOf } from './config.ts';
import { modelNamed } from './models.ts';
import { type Phone, userAgent } from './phone.ts';

/** What a line is doing, and what it did it with. */
export interface LineState {
  status: LabPhoneAccount['status'];
  exchange: Exchange | undefined;
  /** The account's settings as they were. */
  account: string;
  /** When the registration expires, or a refused one is tried again. */
  until: number;
}

const TRANSPORTS = ['udp', 'tcp', 'tls', 'dns-naptr'] as const;
const LONGEST_TIMER = 2_147_483_647;

/**
 * Brings every line to what its settings and the exchanges ask for. 'changed' keeps registrations that still hold;
 * 'boot' registers all of them again.
 */
export function refreshLines(phone: Phone, cause: 'changed' | 'boot'): void {
  for (const line of lineNumbers(phone)) {
    const before = phone.lines.get(line);
    const kept = cause === 'changed' && before !== undefined && stillHolds(phone, line, before);
    if (!kept) phone.lines.set(line, attempt(phone, line, before));
  }
  scheduleNext(phone);
}

export function lineNumbers({ settings }: Phone): number[] {
  return Array.from({ length: modelNamed(settings.model).lines }, (_, index) => index + 1);
}

/** Every line as it is now. */
export function accountsOf(phone: Phone): Record<string, LabPhoneAccount> {
  refreshLines(phone, 'changed');
  return Object.fromEntries(lineNumbers(phone).map((line) => [String(line), accountOf(phone, line)]));
}

export function accountOf(phone: Phone, line: number): LabPhoneAccount {
  const { enabled, server, port, userName } = sipAccountOf(phone, line);
  return {
    enabled,
    status: phone.lines.get(line)?.status ?? 'unregistered',
    server: server === '' ? '' : `${server}:${port}`,
    user: userName,
    userAgent: userAgent(phone),
  };
}

/** The cfg key of one setting of a line's account. */
export function accountKey(line: number, name: string): string {
  return `account.${line}.${name}`;
}

function attempt(phone: Phone, line: number, before: LineState | undefined): LineState {
  const holder = { holder: phone.settings.name, line };
  const settings = sipAccountOf(phone, line);
  const account = JSON.stringify(settings);
  const course = phone.on ? courseOf(settings, phone.exchanges) : asleep(settings);
  const exchange = course.kind === 'register' ? course.exchange : undefined;
  if (before?.exchange !== undefined && before.exchange !== exchange) before.exchange.unregister(holder);
  const state = { exchange, account, until: Number.POSITIVE_INFINITY };
  if (course.kind === 'rest') return { ...state, status: course.status };
  if (exchange === undefined) return { ...state, status: phone.settings.doubts.unanswered };
  const { authName, userName, secret } = settings;
  const verdict = exchange.register({ ...holder, authName, userName, secret, userAgent: userAgent(phone) });
  const accepted = verdict === 'accepted';
  const seconds = accepted ? expires(phone, line) : retryAfter(phone, line);
  return { ...state, status: accepted ? 'registered' : 'failed', until: Date.now() + seconds * 1000 };
}

/** Only a registered line of unchanged settings, not expired, that the exchange still counts. */
function stillHolds(phone: Phone, line: number, { status, exchange, account, until }: LineState): boolean {
  return (
    status === 'registered' &&
    phone.on &&
    Date.now() < until &&
    account === JSON.stringify(sipAccountOf(phone, line)) &&
    exchange?.holds({ holder: phone.settings.name, line }) === true
  );
}

function asleep({ enabled }: SipAccount) {
  return { kind: 'rest', status: enabled ? 'unregistered' : 'disabled' } as const;
}

function sipAccountOf(phone: Phone, line: number): SipAccount {
  const names = serverNames(phone.settings.firmware);
  const value = (name: string) => settingOf(phone.config, accountKey(line, name));
  return {
    enabled: value('enable') === '1',
    authName: value('auth_name'),
    userName: value('user_name'),
    secret: value('password'),
    server: value(names.address),
    port: Number(value(names.port)),
    transport: TRANSPORTS[Number(value(names.transport))] ?? 'udp',
  };
}

/** Seconds a registration is asked for (D). */
function expires(phone: Phone, line: number): number {
  return Number(settingOf(phone.config, accountKey(line, serverNames(phone.settings.firmware).expires)));
}

/** Seconds until a refused registration is tried again (D: 30). */
function retryAfter(phone: Phone, line: number): number {
  return Number(settingOf(phone.config, accountKey(line, 'reg_fail_retry_interval'))) || 30;
}

function scheduleNext(phone: Phone): void {
  clearTimeout(phone.timer);
  const next = Math.min(...[...phone.lines.values()].map(({ until }) => until));
  if (!Number.isFinite(next) || phone.closing.signal.aborted) return;
  const wait = Math.min(Math.max(next - Date.now(), 1000), LONGEST_TIMER);
  phone.timer = setTimeout(() => refreshLines(phone, 'changed'), wait).unref();
}
