import type { OpenMark, SiteMapping, SiteProbe, SiteReport, SiteTrial, Verdict } from './contract.ts';
import type { Place } from './visit.ts';

/** Reasons by which a name is wrong, as opposed to not tried. */
const refuting: ReadonlySet<string> = new Set([
  'not-found',
  'other-value',
  'wrong-type',
  'not-kept',
  'call-failed',
  'side-effect',
]);

/** Reasons for which trying again proves nothing more. */
const unprovable: ReadonlySet<string> = new Set(['never-shown', 'one-value']);

/** What is known of every mark, after a look and perhaps a trial; and of names without a mark that are not there. */
export function reportOf(
  { target, profile, tools }: Place,
  probe: SiteProbe,
  trial: SiteTrial | null,
): SiteReport {
  const proven = new Set([...probe.proven, ...(trial?.proven ?? [])]);
  const reasons = new Map(
    [...probe.open, ...(trial?.open ?? []).filter(isTold)].map(({ place, why }) => [place, why]),
  );
  const looks = new Map(probe.mappings.map((one) => [one.place, one]));
  const marked = tools.marksIn(profile).map((place): Verdict => {
    const seen = seenOf(looks.get(place));
    if (proven.has(place)) return { place, verdict: 'proven', why: null, ...seen };
    const why = reasons.get(place) ?? 'not-tried';
    return { place, verdict: refuting.has(why) ? 'refuted' : 'open', why, ...seen };
  });
  return {
    target: target.address,
    profile: profile.name,
    samples: probe.samples,
    verdicts: [...marked, ...outdated(probe)],
    calls: probe.calls,
    difference: probe.difference,
    steps: trial?.steps ?? [],
    unprovable: marked.flatMap(({ place, why }) => (why !== null && unprovable.has(why) ? [place] : [])),
  };
}

/** A trial that did not come to a place tells less than the look before it. */
function isTold({ why }: OpenMark): boolean {
  return why !== 'not-tried';
}

/** Names that were proven once, and are not there or of another type now. */
function outdated({ mappings, calls, enough }: SiteProbe): readonly Verdict[] {
  const names = mappings
    .filter(
      ({ marked, verdict }) => !marked && (verdict === 'wrong-type' || (verdict === 'missing' && enough)),
    )
    .map((one): Verdict => {
      const why = one.verdict === 'missing' ? 'not-found' : 'wrong-type';
      return { place: one.place, verdict: 'refuted', why, ...seenOf(one) };
    });
  const failing = calls
    .filter(
      ({ place, verdict }) =>
        verdict === 'fails' && (place === 'resources.extension.list' || place === 'tenant'),
    )
    .map(({ place }): Verdict => ({ place, verdict: 'refuted', why: 'call-failed' }));
  return [...names, ...failing];
}

function seenOf(look: SiteMapping | undefined): Pick<Verdict, 'seen'> {
  if (look === undefined) return {};
  const { path, resolved, of, types } = look;
  return { seen: { path, resolved, of, types } };
}
