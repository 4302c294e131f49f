import type { ProfileScope } from '../../../engine/model/profile.ts';
import type { Question } from './link.ts';
import { type Operation, operationOf } from './profile/defaults.ts';
import { type Json, withValue } from './profile/path.ts';
import type { Variables } from './profile/template.ts';
import { type Box, type Company, companyVariables } from './tenant.ts';

/** What a call about one company needs beside its own templates. */
export interface Scoped {
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** How the profile narrows one kind of call to a company. A scope of paths is filled in as any template is. */
export function scopedTo(company: Company, operation: Operation, scopes: readonly ProfileScope[]): Scoped {
  const active = scopes.filter(({ ops }) => ops === undefined || ops.includes(operation));
  const named = (by: ProfileScope['by']) => active.filter((scope) => scope.by === by);
  const { id, key = id } = company;
  const pairs = (by: ProfileScope['by']) => Object.fromEntries(named(by).map(({ name = '' }) => [name, key]));
  const inBody = operation === 'create' || operation === 'update' ? named('body') : [];
  const body = inBody.reduce<Json>(
    (built, { name = '', as }) => withValue(built, name, as === 'number' ? Number(key) : key),
    {},
  );
  return { query: pairs('query'), headers: pairs('header'), body };
}

/**
 * The request of an operation, narrowed to the company.
 * @param more id and number, where the call is about one thing
 * @returns null where the profile has no such call
 */
export function questionFor(
  box: Box,
  company: Company,
  kind: string,
  operation: Operation,
  more: Variables = {},
): (Question & Scoped) | null {
  const call = operationOf(box.link.profile, kind, operation);
  if (call === null) return null;
  const scoped = scopedTo(company, operation, box.link.profile.tenant.scopes);
  const variables = { ...companyVariables(company), ...more };
  return { call, operation: `${kind}/${operation}`, variables, ...scoped };
}

/** Whether rows of other companies are left out here, since the server cannot. */
export function isFiltered(scopes: readonly ProfileScope[]): boolean {
  return scopes.some(({ by }) => by === 'filter');
}
