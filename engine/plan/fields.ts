import type { Capabilities } from '../../providers/contract.ts';
import {
  type ActualView,
  type Desired,
  type FieldChange,
  inReadingOrder,
  type Kind,
  type Scalar,
  type SecretMarker,
  type SecretState,
  type StateEntry,
  type Unverifiable,
} from '../model/index.ts';
import { unknownFields } from './references.ts';

/** The comparison of one resource, field by field. */
export interface FieldDiff {
  readonly changes: readonly FieldChange[];
  readonly unverifiable: readonly Unverifiable[];
}

/** What the three-way comparison of one resource looks at. */
export interface Sides {
  readonly desired: Desired;
  /** Null = proven absent. */
  readonly actual: ActualView | null;
  /** Null = not ours so far. */
  readonly entry: StateEntry | null;
  readonly can: Capabilities;
  /** Fields (or `*`) that a person vouched for in just this form. */
  readonly attested: boolean;
}

/**
 * Desired against actual, with the last-applied value as the witness that tells a request from drift:
 * where last-applied equals desired, somebody else changed the target; otherwise the YAML asks for it.
 */
export function diffFields(sides: Sides): FieldDiff {
  const plain = Object.entries(sides.desired.values).map(([field, want]) => diffValue(field, want, sides));
  const later = unknownFields(sides.desired).map((field) => diffUnknown(field, sides));
  const secret = Object.entries(sides.desired.secrets).map(([field, want]) => diffSecret(field, want, sides));
  const { changes, unverifiable } = merge([...plain, ...later, ...secret, ...resets(sides)]);
  return { changes: inReadingOrder(sides.desired.kind, changes), unverifiable };
}

/** Ours by the last apply, still there, and neither declared any more nor left alone. */
function resets({ desired, actual, entry, can }: Sides): FieldDiff[] {
  if (can.resets?.includes(desired.kind) !== true) return [];
  const ours = Object.keys(entry?.values ?? {});
  return ours.flatMap((field) => {
    const before = actual?.values[field];
    const wanted = field in desired.values || field in desired.references;
    if (wanted || leaves(desired, field) || before === undefined) return [];
    const base = { sensitive: false, unknown: false, why: 'requested', guided: false } as const;
    return [changed({ field, before, after: null, ...base })];
  });
}

const nothing: FieldDiff = { changes: [], unverifiable: [] };

function merge(parts: readonly FieldDiff[]): FieldDiff {
  return {
    changes: parts.flatMap((part) => part.changes),
    unverifiable: parts.flatMap((part) => part.unverifiable),
  };
}

function diffValue(field: string, want: Scalar, sides: Sides): FieldDiff {
  const guided = listed(sides.can.guidedFields, sides.desired.kind, field);
  if (guided || listed(sides.can.hiddenFields, sides.desired.kind, field)) {
    return diffHidden(field, want, guided, sides);
  }
  const have = sides.actual?.values[field] ?? null;
  if (have === want) return nothing;
  const why = sides.actual !== null && sides.entry?.values[field] === want ? 'drift' : 'requested';
  return changed({ field, before: have, after: want, sensitive: false, unknown: false, why, guided: false });
}

/** Known after apply: it may come out as it is, so whatever is there now may change. */
function diffUnknown(field: string, { actual }: Sides): FieldDiff {
  const before = actual?.values[field] ?? null;
  return changed({
    field,
    before,
    after: null,
    sensitive: false,
    unknown: true,
    why: 'requested',
    guided: false,
  });
}

/** A field the box never shows: set once by its means, then only a person or the last write vouches for it. */
function diffHidden(field: string, want: Scalar, guided: boolean, sides: Sides): FieldDiff {
  const known = sides.actual !== null && sides.entry?.values[field] === want;
  if (guided ? sides.attested : known) {
    return unverifiable(sides.desired.address, field, guided ? 'attested' : 'not-shown');
  }
  const before = sides.entry?.values[field] ?? null;
  return changed({ field, before, after: want, sensitive: false, unknown: false, why: 'requested', guided });
}

function diffSecret(field: string, want: SecretMarker, sides: Sides): FieldDiff {
  if (leftAlone(want, sides.desired)) return nothing;
  if (sides.actual === null) return secretChange(field, 'requested');
  const address = sides.desired.address;
  if (sides.entry === null) {
    return sides.desired.adopt === 'secrets'
      ? secretChange(field, 'requested')
      : unverifiable(address, field, 'never-applied');
  }
  const last = sides.entry.secrets[field];
  if (last === undefined) return secretChange(field, 'requested');
  if (want.marker === null) return unseen(field, want, sides.desired);
  if (last.marker === null) {
    return sides.desired.adopt === 'secrets'
      ? secretChange(field, 'requested')
      : unverifiable(address, field, 'never-applied');
  }
  if (last.marker !== want.marker) return secretChange(field, goesBack(want.marker, last.marker));
  return diffReadback(field, last, sides.actual, address);
}

/** Whether the YAML says aloud that a field is not managed. A driver may still fill it in from another one. */
export function leaves({ leave, values }: Desired, field: string): boolean {
  return leave?.includes(field) === true && !(field in values);
}

/** A PBX that makes its own secrets is left to it; its phones are given what it made. */
export function leftAlone({ source }: SecretMarker, { kind }: Desired): boolean {
  return source === 'unmanaged' || (source === 'pbx' && kind === 'extension');
}

/** Without a marker nothing can be compared, unless the secret does not exist yet. */
function unseen(field: string, { source }: SecretMarker, desired: Desired): FieldDiff {
  if (source === 'pbx' && unknownFields(desired).length > 0) return secretChange(field, 'requested');
  return unverifiable(desired.address, field, 'no-marker');
}

function diffReadback(field: string, last: SecretState, actual: ActualView, address: string): FieldDiff {
  const shown = actual.fingerprints[field];
  if (shown === undefined) return unverifiable(address, field, 'not-shown');
  if (shown === null || last.readback === undefined)
    return unverifiable(address, field, 'no-fingerprint-key');
  return shown === last.readback ? nothing : secretChange(field, 'drift');
}

const ulid = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** Revs are ULIDs, so an older one sorts before a newer one. HMAC markers have no order. */
function goesBack(want: string, last: string): 'goes-back' | 'requested' {
  return ulid.test(want) && ulid.test(last) && want < last ? 'goes-back' : 'requested';
}

function secretChange(field: string, why: FieldChange['why']): FieldDiff {
  return changed({ field, before: null, after: null, sensitive: true, unknown: false, why, guided: false });
}

function changed(change: FieldChange): FieldDiff {
  return { changes: [change], unverifiable: [] };
}

function unverifiable(address: string, field: string, code: Unverifiable['code']): FieldDiff {
  return { changes: [], unverifiable: [{ address, field, code }] };
}

export function listed(
  table: Readonly<Partial<Record<Kind, readonly string[]>>>,
  kind: Kind,
  name: string,
): boolean {
  return table[kind]?.includes(name) ?? false;
}
