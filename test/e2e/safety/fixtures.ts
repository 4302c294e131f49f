import type { Consent } from '../../../engine/plan/index.ts';
import { everything, noConsent } from '../../../engine/plan/index.ts';
import { parseApproval, planJson } from '../../../engine/report/index.ts';
import type { Approval, PlanResult } from '../../../engine/run/contract.ts';
import type { LabYeastar } from '../../../lab/index.ts';
import { goodSecret, type Site, startSite } from '../../support/site.ts';

/** An extension of the YAML. */
export function extension(pbx: string, number: string, over: object = {}): object {
  return { pbx, number, name: `Puesto ${number}`, ...over };
}

/** The numbers of a box, each `Puesto <number>`. */
export function extensionsOn(pbx: string, numbers: readonly string[]): readonly object[] {
  return numbers.map((number) => extension(pbx, number));
}

/** Seals the SIP secret of each number under its conventional name. */
export async function sipSecrets(
  site: Site,
  pbx: string,
  numbers: readonly string[],
  { client = 'acme', value = goodSecret } = {},
): Promise<void> {
  for (const number of numbers) {
    await site.secret(client, 'values', `extensions/${pbx}/${number}/sip`, value);
  }
}

export const sede: LabYeastar = { name: 'sede', edition: 'v2.0.0', extensions: 1 };

/** One client, `acme`, that declares these numbers on the box `sede`; nothing applied. */
export async function acmeWith(
  numbers: readonly string[],
  { boxes = [sede], workspace = {} }: { boxes?: readonly LabYeastar[]; workspace?: object } = {},
): Promise<Site> {
  const site = await startSite(boxes, workspace);
  await declare(site, numbers);
  await sipSecrets(site, 'sede', numbers);
  return site;
}

/** Declares these numbers, or extensions, and nothing else on `sede`. */
export async function declare(site: Site, extensions: readonly (string | object)[]): Promise<void> {
  const all = extensions.map((one) => (typeof one === 'string' ? extension('sede', one) : one));
  await site.client('acme', { pbx: { sede: site.pbx('sede') }, extensions: all });
}

export function consent(given: Partial<Consent>): { readonly consent: Consent } {
  return { consent: { ...noConsent, ...given } };
}

/** The address of an extension of acme on `sede`, or another of its PBXs. */
export function at(number: string, pbx = 'sede'): string {
  return `acme/pbx:${pbx}/extension:${number}`;
}

/** What a plan file says when it comes back: through its JSON, as the command line does it. */
export function approvalOf(
  { plan: made, forms, diagnostics }: PlanResult,
  given: Consent = noConsent,
): Approval {
  if (made === null) throw new Error('no plan');
  const json = planJson(made, { lang: 'es', consent: given, selection: everything, forms, diagnostics });
  return parseApproval(JSON.stringify(json), 'plan.json');
}
