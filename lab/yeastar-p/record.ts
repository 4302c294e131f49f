import { secretFor } from '../people.ts';
import type { LabExtensionSeed } from '../settings.ts';
import { FIELDS, type Field } from './fields.ts';
import type { StoredExtension } from './store.ts';
import { type Answer, ERRCODE, failure, unreadable } from './wire.ts';

/**
 * A stored extension: the vendor's defaults, then what is given. Passwords that are not given are generated. An analogue one has no
 * SIP account.
 */
export function newExtension(given: LabExtensionSeed, id: string): StoredExtension {
  const { number, type = 'SIP' } = given;
  const record: Record<string, string> = { user_password: secretFor(`user ${number}`) };
  for (const { key, initial, sip } of FIELDS) {
    if (sip && type !== 'SIP') continue;
    record[key] ??= typeof initial === 'string' ? initial : initial(number);
  }
  if (type === 'SIP') record.reg_password = secretFor(number);
  return { ...record, ...given, type, number, id };
}

/** `first_name` and `last_name` with a space between them (I). */
export function callerName({ first_name = '', last_name = '' }: StoredExtension): string {
  return `${first_name} ${last_name}`.trim();
}

/** A stored value as the API answers it. */
export function jsonOf(field: Field, value: string): unknown {
  if (field.kind === 'number') return Number(value);
  return field.kind === 'list' ? JSON.parse(value) : value;
}

/** A value that came over the wire as it is stored, or the answer that refuses its type. */
export function textOf(
  { key, kind }: Pick<Field, 'key' | 'kind'>,
  value: unknown,
  wrongType: '-2' | '40001' | 'convert',
): string | Answer {
  if (kind === 'list' && Array.isArray(value)) return JSON.stringify(value);
  if (kind === 'text' && typeof value === 'string') return value;
  if (kind === 'number' && typeof value === 'number' && Number.isInteger(value)) return String(value);
  const isScalar = typeof value === 'string' || typeof value === 'number';
  if (wrongType === 'convert' && isScalar && kind !== 'list') return String(value).trim();
  return wrongType === '40001'
    ? failure(ERRCODE.syntax, { invalid_param_list: [{ field: key }] })
    : unreadable(`json: cannot unmarshal ${jsonKind(value)} into field ${key}`);
}

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
