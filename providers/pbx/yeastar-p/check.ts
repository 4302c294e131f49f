import { type Desired, type Diagnostic, errorDiagnostic, type Target } from '../../../engine/model/index.ts';
import { type Problem, told } from '../../rules.ts';
import { facts } from './facts.ts';
import { normalise } from './fields.ts';
import { numberProblems, valueProblems } from './rules.ts';

/** What a box cannot do with this extension, found without asking it: all problems at once. Pure. */
export function check(desired: Desired, target: Target): readonly Diagnostic[] {
  if (desired.kind !== 'extension')
    return [told(desired, target, 'field-unsupported', { field: desired.kind })];
  const problems = [...numberProblems(desired.key), ...valueProblems(normalise(desired).values)];
  return [
    ...tenants(target),
    ...unknownFields(desired, target),
    ...problems.map((problem) => diagnosticOf(problem, desired, target)),
    ...missing(desired, target),
  ];
}

/** A box tells its serial and nothing of tenants, so that a declared one is never found again and every write is refused. */
function tenants({ address, driver, identity, mode }: Target): readonly Diagnostic[] {
  if (mode === 'guided') return [];
  return ['tenant', 'tenantName'].flatMap((field) => {
    const value = identity[field];
    if (value === undefined) return [];
    return [errorDiagnostic('tenant-unsupported', { target: address, driver, field, value }, { address })];
  });
}

/** `type` is judged by its value; `callerIdName` is another way to say `name`. */
const judgedElsewhere: readonly string[] = ['type', 'callerIdName'];

function unknownFields(desired: Desired, target: Target): readonly Diagnostic[] {
  const { values, secrets, references } = desired;
  const names = [...Object.keys(values), ...Object.keys(secrets), ...Object.keys(references)];
  return names.flatMap((name) => {
    if (judgedElsewhere.includes(name)) return [];
    const known = facts.kinds.extension?.fields ?? {};
    const fact = Object.hasOwn(known, name) ? known[name] : undefined;
    if (fact === undefined) return [told(desired, target, 'field-unsupported', { field: name })];
    return fact.write === 'no' ? [told(desired, target, 'field-read-only', { field: name })] : [];
  });
}

/**
 * Whether it must be created is not known here: only what no create could do without. An extension whose SIP password is left alone was
 * there before, panel password and all: so is every one that was imported.
 */
function missing(desired: Desired, target: Target): readonly Diagnostic[] {
  const { values, references, secrets } = desired;
  const named = ['name', 'callerIdName'].some((field) => field in values || field in references);
  const there = secrets.sip !== undefined && secrets.sip.source !== 'declared';
  const unset = (['sip', 'portal'] as const).filter((field) => secrets[field] === undefined && !there);
  return [
    ...(named ? [] : [told(desired, target, 'field-required', { field: 'name' })]),
    ...unset.map((field) => told(desired, target, 'secret-required', { field })),
  ];
}

/** At the name that the YAML uses. */
export function diagnosticOf(
  { field, code, params, certain }: Problem,
  desired: Desired,
  target: Target,
): Diagnostic {
  const declared = field === 'name' && desired.values.callerIdName !== undefined ? 'callerIdName' : field;
  return told(desired, target, code, { ...params, field: declared }, certain);
}
