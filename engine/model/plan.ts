import type { Diagnostic } from './diagnostic.ts';
import type { Kind, Scalar } from './resource.ts';

/**
 * Why a change is in the plan:
 * - `requested`: the YAML asks for it · `drift`: reverts a change made outside · `unapplied`: an earlier apply should
 *   have made it · `vanished`: ours, but gone from the target · `moved`: only its label (or its PBX) changed ·
 *   `adopted`: exists there, becomes ours · `released`: no longer ours, left there.
 */
export type Section = 'requested' | 'drift' | 'unapplied' | 'vanished' | 'moved' | 'adopted' | 'released';

/**
 * `create`, `update`, `delete` write to a target. `record` touches state only (moved, adopted without a difference,
 * a vanished entry that nobody wants any more). `forget` = released: leaves state, stays on the target.
 */
export type Action = 'create' | 'update' | 'delete' | 'record' | 'forget';

/** How a change will be carried out. */
export type Means =
  /** By the driver. */
  | 'api'
  /** By a person in the panel (pending until attested or seen). */
  | 'guided'
  /** Later: its target is not reachable now. */
  | 'deferred';

/** One field of a change. Secrets carry no values, only that they change. */
export interface FieldChange {
  readonly field: string;
  /** Null = absent before (or sensitive). */
  readonly before: Scalar | null;
  readonly after: Scalar | null;
  readonly sensitive: boolean;
  /** The value is known only after apply. */
  readonly unknown: boolean;
  /**
   * Why this field changes: `goes-back` = an older rev than the last applied one · `unconfirmed` = saved there already, but an earlier
   * run learned that it is not in effect; it is written again · `republished` = there already, and written again by request.
   */
  readonly why: 'requested' | 'drift' | 'goes-back' | 'unconfirmed' | 'republished';
  /** Carried out by a person although the rest of the change goes by the API. */
  readonly guided: boolean;
}

/** Why a change does not happen although the plan lists it. */
export type BlockCode =
  | 'needs-delete-consent'
  | 'delete-limit'
  | 'change-limit'
  | 'all-gone'
  | 'protected'
  | 'referenced'
  | 'needs-adopt'
  | 'needs-secret-consent'
  | 'target-unreadable'
  | 'target-objects'
  | 'depends-on-blocked'
  | 'still-desired'
  | 'strands-devices'
  | 'not-approved';

export interface Block {
  readonly code: BlockCode;
  /** Numbers and names for the text of the block. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** One change of one resource: the unit of plan, approval and apply. */
export interface Change {
  readonly address: string;
  /** The label it had, where that differs. */
  readonly previousAddress?: string;
  readonly target: string;
  readonly targetKey: string;
  readonly kind: Kind;
  readonly key: string;
  readonly action: Action;
  readonly section: Section;
  readonly means: Means;
  readonly fields: readonly FieldChange[];
  /** `absent`, or the digest of what was read: what the change rests on. */
  readonly before: string;
  /** Markers of the secrets that the change would write: field → rev. */
  readonly revs: Readonly<Record<string, string | null>>;
  /** Addresses whose changes must have succeeded first. */
  readonly after: readonly string[];
  readonly blocked: Block | null;
  /** Accounts that stop working with this change until a person acts: of a secret that changes, those nobody can write to now. */
  readonly strands?: readonly string[];
  /** Of an extension that goes: accounts that were on it before. It stays while it is registered, for they may still be. */
  readonly vacates?: readonly string[];
  /** Deferred because it lies where the target fetches it, and has not been fetched. */
  readonly published?: true;
  /** RFC 3339 time since when it is outstanding, for deferred and unapplied changes. */
  readonly since?: string;
}

/** A thing there that is neither declared nor ours. Shown, never touched. */
export interface Foreign {
  readonly target: string;
  readonly kind: Kind;
  readonly key: string;
  readonly name: string;
}

/** Something declared that could not be compared. `code` is the reason, one of a closed list. */
export interface Unverifiable {
  readonly address: string;
  readonly field: string;
  readonly code:
    | 'not-shown' // the target never shows this field
    | 'no-fingerprint-key' // connect identity missing
    | 'never-applied' // adopted without replacing the secret
    | 'attested' // a person vouched for it
    | 'published' // put where the device fetches it; nothing tells whether it has
    | 'no-marker'; // env or file secret, and no key to compute its marker
}

export type TargetStatus = 'read' | 'unreachable' | 'failed' | 'guided' | 'skipped';

export interface TargetPlan {
  readonly address: string;
  readonly key: string;
  readonly driver: string;
  readonly host: string;
  readonly platform?: string;
  readonly url: string | null;
  readonly status: TargetStatus;
  /** What the box said it is: model, firmware, API version. */
  readonly edition: string | null;
  /** Objects of ours known to state, and all objects seen: the base of percentages. */
  readonly managed: number;
  readonly seen: number;
  /** Ours that is gone or would go, whatever `--target` and `--exclude` select: the evidence of a reset box. */
  readonly lost: number;
  /** Of these, how many vanished: gone without our doing. */
  readonly vanished: number;
  /** A commit (the target's own Apply) ends the writes. */
  readonly commit: 'none' | 'after-writes' | 'pending-from-before';
  /** The declared reason for plain http, shown in every plan. */
  readonly insecure?: string;
  /** Everything a credential could be diverted by: origin, via, pins, credential names. Part of the digest. */
  readonly tuple: string;
}

export interface Counts {
  readonly changes: number;
  readonly deferred: number;
  readonly pending: number;
  readonly unverifiable: number;
}

export interface ActionCounts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/** The plan of one client. Plain data: no closures, no secrets. */
export interface ClientPlan {
  readonly client: string;
  /** Hash over the client's folder and alta.yaml. */
  readonly tree: string;
  readonly stateSerial: number;
  readonly targets: readonly TargetPlan[];
  /** In the order of execution. */
  readonly changes: readonly Change[];
  readonly foreign: readonly Foreign[];
  readonly unverifiable: readonly Unverifiable[];
  readonly counts: Counts;
  readonly actions: ActionCounts;
  /** Digest of what the plan rests on beside its changes: tree, endpoints, versions, safety limits. */
  readonly basis: string;
  readonly digest: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Plan {
  readonly alta_version: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** Git commit, if the workspace is in git. */
  readonly commit: string | null;
  /** `--target`, `--exclude`, `--client` were given. */
  readonly partial: boolean;
  readonly clients: readonly ClientPlan[];
  readonly digest: string;
}
