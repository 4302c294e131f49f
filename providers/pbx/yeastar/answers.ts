import { Secret } from '../../../engine/model/index.ts';
import { type About, strange } from '../../transport/refusal.ts';
import type { Api } from './api.ts';
import { fields, readableSecrets, secretFields } from './fields.ts';

/** A JSON object as it came. */
export type Json = Readonly<Record<string, unknown>>;

/** What stands in every answer: success with content, or a number without a text. */
export type Answer =
  | { readonly ok: true; readonly body: Json }
  | { readonly ok: false; readonly errno: string };

/** `deviceinfo/query`. What a model leaves out is empty. */
export interface Device {
  readonly model: string;
  readonly firmware: string;
  readonly serial: string;
  /** Firmware 81.x is the Cloud PBX. [vendor-docs] */
  readonly cloud: boolean;
}

/** One line of the list: every extension there is, of whatever type. */
export interface Line {
  readonly number: string;
  /** Lower case: `sip`, `fxs`. */
  readonly type: string;
  /** As shown: `Registered`, `Idle`. */
  readonly status: string;
  readonly name: string;
}

/** One extension as a query answers it. Secrets are wrapped the moment the answer is read. */
export interface Row {
  readonly number: string;
  /** Native key → text; only keys that the driver knows, and no secret. */
  readonly shown: Readonly<Record<string, string>>;
  /** `sip`, `pin`, where shown. */
  readonly secrets: Readonly<Record<string, Secret>>;
}

/** @throws `strange-answer` for JSON that is no envelope */
export function readEnvelope(json: unknown, about: About): Answer {
  if (!isJson(json)) throw strange('JSON, but no object', about);
  if (json.status === 'Success') return { ok: true, body: json };
  const errno = textOf(json.errno);
  if (json.status === 'Failed' && /^\d{1,8}$/.test(errno)) return { ok: false, errno };
  throw strange('JSON without status and errno', about);
}

export function readToken(body: Json, about: About): Secret {
  const { token } = body;
  if (typeof token !== 'string' || token === '') throw strange('no token', about);
  return new Secret(token);
}

export function readDevice(body: Json, about: About): Device {
  const info = body.deviceinfo;
  if (!isJson(info)) throw strange('no deviceinfo', about);
  const firmware = textOf(info.firmwarever);
  return {
    model: textOf(info.devicename),
    firmware,
    serial: textOf(info.sn),
    cloud: firmware.startsWith('81.'),
  };
}

/** The whole list. A list that is not there is not an empty one. */
export function readLines(body: Json, api: Api, about: About): readonly Line[] {
  return distinct(
    listIn(body, 'extlist', about).map((entry) => ({
      number: numberIn(entry, api, about),
      type: textOf(entry.type).toLowerCase(),
      status: textOf(entry.status),
      name: textOf(entry.username),
    })),
    about,
  );
}

/** The extensions of a query. */
export function readRows(body: Json, api: Api, about: About): readonly Row[] {
  return distinct(
    listIn(body, 'extinfos', about).map((entry) => ({
      number: numberIn(entry, api, about),
      shown: shownIn(entry),
      secrets: secretsIn(entry),
    })),
    about,
  );
}

function shownIn(entry: Json): Row['shown'] {
  const known = Object.values(fields).map(
    ({ native, alias }) => [native, entry[native] ?? (alias && entry[alias])] as const,
  );
  return textsOf([...known, ['language', entry.language]]);
}

function secretsIn(entry: Json): Row['secrets'] {
  const texts = textsOf(readableSecrets.map((name) => [name, entry[secretFields[name]]]));
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, new Secret(text)]));
}

function listIn(body: Json, key: string, about: About): readonly Json[] {
  const list = body[key];
  if (!Array.isArray(list) || !list.every(isJson)) throw strange(`no ${key}`, about);
  return list;
}

function numberIn(entry: Json, api: Api, about: About): string {
  const number = api.answerKeys.map((key) => textOf(entry[key])).find((text) => text !== '');
  if (number === undefined) throw strange('an extension without a number', about);
  return number;
}

function distinct<T extends { readonly number: string }>(list: readonly T[], about: About): readonly T[] {
  if (new Set(list.map(({ number }) => number)).size === list.length) return list;
  throw strange('an extension listed twice', about);
}

function textsOf(pairs: readonly (readonly [string, unknown])[]): Readonly<Record<string, string>> {
  const said = pairs.filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return Object.fromEntries(said.map(([key, value]) => [key, String(value)]));
}

/** Values are text, whatever they mean; a number is taken as its digits. [vendor-docs] */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
