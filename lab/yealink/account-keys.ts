/** Parameters of accounts and line keys. Names and factory values: vendor's tables (D); split between firmwares: C. */
import { firmwareNumber, keyGeneration } from './models.ts';
import { type Parameter, parameter } from './parameter.ts';

/** The names of an account's first server, after `account.N.`. */
export interface ServerNames {
  address: string;
  port: string;
  transport: string;
  expires: string;
  /** V70 has none (C). */
  retries?: string;
}

/** How a firmware spells the first server of an account (C). */
export function serverNames(firmware: string): ServerNames {
  const of = (name: string) => `sip_server.1.${name}`;
  const numbered = {
    address: of('address'),
    port: of('port'),
    expires: of('expires'),
    retries: of('retry_counts'),
  };
  switch (keyGeneration(firmware)) {
    case 'V70':
      return {
        address: 'sip_server_host',
        port: 'sip_server_port',
        transport: 'transport',
        expires: 'expires',
      };
    case 'V71':
      return { ...numbered, transport: 'transport' };
    default:
      return { ...numbered, transport: of('transport_type') };
  }
}

/** The parameters of one account. */
export function accountKeys(line: number, firmware: string): Parameter[] {
  const of = (name: string, initial: string) => parameter(`account.${line}.${name}`, initial);
  return [
    of('enable', '0'),
    ...['label', 'display_name', 'auth_name', 'user_name'].map((name) => of(name, '')),
    parameter(`account.${line}.password`, '', { secret: true }),
    ...serverKeys(firmware).map(([name, initial]) => of(name, initial)),
    ...Object.entries(ACCOUNT_EXTRAS).map(([name, initial]) => of(name, initial)),
    ...(firmwareNumber(firmware) < 80 ? [of('sip_trust_ctrl', '0')] : []),
  ];
}

/** The server of an account, as each generation spells it (C); ranges and factory values D. */
function serverKeys(firmware: string): Array<[name: string, initial: string]> {
  switch (keyGeneration(firmware)) {
    case 'V70':
      return [
        ['sip_server_host', ''],
        ['sip_server_port', '5060'],
        ['transport', '0'],
        ['expires', '3600'],
      ];
    case 'V71':
      return [['transport', '0'], ...[1, 2].flatMap((server) => serverNumber(server))];
    default:
      return [1, 2].flatMap((server) => [
        ...serverNumber(server),
        [`sip_server.${server}.transport_type`, '0'] as [string, string],
        [`outbound_proxy.${server}.address`, ''] as [string, string],
        [`outbound_proxy.${server}.port`, '5060'] as [string, string],
      ]);
  }
}

function serverNumber(server: number): Array<[name: string, initial: string]> {
  const of = (name: string) => `sip_server.${server}.${name}`;
  return [
    [of('address'), ''],
    [of('port'), '5060'],
    [of('expires'), '3600'],
    [of('retry_counts'), '3'],
  ];
}

const ACCOUNT_EXTRAS: Readonly<Record<string, string>> = {
  outbound_proxy_enable: '0',
  reg_fail_retry_interval: '30',
  'nat.udp_update_enable': '1',
  'nat.udp_update_time': '30',
  'nat.rport': '0',
  srtp_encryption: '0',
  subscribe_mwi: '0',
  'fallback.redundancy_type': '0',
  unregister_on_reboot: '0',
};

/** Every line has its key to begin with (I); type 15 is a line (C). */
export function lineKeys(key: number, lines: number): Parameter[] {
  const isLine = key <= lines;
  return [
    parameter(`linekey.${key}.type`, isLine ? '15' : '0'),
    parameter(`linekey.${key}.line`, isLine ? String(key) : '1'),
    parameter(`linekey.${key}.value`, ''),
    parameter(`linekey.${key}.label`, ''),
  ];
}
