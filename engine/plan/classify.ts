import type { Capabilities } from '../../providers/contract.ts';
import {
  type Action,
  type ActualView,
  type Block,
  type Change,
  type Desired,
  digestOf,
  type FieldChange,
  type Foreign,
  type Section,
  type State,
  type StateEntry,
  type Unverifiable,
} from '../model/index.ts';
import { diffFields } from './fields.ts';
import { byHandOnly, fieldsAttested, onlyByHand } from './guided.ts';
import type { ClientInput } from './input.ts';
import { beforeOf, type Match } from './match.ts';

/** What one match comes to. All empty = converged. */
export interface Verdict {
  readonly change: Change | null;
  readonly foreign: Foreign | null;
  readonly unverifiable: readonly Unverifiable[];
}

const converged: Verdict = { change: null, foreign: null, unverifiable: [] };

/**
 * ```
 * desired  actual  ours   verdict
 *   x        x      x     update where a field differs (requested or drift); moved where only the label differs
 *   x        x      –     adopt: a record where nothing differs, else an update that needs consent
 *   x        –      x     create again (vanished)
 *   x        –      –     create (requested, or unapplied where an earlier run should have made it)
 *   –        x      x     delete; forget where released, or where another client desires it
 *   –        –      x     record: gone already
 *   –        x      –     foreign
 * ```
 */
export function classify(match: Match, input: ClientInput): Verdict {
  if (match.desired !== null) return desiredVerdict(match, match.desired, input);
  if (match.entry !== null) return undesiredVerdict(match, match.entry, input);
  return match.actual === null ? converged : foreignVerdict(match.view.target.address, match.actual);
}

function desiredVerdict(match: Match, desired: Desired, input: ClientInput): Verdict {
  const can = capabilities(match);
  const blind = match.view.reading === null;
  if (blind) return blindVerdict(match, desired, input, can);
  const attested = fieldsAttested(desired, can, match.guided);
  const entry = match.actual === null ? null : match.entry;
  const diff = diffFields({ desired, actual: match.actual, entry, can, attested });
  if (match.actual === null) {
    const section = match.entry === null ? requestedOrUnapplied(match, desired, input) : 'vanished';
    return verdict(draft(match, desired, input, 'create', section, diff.changes), diff.unverifiable);
  }
  if (match.entry === null) return adoption(match, desired, input, diff.changes, diff.unverifiable);
  return ours(match, desired, match.entry, input, diff.changes, diff.unverifiable);
}

/** An earlier run learned that this very form was saved and not put into effect. */
function notInEffect(match: Match, desired: Desired, outstanding: State['outstanding']): boolean {
  const known = outstanding[match.id];
  return known?.reason === 'not-in-effect' && known.digest === desiredDigest(desired);
}

/** Writing a value again that is there already makes the target put everything into effect. */
function rewritten(desired: Desired): FieldChange[] {
  const field = Object.keys(desired.values).find((name) => name !== 'number');
  const value = field === undefined ? undefined : desired.values[field];
  if (field === undefined || value === undefined) return [];
  return [
    {
      field,
      before: value,
      after: value,
      sensitive: false,
      unknown: false,
      why: 'unconfirmed',
      guided: false,
    },
  ];
}

function ours(
  match: Match,
  desired: Desired,
  entry: StateEntry,
  input: ClientInput,
  fields: readonly FieldChange[],
  unverifiable: readonly Unverifiable[],
): Verdict {
  const moved = entry.address !== desired.address;
  const previous = moved ? { previousAddress: entry.address } : {};
  if (fields.length === 0) {
    const again = notInEffect(match, desired, input.state.outstanding) ? rewritten(desired) : [];
    if (again.length > 0) {
      return verdict(
        { ...draft(match, desired, input, 'update', 'unapplied', again), ...previous },
        unverifiable,
      );
    }
    if (!moved && upToDate(entry, desired, unverifiable)) return { ...converged, unverifiable };
    const section = moved ? 'moved' : 'requested';
    return verdict({ ...draft(match, desired, input, 'record', section, []), ...previous }, unverifiable);
  }
  const drift = fields.every((field) => field.why === 'drift');
  const section = drift ? 'drift' : requestedOrUnapplied(match, desired, input);
  return verdict({ ...draft(match, desired, input, 'update', section, fields), ...previous }, unverifiable);
}

/** Whether state already says of a converged resource what it would say after an apply. */
function upToDate(entry: StateEntry, desired: Desired, unverifiable: readonly Unverifiable[]): boolean {
  if ((entry.protect === true) !== desired.protect) return false;
  const blind = new Set(unverifiable.map((item) => item.field));
  return Object.entries(desired.values).every(([f, value]) => blind.has(f) || entry.values[f] === value);
}

/** Found there, declared here, not ours yet. A step that a person was asked to do counts as consent. */
function adoption(
  match: Match,
  desired: Desired,
  input: ClientInput,
  fields: readonly FieldChange[],
  unverifiable: readonly Unverifiable[],
): Verdict {
  const byHand = fields.every((field) => field.guided);
  if (fields.length === 0) {
    return verdict(draft(match, desired, input, 'record', 'adopted', []), unverifiable);
  }
  const asked = match.guided?.action === 'create' || byHand;
  const consent = asked || desired.adopt !== 'no';
  const block: Block | null = consent ? null : { code: 'needs-adopt', params: { fields: names(fields) } };
  const change = draft(match, desired, input, 'update', 'adopted', fields);
  return verdict({ ...change, blocked: block }, unverifiable);
}

