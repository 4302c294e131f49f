/** `/api/common/info`: values by dotted id (C: two clients). */
import type { Session } from '../access.ts';
import { settingOf } from '../config.ts';
import { accountKey, accountsOf } from '../lines.ts';
import { colons, type Phone } from '../phone.ts';

/** The ids asked for; a group such as 'wui' or 'system' stands for all of its ids. Unknown ones are left out (U). */
export function infoOf(
  phone: Phone,
  session: Session | undefined,
  wanted: readonly unknown[],
): Record<string, unknown> {
  const all = { ...publicInfo(phone), ...(session === undefined ? {} : sessionInfo(phone, session)) };
  const asked = wanted.filter((id) => typeof id === 'string');
  return Object.fromEntries(
    Object.entries(all).filter(([id]) => asked.some((want) => id === want || id.startsWith(`${want}.`))),
  );
}

/** Every account: `status` 0 not registered, 1 registering, 2 registered, 3 failed (C). */
export function accountInfo(phone: Phone): Array<Record<string, string>> {
  return Object.entries(accountsOf(phone)).map(([line, { status, server, user }]) => {
    const value = (name: string) => settingOf(phone.config, accountKey(Number(line), name));
    return {
      id: line,
      enable: value('enable'),
      label: value('label'),
      displayName: value('display_name'),
      registerName: value('auth_name'),
      userName: user,
      sipServer: server.replace(/:\d+$/, ''),
      status: STATUS[status],
    };
  });
}

const STATUS = { registered: '2', registering: '1', unregistered: '0', disabled: '0', failed: '3' } as const;

/** What a visitor sees before logging in. */
function publicInfo({ key, settings }: Phone): Record<string, unknown> {
  return {
    'wui.common.rsaN': key.modulus,
    'wui.common.rsaE': key.exponent,
    'wui.device.phoneName': settings.model,
    'wui.device.firmware': settings.firmware,
  };
}

function sessionInfo(phone: Phone, { token }: Session): Record<string, unknown> {
  const { firmware, mac } = phone.settings;
  return {
    'wui.common.token': token,
    'wui.device.mac': colons(mac).toUpperCase(),
    'system.version.firmware': firmware,
    'network.common.mac': colons(mac).toUpperCase(),
    'cert.status': '0',
    'account.info': accountInfo(phone),
  };
}
