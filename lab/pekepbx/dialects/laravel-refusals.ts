import type { Problem, Refusal, Refusals } from '../failures.ts';

const SENTENCES: Readonly<Record<Problem['rule'], (name: string) => string>> = {
  required: (name) => `The ${name} field is required.`,
  invalid: (name) => `The ${name} field is invalid.`,
  fixed: (name) => `The ${name} field cannot be changed.`,
};

/** The framework's own words (I): `message`, and below `errors` the sentences of each field. */
export const laravelRefusals: Refusals = {
  unauthenticated: () => said(401, 'Unauthenticated.'),
  credentials: () => said(401, 'These credentials do not match our records.'),
  locked: ({ seconds }) => ({
    ...said(429, 'Too Many Attempts.'),
    headers: { 'Retry-After': String(seconds) },
  }),
  secondFactor: () => ({ status: 200, body: { two_factor: true }, code: 'two_factor' }),
  forbidden: () => said(403, 'This action is unauthorized.'),
  noCompany: ({ given }) =>
    given
      ? fieldErrors([['companyId', 'The selected company id is invalid.']])
      : said(403, 'No company selected.'),
  missing: ({ what }) =>
    said(404, what === 'path' ? 'The route could not be found.' : `No query results for model [${what}].`),
  method: () => said(405, 'The method is not supported for this route.'),
  malformed: () => said(400, 'The request could not be read.'),
  invalid: ({ problems }) =>
    fieldErrors(
      problems.map(({ name, rule }) => [name, SENTENCES[rule](name.replaceAll('_', ' '))] as const),
    ),
  duplicate: ({ name }) => fieldErrors([[name, `The ${name.replaceAll('_', ' ')} has already been taken.`]]),
  quota: ({ limit }) =>
    said(422, `Se ha alcanzado el número máximo de extensiones de la empresa (${limit}).`),
  inUse: () => said(422, 'The company still has extensions.'),
  broken: ({ status, text }) => said(status, text),
};

function said(status: number, message: string): Refusal {
  return { status, body: { message }, code: String(status) };
}

function fieldErrors(pairs: ReadonlyArray<readonly [string, string]>): Refusal {
  const errors = Object.fromEntries(pairs.map(([name, sentence]) => [name, [sentence]]));
  const [first = ''] = pairs.map(([, sentence]) => sentence);
  const more = pairs.length - 1;
  const rest = more === 0 ? '' : ` (and ${more} more error${more === 1 ? '' : 's'})`;
  return { status: 422, body: { message: `${first}${rest}`, errors }, code: '422' };
}
