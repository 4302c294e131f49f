import { AltaError } from '../../../engine/model/index.ts';
import { fetchInventory } from './inventory.ts';
import type { Row } from './rows.ts';
import type { Box, Company } from './tenant.ts';

/**
 * The extensions as they are after a write of which nobody knows whether it happened; null where the error says what happened, or the list
 * cannot be read either. What is not done yet may still be done: only what the list shows is proven.
 */
export async function rowsAfter(error: unknown, box: Box, company: Company): Promise<readonly Row[] | null> {
  if (!(error instanceof AltaError) || error.written !== 'unknown') return null;
  try {
    return (await fetchInventory(box, company)).rows;
  } catch {
    return null;
  }
}
