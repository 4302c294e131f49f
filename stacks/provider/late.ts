import { AltaError } from '../../engine/model/index.ts';
import type { Instance } from './instance.ts';
import type { Situation } from './situation.ts';

/**
 * Waits until a create of a killed run, proven absent so far, can no longer appear: never longer than the driver's late-write window. Answers
 * whether it waited, so that the caller reads again.
 * @throws AltaError `aborted` once the signal says so
 */
export async function awaitLate(
  { claims, hub }: Instance,
  { id, actual, driver, sight, target }: Situation,
  signal: AbortSignal,
): Promise<boolean> {
  const claim = actual === null && sight.view.reading !== null ? claims.of(id) : null;
  if (claim === null || claim.done === true) return false;
  const { lateWriteMs } = driver.facts;
  const { clock } = hub.context;
  const left = Math.min(lateWriteMs, Date.parse(claim.at) + lateWriteMs - clock.now());
  if (left <= 0) return false;
  await clock.sleep(left, signal).catch((cause) => {
    throw new AltaError('aborted', { host: target.host, operation: 'apply' }, { written: 'nothing', cause });
  });
  return true;
}
