/** What a family of targets can do, as data: half of the contract, and the source of docs/drivers.md. */
import type { HostLimits, Kind, Lang } from '../engine/model/index.ts';

/** Where a vendor fact comes from. `inference` and `unknown` are shown in docs/drivers.md. */
export type Source = 'vendor-docs' | 'vendor-code' | 'field' | 'wire' | 'inference' | 'unknown';

/** What one canonical field is on this family of targets. A missing field means *unknown*, and is refused by check. */
export interface FieldFact {
  /** The native name, for people: `registerpassword`. */
  readonly native: string;
  /** `sometimes` = depends on model or firmware; the {@link Reading} says what this box does. */
  readonly read: 'yes' | 'no' | 'sometimes' | 'unknown';
  readonly write: 'yes' | 'no' | 'guided' | 'sometimes' | 'unknown';
  readonly secret?: boolean;
  /** Cannot change after create. */
  readonly immutable?: boolean;
  /** The target computes it where it is not declared. */
  readonly computed?: boolean;
  readonly requiredOnCreate?: boolean;
  readonly source: Source;
  /** For the support table: limits and quirks in one sentence. */
  readonly note?: string;
}

export interface KindFact {
  /** The unit the target lets us write: one resource at a time, or its whole document. */
  readonly unit: 'resource' | 'document';
  readonly create: 'yes' | 'guided' | 'sometimes';
  readonly update: 'yes' | 'guided' | 'sometimes';
  readonly delete: 'yes' | 'guided' | 'sometimes';
  readonly fields: Readonly<Record<string, FieldFact>>;
}

/** What verify can ask a target. */
export type Proof = 'registrations' | 'callFlows' | 'placeCall';

export interface ProofFact {
  readonly source: Source;
  /** What its word is worth, in one sentence. */
  readonly note: string;
}

export interface Facts {
  /** For people: `Yeastar S-Series, K2 and Cloud PBX`. */
  readonly title: string;
  readonly target: 'pbx' | 'device';
  readonly kinds: Partial<Readonly<Record<Kind, KindFact>>>;
  readonly host: HostLimits;
  /** The target's own Apply step. `sometimes` = depends on the edition. */
  readonly commit: 'always' | 'never' | 'sometimes';
  /** Longest time after a write until it reads back and takes effect, ms. */
  readonly settleMs: number;
  /** How long a write whose answer was lost may still appear, ms. Until then absence is not believed. */
  readonly lateWriteMs: number;
  /** Parts of a credential: `['username', 'password']`. */
  readonly credential: readonly string[];
  /** What it can be asked beyond its configuration; a missing entry = nothing. */
  readonly verify: Readonly<Partial<Record<Proof, ProofFact>>>;
  /** How its API is opened, and whom to ask for what: for `alta doctor` and the docs. Missing = nothing needs opening. */
  readonly access?: Readonly<Record<Lang, string>>;
  /** What was never confirmed on a live box, one line each. Printed by `alta drivers`. */
  readonly unconfirmed: readonly string[];
}
