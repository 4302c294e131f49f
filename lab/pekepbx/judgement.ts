import type { Box } from './box.ts';
import type { Failure, Problem } from './failures.ts';
import { KINDS } from './kinds.ts';
import type { Company, Entry, Kind, Values } from './model.ts';
import { nameOf } from './shape.ts';
import { shelfOf } from './store.ts';

/** An object as it would become. */
export interface Draft {
  kind: Kind;
  company: Company | undefined;
  /** What it is now, if it exists. */
  entry?: Entry;
  values: Values;
  /** Neutral names that the call sends. */
  changed: readonly string[];
  /** What could not even be read. */
  problems: readonly Problem[];
}

/** Why a draft is refused, if it is: values first, then duplicates, then the company's quota (order I). */
export function judge(box: Box, draft: Draft): Failure | undefined {
  const problems = [
    ...draft.problems,
    ...missingIn(box, draft),
    ...badIn(box, draft),
    ...fixedIn(box, draft),
  ];
  if (problems.length > 0) return { kind: 'invalid', problems: onePerName(problems) };
  return duplicateIn(box, draft) ?? quotaFor(draft);
}

function missingIn(box: Box, { kind, values }: Draft): Problem[] {
  return KINDS[kind].required
    .filter((key) => (values[key] ?? '').trim() === '')
    .map((key) => ({ name: nameOf(box.dialect, kind, key), rule: 'required' }));
}

function badIn(box: Box, { kind, values, changed }: Draft): Problem[] {
  const { patterns } = KINDS[kind];
  return changed
    .filter((key) => values[key] !== '' && patterns[key]?.test(values[key] ?? '') === false)
    .map((key) => ({ name: nameOf(box.dialect, kind, key), rule: 'invalid' }));
}

function fixedIn(box: Box, { kind, entry, values, changed }: Draft): Problem[] {
  if (entry === undefined) return [];
  return (box.dialect.fixed[kind] ?? [])
    .filter((key) => changed.includes(key) && values[key] !== entry.values[key])
    .map((key) => ({ name: nameOf(box.dialect, kind, key), rule: 'fixed' }));
}

/** What could not be read is not missing as well. */
function onePerName(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ name }, index) => problems.findIndex((one) => one.name === name) === index);
}

function duplicateIn(box: Box, { kind, company, entry, values }: Draft): Failure | undefined {
  const taken = KINDS[kind].unique.find(({ key, among }) => {
    const companies = among === 'company' ? [company] : [...box.companies.values()];
    return companies
      .flatMap((one) => [...shelfOf(box, kind, one).values()])
      .some((other) => other !== entry && sameText(other.values[key], values[key]));
  });
  return taken && { kind: 'duplicate', name: nameOf(box.dialect, kind, taken.key) };
}

function sameText(one = '', other = ''): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function quotaFor({ kind, company, entry }: Draft): Failure | undefined {
  if (kind !== 'extension' || entry !== undefined || company === undefined) return undefined;
  const { quota = '0', number = '' } = company.entry.values;
  if (company.shelves.extension.size < Number(quota)) return undefined;
  return { kind: 'quota', company: number, limit: quota };
}
