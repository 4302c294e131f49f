import type { Target, Values } from '../../../engine/model/index.ts';
import {
  atLeast,
  atMost,
  brokenBy,
  made,
  oneOf,
  type Problem,
  problem,
  type Rule,
  within,
} from '../../rules.ts';

/** Lengths that some tenant may have. [vendor-docs] */
const numberLength = { min: 2, max: 16 } as const;

/** What the values break, all at once. Values are in normalised form. Pure. */
export function valueProblems(values: Values): readonly Problem[] {
  return brokenBy(values, rules);
}

/**
 * @param key the extension's number
 * @param length how many digits the tenant wants, where that is known
 */
export function numberProblems(key: string, length: number | null = null): readonly Problem[] {
  const { min, max } = length === null ? numberLength : { min: length, max: length };
  const misspelt = made('number', key, /^[0-9]*$/, '0-9');
  return misspelt.length > 0 ? misspelt : [...atLeast('number', key, min), ...atMost('number', key, max)];
}

/** The name that phones register with: the tenant's code and the number. Null where the code is not declared. [field] */
export function registrationNameOf(key: string, { identity }: Pick<Target, 'identity'>): string | null {
  return identity.tenant === undefined ? null : `${identity.tenant}${key}`;
}

const emailPattern = /^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]+$/;

const rules: Readonly<Record<string, Rule>> = {
  name: (field, value) => atLeast(field, value, 1),
  email: (field, value) => made(field, value, emailPattern, 'A-Z a-z 0-9 . _ % + - @ A-Z a-z 0-9 . -'),
  callerId: (field, value) =>
    value === 'anonymous' || value === 'internal'
      ? [problem(field, 'value-unsupported', { value })]
      : made(field, value, /^\+?[0-9]{2,20}$/, '+ 0-9'),
  title: (field, value) => atMost(field, value, 60),
  language: (field, value) => atMost(field, value, 60),
  type: (field, value) => oneOf(field, value, ['sip']),
  location: (field, value) => oneOf(field, value, ['remote', 'local']),
  status: (field, value) => oneOf(field, value, ['active', 'suspended']),
  dtmfMode: (field, value) => oneOf(field, value, ['auto', 'inband', 'rfc2833', 'info']),
  mediaEncryption: (field, value) =>
    value === 'off'
      ? [problem(field, 'value-unsupported', { value })]
      : oneOf(field, value, ['optional', 'required']),
  // Documented as up to four digits; more than 999 is refused. [field]
  incomingLimit: (field, value) => within(field, value, 0, 999),
  outgoingLimit: (field, value) => within(field, value, 0, 999),
  ringTimeout: (field, value) => within(field, value, 1, 99),
  concurrentRegistrations: (field, value) => within(field, value, 1, 99),
};
