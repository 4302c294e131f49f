import type { Capabilities } from '../../providers/contract.ts';
import {
  type Change,
  type Desired,
  digestOf,
  type GuidedState,
  type Kind,
  type Scalar,
  type Values,
} from '../model/index.ts';

/** The part of a change that a person carries out. */
export interface GuidedPart {
  readonly action: 'create' | 'update' | 'delete';
  readonly values: Values;
  /** Secret field → marker of the version to enter. */
  readonly markers: Readonly<Record<string, string | null>>;
  /** Binds an attestation to exactly what was asked for: other values ask again. */
  readonly digest: string;
}

/** Null where no person is needed. */
export function guidedPart(change: Change): GuidedPart | null {
  const fields = change.fields.filter((field) => field.guided);
  if (change.means !== 'guided' && fields.length === 0) return null;
  const action = change.means === 'guided' ? guidedAction(change) : 'update';
  const plain = fields.filter((field) => !field.sensitive && !field.unknown);
  const values = Object.fromEntries(plain.map((field) => [field.field, field.after as Scalar]));
  const secret = new Set(fields.filter((field) => field.sensitive).map((field) => field.field));
  const markers = Object.fromEntries(Object.entries(change.revs).filter(([field]) => secret.has(field)));
  return { action, values, markers, digest: digestOf({ action, values, markers }) };
}

function guidedAction(change: Change): GuidedPart['action'] {
  return change.action === 'create' || change.action === 'delete' ? change.action : 'update';
}

/** Whether a person vouched for every guided field in the form that is desired now. */
export function fieldsAttested(
  desired: Desired,
  can: Capabilities,
  guided: GuidedState | undefined,
): boolean {
  if (guided?.attested === undefined) return false;
  const fields = (can.guidedFields[desired.kind] ?? []).filter((field) => field in desired.values);
  return fields.every((field) => guided.values[field] === desired.values[field]);
}

export function onlyByHand(can: Capabilities, kind: Kind, action: 'create' | 'update' | 'delete'): boolean {
  return can.guidedActions[kind]?.includes(action) ?? false;
}

/** Capabilities of a target without an API: everything is a step for a person, nothing is shown. */
export function byHandOnly(kinds: readonly Kind[]): Capabilities {
  return {
    guidedActions: Object.fromEntries(kinds.map((kind) => [kind, ['create', 'update', 'delete'] as const])),
    guidedFields: {},
    hiddenFields: {},
    commit: false,
  };
}
