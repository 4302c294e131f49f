import type { Source } from '../../contract.ts';
import type { CfgGeneration } from './generation.ts';

/** One key of an account. Some fields need two: a switch and a value. */
export interface KeyRow {
  /** Canonical name of the field. */
  readonly field: string;
  readonly part: 'value' | 'switch';
  /** Generation → key, with `N` for the line; null = that generation has none. */
  readonly names: Readonly<Record<CfgGeneration, string | null>>;
  /** What the phone takes a missing key for, in the phone's own text; null = nothing. */
  readonly factory: string | null;
  readonly source: Source;
}

type Names = KeyRow['names'];

function always(name: string): Names {
  return { v70: name, v71: name, v80: name, v81: name, v83: name };
}

/** A server's keys: first one server without a number, then numbered ones. */
function server(old: string | null, numbered: string): Names {
  const name = `account.N.sip_server.1.${numbered}`;
  return { ...always(name), v70: old === null ? null : `account.N.${old}` };
}

const transport: Names = {
  ...always('account.N.sip_server.1.transport_type'),
  v70: 'account.N.transport',
  v71: 'account.N.transport',
};

const proxy: Names = {
  ...always('account.N.outbound_proxy.1.address'),
  v70: 'account.N.outbound_host',
  v71: 'account.N.outbound_host',
};

/** The keys of an account, in the order of the panel, for V70 to V87. */
export const keyRows: readonly KeyRow[] = [
  row('active', always('account.N.enable'), '0', 'vendor-docs'),
  row('label', always('account.N.label'), null, 'vendor-docs'),
  row('displayName', always('account.N.display_name'), null, 'vendor-docs'),
  row('registerName', always('account.N.auth_name'), null, 'vendor-docs'),
  row('userName', always('account.N.user_name'), null, 'vendor-docs'),
  row('password', always('account.N.password'), null, 'vendor-docs'),
  row('server', server('sip_server_host', 'address'), null, 'vendor-docs'),
  row('port', server('sip_server_port', 'port'), '5060', 'vendor-docs'),
  row('transport', transport, '0', 'vendor-docs'),
  row('expires', server('expires', 'expires'), '3600', 'vendor-docs'),
  row('retries', server(null, 'retry_counts'), '3', 'vendor-docs'),
  { ...row('outboundProxy', always('account.N.outbound_proxy_enable'), '0', 'field'), part: 'switch' },
  row('outboundProxy', proxy, null, 'field'),
  row('retryInterval', always('account.N.reg_fail_retry_interval'), '30', 'vendor-docs'),
  { ...row('keepAlive', always('account.N.nat.udp_update_enable'), '1', 'field'), part: 'switch' },
  row('keepAlive', always('account.N.nat.udp_update_time'), '30', 'field'),
  row('mediaEncryption', always('account.N.srtp_encryption'), '0', 'field'),
  row('voicemailNumber', always('voice_mail.number.N'), null, 'field'),
];

function row(field: string, names: Names, factory: string | null, source: Source): KeyRow {
  return { field, part: 'value', names, factory, source };
}

/** The key of a row on a line; null where the generation has none. */
export function keyOf(of: KeyRow, line: string, generation: CfgGeneration): string | null {
  return of.names[generation]?.replace('N', line) ?? null;
}

/** The rows of one field. */
export function rowsOf(field: string): readonly KeyRow[] {
  return keyRows.filter((one) => one.field === field);
}

/** Whether phones of a generation have that field at all. */
export function hasField(field: string, generation: CfgGeneration): boolean {
  return rowsOf(field).some(({ names }) => names[generation] !== null);
}

/** Every key of a line that may be ours, in the panel's order. */
export function managedKeys(line: string, generation: CfgGeneration): readonly string[] {
  return keyRows.flatMap((of) => keyOf(of, line, generation) ?? []);
}

/** The lines of a phone that some key of any generation speaks of: `account.12.label` → 12. Null for keys of something else. */
export function lineOf(key: string): string | null {
  const [, line = null] = /^(?:account\.|voice_mail\.number\.)([1-9]\d{0,2})(?:\.|$)/.exec(key) ?? [];
  return line;
}
