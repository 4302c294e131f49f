import type { Block, Desired, FieldChange, State, StateEntry, Unverifiable } from '../model/index.ts';
import { blindVerdict } from './blind.ts';
import {
  capabilities,
  converged,
  desiredDigest,
  draft,
  names,
  requestedOrUnapplied,
  type Verdict,
  verdict,
} from './draft.ts';
import { diffFields, leaves } from './fields.ts';
import { fieldsAttested } from './guided.ts';
import type { ClientInput } from './input.ts';
import type { Match } from './match.ts';
import { foreignVerdict, undesiredVerdict } from './undesired.ts';

export type { Verdict } from './draft.ts';

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
  return match.actual === null ? converged : foreignVerdict(match.view.target, match.actual);
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

/** Somebody wants it fetched again: what a phone that nobody can ask was told by hand is undone so. */
function isRepublished({ view }: Match, { republish }: ClientInput): boolean {
  return republish === true && view.target.publication !== undefined;
}

/** What is there already, and is written once more; nothing where that is not due. */
function writtenAgain(match: Match, desired: Desired, input: ClientInput): FieldChange[] {
  if (notInEffect(match, desired, input.state.outstanding)) return rewritten(desired, 'unconfirmed');
  return isRepublished(match, input) ? rewritten(desired, 'republished') : [];
}

/** Writing a value again that is there already makes the target put everything into effect. */
function rewritten(desired: Desired, why: FieldChange['why']): FieldChange[] {
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
      why,
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
  if (fields.length === 0) return nothingDiffers(match, desired, entry, input, unverifiable);
  const drift = fields.every((field) => field.why === 'drift');
  const section = drift ? 'drift' : requestedOrUnapplied(match, desired, input);
  const change = draft(match, desired, input, 'update', section, fields);
  return verdict({ ...change, ...previousOf(entry, desired) }, unverifiable);
}

/**
 * The target has it all, or what is put in its way does: until it has fetched that, the change waits; where nothing tells whether it has,
 * that is said. State may still have to follow.
 */
function nothingDiffers(
  match: Match,
  desired: Desired,
  entry: StateEntry,
  input: ClientInput,
  compared: readonly Unverifiable[],
): Verdict {
  const delivery = match.actual?.delivery;
  const unverifiable = delivery === 'unknown' ? [...compared, unfetched(desired)] : compared;
  if (delivery === 'waiting') {
    const change = draft(match, desired, input, 'update', 'unapplied', []);
    return verdict({ ...change, means: 'deferred', published: true }, unverifiable);
  }
  const previous = previousOf(entry, desired);
  const again = writtenAgain(match, desired, input);
  if (again.length > 0) {
    const section = again.some(({ why }) => why === 'republished') ? 'requested' : 'unapplied';
    const change = draft(match, desired, input, 'update', section, again);
    return verdict({ ...change, ...previous }, unverifiable);
  }
  const moved = entry.address !== desired.address;
  if (!moved && upToDate(entry, desired, unverifiable)) return { ...converged, unverifiable };
  const change = draft(match, desired, input, 'record', moved ? 'moved' : 'requested', []);
  return verdict({ ...change, ...previous }, unverifiable);
}

/** What state calls it, where the YAML calls it something else. */
function previousOf(entry: StateEntry, { address }: Desired): { readonly previousAddress?: string } {
  return entry.address === address ? {} : { previousAddress: entry.address };
}

/** Nothing tells whether the target has fetched what lies there for it. */
function unfetched({ address }: Desired): Unverifiable {
  return { address, field: '*', code: 'published' };
}

/** Whether state already says of a converged resource what it would say after an apply. */
function upToDate(entry: StateEntry, desired: Desired, unverifiable: readonly Unverifiable[]): boolean {
  if ((entry.protect === true) !== desired.protect) return false;
  if (entry.dependsOn.join() !== desired.dependsOn.join()) return false;
  if (Object.keys(entry.values).some((field) => leaves(desired, field))) return false;
  const blind = new Set(unverifiable.map((item) => item.field));
  return Object.entries(desired.values).every(([f, value]) => blind.has(f) || entry.values[f] === value);
}

const identity: ReadonlySet<string> = new Set(['registerName', 'userName', 'server']);

/** An account under another name keeps a password that cannot be right: with it the phone would only be banned. */
function strangeSecret({ kind, adopt, secrets }: Desired, fields: readonly FieldChange[]): Block | null {
  const other = fields.some(({ field, guided }) => identity.has(field) && !guided);
  const kept = kind === 'account' && secrets.password !== undefined && adopt !== 'secrets';
  return kept && other ? { code: 'needs-secret-consent', params: {} } : null;
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
  const asked = match.guided?.action === 'create' && match.guided.attested === undefined;
  const consent = asked || byHand || desired.adopt !== 'no';
  const missing: Block = { code: 'needs-adopt', params: { fields: names(fields) } };
  const block = consent ? strangeSecret(desired, fields) : missing;
  const change = draft(match, desired, input, 'update', 'adopted', fields);
  return verdict({ ...change, blocked: block }, unverifiable);
}
