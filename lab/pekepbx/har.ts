import type { LabPekepbxService } from '../contract.ts';
import type { Dialect } from './dialect.ts';
import { dialectFor } from './dialects/index.ts';
import { type Har, harWith, sanitized } from './har/format.ts';
import { enterCompany, openPage, workOnUser } from './har/operator.ts';
import { recorder } from './har/recorder.ts';
import type { LabPekepbx } from './settings.ts';

export type * from './har/format.ts';

export interface HarOptions {
  /** Code of the company worked in. Default: the first. */
  company?: string;
  /** What the operator types, by neutral name, over {@link SENTINELS}. */
  values?: Readonly<Record<string, string>>;
  /** As Chrome exports by default: no cookies, no Authorization. Bodies stay. Default false. */
  sanitized?: boolean;
  /** The pager that the platform was started with, if not its dialect's own. */
  pager?: LabPekepbx['pager'];
}

/** What the operator types into the form unless told otherwise: values that occur nowhere else. The caller ID is the company's first DID. */
export const SENTINELS: Readonly<Record<string, string>> = {
  number: '987',
  name: 'ZZ-NAME-1',
  email: 'zz-email-1@example.com',
  role: 'user',
  password: 'ZZ-PASS-1',
  mobileExtension: '98765',
  mobile: '600987001',
  sipPassword: 'ZZSIPaaaa1111bbb',
};

/**
 * What Chrome would record while an operator logs in to the panel, creates a user, saves it twice more with one switch flipped, lists and
 * deletes it. The requests are real and reach the simulator; the one to somebody else's statistics is made up. The user is gone
 * afterwards. That the panel uses the same API is I.
 *
 * @throws Error when the platform refuses any of it
 */
export async function harOf(service: LabPekepbxService, options: HarOptions = {}): Promise<Har> {
  const { url, edition, credentials, tenants, certificatePem } = service;
  const company = tenants.find(({ code }) => options.company === undefined || code === options.company);
  if (company === undefined) throw new Error(`${service.name} has no company ${options.company ?? ''}`);
  const browser = recorder(url, certificatePem);
  const operator = {
    browser,
    dialect: dialectFor(edition as Dialect['edition'], options.pager),
    url,
    credentials,
    company,
    values: { ...SENTINELS, ...options.values },
  };
  await openPage(operator);
  await enterCompany(operator);
  await workOnUser(operator);
  const { entries } = browser;
  return harWith(`${url}/#!/users`, options.sanitized ? entries.map(sanitized) : entries);
}
