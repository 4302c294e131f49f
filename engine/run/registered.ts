import type { Registration } from '../../providers/contract.ts';
import type { RunContext } from './contract.ts';
import type { Lane } from './lane.ts';

/** A phone needs a moment to register; longer than this, ms, it is not waited for. */
const longestWaitMs = 15_000;
const pauseMs = 500;

/**
 * Which of these accounts say that they are not registered, after waiting as long as their device may need. What a device does not say
 * counts for nothing: it is no evidence.
 */
export async function unregistered(
  { clock, abort }: RunContext,
  lane: Lane,
  keys: readonly string[],
): Promise<readonly string[]> {
  const { registrations } = lane.session;
  if (registrations === undefined || keys.length === 0) return [];
  const started = clock.elapsed();
  for (;;) {
    const found = await registrations(keys).catch((): readonly Registration[] => []);
    const silent = found.filter(({ status }) => status === 'unregistered').map(({ key }) => key);
    if (silent.length === 0 || abort.aborted || clock.elapsed() - started > longestWaitMs) return silent;
    await clock.sleep(pauseMs, abort).catch(() => {});
  }
}
