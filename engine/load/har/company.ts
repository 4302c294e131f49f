import { placesOf } from './align.ts';
import { type Carrier, carriersIn } from './carriers.ts';
import { type CompanyList, companyList, otherLists } from './company-list.ts';
import { sounds } from './hints.ts';
import { type Exchange, isKeyPath, isName, isSuccess, type Recording } from './recording.ts';
import type { Roles, Told } from './types.ts';
import type { Views } from './views.ts';

export interface Company {
  readonly carriers: readonly Carrier[];
  readonly list: CompanyList | null;
  /** A call of its own that entered the company; null where there is none. */
  readonly entered: Exchange | null;
}

/** Whether calls carry another key of the company than people write. */
export function isCarriedApart({ list }: Company): boolean {
  return list !== null && list.carried !== list.id;
}

/** Which company was worked in, as far as calls and lists tell. */
export function companyIn(recording: Recording, roles: Roles, views: Views, told: Told): Company {
  const named = carriersIn(recording, roles, views);
  const lists = otherLists(recording, roles);
  const lead = leadOf(named, lists, told);
  if (lead !== null) {
    const texts = new Set([lead.carrier.text, ...keyTexts(lead.list)]);
    const carriers = named.filter(
      (one) => texts.has(one.text) && (one.by !== 'body' || isItsOwn(one, lead.carrier)),
    );
    return { carriers, list: lead.list === null ? null : withId(lead.list, views, told), entered: null };
  }
  const entered = enteredIn(recording, roles, lists);
  if (entered.entered !== null) return { carriers: [], ...entered };
  const carriers = named.filter(({ by, name }) => by === 'path' || sounds('company', name));
  return { carriers, list: null, entered: null };
}

/** The same list, with the key that the typed number stands behind, or that the person gave, in place of the one that calls carry. */
function withId(list: CompanyList, views: Views, { sentinels }: Told): CompanyList {
  const { company, number = '' } = sentinels;
  const keys = [list.carried, ...list.keys.keys()].map((path) => [path, list.texts.get(path) ?? ''] as const);
  const before = number === '' ? [] : placesOf(number, views).map((one) => one.before);
  const given = keys.find(([, text]) => text === company);
  const behind = keys.find(([, text]) => text.length >= 3 && before.some((one) => one.endsWith(text)));
  const id = (given ?? behind)?.[0] ?? list.carried;
  return { ...list, id };
}

/** What identifies the company beside what calls carry. */
function keyTexts(list: CompanyList | null): readonly string[] {
  const paths = [...(list?.keys.keys() ?? [])].filter(isKeyPath);
  return paths.flatMap((path) => list?.texts.get(path) ?? []);
}

interface Lead {
  readonly carrier: Carrier;
  readonly list: CompanyList | null;
}

/** What lists carry, and a row of another list is identified by. A body alone narrows nothing. */
function leadOf(carriers: readonly Carrier[], lists: readonly Exchange[], told: Told): Lead | null {
  const leading = carriers.filter(
    ({ by, ops }) => by !== 'body' && (ops.includes('list') || ops.includes('get')),
  );
  const found = leading.flatMap((carrier): readonly Lead[] => {
    const list = lists.flatMap((one) => companyList(one, carrier.text, carrier) ?? [])[0];
    const said = told.sentinels.company === carrier.text;
    return list !== undefined || said ? [{ carrier, list: list ?? null }] : [];
  });
  return [...found].sort((a, b) => b.carrier.count - a.carrier.count)[0] ?? null;
}

/** A key of the body that says whose the extension is, as opposed to a field that holds the same by chance. */
function isItsOwn({ name, text }: Carrier, lead: Carrier): boolean {
  return sounds('company', name) || text === lead.text;
}

/** A call with a company's id in its path, before the first list of extensions. */
function enteredIn(
  recording: Recording,
  { lists, create, login }: Roles,
  others: readonly Exchange[],
): Pick<Company, 'list' | 'entered'> {
  const first = lists[0] ?? create;
  const before =
    first === null || first === undefined
      ? []
      : recording.exchanges.slice(0, recording.exchanges.indexOf(first));
  for (const call of before.filter((one) => isSuccess(one) && one !== login && one.method !== 'GET')) {
    for (const part of call.segments.filter((one) => !isName(one, recording))) {
      const list = others.flatMap((one) => companyList(one, part, null) ?? [])[0];
      if (list !== undefined) return { list, entered: call };
    }
  }
  return { list: null, entered: null };
}
