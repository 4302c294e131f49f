import { basename } from 'node:path/posix';
import type { ProfileDocument, ProfilePager, ProfileScope } from '../../model/profile.ts';
import { type Path, type Problem, pathText, problemAt } from '../problem.ts';
import { type Draft, entriesOf, itemsOf } from './draft.ts';
import { missingIn } from './fields.ts';

type Document = Draft<ProfileDocument>;

/** What one part of a profile needs of another. */
export function shapeProblems(draft: Document, filename: string): readonly Problem[] {
  return [
    ...nameProblems(draft, filename),
    ...authProblems(draft),
    ...itemsOf<Draft<ProfileScope>>(draft.tenant?.scopes, ['tenant', 'scopes']).flatMap(([scope, path]) =>
      scopeProblems(scope, path, draft),
    ),
    ...pagersOf(draft).flatMap(([pager, path]) => pagerProblems(pager, path)),
    ...resourceProblems(draft),
    ...updateProblems(draft),
    ...flowProblems(draft),
    ...canaryProblems(draft),
  ];
}

function nameProblems({ name }: Document, filename: string): readonly Problem[] {
  const file = basename(filename).replace(/\.ya?ml$/, '');
  if (name === undefined || name === file) return [];
  return [problemAt('profile-name-other', { name, file: basename(filename) }, ['name'])];
}

/** A token and the header that carries it go together; without them a session lives in cookies. */
function authProblems({ auth }: Document): readonly Problem[] {
  if (auth === undefined) return [];
  const { token, header, cookies } = auth;
  return [
    ...(token === undefined && cookies !== 'keep' ? [missingIn('token', ['auth'])] : []),
    ...(token !== undefined && header === undefined ? [missingIn('header', ['auth'])] : []),
    ...(auth.xsrf !== undefined && cookies !== 'keep' ? [missingIn('cookies', ['auth'])] : []),
  ];
}

function scopeProblems(scope: Draft<ProfileScope>, path: Path, draft: Document): readonly Problem[] {
  const { by } = scope;
  const named = by === 'query' || by === 'header' || by === 'body';
  const owner = draft.resources?.extension?.company;
  return [
    ...(named && scope.name === undefined ? [missingIn('name', path)] : []),
    ...(by === 'switch-call' && scope.call === undefined ? [missingIn('call', path)] : []),
    ...(by === 'filter' && owner === undefined ? [missingIn('company', ['resources', 'extension'])] : []),
  ];
}

function pagersOf({ list, resources }: Document): readonly (readonly [Draft<ProfilePager>, Path])[] {
  const own = entriesOf(resources, ['resources']).flatMap(([, resource, path]) => {
    const pager = resource.list?.pager;
    return pager === undefined ? [] : [[pager, [...path, 'list', 'pager']] as const];
  });
  return list?.pager === undefined ? own : [[list.pager, ['list', 'pager']], ...own];
}

function pagerProblems({ style, parameter, next }: Draft<ProfilePager>, path: Path): readonly Problem[] {
  const asks = style === 'page' || style === 'offset' || style === 'cursor';
  return [
    ...(asks && parameter === undefined ? [missingIn('parameter', path)] : []),
    ...(style === 'cursor' && next === undefined ? [missingIn('next', path)] : []),
  ];
}

/** Every resource that is named must be declared. */
function resourceProblems({ tenant, fields, callFlows, resources }: Document): readonly Problem[] {
  const known = Object.keys(resources ?? {});
  const named: readonly (readonly [string | undefined, Path])[] = [
    [tenant?.resource, ['tenant', 'resource']],
    [callFlows?.queues?.resource, ['callFlows', 'queues', 'resource']],
    [callFlows?.dids?.resource, ['callFlows', 'dids', 'resource']],
    ...entriesOf(fields, ['fields']).map(
      ([, field, path]) => [field.resource, [...path, 'resource']] as const,
    ),
  ];
  return named.flatMap(([resource, path]) =>
    resource === undefined || known.includes(resource)
      ? []
      : [problemAt('profile-resource-unknown', { field: pathText(path), resource, known }, path)],
  );
}

/** What is replaced whole, or copied back, must be read whole first. */
function updateProblems({ update, resources }: Document): readonly Problem[] {
  const extension = resources?.extension;
  const reads = update?.style === 'replace' || (update?.copy ?? []).length > 0;
  const blind = extension?.update !== undefined && extension.get === undefined;
  return reads && blind ? [missingIn('get', ['resources', 'extension'])] : [];
}

/** Where a number goes is told by a word beside it, or by what its text begins with. */
function flowProblems({ callFlows }: Document): readonly Problem[] {
  const { dids } = callFlows ?? {};
  if (dids === undefined || dids.begins !== undefined) return [];
  const lacking = (['leads', 'kinds'] as const).filter((key) => dids[key] === undefined);
  return lacking.map((key) => missingIn(key, ['callFlows', 'dids']));
}

function canaryProblems({ canary }: Document): readonly Problem[] {
  const { from, to } = canary ?? {};
  if (from === undefined || to === undefined) return [];
  const range = from.length === to.length && from <= to;
  return range ? [] : [problemAt('profile-range', { from, to }, ['canary', 'from'])];
}
