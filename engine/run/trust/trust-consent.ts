import type { Draft } from '../author/draft.ts';
import type { TrustConsent, TrustFound, TrustResult } from './trust-contract.ts';

/** Asks only where there is something to write. What was not agreed to is not shown as an edit. */
export async function writeWithConsent(
  draft: Draft,
  found: TrustFound,
  { dryRun, confirm }: TrustConsent,
): Promise<Pick<TrustResult, 'edits' | 'declined'>> {
  const edits = draft.edits();
  if (edits.length === 0 || dryRun) return { edits, declined: false };
  if (!(await confirm(found))) return { edits: [], declined: true };
  await draft.save();
  return { edits, declined: false };
}
