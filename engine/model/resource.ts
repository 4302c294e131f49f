import type { Secret } from './secret.ts';

/** What a target holds. Closed: a new kind is a change of the model. */
export type Kind = 'extension' | 'account';

/** A plain value in canonical form. Numbers of telephones and extensions are always text. */
export type Scalar = string | number | boolean;

/** Canonical field name → value. A missing field is *not declared* (desired) or *not shown* (actual). */
export type Values = Readonly<Record<string, Scalar>>;

/**
 * Where a declared thing stands in the YAML. The position is looked up lazily from the path, so that loading
 * ten thousand extensions does not pay for ranges nobody prints.
 */
export interface Origin {
  /** Relative to the workspace. */
  readonly filename: string;
  /** Keys and indexes from the document's root. */
  readonly path: readonly (string | number)[];
}

/**
 * A secret as desired: named and versioned, never its value.
 * - `declared`: lives in secrets.yaml (marker = `rev`) or comes from env or file (marker = `hmac:…`);
 *   `marker` is null when the key to compute it is not at hand ("not compared").
 * - `pbx`: read from the PBX at apply where it shows it. `unmanaged`: left alone.
 */
export interface SecretMarker {
  readonly name: string;
  readonly source: 'declared' | 'pbx' | 'unmanaged';
  readonly marker: string | null;
}

/** A resource as the YAML wants it, already in canonical form. */
export interface Desired {
  /** Label for people, e.g. `acme/pbx:main/extension:10`. */
  readonly address: string;
  readonly kind: Kind;
  /** Natural key within the target: the extension's number, the account's line. */
  readonly key: string;
  readonly values: Values;
  readonly secrets: Readonly<Record<string, SecretMarker>>;
  /** Field → the address and field whose value it takes, known after apply. */
  readonly references: Readonly<Record<string, { readonly address: string; readonly field: string }>>;
  /** Fields that the YAML says aloud to leave alone, with `null`: what is there stays, also where it was ours. */
  readonly leave?: readonly string[];
  /** What the target computes for fields that are not declared, as far as that is known before it is asked. */
  readonly computed?: Values;
  readonly dependsOn: readonly string[];
  /** Never deleted while true. */
  readonly protect: boolean;
  /** Consent to take over a differing object found on the target; `secrets` also replaces its secrets. */
  readonly adopt: 'no' | 'values' | 'secrets';
  readonly origin: Origin;
}

/** A resource as a driver read it. Readable secrets stay wrapped; the engine turns them into fingerprints. */
export interface Actual {
  readonly kind: Kind;
  readonly key: string;
  /** The vendor's own id, where it has one beside the key. Valid for one session only. */
  readonly id?: string;
  readonly values: Values;
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Seen, never declared: registration status and the like. */
  readonly observed: Values;
  /**
   * Set where this is what was put in the way of the target, not what the target was seen to have: `waiting` = it has not fetched it yet ·
   * `unknown` = nothing tells whether it has.
   */
  readonly delivery?: Delivery;
}

export type Delivery = 'waiting' | 'unknown';

/** An {@link Actual} without secrets: field → keyed fingerprint, null where no fingerprint key was at hand. */
export interface ActualView {
  readonly kind: Kind;
  readonly key: string;
  readonly id?: string;
  readonly values: Values;
  readonly fingerprints: Readonly<Record<string, string | null>>;
  readonly observed: Values;
  readonly delivery?: Delivery;
}
