import type { Desired, Diagnostic, Target } from '../../../engine/model/index.ts';
import type { TargetFacts } from '../../contract.ts';
import { oneOf, type Problem, problem, told } from '../../rules.ts';
import { diagnosticOf } from './check.ts';
import { normalise } from './fields.ts';
import { administratorIn, optionsNamed, organisations } from './menus.ts';

/** What a reading tells for this: names only. A list that could not be read is missing, and judges nothing. */
export interface Lists {
  readonly departments?: readonly string[];
  readonly roles?: readonly string[];
  /** Every number that is there, of whatever type. */
  readonly numbers?: readonly string[];
}

/**
 * What this very box cannot do with it: organisations and a role that it does not have, and a new extension without what creating needs.
 * Pure.
 */
export function checkReading(desired: Desired, target: Target, facts: TargetFacts): readonly Diagnostic[] {
  if (desired.kind !== 'extension') return [];
  const lists: Lists = facts.lists ?? {};
  const isNew = lists.numbers !== undefined && !lists.numbers.includes(desired.key);
  const { department, role } = normalise(desired).values;
  const problems = [
    ...(department === undefined
      ? []
      : organisationProblems('department', String(department), target, lists)),
    ...(role === 'admin' ? roleProblems(lists) : []),
    ...(isNew && department === undefined ? defaultProblems(target, lists) : []),
  ];
  return [
    ...problems.map((found) => diagnosticOf(found, desired, target)),
    ...(isNew ? uncreatable(desired, target) : []),
  ];
}

/** Without a single organisation there is nothing to choose from: they are switched off. */
function organisationProblems(
  field: string,
  name: string,
  { address }: Target,
  { departments }: Lists,
): readonly Problem[] {
  if (departments === undefined) return [];
  if (departments.length === 0)
    return [problem(field, 'field-switched-off', { target: address, feature: organisations })];
  const there = departments.map((one) => ({ id: '', name: one }));
  return optionsNamed(there, name) === undefined ? oneOf(field, name, departments) : [];
}

/** What `options.organization` names counts only for new extensions that name no department. */
function defaultProblems(target: Target, lists: Lists): readonly Problem[] {
  const { organization } = target.options;
  const off = lists.departments?.length === 0;
  return typeof organization === 'string' && !off
    ? organisationProblems('organization', organization, target, lists)
    : [];
}

/** The administrator's role is the one role that the YAML can name. */
function roleProblems({ roles }: Lists): readonly Problem[] {
  if (roles === undefined) return [];
  const there = administratorIn(roles.map((name) => ({ id: '', name })));
  return there === undefined ? [problem('role', 'value-unsupported', { value: 'admin' })] : [];
}

/** Neither password is made by the box, and none of them is shown in a list: what is left alone is never sent. */
function uncreatable(desired: Desired, target: Target): readonly Diagnostic[] {
  return (['sip', 'portal'] as const).flatMap((field) => {
    const source = desired.secrets[field]?.source ?? 'declared';
    return source === 'declared' ? [] : [told(desired, target, 'secret-required', { field })];
  });
}
