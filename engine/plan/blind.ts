import type { Capabilities } from '../../providers/contract.ts';
import {
  type Desired,
  type FieldChange,
  inReadingOrder,
  type StateEntry,
  type Unverifiable,
} from '../model/index.ts';
import { converged, draft, requestedOrUnapplied, type Verdict, verdict } from './draft.ts';
import { leftAlone } from './fields.ts';
import type { ClientInput } from './input.ts';
import type { Match } from './match.ts';
import { unknownFields } from './references.ts';

/** The target cannot be read: guided targets go by state and attestation, the others wait. */
export function blindVerdict(match: Match, desired: Desired, input: ClientInput, can: Capabilities): Verdict {
  const { status } = match.view;
  if (status === 'guided') return guidedVerdict(match, desired, input, can);
  const fields = sinceLastApply(desired, match.entry);
  if (fields.length === 0) return converged;
  const action = match.entry === null ? 'create' : 'update';
  const change = draft(match, desired, input, action, requestedOrUnapplied(match, desired, input), fields);
  if (status === 'skipped') return verdict(change, []);
  if (awayForNow(match)) return verdict({ ...change, means: 'deferred' }, []);
  return verdict({ ...change, blocked: { code: 'target-unreadable', params: {} } }, []);
}

/** Not there now, and not expected to be always. A refused login or a strange answer is something else. */
export function awayForNow(match: Match): boolean {
  return match.view.status === 'unreachable' && match.view.target.presence === 'sometimes';
}

function guidedVerdict(match: Match, desired: Desired, input: ClientInput, can: Capabilities): Verdict {
  const fields = sinceLastApply(desired, match.entry).map((field) => ({ ...field, guided: true }));
  if (fields.length === 0) return { ...converged, unverifiable: vouched(desired) };
  const action = match.entry === null ? 'create' : 'update';
  return verdict(draft(match, desired, input, action, 'requested', fields, can), []);
}

/** Desired against the last applied form, for targets that cannot be looked at. */
function sinceLastApply(desired: Desired, entry: StateEntry | null): readonly FieldChange[] {
  const base = { unknown: false, why: 'requested' as const, guided: false };
  const plain = Object.entries(desired.values)
    .filter(([field, want]) => entry?.values[field] !== want)
    .map(([field, after]) => ({
      ...base,
      field,
      before: entry?.values[field] ?? null,
      after,
      sensitive: false,
    }));
  const later = unknownFields(desired).map((field) => {
    return {
      ...base,
      field,
      before: entry?.values[field] ?? null,
      after: null,
      sensitive: false,
      unknown: true,
    };
  });
  const secret = Object.entries(desired.secrets)
    .filter(([field, want]) => !leftAlone(want, desired) && secretDue(want.marker, entry, field))
    .map(([field]) => ({ ...base, field, before: null, after: null, sensitive: true }));
  return inReadingOrder(desired.kind, [...plain, ...later, ...secret]);
}

function secretDue(marker: string | null, entry: StateEntry | null, field: string): boolean {
  if (entry === null) return true;
  const last = entry.secrets[field];
  return last === undefined || (marker !== null && last.marker !== null && last.marker !== marker);
}

function vouched(desired: Desired): Unverifiable[] {
  return [{ address: desired.address, field: '*', code: 'attested' }];
}
