/** The memory driver with one defect each: what the suite must catch, and nothing but. */
import { failingMutants } from './failing.ts';
import type { Mutant } from './mutant.ts';
import { pureMutants } from './pure.ts';
import { readingMutants } from './reading.ts';
import { trustMutants } from './trust.ts';
import { writingMutants } from './writing.ts';

export type { Mutant } from './mutant.ts';

/** At least one defect for each law. */
export const mutants: readonly Mutant[] = [
  ...readingMutants,
  ...writingMutants,
  ...failingMutants,
  ...trustMutants,
  ...pureMutants,
];
