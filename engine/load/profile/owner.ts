import type { ProfileDocument, ProfileResource, ProfileScope } from '../../model/profile.ts';
import type { Problem } from '../problem.ts';
import { type Draft, entriesOf, itemsOf, variablesIn } from './draft.ts';
import { missingIn } from './fields.ts';

type Document = Draft<ProfileDocument>;
type Resource = Draft<ProfileResource>;

/** Variables that say which company is meant. */
const named = ['companyId', 'companyKey'];

/**
 * Lists whose rows could be any company's: of the extensions, and of what fields point to. Each must be narrowed to the company, or its rows
 * say whose they are; else a number of ours would be found among those of others, and written to.
 */
export function ownerProblems(draft: Document): readonly Problem[] {
  const { resources, fields, tenant, identity } = draft;
  if (tenant === undefined || tenant === null) return [];
  const looked = entriesOf(fields, ['fields']).flatMap(([, { codec, resource }]) =>
    codec === 'lookup' && resource !== undefined ? [resource] : [],
  );
  return [...new Set(['extension', ...looked])].flatMap((kind) => {
    const resource = resources !== undefined && Object.hasOwn(resources, kind) ? resources[kind] : undefined;
    if (resource?.list === undefined || resource.company !== undefined) return [];
    const told = kind === 'extension' && namesCompany(identity?.number?.strip);
    return told || isNarrowed(resource, draft) ? [] : [missingIn('company', ['resources', kind])];
  });
}

function isNarrowed({ list }: Resource, { tenant, transport }: Document): boolean {
  const own = [list?.path, ...[list?.query, list?.headers, transport?.headers].flatMap(valuesOf)];
  const scopes = itemsOf<Draft<ProfileScope>>(tenant?.scopes, []).map(([scope]) => scope);
  return own.some(namesCompany) || scopes.some(narrowsLists);
}

/** By paths: only where the path of the list names it. */
function narrowsLists({ by, ops }: Draft<ProfileScope>): boolean {
  if (by === 'switch-call' || by === 'filter') return true;
  return (by === 'query' || by === 'header') && (ops === undefined || ops.includes('list'));
}

function valuesOf(map: object | undefined): readonly unknown[] {
  return Object.values(map ?? {});
}

function namesCompany(template: unknown): boolean {
  return typeof template === 'string' && variablesIn(template).some((name) => named.includes(name));
}
