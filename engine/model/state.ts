import type { Kind, Values } from './resource.ts';

/** What was last applied to a secret field: which version, and what the target showed of it afterwards. */
export interface SecretState {
  /** The `rev` or `hmac:…` last written; null = adopted without replacing, or left unknown by a crash. */
  readonly marker: string | null;
  /** Keyed fingerprint of what was read back, where the target shows it. */
  readonly readback?: string;
}

/** One resource that is ours. Keyed in state by its natural key, never by its label. */
export interface StateEntry {
  readonly address: string;
  readonly kind: Kind;
  readonly key: string;
  /** Natural key of the target. */
  readonly targetKey: string;
  /** Last-applied values of what is not secret (normalised form). */
  readonly values: Values;
  readonly secrets: Readonly<Record<string, SecretState>>;
  readonly dependsOn: readonly string[];
  /** Addresses that it depended on before, and that are still ours: it may not have got to what it depends on now. */
  readonly left?: readonly string[];
  /** `protect: true` at the last apply: taking the line out of the YAML does not lift it. */
  readonly protect?: true;
  /** RFC 3339, UTC. */
  readonly appliedAt: string;
}

/** A step waiting for a person. `digest` binds an attestation to what was asked for. */
export interface GuidedState {
  readonly address: string;
  readonly action: 'create' | 'update' | 'delete';
  /** What the person is asked to set: the panel shows it, nothing else proves it. */
  readonly values: Values;
  readonly digest: string;
  readonly since: string;
  readonly attested?: { readonly by: string; readonly at: string; readonly note?: string };
}

/** A change that an earlier apply should have made and did not. */
export interface OutstandingState {
  readonly address: string;
  /** Digest of the desired form: a different one is a new request. */
  readonly digest: string;
  /** `not-in-effect`: the target saved it and has not put it into effect; reading alone shows nothing to do. */
  readonly reason: 'failed' | 'blocked' | 'deferred' | 'interrupted' | 'unreachable' | 'not-in-effect';
  readonly since: string;
  readonly attempts: number;
}

export interface TargetState {
  readonly address: string;
  /** Set before the first write of a target with an Apply step of its own, cleared after its commit. */
  readonly commitPending: boolean;
  /** What the box said it is, at the last apply. */
  readonly identity: Readonly<Record<string, string>>;
}

/** One write that is about to happen, held by the backend before the first remote write of a run. */
export interface PendingWrite {
  /** State key of the resource. */
  readonly key: string;
  readonly address: string;
  readonly action: 'create' | 'update' | 'delete';
  /** `absent`, or the digest of what was read before. */
  readonly before: string;
  /** The markers of the secrets that the write carries. */
  readonly revs: Readonly<Record<string, string | null>>;
  /** Keyed fingerprints of the secrets it carries: proves after a crash that an object found is ours. */
  readonly fingerprints: Readonly<Record<string, string>>;
  /** The entry that state will hold if the write is found to have happened. Null for a delete. */
  readonly after: Omit<StateEntry, 'appliedAt'> | null;
}

export interface Pending {
  readonly digest: string;
  readonly epoch: number;
  readonly startedAt: string;
  readonly writes: readonly PendingWrite[];
}

/** The state of one client. Nothing secret can be recovered or guessed offline from it; it may be committed. */
export interface State {
  readonly format_version: '1.0';
  readonly client: string;
  /** Random, made once: two states of different lineage are never mixed. */
  readonly lineage: string;
  /** Grows by one with every write of the state. */
  readonly serial: number;
  readonly alta_version: string;
  /** Git commit of the last apply, if the workspace is in git. */
  readonly commit: string | null;
  readonly updatedAt: string;
  readonly resources: Readonly<Record<string, StateEntry>>;
  readonly targets: Readonly<Record<string, TargetState>>;
  readonly guided: Readonly<Record<string, GuidedState>>;
  readonly outstanding: Readonly<Record<string, OutstandingState>>;
  readonly pending: Pending | null;
}

/** What an entry leaves behind when it comes to depend on something else. */
export function leftBehind(
  before: Pick<StateEntry, 'dependsOn' | 'left'> | null | undefined,
  dependsOn: readonly string[],
): { readonly left?: readonly string[] } {
  const all = new Set([...(before?.left ?? []), ...(before?.dependsOn ?? [])]);
  const left = [...all].filter((address) => !dependsOn.includes(address));
  return left.length === 0 ? {} : { left };
}
