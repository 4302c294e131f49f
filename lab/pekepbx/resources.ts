/** The five verbs over any kind of object. */
import { ban, bannedNow } from './bans.ts';
import type { Box } from './box.ts';
import { openCompany } from './companies.ts';
import { idOf } from './dialect.ts';
import { type Outcome, refused } from './failures.ts';
import { judge } from './judgement.ts';
import { isShared, KINDS } from './kinds.ts';
import { type Company, type CompanyKind, codeOf, type Entry, type Kind } from './model.ts';
import { pageOf } from './pagers.ts';
import { directoryOf, read, shown } from './shape.ts';
import { addEntry, changeEntry, completed, removeEntry, shelfOf } from './store.ts';
import type { Call } from './wire.ts';

/** An object, and the company it belongs to or is. */
interface Found {
  entry: Entry;
  company: Company | undefined;
}

/** In order of creation (I), those that hold the text searched for. */
export function list(box: Box, kind: Kind, companies: readonly Company[], call: Call): Outcome {
  const { dialect, settings } = box;
  const found = everyOf(box, kind, companies);
  const search = (call.query.get(dialect.query.search) ?? '').toLowerCase();
  const owners = new Map(found.map(({ entry, company }) => [entry, company]));
  const chosen = pageOf(dialect.pager, {
    rows: [...owners.keys()].filter((entry) => holds(entry, search)).sort((a, b) => a.serial - b.serial),
    query: call.query,
    rowsKey: dialect.query.rows,
    usual: settings.pageSize,
    most: settings.maxPageSize,
    path: `/api/v2/${kind}`,
  });
  if (chosen === undefined) return refused({ kind: 'malformed' });
  const items = chosen.rows.map((entry) => shown(box, kind, owners.get(entry), entry));
  return { status: 200, body: chosen.around(items) };
}

export function readOne(box: Box, kind: Kind, companies: readonly Company[], id: string): Outcome {
  const found = find(box, kind, companies, id);
  return found === undefined ? refused({ kind: 'missing', what: kind }) : answerWith(box, 200, kind, found);
}

export function create(box: Box, kind: Kind, companies: readonly Company[], call: Call): Outcome {
  const { scope } = box.dialect;
  if (!isShared(kind) && scope.by === 'query' && !call.query.get(scope.name)) {
    return refused({ kind: 'invalid', problems: [{ name: scope.name, rule: 'required' }] });
  }
  const [company] = isShared(kind) ? [] : companies;
  const { values, problems } = read(box.dialect, kind, call.body, directoryOf(box, company));
  const draft = { ...KINDS[kind].defaults, ...values };
  const changed = Object.keys(values);
  const failure = judge(box, { kind, company, values: draft, changed, problems });
  if (failure !== undefined) return refused(failure);
  const found = added(box, kind, company, draft, changed);
  if (box.dialect.answers.created === 'object') return answerWith(box, 201, kind, found);
  const id = idOf(box.dialect, found.entry);
  const headers = { Location: `/api/v2/${kind}/${id}` };
  return { status: 201, body: { [box.dialect.id.key]: id }, headers };
}

export function update(box: Box, kind: Kind, companies: readonly Company[], id: string, call: Call): Outcome {
  const found = find(box, kind, companies, id);
  if (found === undefined) return refused({ kind: 'missing', what: kind });
  const { entry, company } = found;
  const { values, problems } = read(box.dialect, kind, call.body, directoryOf(box, company));
  const changed = Object.keys(values);
  const next = { ...baseOf(box, kind, entry), ...values };
  const failure = judge(box, { kind, company, entry, values: next, changed, problems });
  if (failure !== undefined) return refused(failure);
  const whole = kind === 'extension' && company ? completed(box, company, next, changed) : next;
  changeEntry(box, kind, company, entry, whole);
  return box.dialect.answers.updated === 'object' ? answerWith(box, 200, kind, found) : { status: 204 };
}

export function remove(box: Box, kind: Kind, companies: readonly Company[], id: string): Outcome {
  const found = find(box, kind, companies, id);
  if (found?.company === undefined) return refused({ kind: 'missing', what: kind });
  const { entry, company } = found;
  if (kind === 'company') {
    if (company.shelves.extension.size > 0) return refused({ kind: 'inUse' });
    box.companies.delete(codeOf(company));
  } else if (!isShared(kind)) removeEntry(box, kind, company, entry);
  return box.dialect.answers.removed === 'nothing'
    ? { status: 204 }
    : { status: 200, body: { message: `The ${kind} was deleted.` } };
}

/** What an update starts from: the object, or the defaults where it replaces. */
function baseOf(box: Box, kind: Kind, entry: Entry) {
  if (box.dialect.update === 'merge') return entry.values;
  const { defaults, kept } = KINDS[kind];
  return { ...defaults, ...Object.fromEntries(kept.map((key) => [key, entry.values[key] ?? ''])) };
}

function added(
  box: Box,
  kind: Kind,
  company: Company | undefined,
  values: Readonly<Record<string, string>>,
  changed: readonly string[],
): Found {
  if (kind === 'company') {
    const code = String(Math.max(90_000, ...[...box.companies.keys()].map(Number)) + 1);
    const opened = openCompany(box, code, values.name ?? '', Number(values.quota));
    return { entry: opened.entry, company: opened };
  }
  if (kind === 'banned') {
    const { address = '', reason = '' } = values;
    return { entry: ban(box, { address, reason, failures: '0' }), company: undefined };
  }
  if (company === undefined) throw new Error(`a ${kind} belongs to a company`);
  const whole = kind === 'extension' ? completed(box, company, values, changed) : values;
  return { entry: addEntry(box, kind, company, whole), company };
}

function everyOf(box: Box, kind: Kind, companies: readonly Company[]): Found[] {
  if (kind === 'company') return companies.map((company) => ({ entry: company.entry, company }));
  if (kind === 'banned') return bannedNow(box.bans).map((entry) => ({ entry, company: undefined }));
  return companies.flatMap((company) =>
    [...company.shelves[kind as CompanyKind].values()].map((entry) => ({ entry, company })),
  );
}

function find(box: Box, kind: Kind, companies: readonly Company[], id: string): Found | undefined {
  if (isShared(kind)) {
    return everyOf(box, kind, companies).find(({ entry }) => String(idOf(box.dialect, entry)) === id);
  }
  const company = companies.find((one) => shelfOf(box, kind, one).has(id));
  const entry = company?.shelves[kind].get(id);
  return entry && { entry, company };
}

function answerWith(box: Box, status: number, kind: Kind, { entry, company }: Found): Outcome {
  const object = shown(box, kind, company, entry);
  const { wrap } = box.dialect;
  return { status, body: wrap === '' ? object : { [wrap]: object } };
}

function holds({ values }: Entry, search: string): boolean {
  if (search === '') return true;
  return ['number', 'name', 'email'].some((key) => values[key]?.toLowerCase().includes(search));
}
