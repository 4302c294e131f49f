import type { Code, Desired, Diagnostic, Params, Scalar } from '../../engine/model/index.ts';
import { errorDiagnostic } from '../../engine/model/index.ts';
import { factOf, fields } from './dialect.ts';
import { NAME_LIMIT, NUMBER_DIGITS, REGISTRATIONS_LIMIT } from './facts.ts';

/** What is wrong with a value: a code and the parameters of its text. Null = nothing. */
type Problem = readonly [Code, Params] | null;
type Rule = (value: Scalar) => Problem;

const rules: Readonly<Record<string, Rule>> = {
  name: atMost(NAME_LIMIT),
  department: atMost(30),
  email: characters(/^(\S+@\S+)?$/, 'user@host'),
  callerId: characters(/^(\+?\d+|anonymous|internal)$/, '+ 0-9 | anonymous | internal'),
  role: oneOf('user', 'admin'),
  location: oneOf('remote', 'local'),
  internalOnly: oneOf(true, false),
  nat: oneOf(true, false),
  voicemail: oneOf(true, false),
  concurrentRegistrations: range(1, REGISTRATIONS_LIMIT),
};
/** A leading zero would be lost in the padding. */
const keyRule = characters(new RegExp(`^[1-9]\\d{0,${NUMBER_DIGITS - 1}}$`), '1-99999');

/** Everything in `desired` that the box cannot hold, as diagnostics at the resource's address. */
export function check(driver: string, desired: Desired): readonly Diagnostic[] {
  const { address } = desired;
  const report = (code: Code, field: string, params: Params = {}) =>
    errorDiagnostic(code, { driver, field, address, ...params }, { address });
  if (desired.kind !== 'extension') return [report('field-unsupported', desired.kind)];
  const declared = declaredOf(desired);
  const missing = Object.entries(fields()).filter(
    ([field, fact]) => fact.requiredOnCreate && !declared.includes(field),
  );
  const values = Object.entries({ ...desired.values, number: desired.key });
  return [
    ...declared.flatMap((field) => undeclarable(field).map((code) => report(code, field))),
    ...unreadable(desired).map((field) => report('value-unsupported', field, { value: 'pbx' })),
    ...missing.map(([field, fact]) => report(fact.secret ? 'secret-required' : 'field-required', field)),
    ...values.flatMap(([field, value]) => {
      const problem = (field === 'number' ? keyRule : rules[field])?.(value) ?? null;
      return problem === null ? [] : [report(problem[0], field, { value: String(value), ...problem[1] })];
    }),
  ];
}

function declaredOf(desired: Desired): readonly string[] {
  const { values, secrets, references } = desired;
  return [...Object.keys(values), ...Object.keys(secrets), ...Object.keys(references)];
}

function undeclarable(field: string): readonly Code[] {
  const fact = factOf(field);
  if (fact === undefined) return ['field-unsupported'];
  return fact.write === 'no' ? ['field-read-only'] : [];
}

/** Secrets that should be read from the box, which never shows them. */
function unreadable(desired: Desired): readonly string[] {
  const fromBox = Object.entries(desired.secrets).filter(([, { source }]) => source === 'pbx');
  return fromBox.map(([field]) => field).filter((field) => factOf(field)?.read === 'no');
}

function atMost(max: number): Rule {
  return (value) => {
    const { length } = [...String(value).trim().replace(/\s+/g, ' ')];
    return length > max ? ['value-too-long', { max, length }] : null;
  };
}

function characters(expression: RegExp, allowed: string): Rule {
  return (value) => (expression.test(String(value)) ? null : ['value-characters', { allowed }]);
}

function oneOf(...allowed: readonly Scalar[]): Rule {
  return (value) =>
    allowed.includes(value) ? null : ['value-one-of', { allowed: allowed.map((one) => String(one)) }];
}

function range(min: number, max: number): Rule {
  return (value) => {
    const fits = Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
    return fits ? null : ['value-out-of-range', { min, max }];
  };
}
