import type { Answer } from '../../../support/serve.ts';
import { type Call, type Keys, MAC, newKeys, PASSWORD } from './support.ts';

/** A phone of a few lines for tests: keeps what it is sent, and lets each test disturb single calls. */
export interface Phone {
  readonly keys: Keys;
  readonly settings: Map<string, string>;
  /** Code of the status page by line. */
  readonly registered: Map<string, string>;
  mac: string;
  password: string;
  model: string;
  firmware: string;
  talking: unknown;
  /** Number of the session that lives; 0 = nobody is logged in. */
  live: number;
  logins: number;
  logouts: number;
  /** What the imports held, in order. */
  readonly imports: string[];
  /** A call for which this gives an answer gets it, unseen by the phone. */
  disturb: (call: Call) => Answer | undefined;
}

export function newPhone(firmware = '108.86.0.45', model = 'SIP-T46U'): Phone {
  return {
    keys: newKeys(),
    settings: new Map([
      ['account.1.enable', '1'],
      ['account.1.label', 'Recepción'],
      ['account.1.user_name', '301100'],
      ['account.1.password', '********'],
      ['account.1.sip_server.1.address', 'pbx.acme.example'],
      ['account.1.sip_server.1.expires', '180'],
    ]),
    registered: new Map([['1', '2']]),
    mac: MAC,
    password: PASSWORD,
    model,
    firmware,
    talking: false,
    live: 0,
    logins: 0,
    logouts: 0,
    imports: [],
    disturb: () => undefined,
  };
}

export function answering(phone: Phone, take: (phone: Phone, call: Call) => Answer): (call: Call) => Answer {
  return (call) => phone.disturb(call) ?? take(phone, call);
}

/** The session's id as cookie value and anti-forgery token. */
export function idOf(phone: Phone): string {
  return `A1B2C3D4E5F60718293A4B5C6D7E8F${String(phone.logins).padStart(2, '0')}`;
}

export function exportOf(phone: Phone): string {
  const lines = [...phone.settings].map(([key, value]) => `${key} = ${value}`);
  return ['#!version:1.0.0.1', '', ...lines, ''].join('\n');
}

/** Stores what a multipart upload holds in the field of that name. Null where it does not hold it. */
export function importInto(phone: Phone, call: Call, field: string): string | null {
  const boundary = /boundary=(\S+)$/.exec(call.headers['content-type'] ?? '')?.[1] ?? '?';
  const part = call.body.split(`--${boundary}`).find((text) => text.includes(`name="${field}"`));
  if (part === undefined || !/filename="[\w.]+"/.test(part)) return null;
  const text = part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, '');
  phone.imports.push(text);
  for (const line of text.split('\n').slice(1)) {
    const [key = '', ...value] = line.split(' = ');
    if (key.trim() === '') continue;
    if (value.join(' = ') === '%NULL%') phone.settings.delete(key);
    else phone.settings.set(key, value.join(' = '));
  }
  return text;
}

export function fields(call: Call): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(call.body));
}
