import { endingLaws } from './ending.ts';
import { factsLaws } from './facts.ts';
import { failingLaws } from './failing.ts';
import type { Law } from './law.ts';
import { ownershipLaws } from './ownership.ts';
import { pureLaws } from './pure.ts';
import { readingLaws } from './reading.ts';
import { secrecyLaws } from './secrecy.ts';
import { trustLaws } from './trust.ts';
import { writingLaws } from './writing.ts';

export type { Law } from './law.ts';

/** Every law of the contract. */
export const laws: readonly Law[] = [
  ...readingLaws,
  ...writingLaws,
  ...ownershipLaws,
  ...factsLaws,
  ...failingLaws,
  ...endingLaws,
  ...trustLaws,
  ...secrecyLaws,
  ...pureLaws,
];
