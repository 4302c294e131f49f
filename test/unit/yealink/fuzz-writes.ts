import { reveal, Secret } from '../../../engine/model/index.ts';
import type { Write } from '../../../providers/contract.ts';

/** Pieces that break formats, and some that do not. */
const pieces = [
  ...['\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\v', '\f', '\0', '\t', '\u007f', '\u009f'],
  ...[' ', '  ', '\u00a0', '\u200b', '\u202e', '\u2066', '\ufeff', '😀', '👩‍👧', '\ud800', '\udc00'],
  ...['%NULL%', '%EMPTY%', '%null%', '#', '=', '"', "'", '\\', '\\n', ';', '[T46U]', '[T54W]', '$mac', '%20'],
  ...[
    'account.2.enable = 1',
    'include:config "x.cfg"',
    '#!version:1.0.0.1',
    '<div id="_RES_INFO_">',
    '</script>',
  ],
  ...['--', 'Content-Disposition: form-data', '********', 'ñ', 'Ventas', '110', 'ש', 'x'.repeat(100)],
];

export type Update = Extract<Write, { action: 'update' }>;

/** A phone's key → its value. */
export type Settings = Readonly<Record<string, string>>;

/** Field → its key on a phone from V80 on. A proxy that is declared switches itself on. */
const keyOf: Readonly<Record<string, string>> = {
  label: 'account.1.label',
  displayName: 'account.1.display_name',
  registerName: 'account.1.auth_name',
  userName: 'account.1.user_name',
  server: 'account.1.sip_server.1.address',
  outboundProxy: 'account.1.outbound_proxy.1.address',
  voicemailNumber: 'voice_mail.number.1',
  password: 'account.1.password',
};

const proxySwitch = 'account.1.outbound_proxy_enable';

/** Numbers that are the same each time (mulberry32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** An update of one field, or of several. */
function randomWrite(next: (below: number) => number): Update {
  const text = () => Array.from({ length: 1 + next(3) }, () => pieces[next(pieces.length)] ?? '').join('');
  const fields = Object.keys(keyOf);
  const chosen = new Set(Array.from({ length: 1 + next(2) }, () => fields[next(fields.length)] ?? 'label'));
  const values = Object.fromEntries(
    [...chosen].filter((one) => one !== 'password').map((one) => [one, text()]),
  );
  const secrets: Readonly<Record<string, Secret>> = chosen.has('password')
    ? { password: new Secret(text()) }
    : {};
  const address = 'acme/device:recepcion/account:1';
  return { action: 'update', kind: 'account', key: '1', address, values, secrets, before: {} };
}

/** That many updates, the same each time. */
export function randomWrites(count: number): readonly Update[] {
  const next = randomNumbers(20_261_123);
  return Array.from({ length: count }, () => randomWrite(next));
}

/** The settings that an update asks for, by the phone's own keys. */
export function wantedBy({ values, secrets }: Update): Settings {
  return Object.fromEntries([
    ...Object.entries(values).map(([field, value]) => [keyOf[field] ?? '?', String(value)]),
    ...Object.values(secrets).map((secret) => [keyOf.password ?? '?', reveal(secret)]),
    ...('outboundProxy' in values ? [[proxySwitch, '1']] : []),
  ]);
}

export function sameSettings(one: Settings, other: Settings): boolean {
  const sorted = (settings: Settings) => JSON.stringify(Object.entries(settings).sort());
  return sorted(one) === sorted(other);
}
