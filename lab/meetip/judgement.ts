import { createHash } from 'node:crypto';
import { ASCII_NAME, FIELDS, type Field, HIGHEST_LIMIT, isStrong, numberPattern } from './fields.ts';
import type { PlatformSettings, Tenant } from './platform.ts';
import { invalid, problem } from './texts.ts';
import type { Params } from './wire.ts';

/** What a value is judged in. */
export interface Scope {
  readonly settings: PlatformSettings;
  readonly tenant: Tenant;
  readonly verb: 'creating' | 'editing';
}

/**
 * The changes that a call asks for, in the store's names, or the text that refuses them. Patterns first, in the order of the fields; then
 * what only the server knows (C: patterns come before the number). What it does not know it ignores in silence (C).
 */
export function changesOf(params: Params, scope: Scope): Record<string, string> | string {
  const changes: Record<string, string> = {};
  for (const field of FIELDS) {
    const value = params[field.key];
    if (value === undefined || (field.later && !scope.settings.later)) continue;
    const pattern = patternOf(field, scope);
    if (!pattern.test(value) && !mayBeCleared(field, value, scope)) return invalid(field.key, value, pattern);
    changes[field.key] = value;
  }
  return judged(changes, scope);
}

/** The refusal of a number that has not as many digits as the tenant's. */
export function judgeNumber(number: string, { extLength }: Tenant): string | undefined {
  const pattern = numberPattern(extLength);
  return pattern.test(number) ? undefined : invalid('ext', number, pattern);
}

/** The user password goes in and never comes out: what is kept only tells whether it changed. */
export function marked(password: string): string {
  return `sha256:${createHash('sha256').update(password).digest('hex')}`;
}

function patternOf(field: Field, { settings }: Scope): RegExp {
  return field.key === 'name' && settings.doubts.asciiNames ? ASCII_NAME : field.pattern;
}

/** Whatever must be sent to create has a value for good. */
const NEVER_BLANK = [
  'name',
  'email',
  'location',
  'ua',
  'secret',
  'password',
  'pin',
  'prot',
  'status',
  'voicemail',
];

function mayBeCleared({ key }: Field, value: string, { settings }: Scope): boolean {
  const blankable = !NEVER_BLANK.includes(key) && !key.endsWith('limit');
  return value === '' && blankable && settings.doubts.blankOptional === 'clears';
}

/** Each judge answers the value as it is taken, or a problem in words (I: all of these words). */
type Judge = (value: string, scope: Scope) => { taken: string } | { problem: string };

const limit: Judge = (value, { settings }) => {
  if (Number(value) <= HIGHEST_LIMIT) return { taken: value };
  return settings.doubts.overLimit === 'clamp'
    ? { taken: String(HIGHEST_LIMIT) }
    : { problem: `more than ${HIGHEST_LIMIT}` };
};

const password: Judge = (value) => (isStrong(value) ? { taken: value } : { problem: 'too weak' });

const JUDGES: Readonly<Record<string, Judge>> = {
  secret: password,
  incominglimit: limit,
  outgoinglimit: limit,
  /** It must be active before extensions use it (D). */
  ua(value, { tenant }) {
    const uad = tenant.uads.get(value);
    if (uad === undefined) return { problem: 'no such user agent device' };
    return uad.enabled ? { taken: value } : { problem: 'the user agent device is not active' };
  },
  department(value, { tenant, settings }) {
    const ids = value.split(',').filter((id) => id !== '');
    const known = ids.filter((id) => tenant.departments.has(id));
    const refused = known.length < ids.length && settings.doubts.unknownDepartment === 'refuse';
    return refused ? { problem: 'no such department' } : { taken: known.join(',') };
  },
  /** What the tenant does not allow falls out without a word (C). */
  acodecs: (value, { tenant }) => ({
    taken: value
      .split(':')
      .filter((codec) => tenant.codecs.includes(codec))
      .join(':'),
  }),
};

function judged(changes: Record<string, string>, scope: Scope): Record<string, string> | string {
  const taken: Record<string, string> = {};
  for (const [key, value] of Object.entries(changes)) {
    const verdict = Object.hasOwn(JUDGES, key) ? JUDGES[key]?.(value, scope) : undefined;
    if (verdict === undefined) taken[key] = value;
    else if ('problem' in verdict) return problem(scope.verb, key, verdict.problem);
    else taken[key] = verdict.taken;
  }
  return kept(taken);
}

function kept({ password: given, ...rest }: Record<string, string>): Record<string, string> {
  return given === undefined ? rest : { ...rest, user_password: marked(given) };
}
