import type { AltaError } from '../../../../engine/model/index.ts';
import { refuseOtherCompany } from '../declared.ts';
import { type Box, type Company, companyVariables } from '../tenant.ts';
import type { CallProbe } from './contract.ts';
import { callProbe, tried } from './trial.ts';
import { companyFor } from './visit.ts';

/** What is known of the declared company. */
export interface Wanted {
  /** Null = not even its id. */
  readonly company: Company | null;
  /** Whether the server has it. */
  readonly found: boolean;
  readonly call: CallProbe;
  /** Guesses that make it another one than the declared. */
  readonly suspects: readonly string[];
}

/**
 * Where the company is not found as the profile says, the declared id goes on: the rest can still be looked at. One that is found by its id
 * and has another name is looked at too.
 */
export async function findCompany(box: Box): Promise<Wanted> {
  const { tenant } = box.link.target.identity;
  const trial = await tried(companyFor(box));
  if (trial.ok) {
    const company = trial.value;
    const same = await tried(judged(company, box));
    const call = callProbe('tenant', same, () => ({ says: 'company-found' }));
    return { company, found: true, call, suspects: same.ok ? [] : suspectsOf(same.error) };
  }
  const call = callProbe('tenant', trial, () => ({ says: 'company-found' }));
  const unfound = { found: false, call, suspects: suspectsOf(trial.error) };
  if (tenant === undefined) return { company: null, ...unfound };
  const company = { id: tenant };
  await box.login.enter(companyVariables(company));
  return { company, ...unfound };
}

async function judged(company: Company, { link }: Box): Promise<void> {
  refuseOtherCompany(company, link);
}

function suspectsOf({ code, params }: AltaError): readonly string[] {
  const { marks } = params;
  return code === 'profile-identity-guess' && Array.isArray(marks) ? marks : [];
}
