import type { Instance } from './instance.ts';
import type { Situation } from './situation.ts';

/**
 * Waits until a create of a killed run, absent so far, can no longer appear: never longer than the driver's late-write window. Answers
 * whether it waited, so that the caller reads again.
 */
export async function awaitLate(
  { claims, hub }: Instance,
  { id, actual, driver }: Situation,
): Promise<boolean> {
  const claim = actual === null ? claims.of(id) : null;
  if (claim === null) return false;
  const { lateWriteMs } = driver.facts;
  const { clock, stop } = hub.context;
  const left = Math.min(lateWriteMs, Date.parse(claim.at) + lateWriteMs - clock.now());
  if (left <= 0) return false;
  await clock.sleep(left, stop);
  return true;
}
