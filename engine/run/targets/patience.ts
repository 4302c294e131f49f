import type { PoweredSession } from '../../../providers/contract.ts';
import { AltaError } from '../../model/index.ts';
import type { RunContext } from '../contract.ts';

/** Longer than this, s, a host is not waited for: the run says that it is busy. */
const longestWait = 60;

/**
 * A session that waits once where the host asks for it (429 or the like with Retry-After), then tries again. A write is tried again only
 * where nothing of it was written. Where the wait is interrupted, what the host said first is the answer.
 */
export function patient(session: PoweredSession, context: RunContext): PoweredSession {
  return {
    ...session,
    read: (scope) =>
      onceMore(
        () => session.read(scope),
        context,
        () => true,
      ),
    apply: (write) =>
      onceMore(
        () => session.apply(write),
        context,
        (error) => error.written === 'nothing',
      ),
  };
}

async function onceMore<T>(
  attempt: () => Promise<T>,
  context: RunContext,
  harmless: (error: AltaError) => boolean,
): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const seconds = error instanceof AltaError && harmless(error) ? error.facts.retryAfter : undefined;
    if (seconds === undefined || seconds > longestWait) throw error;
    const waited = await context.clock.sleep(seconds * 1000, context.stop).then(
      () => true,
      () => false,
    );
    if (!waited) throw error;
    return attempt();
  }
}
