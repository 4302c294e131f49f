import { digestOf, errorDiagnostic } from '../../model/index.ts';
import { holdClients } from '../apply/hold.ts';
import { leaseMs } from '../apply/lease-length.ts';
import type { RunContext } from '../contract.ts';
import type { WriteGuard } from '../targets/sessions.ts';
import type { SelftestOptions, SelftestResult, SiteProbe, SiteTrial } from './contract.ts';
import { proofPlace, writeProof } from './proof.ts';
import { reportOf } from './verdicts.ts';
import { atPlace, findPlace, type Place } from './visit.ts';

/** What one visit with writes came to. */
interface Visit {
  readonly probe: SiteProbe;
  readonly trial: SiteTrial;
}

/**
 * Proves a profile by a life of its own: one number that nobody uses is created, read, changed field by field, deleted and looked for. Under
 * the same leases as an apply. What is proven is kept for the lock.
 * @throws AltaError what finding the place throws, and what is wrong with the number, the way there or the login
 */
export async function selftestProfile(
  context: RunContext,
  options: SelftestOptions,
): Promise<SelftestResult> {
  const { place, diagnostics } = await findPlace(context, options);
  const nothing = { report: null, declined: false, proof: null };
  if (place === null) return { ...nothing, diagnostics };
  const { target, workspace, driver } = place;
  const about = { target: target.address, host: target.host };
  if (!(await options.confirm(about)))
    return { ...nothing, declined: true, diagnostics: [...diagnostics, errorDiagnostic('declined')] };
  const ttlMs = leaseMs([target], workspace.drivers);
  const waitMs = options.lockTimeoutMs;
  const holds = await holdClients(context, workspace.store, [target.client], { waitMs, ttlMs });
  try {
    const shared = driver.facts.host.writers === 1 ? [target.host] : [];
    const busy = [...holds.refused.values(), ...(await holds.holdHosts(shared)).values()];
    if (busy.length > 0) return { ...nothing, diagnostics: [...diagnostics, ...busy] };
    const visit = await tryOut(context, place, options.number, holds.guard(target.client, target.host));
    return await resultOf(context, place, visit, diagnostics);
  } finally {
    await holds.release();
  }
}

/** A look first: it proves what a trial takes for granted. */
async function tryOut(context: RunContext, place: Place, number: string, guard: WriteGuard): Promise<Visit> {
  const { target, tools, workspace } = place;
  workspace.reading.expect(1);
  workspace.reading.started(target.address);
  return atPlace(
    context,
    place,
    'write',
    async (session) => {
      const probe = await tools.probe(target, session);
      workspace.reading.finished(target.address);
      context.progress({ phase: 'apply', done: 0, total: 1, detail: target.address });
      return { probe, trial: await tools.selftest(target, session, number) };
    },
    guard,
  );
}

async function resultOf(
  context: RunContext,
  place: Place,
  { probe, trial }: Visit,
  diagnostics: SelftestResult['diagnostics'],
): Promise<SelftestResult> {
  const { target, profile } = place;
  const report = reportOf(place, probe, trial);
  const looks = Object.keys(trial.fingerprint).length > 0 ? trial.fingerprint : probe.fingerprint;
  await writeProof(context, {
    format_version: '1.0',
    profile: profile.name,
    digest: digestOf(profile),
    target: target.address,
    at: new Date(context.clock.now()).toISOString(),
    proven: [...new Set([...probe.proven, ...trial.proven])],
    unprovable: report.unprovable,
    looks,
  });
  const { left } = trial;
  const behind =
    left === null
      ? []
      : [
          errorDiagnostic(
            'selftest-left-behind',
            { host: left.host, company: left.company, number: left.number },
            { address: target.address },
          ),
        ];
  return {
    report,
    declined: false,
    proof: proofPlace(profile.name),
    diagnostics: [...diagnostics, ...behind],
  };
}
