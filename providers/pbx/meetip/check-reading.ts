import type { Desired, Diagnostic, Scalar, Target } from '../../../engine/model/index.ts';
import type { TargetFacts } from '../../contract.ts';
import { oneOf, type Problem, told } from '../../rules.ts';
import { toldAs } from './check.ts';
import { normalise } from './fields.ts';
import { numberProblems } from './rules.ts';

/**
 * What this very tenant cannot do, by what it told: departments and device types that it does not have, a number of another length than
 * its own, and a new extension without the secrets that creating needs. A list that could not be read judges nothing. Pure.
 */
export function checkReading(
  desired: Desired,
  target: Target,
  { lists = {} }: TargetFacts,
): readonly Diagnostic[] {
  if (desired.kind !== 'extension') return [];
  const { department, userAgent } = normalise(desired).values;
  const [length] = lists.numberLength ?? [];
  const problems = [
    ...(length === undefined ? [] : numberProblems(desired.key, Number(length))),
    ...chosenFrom('department', department, lists.departments),
    ...chosenFrom('userAgent', userAgent, lists.userAgents),
  ];
  return [
    ...problems.map((problem) => toldAs(problem, desired, target)),
    ...uncreatable(desired, target, lists.numbers),
  ];
}

function chosenFrom(
  field: string,
  value: Scalar | undefined,
  list: readonly string[] | undefined,
): readonly Problem[] {
  return value === undefined || list === undefined ? [] : oneOf(field, value, list);
}

/** A SIP secret that is the PBX's own affair is made up on create; a PIN is not, and what is left alone is never sent. */
function uncreatable(
  desired: Desired,
  target: Target,
  numbers: readonly string[] | undefined,
): readonly Diagnostic[] {
  if (numbers === undefined || numbers.includes(desired.key)) return [];
  const { sip, pin } = desired.secrets;
  const unsent = [
    ...(sip?.source === 'unmanaged' ? ['sip'] : []),
    ...(pin !== undefined && pin.source !== 'declared' ? ['pin'] : []),
  ];
  return unsent.map((field) => told(desired, target, 'secret-required', { field }));
}
