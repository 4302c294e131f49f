import type { Code, Params, Scalar, Values } from '../../../engine/model/index.ts';
import type { Api } from './api.ts';

/** One rule that a value breaks. `certain` = documented as refused; otherwise only undocumented. */
export interface Problem {
  readonly field: string;
  readonly code: Code;
  readonly params: Params;
  readonly certain: boolean;
}

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
  return Object.entries(values).flatMap(([field, value]) => {
    const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
    return rule?.(field, value, limits) ?? [];
  });
}

/** @param key the extension's number */
export function numberProblems(key: string): readonly Problem[] {
  if (numberPattern.test(key)) return [];
  return key.length > 7
    ? [problem('number', 'value-too-long', { max: 7, length: key.length })]
    : [problem('number', 'value-characters', { value: key, allowed: '0-9' })];
}

type Rule = (field: string, value: Scalar, limits: Limits) => readonly Problem[];

const rules: Readonly<Record<string, Rule>> = {
  name: nameRule,
  callerId: callerIdRule,
  registrationName: (field, value) => [
    ...atLeast(field, value, 1),
    ...atMost(field, value, 31),
    ...made(field, value, /^[A-Za-z0-9]*$/, alphanumeric),
  ],
  mobile: (field, value) => [...atMost(field, value, 31), ...made(field, value, /^[0-9]*$/, '0-9')],
  concurrentRegistrations: (field, value, { cloud }) => {
    const max = cloud === true ? 4 : 5;
    return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max
      ? []
      : [problem(field, 'value-out-of-range', { value: String(value), min: 1, max })];
  },
  type: (field, value) =>
    value === 'sip' ? [] : [problem(field, 'value-one-of', { value: String(value), allowed: ['sip'] })],
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

function atMost(field: string, value: Scalar, max: number): readonly Problem[] {
  const { length } = [...String(value)];
  return length <= max ? [] : [problem(field, 'value-too-long', { length, max })];
}

function atLeast(field: string, value: Scalar, min: number): readonly Problem[] {
  const { length } = String(value);
  return length >= min ? [] : [problem(field, 'value-too-short', { length, min })];
}

function made(field: string, value: Scalar, pattern: RegExp, allowed: string): readonly Problem[] {
  return pattern.test(String(value))
    ? []
    : [problem(field, 'value-characters', { value: String(value), allowed })];
}

function uncertain(found: Problem): Problem {
  return { ...found, certain: false };
}

function problem(field: string, code: Code, params: Params): Problem {
  return { field, code, params, certain: true };
}
