import type { Desired, Diagnostic, Target } from '../../../engine/model/index.ts';
import type { TargetFacts } from '../../contract.ts';
import { told } from '../../rules.ts';
import { normalise } from './check.ts';
import { profileOf } from './profile/target.ts';
import { missingWhenNew } from './required.ts';

/** What a reading tells for this. A list that was not read is missing, and judges nothing. */
export interface Lists {
  /** Every number that is there. */
  readonly numbers?: readonly string[];
  /** DIDs of the company. */
  readonly callerIds?: readonly string[];
}

/** Most values that a message lists. */
const LISTED = 12;

/**
 * What this very company cannot do: a caller ID that is none of its DIDs, a new extension without the secrets that every new one needs.
 * Pure.
 */
export function checkReading(desired: Desired, target: Target, facts: TargetFacts): readonly Diagnostic[] {
  if (desired.kind !== 'extension') return [];
  const { callerIds, numbers }: Lists = facts.lists ?? {};
  return [...callerIdProblems(desired, target, callerIds), ...missingWhenNew(desired, target, numbers)];
}

function callerIdProblems(
  desired: Desired,
  target: Target,
  known: readonly string[] | undefined,
): readonly Diagnostic[] {
  const { callerId } = normalise(desired, target).values;
  const words = Object.keys(profileOf(target)?.fields.callerId?.values ?? {});
  const spoken = words.includes(String(callerId));
  if (known === undefined || callerId === undefined || spoken || known.includes(String(callerId))) return [];
  const more = known.length > LISTED ? ['…'] : [];
  const allowed = [...words, ...known.slice(0, LISTED), ...more];
  return [told(desired, target, 'value-one-of', { field: 'callerId', value: String(callerId), allowed })];
}