/** The target cannot be read: guided targets go by state and attestation, the others wait. */
function blindVerdict(match: Match, desired: Desired, input: ClientInput, can: Capabilities): Verdict {
  const { status } = match.view;
  if (status === 'skipped') return converged;
  if (status === 'guided') return guidedVerdict(match, desired, input, can);
  const fields = sinceLastApply(desired, match.entry);
  if (fields.length === 0) return converged;
  const action = match.entry === null ? 'create' : 'update';
  const change = draft(match, desired, input, action, requestedOrUnapplied(match, desired, input), fields);
  if (awayForNow(match)) return verdict({ ...change, means: 'deferred' }, []);
  return verdict({ ...change, blocked: { code: 'target-unreadable', params: {} } }, []);
}

/** Not there now, and not expected to be always. A refused login or a strange answer is something else. */
function awayForNow(match: Match): boolean {
  return match.view.status === 'unreachable' && match.view.target.presence === 'sometimes';
}

function guidedVerdict(match: Match, desired: Desired, input: ClientInput, can: Capabilities): Verdict {
  const fields = sinceLastApply(desired, match.entry).map((field) => ({ ...field, guided: true }));
  if (fields.length === 0) return { ...converged, unverifiable: vouched(desired) };
  const action = match.entry === null ? 'create' : 'update';
  return verdict(draft(match, desired, input, action, 'requested', fields, can), []);
}

/** Desired against the last applied form, for targets that cannot be looked at. */
function sinceLastApply(desired: Desired, entry: StateEntry | null): FieldChange[] {
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
  const secret = Object.entries(desired.secrets)
    .filter(([field, want]) => want.source === 'declared' && secretDue(want.marker, entry, field))
    .map(([field]) => ({ ...base, field, before: null, after: null, sensitive: true }));
  return [...plain, ...secret];
}

function secretDue(marker: string | null, entry: StateEntry | null, field: string): boolean {
  if (entry === null) return true;
  const last = entry.secrets[field];
  return last === undefined || (marker !== null && last.marker !== null && last.marker !== marker);
}

function vouched(desired: Desired): Unverifiable[] {
  return [{ address: desired.address, field: '*', code: 'attested' }];
}

function undesiredVerdict(match: Match, entry: StateEntry, input: ClientInput): Verdict {
  const released = input.released.has(match.id) || input.released.has(entry.address);
  const elsewhere = input.desiredElsewhere.has(match.id);
  if (released || elsewhere) {
    return verdict(undesired(match, entry, 'forget', released ? 'released' : 'moved'), []);
  }
  if (match.view.status === 'skipped') return converged;
  if (match.view.reading !== null && match.actual === null) {
    return verdict(undesired(match, entry, 'record', 'vanished'), []);
  }
  const change = undesired(match, entry, 'delete', 'requested');
  if (match.view.status === 'unreachable' || match.view.status === 'failed') {
    const block: Block = { code: 'target-unreadable', params: {} };
    return verdict(awayForNow(match) ? { ...change, means: 'deferred' } : { ...change, blocked: block }, []);
  }
  return verdict(protectedBlock(change, input), []);
}

function protectedBlock(change: Change, input: ClientInput): Change {
  const by = input.referenced.get(change.address);
  if (by === undefined) return change;
  return { ...change, blocked: { code: 'referenced', params: { by } } };
}

function foreignVerdict(target: string, actual: ActualView): Verdict {
  const name = typeof actual.values.name === 'string' ? actual.values.name : '';
  return { ...converged, foreign: { target, kind: actual.kind, key: actual.key, name } };
}

function undesired(match: Match, entry: StateEntry, action: Action, section: Section): Change {
  const by = action === 'delete' && onlyByHand(capabilities(match), entry.kind, 'delete');
  const change: Change = {
    address: entry.address,
    target: match.view.target.address,
    targetKey: match.view.target.key,
    kind: entry.kind,
    key: entry.key,
    action,
    section,
    means: by ? 'guided' : 'api',
    fields: [],
    before: beforeOf(match.actual),
    revs: {},
    after: [],
    blocked: null,
  };
  return change;
}

function draft(
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
  const byHand = writes && (onlyByHand(can, desired.kind, action) || fields.every((field) => field.guided));
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

function requestedOrUnapplied(match: Match, desired: Desired, input: ClientInput): Section {
  const outstanding = input.state.outstanding[match.id];
  return outstanding !== undefined && outstanding.digest === desiredDigest(desired)
    ? 'unapplied'
    : 'requested';
}

/** The digest by which an outstanding change is recognised as the same request. */
export function desiredDigest(desired: Desired): string {
  const markers = Object.fromEntries(Object.entries(desired.secrets).map(([f, s]) => [f, s.marker]));
  return digestOf({ values: desired.values, markers });
}

function capabilities(match: Match): Capabilities {
  if (match.view.reading !== null) return match.view.reading.can;
  if (match.view.status === 'guided') return byHandOnly(['extension', 'account']);
  return { guidedActions: {}, guidedFields: {}, hiddenFields: {}, commit: false };
}

function verdict(change: Change, unverifiable: readonly Unverifiable[]): Verdict {
  return { change, foreign: null, unverifiable };
}

function names(fields: readonly FieldChange[]): string {
  return fields.map((field) => field.field).join(', ');
}
