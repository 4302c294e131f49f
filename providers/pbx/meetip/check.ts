import {
  type Code,
  type Desired,
  type Diagnostic,
  errorDiagnostic,
  type Params,
  type Target,
} from '../../../engine/model/index.ts';
import { type Problem, told } from '../../rules.ts';
import { extensionFields } from './extension-facts.ts';
import { normalise } from './fields.ts';
import { numberProblems, registrationNameOf, valueProblems } from './rules.ts';

/** What the server cannot do with this extension, found without asking it: all problems at once. Pure. */
export function check(desired: Desired, target: Target): readonly Diagnostic[] {
  if (desired.kind !== 'extension')
    return [told(desired, target, 'field-unsupported', { field: desired.kind })];
  const problems = [...numberProblems(desired.key), ...valueProblems(normalise(desired).values)];
  return [
    ...targetProblems(target),
    ...unknownFields(desired, target),
    ...problems.map((problem) => toldAs(problem, desired, target)),
    ...missing(desired, target),
  ];
}

/** A tenant is known by its code, its name, or at least the server's id of it; a server tells no serial. */
function targetProblems({ address, driver, identity, mode, options }: Target): readonly Diagnostic[] {
  if (mode === 'guided') return [];
  const at = (code: Code, params: Params) =>
    errorDiagnostic(code, { target: address, address, driver, ...params }, { address });
  const { tenant, tenantName, serial } = identity;
  const anonymous = [tenant, tenantName, options.serverId].every((one) => one === undefined);
  const misshapen = tenant !== undefined && !/^[0-9]{3}$/.test(tenant);
  return [
    ...(anonymous ? [at('tenant-required', {})] : []),
    ...(misshapen ? [at('value-characters', { field: 'tenant', value: tenant, allowed: '0-9 × 3' })] : []),
    ...(serial === undefined ? [] : [at('serial-unsupported', { value: serial })]),
  ];
}

/** `type` is judged by its value; `callerIdName` is another way to say `name`. */
const judgedElsewhere: readonly string[] = ['type', 'callerIdName'];

function unknownFields(desired: Desired, target: Target): readonly Diagnostic[] {
  const { key, values, secrets, references } = desired;
  const names = [...Object.keys(values), ...Object.keys(secrets), ...Object.keys(references)];
  return names.flatMap((name) => {
    if (judgedElsewhere.includes(name)) return [];
    const fact = Object.hasOwn(extensionFields, name) ? extensionFields[name] : undefined;
    if (fact === undefined) return [told(desired, target, 'field-unsupported', { field: name })];
    const computed = name === 'registrationName' && isComputed(String(values[name]), key, target);
    return fact.write !== 'no' || computed ? [] : [told(desired, target, 'field-read-only', { field: name })];
  });
}

/** The name that the server makes; of any tenant, where the tenant's code is not declared. */
function isComputed(name: string, key: string, target: Target): boolean {
  const expected = registrationNameOf(key, target);
  return expected === null
    ? /^[0-9]{3}$/.test(name.slice(0, -key.length)) && name.endsWith(key)
    : name === expected;
}

/** What no create could do without, and what an enhanced service asks for beside a value. The panel makes a PIN by itself. */
function missing(desired: Desired, target: Target): readonly Diagnostic[] {
  const { values, references, secrets } = desired;
  const has = (...names: readonly string[]) => names.some((name) => name in values || name in references);
  const fields = [
    ...(has('name', 'callerIdName') ? [] : ['name']),
    ...(has('email') ? [] : ['email']),
    ...(has('emergencyCallerId') && !has('callerId') ? ['callerId'] : []),
  ];
  const wanted = target.mode === 'guided' ? ['sip'] : ['sip', 'pin'];
  const unset = wanted.filter((field) => secrets[field] === undefined);
  const unreadable = secrets.portal?.source === 'pbx';
  return [
    ...fields.map((field) => told(desired, target, 'field-required', { field })),
    ...unset.map((field) => told(desired, target, 'secret-required', { field })),
    ...(unreadable ? [told(desired, target, 'value-unsupported', { field: 'portal', value: 'pbx' })] : []),
  ];
}

/** At the name that the YAML uses. */
export function toldAs({ field, code, params }: Problem, desired: Desired, target: Target): Diagnostic {
  const declared = field === 'name' && desired.values.callerIdName !== undefined ? 'callerIdName' : field;
  return told(desired, target, code, { ...params, field: declared });
}
