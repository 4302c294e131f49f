import { AltaError, type Code, type Params } from '../../../engine/model/index.ts';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import type { Write } from '../../contract.ts';
import { secretProblems } from './dialect.ts';
import { editionOf } from './edition.ts';
import type { Inventory } from './inventory.ts';
import { limitProblems } from './limits.ts';
import type { Link } from './link.ts';
import { operationOf } from './profile/defaults.ts';
import { fieldsOf } from './profile/fields.ts';
import { changesSince } from './profile/fingerprint.ts';
import { marksAt, type Need, placesFor } from './profile/marks.ts';
import { declaredVariables } from './profile/target.ts';

/**
 * Refuses, before anything is asked of the server, what the profile cannot do, or only guesses to be able to do.
 * @throws `unsupported-operation`, `profile-unverified`, `field-required`, `secret-required`, `value-…`, `secret-…`, all written nothing
 */
export function guardWrite(write: Write, link: Link): void {
  guardPower(write, link);
  guardMarks(write, link);
  if (write.action === 'create') guardRequired(write, link);
  if (write.action !== 'delete') guardLimits(write, link);
}

function guardPower(write: Write, link: Link): void {
  const { profile } = link;
  const { action, kind } = write;
  if (kind !== 'extension') throw impossible(`${action} ${kind}`, write, link);
  if (operationOf(profile, 'extension', action) === null)
    throw impossible(`${action} extension`, write, link);
  for (const name of namedBy(write)) {
    const mapping = fieldsOf(profile)[name];
    const settable = mapping !== undefined && mapping.readOnly !== true;
    if (!settable || (action === 'update' && mapping.createOnly === true))
      throw impossible(`set ${name}`, write, link);
  }
}

/** Names that nobody has confirmed may have been right by chance; a write is no place to find out. */
function guardMarks(write: Write, { profile, target }: Link): void {
  const need: Need = {
    operation: write.action,
    fields: namedBy(write),
    named: target.identity.tenantName !== undefined,
  };
  const marks = marksAt(profile, placesFor(profile, need));
  if (marks.length === 0) return;
  const params = {
    profile: profile.name,
    target: target.address,
    host: target.host,
    operation: write.action,
    address: write.address,
    marks,
  };
  throw new AltaError('profile-unverified', params, { address: write.address, written: 'nothing' });
}

function guardRequired(write: Write & { readonly action: 'create' }, link: Link): void {
  for (const [name, { required, default: initial }] of Object.entries(fieldsOf(link.profile))) {
    if (required !== true || initial !== undefined || namedBy(write).includes(name)) continue;
    const code = name === 'sip' || name === 'portal' ? 'secret-required' : 'field-required';
    throw refusal(code, write, link, { field: name });
  }
}

/** Values are judged by check already; what secrets are is known only now. */
function guardLimits(write: Exclude<Write, { readonly action: 'delete' }>, link: Link): void {
  const { profile, target } = link;
  const values = limitProblems(write.key, write.values, profile, declaredVariables(target));
  const [problem] = [...values, ...secretProblems(write.secrets, fieldsOf(profile))];
  if (problem === undefined) return;
  throw refusal(problem.code, write, link, { ...problem.params, field: problem.field });
}

/** Fields and secrets that a write names, but for the number, which is its key, and what only the server computes. */
export function namedBy(write: Write): readonly string[] {
  if (write.action === 'delete') return [];
  const names = [...Object.keys(write.values), ...Object.keys(write.secrets)];
  return names.filter((name) => name !== 'number');
}

/**
 * What of the server does not look as it did when the profile was locked: keys and types of its extensions, and its version.
 * @param version as the login or the list told it
 */
export function changesIn(
  { shape }: Pick<Inventory, 'shape'>,
  { guard, drift }: ProfileDocument,
  version: string | null,
): readonly string[] {
  const keys = guard?.keys === undefined ? [] : changesSince(guard.keys, shape, drift);
  const expected = guard?.version?.value;
  const other = expected !== undefined && version !== expected;
  return [...keys, ...(other ? [`${guard?.version?.path}: ≠ ${expected}`] : [])];
}

/** @throws `profile-changed`, written nothing */
export function guardShape(
  write: Write,
  inventory: Inventory,
  { profile, target }: Link,
  version: string | null,
): void {
  const changes = changesIn(inventory, profile, version);
  if (changes.length === 0) return;
  const params = { host: target.host, target: target.address, profile: profile.name, changes };
  throw new AltaError('profile-changed', params, { address: write.address, written: 'nothing' });
}

function refusal(code: Code, write: Write, { target }: Link, params: Params): AltaError {
  const where = { driver: target.driver, address: write.address };
  return new AltaError(code, { ...where, ...params }, { address: write.address, written: 'nothing' });
}

/** The error of what only a person can do here. */
export function impossible(operation: string, write: Write, { target, profile }: Link): AltaError {
  const params = { host: target.host, edition: editionOf(profile, null), operation };
  return new AltaError('unsupported-operation', params, { address: write.address, written: 'nothing' });
}
