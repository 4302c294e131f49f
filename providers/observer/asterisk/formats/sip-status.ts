import type { Binding, Reach } from '../sighting.ts';

/** The five words of chan_sip, the same from version 1.4 to 20 [vendor-code]. */
const words: readonly (readonly [RegExp, Reach])[] = [
  [/^OK \(\d+ ms\)/, 'reachable'],
  [/^LAGGED \(\d+ ms\)/, 'lagged'],
  [/^UNREACHABLE\b/, 'unreachable'],
  [/^UNKNOWN\b/, 'pending'],
  [/^Unmonitored\b/i, 'unmonitored'],
];

/** How a text begins that starts with a status; null where it is none. */
export function statusIn(text: string): { readonly words: string; readonly reach: Reach } | null {
  for (const [pattern, reach] of words) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { words: found, reach };
  }
  return null;
}

/** An address of chan_sip. */
export interface SipAddress {
  /** `192.0.2.10:5060`, `[2001:db8::1]:5060`; null where there is none. */
  readonly at: string | null;
  /** What Asterisk writes for none: `(Unspecified)`, `(null)`, `-none-`. */
  readonly none: string | null;
}

/** Host and port apart, as in the list and in the manager interface. A port 0 is no address. */
export function sipAddress(host: string, port: string): SipAddress {
  if (host === '' || /^(\(.*\)|-none-)$/.test(host) || Number(port) === 0) return { at: null, none: host };
  return { at: `${host.includes(':') ? `[${host}]` : host}:${port}`, none: null };
}

/** The same in one text: `192.0.2.10:5060`, in old versions `192.0.2.10 Port 5060`. */
export function joinedSipAddress(text: string): SipAddress {
  const [, host = '', port = ''] = /^\[?([^\s[\]]+?)\]?(?::| Port )(\d+)$/.exec(text) ?? [];
  return host === '' ? { at: null, none: text } : sipAddress(host, port);
}

/**
 * The status alone proves nothing: it stays `OK` until the next look at the phone, up to a minute after it un-registered. What counts is
 * whether there is an address. [wire: 16.28]
 */
export function sipBinding({ at }: SipAddress, dynamic: boolean): Binding {
  if (at === null) return 'none';
  return dynamic ? 'held' : 'fixed';
}

/** `(Unspecified), OK (29 ms)`: with what stands for the address where there is none. */
export function sipWords(status: string, { none }: SipAddress): string {
  return none === null || none === '' ? status : `${none}, ${status}`;
}
