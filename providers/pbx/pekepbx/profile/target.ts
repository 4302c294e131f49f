import type { Target } from '../../../../engine/model/index.ts';
import type { ProfileDocument } from '../../../../engine/model/profile.ts';
import type { Variables } from './template.ts';

/** The profile of a target: compiling has put a checked document there. Null where none is declared. */
export function profileOf({ options }: Target): ProfileDocument | null {
  const { profile } = options;
  return typeof profile === 'object' && profile !== null ? (profile as ProfileDocument) : null;
}

/** What templates can ask for before anything is read. */
export function declaredVariables({ identity }: Target): Variables {
  const { tenant, tenantName } = identity;
  return {
    ...(tenant === undefined ? {} : { companyId: tenant }),
    ...(tenantName === undefined ? {} : { companyName: tenantName }),
  };
}
