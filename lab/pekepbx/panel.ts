import type { LabExtension, LabExtensionSeed } from '../settings.ts';
import type { Box } from './box.ts';
import { addUser, refuseUnknown } from './companies.ts';
import { type Company, codeOf, type Entry, sipUserOf, withValue } from './model.ts';
import { changeEntry, completed, removeEntry } from './store.ts';

/**
 * What a colleague does in the web panel: Guardar writes and runs at once (D). The panel's own checks are left out, so that any
 * situation can be set up. Names are those of {@link LabPekepbx}.
 */
export function editInPanel(
  box: Box,
  company: Company,
  number: string,
  fields: Record<string, string>,
): void {
  refuseUnknown(fields);
  const entry = known(box, company, number);
  const next = completed(box, company, { ...entry.values, ...fields }, Object.keys(fields));
  changeEntry(box, 'extension', company, entry, next);
}

export function createInPanel(box: Box, company: Company, seed: LabExtensionSeed): void {
  if (withValue(company.shelves.extension, 'number', seed.number) !== undefined) {
    throw new Error(`extension ${seed.number} exists on ${placeOf(box, company)}`);
  }
  addUser(box, company, seed);
}

export function removeInPanel(box: Box, company: Company, number: string): void {
  removeEntry(box, 'extension', company, known(box, company, number));
}

/** All extensions of the company go, and every session of the platform. */
export function emptyCompany(box: Box, company: Company): void {
  for (const entry of [...company.shelves.extension.values()]) removeEntry(box, 'extension', company, entry);
  box.access.tokens.clear();
  box.access.expired.clear();
}

/** The company's extensions by number: the panel's fields, and `sipUser`, which the platform computes. */
export function recordsOf(company: Company): Record<string, LabExtension> {
  return Object.fromEntries(
    [...company.shelves.extension.values()].map((entry) => {
      const record = recordOf(company, entry);
      return [record.number, record];
    }),
  );
}

/** The panel's password shows that it is set, and whether it is another one than before. */
function recordOf(company: Company, { values }: Entry): LabExtension {
  const { number = '', password = '' } = values;
  return {
    ...values,
    number,
    password: `<set ${password.slice(0, 8)}>`,
    sipUser: sipUserOf(codeOf(company), number),
  };
}

function known(box: Box, company: Company, number: string): Entry {
  const entry = withValue(company.shelves.extension, 'number', number);
  if (entry === undefined) throw new Error(`no extension ${number} on ${placeOf(box, company)}`);
  return entry;
}

function placeOf(box: Box, company: Company): string {
  return `${box.settings.name}, company ${codeOf(company)}`;
}
