import type { ActualView, Desired, Scalar } from '../../engine/model/index.ts';
import { desiredDigest } from '../../engine/plan/index.ts';
import type { Capabilities } from '../../providers/contract.ts';
import { unknown, type Value, type ValueObject } from '../plugin/contract.ts';
import { type ResourceShape, secretNames } from '../schema/resource.ts';

/** What a resource's state is brought up to date with. */
export interface Seen {
  readonly actual: ActualView;
  readonly can: Pick<Capabilities, 'hiddenFields' | 'guidedFields'>;
  /** The state's own values in the form that reading gives: where they are equal, the state keeps its spelling. */
  readonly normal: Readonly<Record<string, Scalar>>;
  /** All that is shown enters the state, not only what is managed: after an import nothing is known yet. */
  readonly everything: boolean;
}

/** The state of a resource as its target shows it now. What it does not show stays as it was last applied. Pure. */
export function shownState(shape: ResourceShape, state: ValueObject, seen: Seen): ValueObject {
  const { actual } = seen;
  const values = shape.values.map(({ field, attribute, computed }) => {
    const before = state[attribute] ?? null;
    const managed = before !== null || computed || seen.everything;
    return [attribute, managed ? valueNow(field, before, shape, seen) : before] as const;
  });
  const markers = shape.secrets.map((field) => {
    const { marker, source } = secretNames(field);
    const managed = (state[source] ?? null) !== null || (state[marker] ?? null) !== null || seen.everything;
    return [marker, managed ? (actual.fingerprints[field] ?? null) : null] as const;
  });
  return { ...state, ...Object.fromEntries(values), ...Object.fromEntries(markers) };
}

function valueNow(
  field: string,
  before: Value,
  { kind }: ResourceShape,
  { actual, can, normal }: Seen,
): Value {
  const hidden = [...(can.hiddenFields[kind] ?? []), ...(can.guidedFields[kind] ?? [])].includes(field);
  const shown = actual.values[field];
  if (hidden || shown === undefined) return before;
  return before !== null && normal[field] === shown ? before : shown;
}

/** A state in which whatever had to wait for the target is filled in, or known to be absent. */
export function withoutUnknowns(shape: ResourceShape, planned: ValueObject, shown: ValueObject): ValueObject {
  const entries = Object.keys(shape.schema.attributes).map((attribute) => {
    const value = planned[attribute] ?? null;
    const known = typeof value === 'symbol' ? (shown[attribute] ?? null) : value;
    return [attribute, typeof known === 'symbol' ? null : known] as const;
  });
  return Object.fromEntries(entries);
}

/** The state that an apply leaves: as it was planned, with what only the target knows. Pure. */
export function appliedState(
  shape: ResourceShape,
  planned: ValueObject,
  {
    actual,
    can,
    desired,
  }: Pick<Seen, 'can'> & { readonly actual: ActualView | null; readonly desired: Desired },
): ValueObject {
  const seen = actual === null ? null : { actual, can, normal: desired.values, everything: false };
  const shown = seen === null ? planned : shownState(shape, planned, seen);
  const digest = planned.applied_digest ?? unknown;
  const whole = withoutUnknowns(shape, planned, shown);
  return { ...whole, applied_digest: digest === unknown ? desiredDigest(desired) : digest };
}
