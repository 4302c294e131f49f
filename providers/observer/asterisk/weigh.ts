import type { Answer, Sighting, Technology, Unknown } from './sighting.ts';

/** A sighting with the command it comes from. */
export interface Seen extends Sighting {
  readonly from: string;
  readonly technology: Technology;
}

/** What several answers say together. */
export interface Known {
  /** By name; of several answers the last one that says something. */
  readonly seen: Readonly<Record<Technology, ReadonlyMap<string, Seen>>>;
  readonly unknown: readonly (Unknown & Pick<Answer, 'from' | 'technology'>)[];
  /** Names that a column cut. */
  readonly cut: readonly Seen[];
  /** Technologies of which a whole list of everything is here. */
  readonly whole: ReadonlySet<Technology>;
}

/** Puts answers together, oldest first. */
export function weigh(answers: readonly Answer[]): Known {
  const seen = { sip: new Map<string, Seen>(), pjsip: new Map<string, Seen>() };
  for (const answer of answers) takeIn(answer, seen[answer.technology]);
  const unknown = answers.flatMap(({ from, technology, unknown }) =>
    unknown.map((one) => ({ ...one, from, technology })),
  );
  const cut = answers.flatMap(({ from, technology, sightings }) =>
    sightings.filter((one) => one.cut).map((one) => ({ ...one, from, technology })),
  );
  const whole = answers.filter(({ lists, complete }) => lists === 'all' && complete);
  return {
    seen,
    unknown,
    cut,
    whole: new Set(whole.map(({ technology }) => technology)),
  };
}

function takeIn({ from, technology, lists, complete, sightings }: Answer, seen: Map<string, Seen>): void {
  const named = sightings.filter(({ cut }) => cut !== true);
  for (const sighting of named) {
    const before = seen.get(sighting.name);
    // What does not tell takes nothing back.
    if (before === undefined || before.binding === 'unsaid' || sighting.binding !== 'unsaid') {
      seen.set(sighting.name, { ...sighting, from, technology });
    }
  }
  if (lists !== 'contacts' || !complete) return;
  const present = new Set(named.map(({ name }) => name));
  for (const [name, before] of seen) {
    if (before.binding !== 'held' || present.has(name)) continue;
    seen.set(name, { name, binding: 'none', reach: 'unsaid', words: 'no contact', from, technology });
  }
}
