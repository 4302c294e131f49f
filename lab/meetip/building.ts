import type { Tenant } from './platform.ts';
import { BUILDING } from './texts.ts';

/** Stands for a page that is no JSON, in place of a text. */
export const BROKEN_PAGE = '<html>';

const WAYS = { ...BUILDING, html: BROKEN_PAGE } as const;

/** How an add fails while the tenant is being built (C); undefined once it is. Each call counts as one add. */
export function stillBuilding(tenant: Tenant): string | undefined {
  if (tenant.building <= 0) return undefined;
  tenant.building -= 1;
  if (tenant.buildingAnswer !== 'turns') return WAYS[tenant.buildingAnswer];
  const ways = Object.values(WAYS);
  return ways[tenant.building % ways.length];
}
