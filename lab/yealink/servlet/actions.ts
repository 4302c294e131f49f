/** What the servlet interface does besides showing and taking settings (C). */
import type { Incoming } from '../../listener.ts';
import type { Reply } from '../../sabotage.ts';
import type { Session } from '../access.ts';
import { formatCfg } from '../cfg.ts';
import { decryptHex } from '../ciphers.ts';
import { exported } from '../config.ts';
import { attachment, comesFromHere, forbidden, formOf, notFound, partsOf } from '../http.ts';
import { importCfg } from '../imports.ts';
import type { Phone } from '../phone.ts';
import { reboot } from '../power.ts';
import { fetchConfiguration } from '../provisioning.ts';
import { decryptPassword } from './login.ts';
import { result } from './page.ts';

/** Every parameter that is not the factory's; 'local' those changed by hand. */
export function exportCfg({ config, settings }: Phone, type: string | null): Reply {
  if (type !== 'all' && type !== 'local') return notFound();
  const entries = exported(config).filter(([key]) => type === 'all' || config.byHand.has(key));
  return attachment(`${settings.mac}-${type}.cfg`, formatCfg(entries));
}

/**
 * Upload of a configuration file: the settings-config page opened first, Referer, `maxlength` as an RSA-encrypted size
 * such as 5MB, some clients putting the session before it (C). Without it: noparam (C).
 */
export function uploadCfg(phone: Phone, session: Session, incoming: Incoming): Reply {
  const { pageFirst, refererNeeded, uploadToken } = phone.settings.doubts;
  const { searchParams } = incoming.url;
  const parts = partsOf(incoming);
  const token = searchParams.get('token') ?? parts.find(({ name }) => name === 'token')?.content;
  if (pageFirst && !session.opened.has('settings-config')) return forbidden();
  if (refererNeeded && !comesFromHere(incoming)) return forbidden();
  if ((uploadToken || token !== undefined) && token !== session.token) return forbidden();
  if (searchParams.get('type') !== 'localcfg') return notFound();
  const limit = sizeOf(decryptHex(phone.key, searchParams.get('maxlength') ?? ''), session.id);
  const file = parts.find(({ name }) => name === 'UploadName');
  if (limit === undefined || file === undefined) return uploadResult('noparam');
  return uploadResult(importCfg(phone, file.content, limit));
}

/** Starts a provisioning fetch; its answer names the task that {@link askAutoProvision} asks about (C). */
export function autoProvision(phone: Phone): Reply {
  void fetchConfiguration(phone);
  return result({ data: String(phone.fetches.length + 1) });
}

/** 0 once the fetch is over (C). */
export function askAutoProvision(phone: Phone): Reply {
  return result({ data: phone.pending > 0 ? '1' : '0' });
}

export function restart(phone: Phone): Reply {
  void reboot(phone);
  return result({ result: 'success' });
}

/** The administrator's password; names of the fields I, passwords encrypted as in the login (I). */
export function changePassword(phone: Phone, session: Session, incoming: Incoming): Reply {
  const form = formOf(incoming);
  const read = (name: string) =>
    phone.settings.generation === 'b0'
      ? (form.get(name) ?? undefined)
      : decryptPassword(phone, form, name, session.id);
  const { credentials } = phone.access;
  const next = read('newpassword');
  const right = form.get('username') === credentials.username && read('oldpassword') === credentials.password;
  if (!right || next === undefined || next === '') return result({ result: 'failed' });
  credentials.password = next;
  return result({ result: 'success' });
}

function uploadResult(outcome: number | string): Reply {
  return result({ type: 'localcfg', result: outcome });
}

const UNITS: Readonly<Record<string, number>> = { KB: 1024, MB: 1024 * 1024 };

/** Bytes of '100KB' or '<session>;5MB'. */
function sizeOf(text: string | undefined, sessionId: string): number | undefined {
  const [, session, digits, unit = ''] = /^(?:(\w+);)?(\d+)(KB|MB)$/.exec(text ?? '') ?? [];
  if (digits === undefined || (session !== undefined && session !== sessionId)) return undefined;
  return Number(digits) * (UNITS[unit] ?? 1);
}
