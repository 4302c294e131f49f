/** Settings and files over the JSON interface (C). */
import type { Incoming } from '../../listener.ts';
import type { Reply } from '../../sabotage.ts';
import type { Session } from '../access.ts';
import { formatCfg } from '../cfg.ts';
import { exported } from '../config.ts';
import { attachment, formOf, notFound, partsOf } from '../http.ts';
import { importCfg } from '../imports.ts';
import { change, type Phone } from '../phone.ts';
import { failed, isObject, objectOf, ok, refused } from './answers.ts';
import { decryptMarked } from './login.ts';
import { keyNamed, shownValue } from './names.ts';

/** The page that must have been opened before files are exchanged (C: a GET with `p=SettingConfig`). */
export const FILES_PAGE = 'SettingConfig';

const LARGEST_FILE = 5 * 1024 * 1024;

/** `{"formData":[names]}` → `data.formData`, names to values (C). */
export function readConfig(phone: Phone, { body }: Incoming): Reply {
  const { formData } = objectOf(body);
  if (!Array.isArray(formData)) return failed(phone, { msg: 'error_invalid_param' });
  const names = formData.filter((name) => typeof name === 'string');
  return ok({ formData: Object.fromEntries(names.flatMap((name) => shown(phone, name))) });
}

/** `{"formData":{name:value}}` → 'change' or 'nochange' (C: one source each). Unknown names change nothing (U). */
export function writeConfig(phone: Phone, { body }: Incoming): Reply {
  if (!phone.settings.doubts.writeconfig) return notFound();
  const { formData } = objectOf(body);
  if (!isObject(formData)) return failed(phone, { msg: 'error_invalid_param' });
  const entries = Object.entries(formData).flatMap(([name, value]) => {
    const key = keyNamed(phone, name);
    const text = typeof value === 'number' ? String(value) : value;
    return key === undefined || typeof text !== 'string' ? [] : [[key, clearText(phone, key, text)] as const];
  });
  const kept = entries.filter(
    ([key, value]) => !(isSecret(phone, key) && value === phone.settings.doubts.mask),
  );
  const { changed } = change(phone, kept, 'hand');
  return ok(changed.length > 0 ? 'change' : 'nochange');
}

/** A form with the token in it, as a browser's download needs (C). */
export function exportCfg(phone: Phone, session: Session, incoming: Incoming): Reply {
  if (!mayExchange(phone, session)) return refused(phone);
  if (formOf(incoming).get('csrfmiddlewaretoken') !== session.token) return refused(phone);
  const type = incoming.url.searchParams.get('type');
  if (type !== 'all' && type !== 'local') return notFound();
  const { config, settings } = phone;
  const entries = exported(config).filter(([key]) => type === 'all' || config.byHand.has(key));
  return attachment(`${settings.mac}-${type}.cfg`, formatCfg(entries));
}

/** Multipart; only the keys of the file change (C for the older interface, I here). */
export function importFile(phone: Phone, session: Session, incoming: Incoming): Reply {
  if (!mayExchange(phone, session)) return refused(phone);
  const { importField } = phone.settings.doubts;
  const file = partsOf(incoming).find(({ name }) =>
    importField === 'either' ? ['CFGConfigUpload', 'file'].includes(name) : name === importField,
  );
  const outcome = file === undefined ? 'noparam' : importCfg(phone, file.content, LARGEST_FILE);
  return typeof outcome === 'number' ? ok(true) : failed(phone, { msg: outcome });
}

function shown(phone: Phone, name: string): Array<[string, string]> {
  const key = keyNamed(phone, name);
  const value = key === undefined ? undefined : shownValue(phone, key);
  if (value !== undefined) return [[name, value]];
  if (key !== undefined) return [];
  const { unknownNames } = phone.settings.doubts;
  if (unknownNames === 'absent') return [];
  return [[name, unknownNames === 'empty' ? '' : 'error_invalid_cfg_info']];
}

/** A password may come encrypted as in the login (I) or in clear (U). */
function clearText(phone: Phone, key: string, value: string): string {
  return isSecret(phone, key) ? (decryptMarked(phone, value) ?? value) : value;
}

function isSecret({ config }: Phone, key: string): boolean {
  return config.parameters.get(key)?.secret === true;
}

function mayExchange({ settings }: Phone, session: Session): boolean {
  return !settings.doubts.pageFirst || session.opened.has(FILES_PAGE);
}
