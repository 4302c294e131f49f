import type { ProfileDocument } from '../../../../engine/model/profile.ts';
import type { Rows } from '../pages.ts';
import { pagerOf } from '../profile/defaults.ts';
import { marksIn } from '../profile/marks.ts';
import { type Json, valueAt } from '../profile/path.ts';
import type { Box, Company } from '../tenant.ts';
import type { CallProbe, MappingProbe, OpenMark } from './contract.ts';
import { type Trial, tried } from './trial.ts';
import { rawRows } from './visit.ts';

/** What a probe has found of the extensions. */
export interface Found {
  readonly list: Trial<Rows>;
  /** Whether each get answered what was asked for by id. */
  readonly same: boolean;
  readonly rows: readonly Json[];
  readonly box: Box;
  readonly company: Company;
  readonly companyFound: boolean;
}

/** What a login is made of: whatever answers after it proves it. */
export const loginPlaces: readonly string[] = ['auth.login', 'auth.token', 'auth.header', 'auth.xsrf'];

/** The places that reading proves: what was asked for came, in the form that the profile says. */
export async function provenBy(found: Found): Promise<ReadonlySet<string>> {
  const { list, same, rows, box, company, companyFound } = found;
  const { profile, target } = box.link;
  const { tenant, tenantName } = target.identity;
  const listed = list.ok && rows.length > 0;
  const owner = profile.resources.extension.company;
  const own = owner !== undefined && rows.every((row) => String(valueAt(row, owner.path)) === company.id);
  const call = profile.resources.extension.list;
  const admitted = companyFound || list.ok;
  return new Set([
    ...(admitted ? loginPlaces : []),
    ...(companyFound && tenant === company.id ? ['tenant.id'] : []),
    ...(tenantName !== undefined && tenantName === company.name ? ['tenant.name'] : []),
    ...(listed ? ['resources.extension.list', placeIn(call.results, 'results')] : []),
    ...(listed && own ? ['resources.extension.company'] : []),
    ...((await pagerProven(list, box, company)) ? [placeIn(call.pager, 'pager')] : []),
    ...(same ? ['resources.extension.get', 'identity.id'] : []),
  ]);
}

function placeIn(own: unknown, part: 'results' | 'pager'): string {
  return own === undefined ? `list.${part}` : `resources.extension.list.${part}`;
}

/** A list that is the same over several pages: as it came, or asked for in halves. */
async function pagerProven(list: Trial<Rows>, box: Box, company: Company): Promise<boolean> {
  if (!list.ok) return false;
  const { rows, pages } = list.value;
  const { style, total } = pagerOf(box.link.profile, 'extension');
  if (pages > 1 || (style === 'none' && total !== undefined)) return true;
  if (rows.length < 2) return false;
  const halves = await tried(rawRows(box, company, 'extension', Math.ceil(rows.length / 2)));
  if (!halves.ok || halves.value.pages < 2) return false;
  const texts = new Set(rows.map((row) => JSON.stringify(row)));
  return (
    halves.value.rows.length === rows.length &&
    halves.value.rows.every((row) => texts.has(JSON.stringify(row)))
  );
}

/** What a look came to, for the marks that it leaves. */
export interface Looked {
  readonly proven: readonly string[];
  readonly mappings: readonly MappingProbe[];
  readonly calls: readonly CallProbe[];
  /** Names that are there and hold something else than is declared. */
  readonly suspects: readonly string[];
  /** Whether there were as many extensions as a verdict needs. */
  readonly enough: boolean;
}

/** Every mark that stays, with the reason that helps most. */
export function openIn(
  profile: ProfileDocument,
  { proven, mappings, calls, suspects, enough }: Looked,
): readonly OpenMark[] {
  const looks = new Map(mappings.map((one) => [one.place, one]));
  const tries = new Map(calls.map((one) => [one.place, one]));
  const anybody = mappings.some(({ place, of }) => place.startsWith('fields.') && of > 0);
  const blamed = new Set(calls.flatMap(({ evidence }) => evidence.flatMap(({ of }) => of?.place ?? [])));
  return marksIn(profile)
    .filter((place) => !proven.includes(place))
    .map((place) => {
      const why = whyOpen(place, looks.get(place), tries.get(place), enough);
      if (suspects.includes(place) && why === 'needs-selftest') return { place, why: 'other-value' };
      if (why === 'only-by-writing' && !anybody) return { place, why: 'not-tried' };
      return { place, why: blamed.has(place) && why === 'not-tried' ? 'not-found' : why };
    });
}

function whyOpen(
  place: string,
  look: MappingProbe | undefined,
  call: CallProbe | undefined,
  enough: boolean,
): OpenMark['why'] {
  if (call !== undefined) return call.verdict === 'fails' ? 'call-failed' : 'not-tried';
  if (place.endsWith('.pager')) return 'one-page';
  if (look === undefined || look.verdict === 'not-tried')
    return place.startsWith('fields.') || place === 'update' || place.includes('.scopes.')
      ? 'only-by-writing'
      : 'not-tried';
  const telling = enough || place.startsWith('tenant.');
  if (look.verdict === 'missing') return telling ? 'not-found' : 'few-samples';
  return look.verdict === 'wrong-type' ? 'wrong-type' : 'needs-selftest';
}
