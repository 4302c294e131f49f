/** Several measurements of one thing. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws RangeError without a sample */
export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) throw new RangeError('no sample');
  const middle = (sorted.length - 1) / 2;
  const low = sorted[Math.floor(middle)] ?? min;
  const high = sorted[Math.ceil(middle)] ?? max;
  return { median: (low + high) / 2, min, max };
}

/** A number that was counted, not timed. */
export function exactly(value: number): Spread {
  return { median: value, min: value, max: value };
}

/** Runs `ours` and `floor` in turns, so that a noisy neighbour troubles both alike. */
export async function inTurns<A, B>(
  rounds: number,
  ours: () => Promise<A>,
  floor: () => Promise<B>,
): Promise<{ readonly ours: readonly A[]; readonly floor: readonly B[] }> {
  const a: A[] = [];
  const b: B[] = [];
  for (let round = 0; round < rounds; round += 1) {
    b.push(await floor());
    a.push(await ours());
  }
  return { ours: a, floor: b };
}
