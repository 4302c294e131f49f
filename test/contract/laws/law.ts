import type { ContractHarness } from '../harness.ts';

/** One promise of the contract as a function: it returns where the driver keeps it and throws where it does not. */
export interface Law {
  /** Stable name, used by exemptions. */
  readonly id: string;
  /** The promise in one sentence: the title of its test. */
  readonly title: string;
  /** Cannot be exempted. */
  readonly essential: boolean;
  /** The law itself leaves a session that nobody could end: the target was not reachable when it closed. */
  readonly leavesSession?: boolean;
  readonly run: (harness: ContractHarness) => Promise<void>;
}

/** The fault, or a failure that says what to do about its absence. */
export function needed<T>(fault: T | undefined, name: string, law: string): T {
  if (fault === undefined) {
    throw new Error(`The harness has no fault \`${name}\`: give it one, or exempt \`${law}\` with a reason.`);
  }
  return fault;
}
