import type { ProfileDocument } from '../../model/profile.ts';
import { type Company, companyIn, isCarriedApart } from './company.ts';
import { type Exchange, isName, type Recording } from './recording.ts';
import { rolesIn } from './roles.ts';
import type { Roles, Told } from './types.ts';
import { type Views, viewsOf } from './views.ts';

/** A recording, what a person tells of it, and what that makes of its requests. */
export interface Scene {
  readonly recording: Recording;
  readonly told: Told;
  /** The profile that is known so far. */
  readonly base: ProfileDocument;
  readonly roles: Roles;
  readonly views: Views;
  readonly company: Company;
  /** What every path starts with. */
  readonly root: readonly string[];
}

export function sceneOf(recorded: Recording, told: Told, base: ProfileDocument): Scene {
  const recording = withNames(recorded, base);
  const roles = rolesIn(recording, told);
  const views = viewsOf(roles, told.sentinels);
  const company = companyIn(recording, roles, views, told);
  return { recording, told, base, roles, views, company, root: rootOf(recording, roles, company, base) };
}

/** What the profile has in its own paths is a name, whatever else is called so: a permission, a module. */
function withNames(recording: Recording, base: ProfileDocument): Recording {
  const calls = Object.values(base.resources).flatMap(({ list, create }) => [list, create]);
  const paths = [base.transport?.base, base.auth.login.path, ...calls.map((call) => call?.path)];
  const names = new Set(paths.flatMap((path) => (path ?? '').split('/')));
  return { ...recording, ids: new Set([...recording.ids].filter((id) => !names.has(id))) };
}

/** The base of the profile where it fits, else what login, companies and extensions have in common. */
function rootOf(
  recording: Recording,
  { login, create, lists, updates }: Roles,
  { list }: Company,
  base: ProfileDocument,
): readonly string[] {
  const calls = [login, create, lists[0], updates[0], list?.exchange].filter((one): one is Exchange => !!one);
  const declared = (base.transport?.base ?? '').split('/').filter((part) => part !== '');
  if (calls.every(({ segments }) => declared.every((part, index) => segments[index] === part)))
    return declared;
  const [first, ...others] = calls.map(({ segments }) => segments);
  const most = Math.min(...calls.map(({ segments }) => segments.length - 1));
  const end = (first ?? []).findIndex(
    (part, index) =>
      index >= most || !isName(part, recording) || others.some((other) => other[index] !== part),
  );
  return (first ?? []).slice(0, Math.max(0, end));
}

/**
 * The path of a call below the root, with what stands for an id or the company filled out again: `/extension/{id}`.
 * @returns null where something in it is no name of the API
 */
export function pathOf({ segments }: Exchange, { root, roles, company, recording }: Scene): string | null {
  const scoped = company.carriers.filter(({ by }) => by === 'path').map(({ text }) => text);
  const variable = isCarriedApart(company) ? '{companyKey}' : '{companyId}';
  const entered = company.entered === null ? [] : [...(company.list?.texts.values() ?? [])];
  const below = segments.slice(root.length).map((part, index, all) => {
    if (part === roles.id && index === all.lastIndexOf(part) && index > 0) return '{id}';
    if (scoped.includes(part) || (entered.includes(part) && !isName(part, recording))) return variable;
    return isName(part, recording) ? part : null;
  });
  return below.includes(null) ? null : `/${below.join('/')}`;
}
