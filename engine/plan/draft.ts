import type { Capabilities } from '../../providers/contract.ts';
import {
  type Action,
  type Change,
  type Desired,
  digestOf,
  type FieldChange,
  type Foreign,
  type Section,
  type Unverifiable,
} from '../model/index.ts';
import { byHandOnly, onlyByHand } from './guided.ts';
import type { ClientInput } from './input.ts';
import { beforeOf, type Match } from './match.ts';

/** What one match comes to. All empty = converged. */
export interface Verdict {
  readonly change: Change | null;
  readonly foreign: Foreign | null;
  readonly unverifiable: readonly Unverifiable[];
}

/** Nothing to do, nothing to say. */
export const converged: Verdict = { change: null, foreign: null, unverifiable: [] };

/** The change of a declared thing, as the YAML wants it. */
export function draft(
  match: Match,
  desired: Desired,
  input: ClientInput,
  action: Action,
  section: Section,
  fields: readonly FieldChange[],
  can: Capabilities = capabilities(match),
): Change {
  const outstanding = input.state.outstanding[match.id];
  const writes = action === 'create' || action === 'update';
  const asked = fields.length > 0 && fields.every((field) => field.guided);
  const byHand = writes && (onlyByHand(can, desired.kind, action) || asked);
  return {
    address: desired.address,
    target: match.view.target.address,
    targetKey: match.view.target.key,
    kind: desired.kind,
    key: desired.key,
    action,
    section,
    means: byHand ? 'guided' : 'api',
    fields: byHand ? fields.map((field) => ({ ...field, guided: true })) : fields,
    before: beforeOf(match.actual),
    revs: revsOf(desired, fields),
    after: desired.dependsOn,
    blocked: null,
    ...(outstanding === undefined ? {} : { since: outstanding.since }),
  };
}

function revsOf(desired: Desired, fields: readonly FieldChange[]): Record<string, string | null> {
  const changing = new Set(fields.filter((field) => field.sensitive).map((field) => field.field));
  const secrets = Object.entries(desired.secrets).filter(([field]) => changing.has(field));
  return Object.fromEntries(secrets.map(([field, secret]) => [field, secret.marker]));
}

/** Asked for now, or by a run that did not get to it. */
export function requestedOrUnapplied(match: Match, desired: Desired, input: ClientInput): Section {
  const outstanding = input.state.outstanding[match.id];
  return outstanding !== undefined && outstanding.digest === desiredDigest(desired)
    ? 'unapplied'
    : 'requested';
}

/** The digest by which an outstanding change is recognised as the same request. */
export function desiredDigest(desired: Desired): string {
  const { secrets, values, references } = desired;
  const markers = Object.fromEntries(Object.entries(secrets).map(([field, { marker }]) => [field, marker]));
  // What is taken from elsewhere may become known between two runs: the request is the same.
  const own = Object.entries(values).filter(([field]) => !(field in references));
  return digestOf({ values: Object.fromEntries(own), markers });
}

/** What can be done there; on a target without an API everything needs a person. */
export function capabilities(match: Match): Capabilities {
  if (match.view.reading !== null) return match.view.reading.can;
  if (match.view.status === 'guided') return byHandOnly(['extension', 'account']);
  return { guidedActions: {}, guidedFields: {}, hiddenFields: {}, commit: false };
}

/** A verdict that holds a change. */
export function verdict(change: Change, unverifiable: readonly Unverifiable[]): Verdict {
  return { change, foreign: null, unverifiable };
}

/** The fields' names, for the text of a block. */
export function names(fields: readonly FieldChange[]): string {
  return fields.map((field) => field.field).join(', ');
}
