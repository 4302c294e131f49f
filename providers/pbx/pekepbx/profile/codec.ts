import { AltaError, type Scalar } from '../../../../engine/model/index.ts';
import type { ProfileField, ProfileName, ProfileScalar } from '../../../../engine/model/profile.ts';
import { isScalar, typeOf } from './path.ts';
import { fill, type Variables } from './template.ts';

/** One row that a `lookup` may point to: what stands in the extension, and what we call it. */
export interface Choice {
  readonly key: string | number;
  readonly shown: string;
}

/** What reading and writing one field needs beside its mapping. */
export interface Translation {
  readonly field: string;
  readonly mapping: ProfileField;
  readonly variables: Variables;
  /** Of a `lookup`. */
  readonly choices: readonly Choice[];
}

/** A value read: nothing there, a canonical value, or something that no mapping of this kind can be. */
export type Decoded = { readonly value?: Scalar } | { readonly odd: string };

/** Canonical fields that are true or false; all others are text. */
const switches: ReadonlySet<string> = new Set(['internalOnly', 'voicemail', 'callRecording', 'registered']);

/** The words that servers use for true and false, whatever they are sent. */
const yes: ReadonlySet<string> = new Set(['true', '1', 'on', 'yes', 'si', 'sí', 's', 'y']);
const no: ReadonlySet<string> = new Set(['false', '0', 'off', 'no', 'n', '']);

/** What the server's value means here. Null means nothing unless the profile says otherwise. */
export function decode(wire: unknown, { field, mapping, variables, choices }: Translation): Decoded {
  if (wire === undefined) return {};
  const word = Object.entries(mapping.values ?? {}).find(([, there]) => isSame(there, wire))?.[0];
  if (word !== undefined) return { value: canonical(field, word) };
  if (wire === null) return mapping.nullAs === undefined ? {} : { value: mapping.nullAs };
  if (!isScalar(wire)) return { odd: typeOf(wire) };
  if (mapping.codec === 'lookup') return { value: chosen(wire, choices) };
  const text = bare(String(wire), mapping, variables);
  return text === null
    ? { odd: `${typeOf(wire)} without ${mapping.strip}` }
    : { value: canonical(field, text) };
}

/**
 * The server's value for one of ours.
 * @throws AltaError `value-one-of` or `value-unsupported`, written nothing, for a value that the profile has no form for
 */
export function encode(value: Scalar, { field, mapping, variables, choices }: Translation): ProfileScalar {
  const { values, nullAs, codec } = mapping;
  const word = String(value);
  if (values !== undefined && Object.hasOwn(values, word)) return values[word] ?? null;
  if (nullAs === value) return null;
  switch (codec) {
    case 'bool':
      return value === true;
    case '0-1':
      return value === true ? 1 : 0;
    case 'on-off':
      return value === true ? 'on' : 'off';
    case 'enum':
      throw oneOf(field, word, Object.keys(values ?? {}));
    case 'lookup':
      return keyOf(word, field, choices);
    case 'int':
      return asNumber(dressed(word, mapping, variables), field, word);
    default:
      return typeof value === 'boolean' ? value : dressed(word, mapping, variables);
  }
}

/** The form in which a value would come back: once there and back again. Idempotent. */
export function settled(value: Scalar, field: string, mapping: ProfileField, variables: Variables): Scalar {
  const form = mapping.codec === 'lookup' ? (mapping.shown ?? mapping) : mapping;
  if (typeof value !== 'string' || Object.hasOwn(mapping.values ?? {}, value) || mapping.nullAs === value)
    return value;
  if (mapping.codec === 'enum' || switches.has(field)) return value;
  return bare(dressed(value, form, variables), form, variables) ?? value;
}

/** A text of the server without what stands before it only there; null where that is missing. */
export function bare(
  text: string,
  { strip, add }: Pick<ProfileName, 'strip' | 'add'>,
  variables: Variables,
): string | null {
  const before = strip === undefined ? '' : fill(strip, variables);
  if (!text.startsWith(before)) return null;
  const rest = text.slice(before.length);
  return rest === '' || add === undefined ? rest : `${fill(add, variables)}${rest}`;
}

/** A text of ours with what stands before it there. */
export function dressed(
  text: string,
  { strip, add }: Pick<ProfileName, 'strip' | 'add'>,
  variables: Variables,
): string {
  const before = add === undefined ? '' : fill(add, variables);
  const rest = before !== '' && text.startsWith(before) ? text.slice(before.length) : text;
  return rest === '' || strip === undefined ? rest : `${fill(strip, variables)}${rest}`;
}

/** Whether two values of the server are the same: it may write a number as text. */
export function isSame(one: ProfileScalar | undefined, other: unknown): boolean {
  if (one === null || one === undefined || !isScalar(other)) return one === other;
  return (
    one === other || (typeof one !== 'boolean' && typeof other !== 'boolean' && String(one) === String(other))
  );
}

function canonical(field: string, text: string): Scalar {
  if (!switches.has(field)) return text;
  const word = text.toLowerCase();
  return yes.has(word) ? true : no.has(word) ? false : text;
}

/** A row by its key; servers that answer the row's own text instead of its key are understood as well. */
function chosen(wire: string | number | boolean, choices: readonly Choice[]): string {
  const text = String(wire);
  const found =
    choices.find(({ key }) => String(key) === text) ?? choices.find(({ shown }) => shown === text);
  return found?.shown ?? `#${text}`;
}

function keyOf(shown: string, field: string, choices: readonly Choice[]): string | number {
  const found = choices.find((choice) => choice.shown === shown);
  if (found !== undefined) return found.key;
  throw oneOf(
    field,
    shown,
    choices.map((choice) => choice.shown),
  );
}

function asNumber(text: string, field: string, value: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new AltaError(
    'value-unsupported',
    { driver: 'pekepbx', field, address: '', value },
    { written: 'nothing' },
  );
}

function oneOf(field: string, value: string, allowed: readonly string[]): AltaError {
  const params = { driver: 'pekepbx', field, address: '', value, allowed };
  return new AltaError('value-one-of', params, { written: 'nothing' });
}
