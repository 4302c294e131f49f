import {
  type Code,
  type Desired,
  type Diagnostic,
  errorDiagnostic,
  type Params,
  type Scalar,
  type Target,
  type Values,
} from '../../../engine/model/index.ts';
import type { ProfileDocument } from '../../../engine/model/profile.ts';
import type { TargetFacts } from '../../contract.ts';
import { oneOf, type Problem, problem, told } from '../../rules.ts';
import { facts } from './facts.ts';
import { settled } from './profile/codec.ts';
import { fieldsOf, isSecretName } from './profile/fields.ts';
import { declaredVariables, profileOf } from './profile/target.ts';

/** `ext9000110`: what phones register as, where no profile says otherwise. [vendor-docs] */
export const REGISTRATION_NAME = 'ext{companyId}{number}';

/** Most values that a message lists. */
const LISTED = 12;

/** What the server cannot do with this extension, found without asking it: all problems at once. Pure. */
export function check(desired: Desired, target: Target): readonly Diagnostic[] {
  const profile = profileOf(target);
  if (desired.kind !== 'extension') return [unsupported(desired, target, desired.kind)];
  return [
    ...targetProblems(target, profile),
    ...fieldProblems(desired, target),
    ...valueProblems(normalise(desired, target), target, profile),
    ...missing(desired, target, profile),
    ...unreadable(desired, target, profile),
  ];
}

/** What is wrong with the PBX itself, said once for all of its extensions. */
function targetProblems(target: Target, profile: ProfileDocument | null): readonly Diagnostic[] {
  const { address, driver, identity, mode } = target;
  if (mode === 'guided') return [];
  const at = (code: Code, params: Params) =>
    errorDiagnostic(code, { target: address, driver, ...params }, { address });
  const { tenant, tenantName, serial } = identity;
  const digits = profile?.tenant.digits;
  const misshapen =
    tenant !== undefined && digits !== undefined && !new RegExp(`^\\d{${digits}}$`).test(tenant);
  return [
    ...(profile === null ? [at('profile-required', {})] : []),
    ...(tenant === undefined && tenantName === undefined ? [at('tenant-required', {})] : []),
    ...(serial === undefined ? [] : [at('serial-unsupported', { value: serial })]),
    ...(misshapen
      ? [at('value-characters', { address, field: 'tenant', value: tenant, allowed: `0-9 × ${digits}` })]
      : []),
  ];
}

function fieldProblems(desired: Desired, target: Target): readonly Diagnostic[] {
  const { values, secrets, references } = desired;
  const names = [...Object.keys(values), ...Object.keys(secrets), ...Object.keys(references)];
  const known = facts.kinds.extension?.fields ?? {};
  return names.flatMap((name) => {
    if (name === 'callerIdName') return [];
    const fact = Object.hasOwn(known, name) ? known[name] : undefined;
    if (fact === undefined) return [unsupported(desired, target, name)];
    return fact.write === 'no' ? [told(desired, target, 'field-read-only', { field: name })] : [];
  });
}

/** What no profile can say, and what this one cannot. */
function valueProblems(
  desired: Desired,
  target: Target,
  profile: ProfileDocument | null,
): readonly Diagnostic[] {
  const problems = Object.entries(desired.values).flatMap(([field, value]): readonly Problem[] => {
    const mapping = profile === null ? undefined : fieldsOf(profile)[field];
    const listed = Object.keys(mapping?.values ?? {});
    if (mapping?.nullAs === value || listed.includes(String(value))) return [];
    if (mapping?.codec === 'enum') return oneOf(field, String(value), listed);
    const beyond = value === 'internal' || (value === 'anonymous' && mapping !== undefined);
    return field === 'callerId' && beyond ? [problem(field, 'value-unsupported', { value })] : [];
  });
  return problems.map(({ field, code, params }) => told(desired, target, code, { ...params, field }));
}

/** Mail and panel password are required by the panel itself; the rest is the profile's. */
function missing(desired: Desired, target: Target, profile: ProfileDocument | null): readonly Diagnostic[] {
  const { values, secrets, references } = desired;
  const needed = Object.entries(facts.kinds.extension?.fields ?? {}).flatMap(
    ([name, { requiredOnCreate }]) => (requiredOnCreate === true ? [name] : []),
  );
  const also = profile === null ? [] : requiredBy(profile);
  const has = (name: string) =>
    name in values || name in secrets || name in references || (name === 'name' && 'callerIdName' in values);
  return [...new Set([...needed, ...also])]
    .filter((name) => !has(name))
    .map((name) =>
      told(desired, target, isSecretName(name) ? 'secret-required' : 'field-required', { field: name }),
    );
}

function requiredBy(profile: ProfileDocument): readonly string[] {
  return Object.entries(fieldsOf(profile)).flatMap(([name, field]) =>
    field.required === true && field.default === undefined ? [name] : [],
  );
}

/** A secret that should come from a server that never shows it. */
function unreadable(
  desired: Desired,
  target: Target,
  profile: ProfileDocument | null,
): readonly Diagnostic[] {
  if (profile === null) return [];
  return Object.entries(desired.secrets).flatMap(([field, { source }]) => {
    const mapping = fieldsOf(profile)[field];
    const shown = mapping !== undefined && mapping.writeOnly !== true && mapping.detail !== true;
    if (source !== 'pbx' || shown) return [];
    return [told(desired, target, 'value-unsupported', { field, value: 'pbx' })];
  });
}

function unsupported(desired: Desired, target: Target, field: string): Diagnostic {
  return told(desired, target, 'field-unsupported', { field });
}

/** What this very company cannot do: a caller ID that is none of its DIDs. A list that was not read judges nothing. Pure. */
export function checkReading(
  desired: Desired,
  target: Target,
  { lists }: TargetFacts,
): readonly Diagnostic[] {
  const known = lists?.callerIds;
  const { callerId } = normalise(desired, target).values;
  const mapping = profileOf(target)?.fields.callerId;
  const spoken = Object.keys(mapping?.values ?? {}).includes(String(callerId));
  if (known === undefined || callerId === undefined || spoken || known.includes(String(callerId))) return [];
  const more = known.length > LISTED ? ['…'] : [];
  const allowed = [...Object.keys(mapping?.values ?? {}), ...known.slice(0, LISTED), ...more];
  return [told(desired, target, 'value-one-of', { field: 'callerId', value: String(callerId), allowed })];
}

/** The form in which the server would give the values back: the one name it has, and each value once there and back again. */
export function normalise(desired: Desired, target: Target): Desired {
  if (desired.kind !== 'extension') return desired;
  const { callerIdName, ...values } = desired.values;
  const profile = profileOf(target);
  const named: Values = callerIdName === undefined ? values : { ...values, name: callerIdName };
  const variables = declaredVariables(target);
  const settledValues = Object.entries(named).map(([name, value]): readonly [string, Scalar] => {
    const mapping = profile === null ? undefined : fieldsOf(profile)[name];
    return [name, mapping === undefined ? value : settled(value, name, mapping, variables)];
  });
  return { ...desired, values: Object.fromEntries(settledValues) };
}
