import type { Box } from './box.ts';
import { idOf } from './dialect.ts';
import { isShared } from './kinds.ts';
import {
  type Company,
  type CompanyKind,
  codeOf,
  type Entry,
  type Kind,
  listOf,
  type Shelf,
  sipUserOf,
  type Values,
} from './model.ts';
import { hashOf, sixteenFor, uuidFor } from './seed.ts';

const MOST_EVENTS = 1000;

export function newEntry(box: Box, values: Values, serial = nextSerial(box)): Entry {
  const now = Date.now();
  const uuid = uuidFor(`${box.settings.name} ${serial}`);
  return { serial, uuid, values, createdAt: now, updatedAt: now, version: 1 };
}

/** Where objects of a kind stand; those of a company need it. */
export function shelfOf(box: Box, kind: Kind, company: Company | undefined): Shelf {
  if (kind === 'banned') return box.bans.entries;
  if (kind === 'company') {
    return new Map([...box.companies.values()].map(({ entry }) => [key(box, entry), entry]));
  }
  return company?.shelves[kind] ?? new Map();
}

/** Values of an extension as the platform keeps them: no panel password in clear, and a SIP password in any case (D). */
export function completed(box: Box, company: Company, values: Values, changed: readonly string[]): Values {
  const { password = '', sipPassword = '', number = '' } = values;
  return {
    ...values,
    ...(changed.includes('password') ? { password: hashOf(password) } : {}),
    ...(sipPassword === ''
      ? { sipPassword: sixteenFor(`${sipUserOf(codeOf(company), number)} ${nextSerial(box)}`) }
      : {}),
  };
}

/** Adds to a company. It runs at once (D). */
export function addEntry(box: Box, kind: CompanyKind, company: Company, values: Values): Entry {
  const entry = newEntry(box, values);
  company.shelves[kind].set(key(box, entry), entry);
  note(box, company, `${kind}.created`, values);
  box.book.ran();
  return entry;
}

export function changeEntry(
  box: Box,
  kind: Kind,
  company: Company | undefined,
  entry: Entry,
  values: Values,
): void {
  const before = entry.values;
  const moved = company !== undefined && !isShared(kind) && before.number !== values.number;
  if (moved && kind === 'extension') endRegistrations(box, company, entry);
  entry.values = values;
  entry.updatedAt = Date.now();
  entry.version += 1;
  if (company === undefined || isShared(kind)) return;
  if (moved) point(company, kind, before.number ?? '', values.number);
  note(box, company, `${kind}.updated`, values);
  box.book.ran();
}

export function removeEntry(box: Box, kind: CompanyKind, company: Company, entry: Entry): void {
  if (kind === 'extension') endRegistrations(box, company, entry);
  company.shelves[kind].delete(key(box, entry));
  point(company, kind, entry.values.number ?? '', undefined);
  note(box, company, `${kind}.deleted`, entry.values);
  box.book.ran();
}

function endRegistrations(box: Box, company: Company, entry: Entry): void {
  const sipUser = sipUserOf(codeOf(company), entry.values.number ?? '');
  for (const holder of box.book.of(sipUser)) box.book.exchange.unregister(holder);
}

/** What pointed to a number follows it, or points nowhere (I). */
function point(company: Company, kind: CompanyKind, from: string, to: string | undefined): void {
  const amend = (shelf: Shelf, name: string, change: (value: string) => string): void => {
    for (const entry of shelf.values()) {
      const value = entry.values[name] ?? '';
      const next = change(value);
      if (next !== value) entry.values = { ...entry.values, [name]: next };
    }
  };
  const { extension, queue, did } = company.shelves;
  if (kind === 'did') amend(extension, 'callerId', (value) => (value === from ? (to ?? '') : value));
  if (kind === 'extension') {
    amend(queue, 'members', (value) =>
      listOf(value)
        .flatMap((member) => (member !== from ? [member] : to === undefined ? [] : [to]))
        .join(','),
    );
  }
  const target = `${kind}:${from}`;
  amend(did, 'destination', (value) => (value !== target ? value : to === undefined ? '' : `${kind}:${to}`));
}

function note(box: Box, company: Company, type: string, values: Values): void {
  const shelf = company.shelves.event;
  const entry = newEntry(box, { type, object: values.number ?? values.name ?? '' });
  shelf.set(key(box, entry), entry);
  const [oldest] = shelf.keys();
  if (shelf.size > MOST_EVENTS && oldest !== undefined) shelf.delete(oldest);
}

function key(box: Box, entry: Entry): string {
  return String(idOf(box.dialect, entry));
}

function nextSerial(box: Box): number {
  box.issued += 1;
  return box.issued;
}
