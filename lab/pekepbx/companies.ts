import { digitsFor, personFor } from '../people.ts';
import type { LabExtensionSeed } from '../settings.ts';
import type { Box } from './box.ts';
import { KINDS } from './kinds.ts';
import { COMPANY_KINDS, type Company, type CompanyKind, codeOf, type Shelf } from './model.ts';
import { seedUser } from './seed.ts';
import type { LabPekepbxCompany } from './settings.ts';
import { addEntry, completed, newEntry } from './store.ts';

/** A company with what its settings seed. */
export function addCompany(box: Box, wanted: LabPekepbxCompany): Company {
  const { code, seed = [], extensions = 0, firstNumber = 10, queues = {} } = wanted;
  if (!/^\d{5}$/.test(code)) throw new Error(`a company's code has five digits: "${code}"`);
  const quota = wanted.quota ?? seed.length + extensions + 100;
  const company = openCompany(box, code, wanted.name ?? `${personFor(code).split(' ').at(-1)} S.L.`, quota);
  for (const [number, destination] of Object.entries(wanted.dids ?? usualDids(code))) {
    addEntry(box, 'did', company, { ...KINDS.did.defaults, number, destination });
  }
  const numbers = Array.from({ length: extensions }, (_, index) => String(firstNumber + index));
  for (const one of [...numbers.map((number) => ({ number })), ...seed]) addUser(box, company, one);
  for (const [number, members] of Object.entries(queues)) {
    const name = `Cola ${number}`;
    addEntry(box, 'queue', company, { ...KINDS.queue.defaults, number, name, members: members.join(',') });
  }
  company.shelves.event.clear();
  return company;
}

/** An empty company. */
export function openCompany(box: Box, code: string, name: string, quota: number): Company {
  const values = { name, quota: String(quota), number: code };
  const shelves = Object.fromEntries(
    COMPANY_KINDS.map((kind) => [kind, new Map()] as [CompanyKind, Shelf]),
  ) as Company['shelves'];
  const company: Company = { entry: newEntry(box, values, Number(code)), shelves };
  box.companies.set(code, company);
  return company;
}

/** A user of the panel, without its checks; what is left out is made up. */
export function addUser(box: Box, company: Company, given: LabExtensionSeed): void {
  refuseUnknown(given);
  const usual = { ...KINDS.extension.defaults, ...seedUser(codeOf(company), given.number) };
  addEntry(box, 'extension', company, completed(box, company, { ...usual, ...given }, ['password']));
}

/** Names of the panel's fields, under which seeds and edits give them. */
export function refuseUnknown(given: Readonly<Record<string, string>>): void {
  const { required, defaults } = KINDS.extension;
  const unknown = Object.keys(given).find((key) => !required.includes(key) && !Object.hasOwn(defaults, key));
  if (unknown !== undefined) throw new Error(`the panel has no field "${unknown}"`);
}

function usualDids(code: string): Record<string, string> {
  return Object.fromEntries([1, 2].map((index) => [`+349${digitsFor(`did ${code} ${index}`, 8)}`, '']));
}
