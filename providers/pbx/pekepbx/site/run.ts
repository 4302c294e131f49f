import type { Inventory } from '../inventory.ts';
import type { Row } from '../rows.ts';
import type { Box, Company } from '../tenant.ts';
import type { OpenMark, SelftestStep } from './contract.ts';

/** A self-test under way. What it has found is added as it goes, so that a failure loses nothing. */
export interface Run {
  readonly box: Box;
  readonly company: Company;
  readonly number: string;
  /** Address for errors. */
  readonly address: string;
  readonly steps: SelftestStep[];
  readonly proven: Set<string>;
  /** Place → why it stays open, where a step has found a reason. */
  readonly doubts: Map<string, OpenMark['why']>;
  /** What was last read. */
  inventory: Inventory;
  /** A create was sent: from now on something may be there. */
  sent: boolean;
  /** A create was accepted; with its id where the answer told one. */
  made: { readonly id: string | null } | null;
  /** The canary as a list has shown it, until it is gone. */
  row: Row | null;
}

export function note(run: Run, step: SelftestStep): void {
  run.steps.push(step);
}

export function prove(run: Run, ...places: readonly string[]): void {
  for (const place of places) run.proven.add(place);
}

/** The first reason is the one that helps. */
export function doubt(run: Run, place: string, why: OpenMark['why']): void {
  if (!run.doubts.has(place)) run.doubts.set(place, why);
}
