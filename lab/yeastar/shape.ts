import { secretFor } from '../people.ts';
import type { LabExtension, LabExtensionSeed } from '../settings.ts';
import type { Box, BoxSettings } from './box.ts';
import { FIELDS, type Field, isShown } from './fields.ts';
import { md5 } from './login.ts';
import { statusOf } from './registrar.ts';

/** A stored extension: the vendor's defaults, then what is given. The user password is kept as MD5 (D: G17). */
export function newExtension(given: LabExtensionSeed, settings: BoxSettings): LabExtension {
  const { number, loginpassword, ...rest } = given;
  const record: Record<string, string> = {};
  for (const { key, initial } of FIELDS) {
    record[key] = typeof initial === 'string' ? initial : initial(number, settings);
  }
  const secret = given.registerpassword ?? secretFor(number);
  const login = loginpassword ? { loginpassword: md5(loginpassword) } : {};
  return { type: 'SIP', ...record, registerpassword: secret, ...rest, ...login, number };
}

export function numberKey(version: 1 | 2): 'extnumber' | 'number' {
  return version === 1 ? 'extnumber' : 'number';
}

/** One entry of the list calls (D: H2; `port` only for analogue extensions). */
export function listEntry(box: Box, extension: LabExtension, version: 1 | 2): Record<string, string> {
  return {
    [numberKey(version)]: extension.number,
    status: statusOf(box, extension),
    type: extension.type ?? 'SIP',
    ...(extension.port === undefined ? {} : { port: extension.port }),
    username: extension.username ?? '',
    agentid: extension.agentid || box.settings.doubts.blankAgent,
  };
}

/** The entries of the query calls. The registration password is readable in clear (D: G17). */
export function queryEntries(
  box: Box,
  extensions: LabExtension[],
  version: 1 | 2,
): Array<Record<string, string>> {
  const shown = shownFields(box.settings, version).filter(({ field }) => field.key !== 'agentid');
  return extensions.map((extension) => {
    const entry = listEntry(box, extension, version);
    for (const { field, name } of shown) entry[name] = extension[field.key] ?? '';
    return entry;
  });
}

function shownFields(settings: BoxSettings, version: 1 | 2): Array<{ field: Field; name: string }> {
  const fields = FIELDS.filter(({ key }) => isShown(key, settings) && !isHidden(key, settings, version));
  return fields.map((field) => ({ field, name: version === 1 ? (field.v1Read ?? field.key) : field.key }));
}

function isHidden(key: string, settings: BoxSettings, version: 1 | 2): boolean {
  return key === 'loginpassword' && version === 2 && settings.doubts.v2LoginPassword === 'absent';
}
