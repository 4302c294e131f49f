import type { Desired, Diagnostic, Target } from '../../../engine/model/index.ts';
import { type Problem, told } from '../../rules.ts';
import { codecOf } from './codec.ts';
import { facts } from './facts.ts';
import { declaredGeneration, declaredModel } from './firmware.ts';
import { hasField, lineOf } from './keys.ts';
import { valueProblems } from './rules.ts';
import { wayProblems } from './way.ts';

/**
 * What cannot be done with this account or its phone, found without asking it: all problems at once. What is wrong with the phone itself
 * carries its address, so that it is said once. Pure.
 */
export function check(desired: Desired, target: Target): readonly Diagnostic[] {
  if (desired.kind !== 'account')
    return [told(desired, target, 'field-unsupported', { field: desired.kind })];
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
    return [told(desired, target, 'value-unsupported', { field: 'line', value: line })];
  }
  const model = declaredModel(target);
  if (model === null || model.accounts === null || Number(line) <= model.accounts) return [];
  return [
    told(desired, target, 'line-beyond-model', {
      field: 'line',
      line,
      model: model.name,
      max: model.accounts,
    }),
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
      if (codecOf(field) === undefined) return [told(desired, target, 'field-unsupported', { field })];
      if (generation === null || hasField(field, generation) || isUsual(field, desired)) return [];
      return [told(desired, target, 'field-generation', { field, generation: generation.toUpperCase() })];
    }),
    ...secrets.flatMap((field) =>
      Object.hasOwn(known, field) && known[field]?.secret === true
        ? []
        : [told(desired, target, 'field-unsupported', { field })],
    ),
  ];
}

function problemsOf(desired: Desired, target: Target): readonly Diagnostic[] {
  return valueProblems(desired.values).map(({ field, code, params, certain }: Problem) =>
    told(desired, target, code, { field, ...params }, certain),
  );
}

/** What no account can register without. */
function missing(desired: Desired, target: Target): readonly Diagnostic[] {
  const { values, references, secrets } = desired;
  if (values.active === false) return [];
  const serverless = values.server === undefined && references.server === undefined;
  return [
    ...(serverless ? [told(desired, target, 'account-without-server', {})] : []),
    ...(secrets.password === undefined
      ? [told(desired, target, 'secret-required', { field: 'password' })]
      : []),
  ];
}
