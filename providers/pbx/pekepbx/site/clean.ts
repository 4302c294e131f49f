import { AltaError } from '../../../../engine/model/index.ts';
import { fetchInventory } from '../inventory.ts';
import type { Row } from '../rows.ts';
import type { Box } from '../tenant.ts';
import { perform } from '../writer.ts';
import type { LeftBehind, Said } from './contract.ts';
import { note, type Run } from './run.ts';
import { saidOf } from './trial.ts';

/** A server that does not answer is asked once more, after a pause, ms. */
const PAUSE_MS = 2_000;
const ATTEMPTS = 2;

/**
 * Takes away what the test made, and looks that it is gone. The number was free when the test began, so that what is there now is its own.
 * Never throws.
 * @returns what is left; null where nothing is
 */
export async function cleanUp(run: Run, box: Box): Promise<LeftBehind | null> {
  if (!run.sent) return null;
  let evidence: readonly Said[] = [];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      if (attempt > 1) await box.link.context.clock.sleep(PAUSE_MS, box.link.context.signal);
      const there = await takeAway(run, box);
      const says = there === null ? 'nothing-there' : 'deleted';
      note(run, { step: 'clean-up', outcome: 'done', evidence: [{ says }] });
      return null;
    } catch (error) {
      evidence = [error instanceof AltaError ? saidOf(error) : { says: 'aborted' }];
    }
  }
  note(run, { step: 'clean-up', outcome: 'failed', evidence });
  return leftOf(run);
}

/** @throws what the server answers; `strange-answer` where it is there after it was deleted */
async function takeAway(run: Run, box: Box): Promise<Row | null> {
  const { company, number, address } = run;
  const inventory = await fetchInventory(box, company);
  const there = inventory.rows.find(({ key }) => key === number) ?? null;
  if (there === null) return null;
  run.row = there;
  await perform({ action: 'delete', kind: 'extension', key: number, address }, box, { company, inventory });
  const after = await fetchInventory(box, company);
  if (!after.rows.some(({ key }) => key === number)) return there;
  const { host } = box.link.target;
  const params = { host, operation: 'extension/delete', evidence: 'still in the list' };
  throw new AltaError('strange-answer', params, { written: 'unknown' });
}

/** Where somebody must look. */
export function leftOf({ box, company, number, row }: Run): LeftBehind {
  return { host: box.link.target.host, company: company.id, number, id: row?.id ?? null };
}
