import type { RunContext } from '../contract.ts';
import type { VisitOptions, VisitResult } from './contract.ts';
import { reportOf } from './verdicts.ts';
import { atPlace, findPlace } from './visit.ts';

/**
 * Looks whether what a profile says is there, with reads only.
 * @throws AltaError what {@link findPlace} throws, and what is wrong with the way there or the login
 */
export async function probeProfile(context: RunContext, options: VisitOptions): Promise<VisitResult> {
  const { place, diagnostics } = await findPlace(context, options);
  if (place === null) return { report: null, diagnostics };
  const { target, tools, workspace } = place;
  workspace.reading.expect(1);
  workspace.reading.started(target.address);
  const probe = await atPlace(context, place, 'read', (session) => tools.probe(target, session));
  workspace.reading.finished(target.address);
  return { report: reportOf(place, probe, null), diagnostics };
}
