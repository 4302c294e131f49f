import { Secret } from '../../../engine/model/index.ts';
import { type About, strange } from '../../transport/refusal.ts';
import type { Refused } from './errors.ts';
import { shownKeys, writtenKeys } from './fields.ts';
import { countOf, errcodeOf, idIn, isJson, type Json, listIn, objectIn, textOf } from './json.ts';

/** What stands in every answer: content, or a number and a text that refuse. */
export type Answer = { readonly ok: true; readonly body: Json } | Refused;

/** A pair of tokens with their lives, ms. */
export interface Tokens {
  readonly access: Secret;
  readonly accessMs: number;
  readonly refresh: Secret | null;
  readonly refreshMs: number;
}

/** `system/information`. What an edition leaves out is empty. */
export interface Device {
  readonly model: string;
  readonly firmware: string;
  readonly serial: string;
  /** Firmware 84 is the Cloud Edition, 83 the Software Edition, 37 the appliances. [vendor-docs] */
  readonly cloud: boolean;
}

/** What the list says of an extension's SIP phones. */
export interface Phone {
  readonly registered: boolean;
  readonly evidence: string;
}

/** One extension as the list shows it, of whatever type. */
export interface Entry {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly roleName: string;
  readonly presence: string;
  /** Whether a SIP phone is registered, and how the list says it; undefined = it does not. */
  readonly phone?: Phone;
}

/** One extension in detail. No secret is ever taken from it. */
export interface Detail {
  readonly id: number;
  readonly number: string;
  /** Lower case: `sip`, `fxs`. */
  readonly type: string;
  /** Native key → text; only keys that the driver knows. */
  readonly shown: Readonly<Record<string, string>>;
  /** The organisations it belongs to; undefined = not shown. */
  readonly departments?: readonly { readonly id: string; readonly name: string }[];
}

/** Lives where the answer does not tell them, s. [vendor-docs] */
const ACCESS_S = 1_800;
const REFRESH_S = 86_400;

/** @throws `strange-answer` for JSON that is no envelope */
export function readEnvelope(json: unknown, about: About): Answer {
  if (!isJson(json)) throw strange('JSON, but no object', about);
  const errcode = errcodeOf(json.errcode);
  if (errcode === undefined) throw strange('JSON without errcode', about);
  if (errcode === 0) return { ok: true, body: json };
  return { ok: false, errcode, errmsg: textOf(json.errmsg), fields: fieldsIn(json) };
}

/** The keys of ours that a refusal names, without their values. [vendor-docs] */
function fieldsIn({ invalid_param_list: invalid, duplicate_field_list: duplicate }: Json): readonly string[] {
  const rows = [invalid, duplicate].flatMap((list) => (Array.isArray(list) ? list.filter(isJson) : []));
  const named = new Set(rows.map(({ field }) => textOf(field)));
  return writtenKeys.filter((key) => named.has(key));
}

export function readTokens(body: Json, about: About): Tokens {
  const { access_token: access, refresh_token: refresh } = body;
  if (typeof access !== 'string' || access === '') throw strange('no access_token', about);
  return {
    access: new Secret(access),
    accessMs: (countOf(body.access_token_expire_time) || ACCESS_S) * 1_000,
    refresh: typeof refresh === 'string' && refresh !== '' ? new Secret(refresh) : null,
    refreshMs: (countOf(body.refresh_token_expire_time) || REFRESH_S) * 1_000,
  };
}

export function readDevice(body: Json, about: About): Device {
  const data = objectIn(body, 'data', about);
  const firmware = textOf(data.firmware_version) || textOf(data.firmware);
  return {
    model: textOf(data.model_name) || textOf(data.device_name),
    firmware,
    serial: textOf(data.sn),
    cloud: firmware.startsWith('84.'),
  };
}

/** One entry of the list. */
export function readEntry(entry: Json, about: About): Entry {
  const phone = phoneIn(entry.online_status);
  return {
    id: idIn(entry, about),
    number: numberIn(entry, about),
    name: textOf(entry.caller_id_name),
    roleName: textOf(entry.role_name),
    presence: textOf(entry.presence_status),
    ...(phone === undefined ? {} : { phone }),
  };
}

/**
 * Older firmware has one `status` for all; newer one tells each SIP phone in `status_list`, where a phone that is not registered is missing.
 * [vendor-docs; that an empty or missing list means none: inference]
 */
function phoneIn(online: unknown): Phone | undefined {
  const phone = isJson(online) ? online.sip_phone : undefined;
  if (!isJson(phone)) return undefined;
  const list: readonly unknown[] = Array.isArray(phone.status_list) ? phone.status_list : [];
  const status = textOf(phone.status);
  if (list.length > 0) {
    const on = list.filter((one) => !isJson(one) || textOf(one.status) !== '0').length;
    return { registered: on > 0, evidence: `${on} of ${list.length} SIP phones in the list are on` };
  }
  if (status === '') return { registered: false, evidence: 'no SIP phone in the list (inferred)' };
  return { registered: status !== '0', evidence: `sip_phone status ${status === '0' ? 0 : 1}` };
}

/** The details of some extensions. */
export function readDetails(body: Json, about: About): readonly Detail[] {
  return listIn(body, 'data', about).map((entry) => detailOf(entry, about));
}

/** The detail of one. */
export function readDetail(body: Json, about: About): Detail {
  return detailOf(objectIn(body, 'data', about), about);
}

function detailOf(entry: Json, about: About): Detail {
  const shown = shownKeys.flatMap((key) => {
    const told = ['string', 'number', 'boolean'].includes(typeof entry[key]);
    return told ? [[key, textOf(entry[key])] as const] : [];
  });
  const departments = Array.isArray(entry.organization_list) ? entry.organization_list : undefined;
  return {
    id: idIn(entry, about),
    number: numberIn(entry, about),
    type: typeIn(entry),
    shown: Object.fromEntries(shown),
    ...(departments === undefined ? {} : { departments: departments.map(departmentOf) }),
  };
}

/** Where a detail shows no type, one that registers is SIP: an analogue one has a port instead. [inference] */
function typeIn(entry: Json): string {
  const told = textOf(entry.type).toLowerCase();
  return told === '' && 'reg_name' in entry ? 'sip' : told;
}

/** `value` and `text` as in every menu of this API, or `id` and `name` as in its own list. [vendor-docs, inference] */
function departmentOf(entry: unknown): { readonly id: string; readonly name: string } {
  if (!isJson(entry)) return { id: textOf(entry), name: '' };
  return { id: textOf(entry.value) || textOf(entry.id), name: textOf(entry.text) || textOf(entry.name) };
}

/** The vendor answers passwords in Base64 [vendor-docs]; null = there is none. One in clear is not guessed at. */
export function readPassword(body: Json, about: About): Secret | null {
  const { password } = body;
  if (password === '') return null;
  const isBase64 = typeof password === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(password);
  const clear = isBase64 ? Buffer.from(password, 'base64').toString('utf8') : '';
  if (clear === '' || /[\uFFFD\p{Cc}]/u.test(clear)) throw strange('no password in Base64', about);
  return new Secret(clear);
}

function numberIn(entry: Json, about: About): string {
  const number = textOf(entry.number);
  if (number === '') throw strange('an extension without a number', about);
  return number;
}
