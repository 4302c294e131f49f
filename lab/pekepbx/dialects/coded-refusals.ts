import type { Problem, Refusal, Refusals } from '../failures.ts';

const WORDS: Readonly<Record<Problem['rule'], string>> = {
  required: 'is required',
  invalid: 'has an invalid value',
  fixed: 'cannot be changed',
};

/** A code for programs and a list of sentences, which name fields by their place. */
export const codedRefusals: Refusals = {
  unauthenticated: ({ why }) => coded(401, why === 'expired' ? 'token_expired' : 'token_invalid'),
  credentials: () => coded(401, 'bad_credentials', 'Unknown user or wrong password'),
  locked: ({ seconds }) => coded(403, 'login_locked', `Try again in ${seconds} seconds`),
  secondFactor: () => coded(403, 'second_factor_required', 'Send twoFactorCode'),
  forbidden: () => coded(403, 'forbidden', 'Super-administrators only'),
  noCompany: ({ given }) =>
    given
      ? coded(404, 'company_not_found', 'X-Company-Id names no company')
      : coded(400, 'company_required', 'Send X-Company-Id'),
  missing: ({ what }) => coded(404, 'not_found', what === 'path' ? 'No such path' : `No such ${what}`),
  method: () => coded(405, 'method_not_allowed'),
  malformed: () => coded(400, 'bad_request', 'Unreadable request'),
  invalid: ({ problems }) =>
    coded(422, 'validation_failed', ...problems.map(({ name, rule }) => `${name} ${WORDS[rule]}`)),
  duplicate: ({ name }) => coded(409, 'already_exists', `${name} is in use`),
  quota: ({ company, limit }) =>
    coded(403, 'quota_exceeded', `Company ${company} may have ${limit} extensions`),
  inUse: () => coded(409, 'in_use', 'The company has extensions'),
  broken: ({ status, text }) => coded(status, 'error', text),
};

function coded(status: number, code: string, ...messages: string[]): Refusal {
  return { status, body: { code, messages }, code };
}
