import {
  type Code,
  type Desired,
  type Diagnostic,
  errorDiagnostic,
  type Params,
  type Target,
  warningDiagnostic,
} from '../../../engine/model/index.ts';
import { codecOf } from './codec.ts';
import { facts } from './facts.ts';
import { declaredGeneration, declaredModel } from './firmware.ts';
import { hasField, lineOf } from './keys.ts';
import { type Problem, valueProblems } from './rules.ts';
import { wayProblems } from './way.ts';

/**
 * What cannot be done with this account or its phone, found without asking it: all problems at once. What is wrong with the phone itself
 * carries its address, so that it is said once. Pure.
 */
export function check(desired: Desired, target: Target): readonly Diagnostic[] {
  if (desired.kind !== 'account') return [at(desired, target, 'field-unsupported', { field: desired.kind })];
  return [
    ...wayProblems(target),
    ...lineProblems(desired, target),
    ...unknownFields(desired, target),
    ...problemsOf(desired, target),
    ...missing(desired, target),
  ];
}

/** The line is one of the phone's. */
function lineProblems(desired: Desired, target: Target): readonly Diagnostic[] {
  const line = desired.key;
  if (lineOf(`account.${line}`) !== line) {
    return [at(desired, target, 'value-unsupported', { field: 'line', value: line })];
  }
  const model = declaredModel(target);
  if (model === null || model.accounts === null || Number(line) <= model.accounts) return [];
  return [
    at(desired, target, 'line-beyond-model', { field: 'line', line, model: model.name, max: model.accounts }),
  ];
}

/** What the procedure sets on every phone is no request where a phone has no such setting: {@link normalise} leaves it out. */
function isUsual(field: string, { values }: Desired): boolean {
  return field === 'retries' && values.retries === 3;
}

function unknownFields(desired: Desired, target: Target): readonly Diagnostic[] {
  const known = facts.kinds.account?.fields ?? {};
  const generation = declaredGeneration(target);
  const values = Object.keys({ ...desired.values, ...desired.references });
  const secrets = Object.keys(desired.secrets);
  return [
    ...values.flatMap((field) => {
      if (codecOf(field) === undefined) return [at(desired, target, 'field-unsupported', { field })];
      if (generation === null || hasField(field, generation) || isUsual(field, desired)) return [];
      return [at(desired, target, 'field-generation', { field, generation: generation.toUpperCase() })];
    }),
    ...secrets.flatMap((field) =>
      Object.hasOwn(known, field) && known[field]?.secret === true
        ? []
        : [at(desired, target, 'field-unsupported', { field })],
    ),
  ];
}

function problemsOf(desired: Desired, target: Target): readonly Diagnostic[] {
  return valueProblems(desired.values).map(({ field, code, params, certain }: Problem) =>
    at(desired, target, code, { field, ...params }, certain),
  );
}

/** What no account can register without. */
function missing(desired: Desired, target: Target): readonly Diagnostic[] {
  const { values, references, secrets } = desired;
  if (values.active === false) return [];
  const serverless = values.server === undefined && references.server === undefined;
  return [
    ...(serverless ? [at(desired, target, 'account-without-server', {})] : []),
    ...(secrets.password === undefined
      ? [at(desired, target, 'secret-required', { field: 'password' })]
      : []),
  ];
}

function at(desired: Desired, target: Target, code: Code, params: Params, certain = true): Diagnostic {
  const where = { address: desired.address };
  const full = { driver: target.driver, address: desired.address, ...params };
  return certain ? errorDiagnostic(code, full, where) : warningDiagnostic(code, full, where);
}
