import { AltaError } from '../../../engine/model/index.ts';
import { refuseOther } from '../../identity.ts';
import type { Link } from './link.ts';
import { isMarked } from './profile/marks.ts';
import { type Company, identityOf } from './tenant.ts';

/** Where the profile says what a part of the declared identity is. */
const places = { tenant: 'tenant.id', tenantName: 'tenant.name' } as const;

/**
 * Refuses another company than the declared one. Where a guess of the profile decided that, the guess is the suspect and not what is
 * declared: whoever followed the advice of `wrong-identity` would declare what the guess reads.
 * @param company null = none of those that are there is the declared one
 * @throws `profile-identity-guess`, `wrong-identity`, both written nothing
 */
export function refuseOtherCompany(company: Company | null, link: Link): void {
  const { target, profile } = link;
  const { address, host, identity } = target;
  const found = identityOf(company);
  const decided = company === null && identity.tenant !== undefined ? (['tenant'] as const) : bothParts;
  const wrong = decided.filter((part) => identity[part] !== undefined && found[part] !== identity[part]);
  const suspects = wrong.filter((part) => isMarked(profile, places[part]));
  if (suspects.length === 0 || suspects.length < wrong.length) refuseOther(found, target);
  if (suspects.length === 0) return;
  const marks = suspects.map((part) => places[part]);
  const expected = suspects.map((part) => `${part} ${identity[part]}`);
  const params = { host, target: address, profile: profile.name, marks, expected };
  throw new AltaError('profile-identity-guess', params, { address, written: 'nothing' });
}

const bothParts = ['tenant', 'tenantName'] as const;
