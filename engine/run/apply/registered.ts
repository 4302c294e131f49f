import type { Registration } from '../../../providers/contract.ts';
import type { RunContext } from '../contract.ts';
import type { Lane } from './lane.ts';

const pauseMs = 500;

/**
 * Which of these accounts say that they are not registered, or are still at it, after waiting as long as their device may need to settle. What a device does not say
 * counts for nothing: it is no evidence.
 */
export async function unregistered(
  { clock, abort }: RunContext,
  lane: Lane,
  keys: readonly string[],
): Promise<readonly string[]> {
  const { registrations } = lane.session;
  if (registrations === undefined || keys.length === 0) return [];
  const until = clock.elapsed() + lane.driver.facts.settleMs;
  for (;;) {
    const found = await registrations(keys).catch((): readonly Registration[] => []);
    const silent = found.filter(isWithout).map(({ key }) => key);
    if (silent.length === 0 || abort.aborted || clock.elapsed() + pauseMs > until) return silent;
    await clock.sleep(pauseMs, abort).catch(() => {});
  }
}

/** Without service by its own word. */
export function isWithout({ status, trying }: Registration): boolean {
  return status === 'unregistered' || trying === true;
}
