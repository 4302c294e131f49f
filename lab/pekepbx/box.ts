import { type ContactBook, contactBook } from '../contacts.ts';
import type { LabSip } from '../settings.ts';
import { type Access, startAccess } from './access.ts';
import { type Bans, startBans } from './bans.ts';
import { addCompany } from './companies.ts';
import type { Dialect } from './dialect.ts';
import { dialectFor } from './dialects/index.ts';
import type { Company } from './model.ts';
import { type Looks, noLooks, subscribers } from './registrar.ts';
import { credentialsFor } from './seed.ts';
import type { LabPekepbx, LabPekepbxCompany } from './settings.ts';

/** A platform's settings with nothing left open. */
export type BoxSettings = Required<
  Omit<LabPekepbx, 'driver' | 'pager' | 'seed' | 'extensions' | 'firstNumber' | 'sip'>
> & { sip: LabSip };

/** Everything one simulated platform knows. There is no Apply: what is saved runs (D). */
export interface Box {
  settings: BoxSettings;
  dialect: Dialect;
  access: Access;
  bans: Bans;
  /** By code. */
  companies: Map<string, Company>;
  book: ContactBook;
  looks: Looks;
  /** The last serial given to anything. */
  issued: number;
}

const MINUTE = 60_000;

export function startBox(wanted: LabPekepbx): Box {
  const settings = settle(wanted);
  const companies = new Map<string, Company>();
  const box: Box = {
    settings,
    dialect: dialectFor(settings.edition, wanted.pager),
    access: startAccess(credentialsFor(settings.name)),
    bans: startBans(),
    companies,
    book: contactBook(settings.sip, () => subscribers(companies.values(), settings.maxRegistrations)),
    looks: noLooks(),
    issued: 40,
  };
  for (const company of settings.companies) addCompany(box, company);
  return box;
}

function settle(wanted: LabPekepbx): BoxSettings {
  const { seed = [], extensions = 0, firstNumber = 10, pager: _pager, driver: _driver, ...given } = wanted;
  const [first = { code: '90001' }, ...others] = given.companies ?? [{ code: '90001' }, { code: '90002' }];
  const merged: LabPekepbxCompany = {
    ...first,
    seed: [...(first.seed ?? []), ...seed],
    ...(extensions === 0 ? {} : { extensions, firstNumber }),
  };
  return {
    edition: 'a',
    pageSize: 15,
    maxPageSize: 100,
    apiForbidden: false,
    secondFactor: false,
    tokenMs: 60 * MINUTE,
    banAfter: 10,
    banMs: 30 * MINUTE,
    phonesAddress: '203.0.113.10',
    lockAfter: 5,
    lockMs: MINUTE,
    maxRegistrations: 5,
    stateLagMs: 0,
    tls: true,
    keepAlive: true,
    ...given,
    companies: [merged, ...others],
    sip: { server: `${wanted.name}.example`, port: 5060, transport: 'udp', ...wanted.sip },
  };
}
