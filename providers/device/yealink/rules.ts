import type { Code, Params, Scalar, Values } from '../../../engine/model/index.ts';
import { doubtOf, flawOf, LONGEST } from './cfg.ts';

/** One rule that a value breaks. `certain` = refused; otherwise only never seen. */
export interface Problem {
  readonly field: string;
  readonly code: Code;
  readonly params: Params;
  readonly certain: boolean;
}

type Rule = (field: string, value: Scalar) => readonly Problem[];

/** Ranges and words. [vendor-docs: ports, transport, expires, retries, retry interval · field: SRTP] */
const rules: Readonly<Record<string, Rule>> = {
  active: oneOf([true, false]),
  label: text,
  displayName: text,
  registerName: text,
  userName: text,
  server: text,
  port: between(0, 65_535),
  transport: oneOf(['udp', 'tcp', 'tls']),
  expires: between(30, 2_147_483_647),
  retries: between(0, 20),
  outboundProxy: text,
  retryInterval: between(0, 1_800),
  keepAlive: between(0, 2_147_483_647),
  mediaEncryption: oneOf(['off', 'optional', 'required']),
  voicemailNumber: text,
};

/** What the values break, all at once. Pure. */
export function valueProblems(values: Values): readonly Problem[] {
  return Object.entries(values).flatMap(([field, value]) => {
    const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
    return rule?.(field, value) ?? [];
  });
}

function text(field: string, value: Scalar): readonly Problem[] {
  const shown = String(value);
  const flaw = flawOf(shown);
  if (flaw === 'too-long') return [problem(field, 'value-too-long', { length: shown.length, max: LONGEST })];
  if (flaw !== null) return [problem(field, 'text-uncarriable', { kind: flaw })];
  const doubt = doubtOf(shown);
  return doubt === null ? [] : [{ ...problem(field, 'text-doubtful', { kind: doubt }), certain: false }];
}

function between(min: number, max: number): Rule {
  return (field, value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? []
      : [problem(field, 'value-out-of-range', { value: String(value), min, max })];
}

function oneOf(allowed: readonly Scalar[]): Rule {
  return (field, value) =>
    allowed.includes(value)
      ? []
      : [problem(field, 'value-one-of', { value: String(value), allowed: allowed.map(String) })];
}

function problem(field: string, code: Code, params: Params): Problem {
  return { field, code, params, certain: true };
}
