import type { Target } from '../../../../engine/model/index.ts';
import type { ProfileDocument } from '../../../../engine/model/profile.ts';
import type { SessionContext } from '../../../contract.ts';
import { fieldsOf } from '../profile/fields.ts';
import { fingerprintOf } from '../profile/fingerprint.ts';
import { marksIn } from '../profile/marks.ts';
import { isJson, isScalar, type Json, valueAt } from '../profile/path.ts';
import type { Box, Company } from '../tenant.ts';
import { findCompany, type Wanted } from './company.ts';
import type { CallProbe, MappingProbe, ProbeReport, Said } from './contract.ts';
import { diff, mappedIn } from './diff.ts';
import { loginPlaces, openIn, provenBy } from './evidence.ts';
import { listProbe } from './lists.ts';
import { looksAt } from './looks.ts';
import { namesOf, otherProbes } from './others.ts';
import { callProbe, tried, untried } from './trial.ts';
import { objectPath, rawObject, visiting } from './visit.ts';

export interface ProbeOptions {
  /** Objects that a verdict needs. Default: 3. */
  readonly samples?: number;
}

/** Objects that are looked at. More would not tell more. */
const MOST = 50;
/** Objects that are asked for one by one. */
const SINGLY = 3;

/**
 * Looks whether every name of the profile is there, on the declared company, with reads only: which calls work, which names resolve on how
 * many objects and with what types, what is left over. No value of the server is part of the report.
 * @throws what is wrong with the way there or the login
 */
export async function probe(
  target: Target,
  context: SessionContext,
  { samples: least = 3 }: ProbeOptions = {},
): Promise<ProbeReport> {
  return visiting(target, context, async (box) => {
    const wanted = await findCompany(box);
    const { company, call, suspects } = wanted;
    if (company === null) return blindReport(box, wanted, least);
    const { profile } = box.link;
    const { list, call: listed, ...all } = await listProbe('extension', box, company);
    const rows = all.rows.slice(0, MOST);
    const singles = await getSome(rows, box, company);
    const others = await otherProbes(box, company, rows);
    const mappings = [...extensionLooks(rows, singles.objects, profile), ...others.mappings];
    const calls = [call, listed, singles.call, ...others.calls];
    const found = { list, same: singles.same, rows, box, company, companyFound: wanted.found };
    const known = await provenBy(found);
    const proven = marksIn(profile).filter((mark) => known.has(mark) || others.proven.has(mark));
    return {
      profile: profile.name,
      host: target.host,
      company: company.id,
      samples: rows.length,
      enough: rows.length >= least,
      calls,
      mappings,
      difference: diff(profile, rows),
      fingerprint: fingerprintOf(rows),
      proven,
      open: openIn(profile, { proven, mappings, calls, suspects, enough: rows.length >= least }),
    };
  });
}

/** No company narrows the list of companies. */
const nobody: Company = { id: '' };

/** Without a company nothing can be asked but which companies there are. */
async function blindReport(box: Box, { call, suspects }: Wanted, least: number): Promise<ProbeReport> {
  const { profile, target } = box.link;
  const { resource } = profile.tenant;
  const { list, rows, call: listed } = await listProbe(resource, box, nobody);
  const mappings = looksAt(namesOf(resource, box), rows, profile, () => true);
  const calls = [call, listed];
  const proven = list.ok ? marksIn(profile).filter((mark) => loginPlaces.includes(mark)) : [];
  return {
    profile: profile.name,
    host: target.host,
    company: null,
    samples: 0,
    enough: least === 0,
    calls,
    mappings,
    difference: diff(profile, []),
    fingerprint: {},
    proven,
    open: openIn(profile, { proven, mappings, calls, suspects, enough: false }),
  };
}

/** What a few gets came to. */
interface Singles {
  readonly call: CallProbe;
  readonly objects: readonly Json[];
  /** Whether each of them is what was asked for by id. */
  readonly same: boolean;
}

async function getSome(rows: readonly Json[], box: Box, company: Company): Promise<Singles> {
  const place = 'resources.extension.get';
  const { identity, resources } = box.link.profile;
  const ids = rows
    .map((row) => valueAt(row, identity.id.path))
    .filter(isScalar)
    .slice(0, SINGLY);
  if (resources.extension.get === undefined || ids.length === 0)
    return { call: untried(place, 'no-extension'), objects: [], same: false };
  const path = objectPath(box, 'extension');
  const objects: Json[] = [];
  for (const id of ids) {
    const got = await tried(rawObject(box, company, 'extension', String(id)));
    const object = got.ok ? valueAt(got.value, path) : undefined;
    if (!got.ok) return { call: callProbe(place, got, () => ({ says: 'accepted' })), objects, same: false };
    if (isJson(object)) objects.push(object);
  }
  const same = objects.filter(
    (one, index) => String(valueAt(one, identity.id.path)) === String(ids[index]),
  ).length;
  const evidence: readonly Said[] = [{ says: 'same', of: { same, count: ids.length } }];
  const verdict = same === ids.length ? 'works' : 'fails';
  return { call: { place, verdict, evidence }, objects, same: verdict === 'works' };
}

/** Fields of a list are looked for in lists, those that only a get shows in gets. */
function extensionLooks(
  rows: readonly Json[],
  objects: readonly Json[],
  profile: ProfileDocument,
): readonly MappingProbe[] {
  const mapped = mappedIn(profile);
  const detailed = (place: string) => fieldsOf(profile)[place.replace('fields.', '')]?.detail === true;
  const [inLists, inGets] = [
    mapped.filter(({ place }) => !detailed(place)),
    mapped.filter(({ place }) => detailed(place)),
  ];
  return [
    ...looksAt(inLists, rows, profile, ({ listed }) => listed),
    ...looksAt(inGets, objects, profile, () => true),
  ];
}
