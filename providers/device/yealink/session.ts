import type { Target } from '../../../engine/model/index.ts';
import type { PoweredSession, SessionContext } from '../../contract.ts';

/**
 * The session of one phone: over its web page, or through the files it fetches where the target says that it does. What talks is
 * loaded by need.
 */
export async function openSession(target: Target, context: SessionContext): Promise<PoweredSession> {
  if (target.publication === undefined) return (await import('./web/session.ts')).openWeb(target, context);
  return (await import('./publish/session.ts')).openPublishing(target, context);
}
