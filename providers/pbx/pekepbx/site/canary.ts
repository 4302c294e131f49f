import { randomBytes } from 'node:crypto';
import { AltaError, type Scalar, Secret, type Values } from '../../../../engine/model/index.ts';
import type { ProfileDocument, ProfileField } from '../../../../engine/model/profile.ts';
import type { Write } from '../../../contract.ts';
import type { Inventory } from '../inventory.ts';
import type { Link } from '../link.ts';
import { settled } from '../profile/codec.ts';
import { operationOf } from '../profile/defaults.ts';
import { fieldsOf, isSecretName } from '../profile/fields.ts';

type Creation = Extract<Write, { readonly action: 'create' }>;

/** Values that a field is tried with: the first at creation, the others one after another. */
export type Trials = Readonly<Record<string, readonly Scalar[]>>;

/**
 * @throws `canary-undeclared`, `canary-out-of-range`, `unsupported-operation`, written nothing
 */
export function refuseOutside(number: string, { profile, target }: Link): void {
  const { canary } = profile;
  const facts = { written: 'nothing' } as const;
  if (canary === undefined) throw new AltaError('canary-undeclared', { profile: profile.name }, facts);
  const { from, to } = canary;
  const inside = /^\d+$/.test(number) && number.length === from.length && from <= number && number <= to;
  if (!inside) throw new AltaError('canary-out-of-range', { number, from, to, profile: profile.name }, facts);
  const lacking = (['get', 'create', 'update', 'delete'] as const).filter(
    (operation) => operationOf(profile, 'extension', operation) === null,
  );
  if (lacking.length === 0) return;
  const params = { host: target.host, edition: `profile ${profile.name}`, operation: lacking.join(', ') };
  throw new AltaError('unsupported-operation', params, facts);
}

/** What each mapped field is tried with. A caller ID is one of the company's own numbers: calls are never made. */
export function trialsFor(
  profile: ProfileDocument,
  number: string,
  inventory: Inventory,
  variables: Values,
): Trials {
  const words = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
  const entries = Object.entries(fieldsOf(profile)).flatMap(([name, field]) => {
    if (field.readOnly === true || isSecretName(name)) return [];
    const values = valuesFor(name, field, number, inventory).map((value) =>
      settled(value, name, field, words),
    );
    return values.length === 0 ? [] : [[name, [...new Set(values)]] as const];
  });
  return Object.fromEntries(entries);
}

function valuesFor(
  name: string,
  field: ProfileField,
  number: string,
  inventory: Inventory,
): readonly Scalar[] {
  const listed = Object.keys(field.values ?? {});
  switch (name) {
    case 'name':
      return [`Canary ${number} A`, `Canary ${number} B`];
    case 'email':
      return [`canary-${number}-a@example.com`, `canary-${number}-b@example.com`];
    case 'role':
      return ['user', 'admin'].filter((role) => field.codec !== 'enum' || listed.includes(role));
    case 'callerId':
      return [...callerIds(inventory).slice(0, 1), ...(listed.includes('anonymous') ? ['anonymous'] : [])];
    case 'mobile':
      return ['600000001', '600000002'];
    case 'mobileExtension':
      return ['610', '611'];
    default:
      return [true, false];
  }
}

/** Numbers that the company may show: of the list, or as other extensions show them. */
function callerIds({ choices, rows }: Inventory): readonly string[] {
  if (choices.callerId !== undefined) return choices.callerId.map(({ shown }) => shown);
  return rows.flatMap(({ values }) => {
    const { callerId } = values;
    return typeof callerId === 'string' && /^\+?\d{2,20}$/.test(callerId) ? [callerId] : [];
  });
}

/** A secret that nobody has and nobody keeps: 20 letters and digits of each kind, with a dash. */
export function throwaway(): Secret {
  const drawn = randomBytes(12).toString('base64url').replace(/[-_]/g, 'x');
  return new Secret(`A7-${drawn}b`);
}

/** Secrets that the profile maps and may send. */
export function secretsOf(profile: ProfileDocument): readonly string[] {
  return Object.entries(fieldsOf(profile))
    .filter(([name, field]) => isSecretName(name) && field.readOnly !== true)
    .map(([name]) => name);
}

/** The write that makes the canary, with the first value of everything. */
export function creationOf(
  number: string,
  profile: ProfileDocument,
  trials: Trials,
  address: string,
): Creation {
  const values = Object.entries(trials).flatMap(([name, [first]]) =>
    first === undefined ? [] : [[name, first]],
  );
  const secrets = secretsOf(profile).map((name) => [name, throwaway()] as const);
  return {
    action: 'create',
    kind: 'extension',
    key: number,
    address,
    values: Object.fromEntries(values),
    secrets: Object.fromEntries(secrets),
  };
}
