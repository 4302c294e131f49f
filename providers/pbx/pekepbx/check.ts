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
import { oneOf, type Problem, problem, told } from '../../rules.ts';
import { facts } from './facts.ts';
import { limitProblems } from './limits.ts';
import { settled } from './profile/codec.ts';
import { fieldsOf } from './profile/fields.ts';
import { declaredVariables, profileOf } from './profile/target.ts';
import { fill } from './profile/template.ts';
import { missing } from './required.ts';

/** `ext9000110`: what phones register as, where no profile says otherwise. [vendor-docs] */
export const REGISTRATION_NAME = 'ext{companyId}{number}';

/** What the server cannot do with this extension, found without asking it: all problems at once. Pure. */
export function check(desired: Desired, target: Target): readonly Diagnostic[] {
  const profile = profileOf(target);
  if (desired.kind !== 'extension') return [unsupported(desired, target, desired.kind)];
  return [
    ...targetProblems(target, profile),
    ...fieldProblems(desired, target, profile),
    ...valueProblems(desired, target, profile),
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

function fieldProblems(
  desired: Desired,
  target: Target,
  profile: ProfileDocument | null,
): readonly Diagnostic[] {
  const { values, secrets, references } = desired;
  const names = [...Object.keys(values), ...Object.keys(secrets), ...Object.keys(references)];
  const known = facts.kinds.extension?.fields ?? {};
  return names.flatMap((name) => {
    if (name === 'callerIdName') return [];
    const fact = Object.hasOwn(known, name) ? known[name] : undefined;
    if (fact === undefined) return [unsupported(desired, target, name)];
    const computed = name === 'registrationName' && isComputed(desired, target, profile);
    return fact.write !== 'no' || computed ? [] : [told(desired, target, 'field-read-only', { field: name })];
  });
}

/** The name that the server makes may be declared; of any company, where the company's id is not. */
function isComputed({ key, values }: Desired, target: Target, profile: ProfileDocument | null): boolean {
  const declared = String(values.registrationName);
  const variables = declaredVariables(target);
  const template = profile?.identity.registrationName ?? REGISTRATION_NAME;
  if (variables.companyId === undefined) return declared.endsWith(key);
  return declared === fill(template, { ...variables, number: key });
}

/** What no profile can say, and what this one cannot. */
function valueProblems(
  desired: Desired,
  target: Target,
  profile: ProfileDocument | null,
): readonly Diagnostic[] {
  const { values } = normalise(desired, target);
  const limits =
    profile === null ? [] : limitProblems(desired.key, values, profile, declaredVariables(target));
  return [...wordProblems(values, profile), ...limits].map(({ field, code, params }) => {
    const declared = field === 'name' && desired.values.callerIdName !== undefined ? 'callerIdName' : field;
    return told(desired, target, code, { ...params, field: declared });
  });
}

function wordProblems(values: Values, profile: ProfileDocument | null): readonly Problem[] {
  return Object.entries(values).flatMap(([field, value]): readonly Problem[] => {
    const mapping = profile === null ? undefined : fieldsOf(profile)[field];
    const listed = Object.keys(mapping?.values ?? {});
    if (mapping?.nullAs === value || listed.includes(String(value))) return [];
    if (mapping?.codec === 'enum') return oneOf(field, String(value), listed);
    const beyond = value === 'internal' || (value === 'anonymous' && mapping !== undefined);
    return field === 'callerId' && beyond ? [problem(field, 'value-unsupported', { value })] : [];
  });
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
