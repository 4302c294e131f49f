import type { Target } from '../../../../engine/model/index.ts';
import type { SessionContext } from '../../../contract.ts';
import { fetchRows, type Rows } from '../pages.ts';
import { operationOf } from '../profile/defaults.ts';
import { questionFor } from '../scope.ts';
import { closer, companyOf, enter, type Memory } from '../session.ts';
import { type Box, type Company, companiesQuestion } from '../tenant.ts';

/** Logs in, does what is to be done, and logs out whatever comes of it. */
export async function visiting<T>(
  target: Target,
  context: SessionContext,
  work: (box: Box) => Promise<T>,
): Promise<T> {
  const box = await enter(target, context);
  const leave = closer(box);
  try {
    return await work(box);
  } finally {
    await leave();
  }
}

/** The declared company, and calls about it from now on. @throws `wrong-identity` where the server does not have it */
export function companyFor(box: Box, memory: Memory = {}): Promise<Company> {
  return companyOf(box, memory);
}

/** Every row that a list of the company holds, whoever it says it belongs to. */
export async function rawRows(box: Box, company: Company, kind: string, size?: number): Promise<Rows> {
  if (kind === box.link.profile.tenant.resource) return companyRows(box);
  const question = questionFor(box, company, kind, 'list');
  if (question === null) throw new TypeError(`the profile has no list of ${kind}`);
  const { body: _none, ...asked } = question;
  return fetchRows(box, kind, asked, size);
}

/** Every company that the list shows. */
function companyRows(box: Box): Promise<Rows> {
  return fetchRows(box, box.link.profile.tenant.resource, companiesQuestion(box));
}

/** The answer to a get, as it came; null where the profile has none. */
export async function rawObject(box: Box, company: Company, kind: string, id: string): Promise<unknown> {
  const question = questionFor(box, company, kind, 'get', { id });
  if (question === null) return null;
  const { body: _none, ...asked } = question;
  return (await box.login.ask(asked)).body;
}

/** The first answer to a list as it came, to see what it looks like. */
export async function rawList(box: Box, company: Company, kind: string): Promise<unknown> {
  if (kind === box.link.profile.tenant.resource) return (await box.login.ask(companiesQuestion(box))).body;
  const question = questionFor(box, company, kind, 'list');
  if (question === null) return null;
  const { body: _none, ...asked } = question;
  return (await box.login.ask(asked)).body;
}

/** Where the object stands in the answer to a get. */
export function objectPath(box: Box, kind: string): string {
  return operationOf(box.link.profile, kind, 'get')?.object?.path ?? '$';
}
