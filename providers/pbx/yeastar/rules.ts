import type { Scalar, Values } from '../../../engine/model/index.ts';
import {
  atLeast,
  atMost,
  brokenBy,
  made,
  oneOf,
  type Problem,
  problem,
  type Rule,
  uncertain,
  within,
} from '../../rules.ts';
import type { Api } from './api.ts';

/** What decides about the limits: the generation of the API and the series, where they are known. */
export interface Limits {
  readonly generation?: Api['generation'];
  readonly cloud?: boolean;
}

/** Digits, at most seven. [vendor-docs] `all` would mean every extension in several calls. */
export const numberPattern = /^[0-9]{1,7}$/;

const forbiddenInNames = '! % . @ : ; & " \' \\ < > ` $';
const alphanumeric = 'A-Z a-z 0-9';

/** What the values break, all at once. Values are in normalised form. Pure. */
export function valueProblems(values: Values, limits: Limits): readonly Problem[] {
  return brokenBy(values, rules, limits);
}

/** @param key the extension's number */
export function numberProblems(key: string): readonly Problem[] {
  if (numberPattern.test(key)) return [];
  return key.length > 7
    ? [problem('number', 'value-too-long', { max: 7, length: key.length })]
    : [problem('number', 'value-characters', { value: key, allowed: '0-9' })];
}

const rules: Readonly<Record<string, Rule<[Limits]>>> = {
  name: nameRule,
  callerId: callerIdRule,
  registrationName: (field, value) => [
    ...atLeast(field, value, 1),
    ...atMost(field, value, 31),
    ...made(field, value, /^[A-Za-z0-9]*$/, alphanumeric),
  ],
  mobile: (field, value) => [...atMost(field, value, 31), ...made(field, value, /^[0-9]*$/, '0-9')],
  concurrentRegistrations: (field, value, { cloud }) => within(field, value, 1, cloud === true ? 4 : 5),
  type: (field, value) => oneOf(field, value, ['sip']),
};

/** Characters forbidden by v2.0.0 are no letters or digits either, so both generations refuse them. */
function nameRule(field: string, value: Scalar, { generation }: Limits): readonly Problem[] {
  const shown = String(value);
  if ([...shown].some((char) => char !== ' ' && forbiddenInNames.includes(char)))
    return [problem(field, 'value-forbidden-characters', { value: shown, forbidden: forbiddenInNames })];
  if (generation === 2) return [];
  const long = atMost(field, value, 31).map((found) => ({ ...found, certain: generation === 1 }));
  return generation === 1
    ? [...long, ...made(field, value, /^[A-Za-z0-9]*$/, alphanumeric).map(uncertain)]
    : long;
}

function callerIdRule(field: string, value: Scalar): readonly Problem[] {
  if (value === 'anonymous') return [problem(field, 'value-unsupported', { value })];
  return [...atMost(field, value, 31), ...made(field, value, /^[A-Za-z0-9]*$/, alphanumeric)];
}
