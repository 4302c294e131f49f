/** Extensions in the words of the API v2 (C), and back into those of the store. */
import { type Extension, numberOf, type Platform, type Tenant, userNameOf } from '../platform.ts';
import { objectAt } from './wire.ts';

/** A place in the body: what the store calls it, and how its value is written there. */
interface Place {
  readonly path: readonly [string] | readonly [string, string];
  readonly key: string;
  /** Demanded by a create (C). */
  readonly required?: true;
  readonly type: 'text' | 'number';
  /** Store → body, for values that are words. */
  readonly words?: Readonly<Record<string, string>>;
}

const STATUS = { '0': 'not_active', '1': 'active', '2': 'suspended' };
/** The words I: those of `ext.list` in v1. */
const LOCATION = { '1': 'local', '2': 'remote' };

const text = (key: string, ...path: [string] | [string, string]): Place => ({
  key,
  path,
  required: true,
  type: 'text',
});

/** In the order that a create asks for them (C). */
const PLACES: readonly Place[] = [
  text('ext', 'number'),
  text('name', 'name'),
  text('email', 'email'),
  { ...text('status', 'status'), words: STATUS },
  text('dtmfmode', 'dtmf_mode'),
  text('user_type', 'user_type'),
  text('secret', 'authentication', 'secret'),
  text('password', 'authentication', 'user_password'),
  text('pin', 'authentication', 'pin'),
  { key: 'ua', path: ['uad', 'id'], required: true, type: 'number' },
  { ...text('location', 'uad', 'location'), words: LOCATION },
  { key: 'incominglimit', path: ['call_control', 'incoming_limit'], type: 'number' },
  { key: 'outgoinglimit', path: ['call_control', 'outgoing_limit'], type: 'number' },
];

const CODECS = 'codecs.allowed';

/** What a body says, in the store's names; what a create lacks; what is of the wrong kind. */
export function readBody(body: unknown): {
  fields: Record<string, string>;
  missing: string[];
  wrong: string[];
} {
  const fields: Record<string, string> = {};
  const missing: string[] = [];
  const wrong: string[] = [];
  for (const place of PLACES) {
    const value = valueAt(body, place.path);
    const name = place.path.join('.');
    const taken = value === undefined ? undefined : storeValue(place, value);
    if (value === undefined) missing.push(...(place.required ? [name] : []));
    else if (taken === undefined) wrong.push(name);
    else fields[place.key] = taken;
  }
  const codecs = objectAt(body, 'codecs').allowed;
  const names = codecNames(codecs);
  if (codecs === undefined) missing.push(CODECS);
  else if (names === undefined) wrong.push(CODECS);
  else fields.acodecs = names.join(':');
  return { fields, missing, wrong };
}

/** Never the user password. Whether the secret is shown is in doubt. */
export function writeBody({ settings }: Platform, tenant: Tenant, extension: Extension): object {
  const { fields } = extension;
  const uad = tenant.uads.get(fields.ua ?? '');
  const shown = settings.doubts.v2Secrets === 'shown' ? { secret: fields.secret, pin: fields.pin } : {};
  const codecs = (fields.acodecs ?? '').split(':').filter((name) => name !== '');
  return {
    id: Number(extension.id),
    number: numberOf(extension),
    name: fields.name,
    email: fields.email,
    status: STATUS[fields.status as keyof typeof STATUS] ?? 'active',
    dtmf_mode: fields.dtmfmode,
    user_type: fields.user_type ?? 'user',
    authentication: { username: userNameOf(tenant, extension), ...shown },
    uad: {
      id: Number(fields.ua),
      name: uad?.name ?? '',
      location: LOCATION[fields.location as keyof typeof LOCATION] ?? 'remote',
    },
    codecs: { allowed: codecs.map((name) => ({ name, ptime: 20 })) },
    call_control: {
      incoming_limit: Number(fields.incominglimit),
      outgoing_limit: Number(fields.outgoinglimit),
    },
  };
}

function valueAt(body: unknown, [first, second]: Place['path']): unknown {
  return second === undefined ? objectAt(body)[first] : objectAt(body, first)[second];
}

/** JSON types are kept apart (I): a number is no text. */
function storeValue({ type, words }: Place, value: unknown): string | undefined {
  if (type === 'number') return Number.isInteger(value) ? String(value) : undefined;
  if (typeof value !== 'string') return undefined;
  if (words === undefined) return value;
  return Object.keys(words).find((key) => words[key] === value);
}

function codecNames(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.map((codec) => objectAt(codec).name);
  return names.every((name) => typeof name === 'string') ? names : undefined;
}
