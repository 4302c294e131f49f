import { AltaError, type Code, type Params } from '../../../engine/model/index.ts';
import type { Write } from '../../contract.ts';
import type { Detail, Device } from './answers.ts';
import { type Box, editionOf } from './box.ts';
import { numberOf } from './dialect.ts';
import { fieldOf, probedFields } from './fields.ts';
import type { Menus } from './menus.ts';
import { secretProblems } from './passwords/dialect.ts';
import { valueProblems } from './rules.ts';

/** What a session knows of the box by the time it writes. */
export interface Known {
  readonly device: Device;
  readonly menus: Menus;
  /** Keys that SIP extensions show here; null = there was none, or none was looked at. */
  readonly keys: ReadonlySet<string> | null;
}

export type Setting = Exclude<Write, { readonly action: 'delete' }>;

/**
 * Refuses, before anything is sent, what this box cannot do or would refuse. Every error says `written` nothing.
 * @throws `value-…`, `secret-…`, `field-required`, `unsupported-operation`
 */
export function guard(write: Write, box: Box, known: Known): void {
  if (write.kind !== 'extension') throw impossible(`${write.action} ${write.kind}`, write, box, known);
  numberOf(write.key);
  if (write.action === 'delete') return;
  if (write.action === 'create') guardRequired(write, box);
  const value = valueProblems(write.values).find(({ certain }) => certain);
  if (value !== undefined) throw refusal(value.code, write, box, { ...value.params, field: value.field });
  const [secret] = secretProblems(write.secrets);
  if (secret !== undefined) throw refusal(secret.code, write, box, { ...secret.params, field: secret.field });
  const hidden = switchesOf(write).find(({ native }) => known.keys?.has(native) === false);
  if (hidden !== undefined) throw impossible(`set ${hidden.name}`, write, box, known);
}

/** The fields of a write that no document names. */
export function switchesOf({ values }: Setting) {
  return Object.entries(values).flatMap(([name, value]) => {
    const field = fieldOf(probedFields, name);
    return field === undefined ? [] : [{ name, value, field, native: field.native }];
  });
}

/** Only SIP extensions are ours to write. */
export function guardType({ type }: Detail, write: Write, box: Box, known: Known): void {
  if (type !== 'sip') throw impossible(`${write.action} ${type || 'untyped'} extension`, write, box, known);
}

function guardRequired(write: Setting, box: Box): void {
  if (write.values.name === undefined) throw refusal('field-required', write, box, { field: 'name' });
  for (const field of ['sip', 'portal']) {
    if (write.secrets[field] === undefined) throw refusal('secret-required', write, box, { field });
  }
}

/** The error of a write that is not sent. */
export function refusal(code: Code, { address }: Write, { link }: Box, params: Params): AltaError {
  const where = { driver: link.target.driver, host: link.target.host, address };
  return new AltaError(code, { ...where, ...params }, { address, written: 'nothing' });
}

/** The error of what only a person can do on this box. */
export function impossible(
  operation: string,
  { address }: Write,
  { link }: Box,
  { device }: Known,
): AltaError {
  const params = { host: link.target.host, edition: editionOf(device), operation };
  return new AltaError('unsupported-operation', params, { address, written: 'nothing' });
}
