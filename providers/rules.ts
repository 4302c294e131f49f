/** Rules about values and secrets that a driver's check and its writes share. Pure; no secret is part of what they say. */
import {
  type Code,
  type Desired,
  type Diagnostic,
  errorDiagnostic,
  type Params,
  type Scalar,
  type Target,
  type Values,
  warningDiagnostic,
} from '../engine/model/index.ts';

/** One rule that a value breaks. `certain` = known to be refused; otherwise only undocumented, or never seen. */
export interface Problem {
  readonly field: string;
  readonly code: Code;
  readonly params: Params;
  readonly certain: boolean;
}

/** @param Limits what else decides, such as the edition of the box; nothing for most drivers */
export type Rule<Limits extends readonly unknown[] = []> = (
  field: string,
  value: Scalar,
  ...limits: Limits
) => readonly Problem[];

/** What the values break, all at once. Fields without a rule may hold anything. */
export function brokenBy<Limits extends readonly unknown[] = []>(
  values: Values,
  rules: Readonly<Record<string, Rule<Limits>>>,
  ...limits: Limits
): readonly Problem[] {
  return Object.entries(values).flatMap(([field, value]) => {
    const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
    return rule?.(field, value, ...limits) ?? [];
  });
}

export function problem(field: string, code: Code, params: Params): Problem {
  return { field, code, params, certain: true };
}

export function uncertain(found: Problem): Problem {
  return { ...found, certain: false };
}

/** @param max characters, whatever their bytes */
export function atMost(field: string, value: Scalar, max: number): readonly Problem[] {
  const { length } = [...String(value)];
  return length <= max ? [] : [problem(field, 'value-too-long', { length, max })];
}

export function atLeast(field: string, value: Scalar, min: number): readonly Problem[] {
  const { length } = String(value);
  return length >= min ? [] : [problem(field, 'value-too-short', { length, min })];
}

/** @param allowed the characters of the pattern, for people */
export function made(field: string, value: Scalar, pattern: RegExp, allowed: string): readonly Problem[] {
  return pattern.test(String(value))
    ? []
    : [problem(field, 'value-characters', { value: String(value), allowed })];
}

/** A whole number from `min` to `max`. */
export function within(field: string, value: Scalar, min: number, max: number): readonly Problem[] {
  return Number.isInteger(value) && Number(value) >= min && Number(value) <= max
    ? []
    : [problem(field, 'value-out-of-range', { value: String(value), min, max })];
}

export function oneOf(field: string, value: Scalar, allowed: readonly Scalar[]): readonly Problem[] {
  return allowed.includes(value)
    ? []
    : [problem(field, 'value-one-of', { value: String(value), allowed: allowed.map(String) })];
}

/** What a secret must keep to; only a dialect may look at one, and asks `kept`. */
export interface SecretRule {
  readonly kept: (value: string) => boolean;
  readonly code: Code;
  readonly params: Params;
}

/** A rule that a secret breaks; its value is never part of it. */
export type SecretProblem = Omit<Problem, 'certain'>;

export function tooShort(min: number): SecretRule {
  return { kept: (value) => value.length >= min, code: 'secret-too-short', params: { min } };
}

export function tooLong(max: number): SecretRule {
  return { kept: (value) => value.length <= max, code: 'secret-too-long', params: { max } };
}

export function onlyOf(pattern: RegExp, allowed: string): SecretRule {
  return { kept: (value) => pattern.test(value), code: 'secret-characters', params: { allowed } };
}

export function noneOf(pattern: RegExp, forbidden: string): SecretRule {
  return {
    kept: (value) => !pattern.test(value),
    code: 'secret-forbidden-characters',
    params: { forbidden },
  };
}

/** What check says of a resource: an error, or a warning where it is not certain. */
export function told(
  { address }: Desired,
  { driver }: Target,
  code: Code,
  params: Params,
  certain = true,
): Diagnostic {
  const full = { driver, address, ...params };
  return certain ? errorDiagnostic(code, full, { address }) : warningDiagnostic(code, full, { address });
}
