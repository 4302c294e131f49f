import type { Scalar, Values } from '../../../engine/model/index.ts';
import { brokenBy, oneOf, type Problem, problem, type Rule, uncertain, within } from '../../rules.ts';
import { doubtOf, flawOf, LONGEST } from './cfg.ts';

/** Ranges and words. [vendor-docs: ports, transport, expires, retries, retry interval · field: SRTP] */
const rules: Readonly<Record<string, Rule>> = {
  active: (field, value) => oneOf(field, value, [true, false]),
  label: text,
  displayName: text,
  registerName: text,
  userName: text,
  server: text,
  port: (field, value) => within(field, value, 0, 65_535),
  transport: (field, value) => oneOf(field, value, ['udp', 'tcp', 'tls']),
  expires: (field, value) => within(field, value, 30, 2_147_483_647),
  retries: (field, value) => within(field, value, 0, 20),
  outboundProxy: text,
  retryInterval: (field, value) => within(field, value, 0, 1_800),
  keepAlive: (field, value) => within(field, value, 0, 2_147_483_647),
  mediaEncryption: (field, value) => oneOf(field, value, ['off', 'optional', 'required']),
  voicemailNumber: text,
};

/** What the values break, all at once. Pure. */
export function valueProblems(values: Values): readonly Problem[] {
  return brokenBy(values, rules);
}

function text(field: string, value: Scalar): readonly Problem[] {
  const shown = String(value);
  const flaw = flawOf(shown);
  if (flaw === 'too-long') return [problem(field, 'value-too-long', { length: shown.length, max: LONGEST })];
  if (flaw !== null) return [problem(field, 'text-uncarriable', { kind: flaw })];
  const doubt = doubtOf(shown);
  return doubt === null ? [] : [uncertain(problem(field, 'text-doubtful', { kind: doubt }))];
}
