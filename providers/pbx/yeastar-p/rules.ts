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
import { partsOf } from './fields.ts';

/** Digits, at most seven; eight in newer firmware. [vendor-docs] */
export const numberPattern = /^[0-9]{1,8}$/;

/** What a telephone number or caller ID may hold. [vendor-docs] */
const dialled = { pattern: /^[A-Za-z0-9().+*#-]*$/, shown: 'A-Z a-z 0-9 ( ) . - + * #', max: 31 };

/** What the values break, all at once. Values are in normalised form. Pure. */
export function valueProblems(values: Values): readonly Problem[] {
  return brokenBy(values, rules);
}

/** @param key the extension's number */
export function numberProblems(key: string): readonly Problem[] {
  if (!/^[0-9]*$/.test(key)) return [problem('number', 'value-characters', { value: key, allowed: '0-9' })];
  if (key.length <= 7) return [];
  const max = key.length > 8 ? 8 : 7;
  const long = problem('number', 'value-too-long', { max, length: key.length });
  return [max === 8 ? long : uncertain(long)];
}

/** An address, or none. [vendor-docs: the guides for import] */
const mail = /^(|[A-Za-z0-9_][A-Za-z0-9_.'-]*@[A-Za-z0-9_.'-]+\.[A-Za-z0-9_'-]+)$/;

const rules: Readonly<Record<string, Rule>> = {
  name: nameRule,
  email: mailRule,
  callerId: (field, value) =>
    value === 'anonymous' ? [problem(field, 'value-unsupported', { value })] : dialledRule(field, value),
  mobile: dialledRule,
  // The guides are silent; people's names have that many. [inference]
  title: (field, value) => atMost(field, value, 63).map(uncertain),
  registrationName: (field, value) => [...atLeast(field, value, 1), ...atMost(field, value, 63)],
  concurrentRegistrations: (field, value) => within(field, value, 1, 3),
  type: (field, value) => oneOf(field, value, ['sip']),
  role: (field, value) => oneOf(field, value, ['user', 'admin']),
};

function mailRule(field: string, value: Scalar): readonly Problem[] {
  const long = atMost(field, value, 255);
  return long.length > 0 ? long : made(field, value, mail, "X@X.X, of A-Z a-z 0-9 _ - . '").map(uncertain);
}

/** 63 characters for each of the two parts. [vendor-docs] */
function nameRule(field: string, value: Scalar): readonly Problem[] {
  const { first, last } = partsOf(String(value));
  return [...atLeast(field, first, 1), ...atMost(field, first, 63), ...atMost(field, last, 63)];
}

function dialledRule(field: string, value: Scalar): readonly Problem[] {
  return [...atMost(field, value, dialled.max), ...made(field, value, dialled.pattern, dialled.shown)];
}
