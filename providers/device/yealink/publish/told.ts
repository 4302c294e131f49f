import { type Code, type Target, warningDiagnostic } from '../../../../engine/model/index.ts';
import type { Reading } from '../../../contract.ts';

/** What one session has done to the file of a phone, and what the two have heard of each other. */
export interface Told {
  /** Written since the phone was last told. */
  untold: boolean;
  wrote: boolean;
  /** An earlier run wrote what the phone lacks: it was never told, or did not listen. */
  overdue: boolean;
  /** It was told in this session, or that was tried. */
  asked: boolean;
  /** Why it could not be told to fetch; null where it could. */
  failed: Code | null;
  /** Lines that it showed at the last reading; null where it was not asked. */
  lines: ReadonlySet<string> | null;
}

export function nothingTold(): Told {
  return { untold: false, wrote: false, overdue: false, asked: false, failed: null, lines: null };
}

export function noteWrite(told: Told): void {
  told.untold = true;
  told.wrote = true;
}

/** Tells a phone of what was written since it was last told. A refused login is not tried again. */
export async function tellOfWrites(told: Told, tell: () => Promise<Code | null>): Promise<void> {
  if (!told.untold || told.failed === 'wrong-credentials') return;
  told.untold = false;
  told.asked = true;
  told.failed = await tell();
}

/** As {@link tellOfWrites}, and of what an earlier run wrote: not before the end, since writes that are still to come tell it as well. */
export async function tellAtLast(told: Told, tell: () => Promise<Code | null>): Promise<void> {
  if (told.overdue && !told.asked) told.untold = true;
  await tellOfWrites(told, tell);
}

/** The phone fetches later by itself, if at all: a person should know why it was not told. */
export function untoldOf({ failed }: Told, { address, publication }: Target): Pick<Reading, 'diagnostics'> {
  if (failed === null) return {};
  const params = { target: address, trigger: publication?.trigger ?? 'none', kind: failed };
  return { diagnostics: [warningDiagnostic('trigger-failed', params, { address })] };
}
