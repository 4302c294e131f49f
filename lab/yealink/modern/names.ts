/** What the JSON interface calls settings (C: captures of a T4xU, a T57W and a T54W). */

import { serverNames } from '../account-keys.ts';
import { settingOf } from '../config.ts';
import { staticKey } from '../keys.ts';
import { accountKey, lineNumbers } from '../lines.ts';
import type { Phone } from '../phone.ts';

/** The cfg key behind a name; undefined for a name this phone does not have. */
export function keyNamed(phone: Phone, name: string): string | undefined {
  const { firmware, doubts } = phone.settings;
  if (name === 'AutoProvisionServerURL') return staticKey('auto_provision.server.url', firmware);
  if (doubts.plainKeys && phone.config.parameters.has(name)) return name;
  const found = plainField(name) ?? serverField(phone, name);
  if (found === undefined || !lineNumbers(phone).includes(found.line)) return undefined;
  return accountKey(found.line, found.key);
}

/** A setting as it is shown: passwords by the phone's doubt, undefined where they are left out. */
export function shownValue({ config, settings }: Phone, key: string): string | undefined {
  const value = settingOf(config, key);
  const { shownPasswords, mask } = settings.doubts;
  if (!config.parameters.get(key)?.secret || shownPasswords === 'clear' || value === '') return value;
  return shownPasswords === 'masked' ? mask : undefined;
}

interface Found {
  line: number;
  key: string;
}

const PLAIN: Readonly<Record<string, string>> = {
  AccountEnable: 'enable',
  AccountLabel: 'label',
  AccountDisplayName: 'display_name',
  AccountRegisterName: 'auth_name',
  AccountUserName: 'user_name',
  AccountPassword: 'password',
};

function plainField(name: string): Found | undefined {
  const [, field = '', line = ''] = /^(\w+)\.(\d+)$/.exec(name) ?? [];
  const key = Object.hasOwn(PLAIN, field) ? PLAIN[field] : undefined;
  return key === undefined ? undefined : { line: Number(line), key };
}

/** `AccountServerAddr1.<line>` on a T4xU, `AccountServerAddr.<line>.1` on a T57W; 1 and 2 are the two servers (C). */
function serverField({ settings }: Phone, name: string): Found | undefined {
  const style = settings.doubts.serverFields;
  const pattern =
    style === 'T4xU'
      ? /^AccountServer(?<field>[A-Za-z]+)(?<server>[12])\.(?<line>\d+)$/
      : /^AccountServer(?<field>[A-Za-z]+)\.(?<line>\d+)\.(?<server>[12])$/;
  const { field = '', server = '', line = '' } = pattern.exec(name)?.groups ?? {};
  const names = serverNames(settings.firmware);
  const key = {
    Addr: names.address,
    Port: names.port,
    Transport: names.transport,
    Expires: names.expires,
    RetryCounts: names.retries,
  }[field];
  return key === undefined
    ? undefined
    : { line: Number(line), key: key.replace('sip_server.1', `sip_server.${server}`) };
}
