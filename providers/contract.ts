/**
 * One contract for every PBX and device.
 *
 * A driver joins three things: {@link Facts} (data: what this family of targets can do), two pure functions
 * ({@link Driver.check}, {@link Driver.normalise}) and a {@link Session} that does the talking. Optional powers are
 * separate one-method interfaces, found by presence. `test/contract` proves every promise below on every driver.
 *
 * The promises, for every session:
 *  1. Reading never writes.
 *  2. A resource is absent only on a proven not-found. Missing, forbidden and unreachable are three answers: the last two
 *     throw ({@link Code} `forbidden`, `unreachable`), they never shorten a list.
 *  3. Lists are complete over all pages.
 *  4. Create then read equals the normalised desired over the readable fields, within the settle time.
 *  5. A second plan has no change.
 *  6. An update leaves the fields it does not name as they were.
 *  7. Applying a write twice equals applying it once; deleting what is gone succeeds.
 *  8. Foreign things are never touched.
 *  9. A failed write throws an AltaError whose `written` says `nothing`, `something` or `unknown`.
 * 10. Time limits and the abort signal are honoured, also in waits.
 * 11. Credentials are tried once. A refusal throws `wrong-credentials` and is not repeated by the same session.
 * 12. The identity of the target is checked before the first write (`wrong-identity`).
 * 13. No secret appears in any error, log line or observed value.
 * 14. `normalise` is idempotent.
 */

import type {
  Actual,
  Delivery,
  Desired,
  Diagnostic,
  FormLine,
  Kind,
  Secret,
  Target,
  Values,
} from '../engine/model/index.ts';

import type { Facts } from './facts.ts';
import type { SshAccess } from './transport/ssh.ts';
import type { CallFlowReader, CallPlacer, Doorstep, RegistrationReader } from './witness.ts';

export type { FormLine } from '../engine/model/index.ts';
export type { Facts, FieldFact, KindFact, Proof, ProofFact, Source } from './facts.ts';
export type * from './witness.ts';

/** What this very box can and cannot do, found out while reading. */
export interface Capabilities {
  /** Kind → actions that only a person can do here. */
  readonly guidedActions: Readonly<Partial<Record<Kind, readonly ('create' | 'update' | 'delete')[]>>>;
  /** Kind → fields that only a person can set here. */
  readonly guidedFields: Readonly<Partial<Record<Kind, readonly string[]>>>;
  /** Kind → fields that this box never shows: never called converged. */
  readonly hiddenFields: Readonly<Partial<Record<Kind, readonly string[]>>>;
  /** Writes need a final {@link Committer.commit}. */
  readonly commit: boolean;
  /** Kinds whose fields can be put back to the factory setting: what was ours and is no longer declared does not stay there. */
  readonly resets?: readonly Kind[];
}

/** Everything in scope on the target, complete or not at all. */
export interface Reading {
  /** What the box says it is: `S100, firmware 30.13.0.30, API v2.0.0`. */
  readonly edition: string;
  /** Identity found: serial, tenant name, MAC. Compared with the declared one before the first write. */
  readonly identity: Readonly<Record<string, string>>;
  readonly can: Capabilities;
  readonly resources: readonly Actual[];
  /** Set where this is what was put in the way of the target: whether what was taken away there is gone from the target too. */
  readonly delivery?: Delivery;
  /** Warnings that came up, to be shown with the target. */
  readonly diagnostics?: readonly Diagnostic[];
  /** What declared names can be chosen from here: `departments` → their names. For {@link Driver.checkReading}. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
}

/** What a reading tells of the target itself. */
export type TargetFacts = Pick<Reading, 'edition' | 'identity' | 'can' | 'lists'>;

/** What to read. Drivers may read more than asked where that is cheaper, and return all of it. */
export interface Scope {
  readonly kinds: readonly Kind[];
  /** Only these keys matter (a re-read before a write); absent = everything. */
  readonly keys?: readonly string[];
}

/** One write. `values` and `secrets` hold what to write; unnamed fields stay as they are. */
export type Write =
  | {
      readonly action: 'create';
      readonly kind: Kind;
      readonly key: string;
      readonly address: string;
      readonly values: Values;
      readonly secrets: Readonly<Record<string, Secret>>;
    }
  | {
      readonly action: 'update';
      readonly kind: Kind;
      readonly key: string;
      readonly address: string;
      readonly id?: string;
      /** Only the fields that change. */
      readonly values: Values;
      readonly secrets: Readonly<Record<string, Secret>>;
      /** Fields that go back to the factory setting. Only where {@link Capabilities.resets} names the kind. */
      readonly resets?: readonly string[];
      /** What was read before. */
      readonly before: Values;
    }
  | {
      readonly action: 'delete';
      readonly kind: Kind;
      readonly key: string;
      readonly address: string;
      readonly id?: string;
    };

/** A write that happened. Failures throw an AltaError with `written`. */
export interface Written {
  /** The vendor's id of a new object, where it answers one. */
  readonly id?: string;
}

export interface Session {
  /** Reads everything in scope, in bulk: cost is pages, not objects. Throws rather than return a part. */
  read(scope: Scope): Promise<Reading>;
  /** Performs one write. Safe to repeat. */
  apply(write: Write): Promise<Written>;
  /** Logs out and frees connections. Never throws; safe to call twice. */
  close(): Promise<void>;
}

/** The target's own Apply step. */
export interface Committer {
  commit(): Promise<void>;
}

/**
 * Asked of every device of an extension immediately before the extension's secret changes: resolves where a write would go through now.
 * Throws `device-in-call`, `device-busy`, or whatever a write would throw; writes nothing.
 */
export interface Preflight {
  ready(): Promise<void>;
}

export interface Restarter {
  restart(): Promise<void>;
}

export interface Backup {
  backup(): Promise<Uint8Array>;
}

/** A session with whatever powers its driver has: a plain object of functions that need no `this`. */
export type PoweredSession = Session &
  Partial<Committer & RegistrationReader & CallFlowReader & CallPlacer & Preflight & Restarter & Backup>;

/** What the engine hands to a session. All time, entropy and logging come from here. */
export interface SessionContext {
  /** Resolved credential parts. Opened once, sent only to the target's endpoint. */
  readonly credentials: Readonly<Record<string, Secret>>;
  /** The key to the bastion, where the endpoint has one. One object per run and key: connections are shared by it. */
  readonly ssh?: SshAccess;
  /** The key to the store, where the target publishes by SFTP. One object per run and key. */
  readonly store?: SshAccess;
  /** Absolute path that relative folders of the YAML start from. */
  readonly root: string;
  /** Ends everything: Ctrl-C, the run's deadline. */
  readonly signal: AbortSignal;
  /** Shared turn-taking per host; see providers/transport. */
  readonly gate: HostGate;
  /** `read` sessions must not be able to write: `apply` throws. */
  readonly purpose: 'read' | 'write';
  readonly clock: Clock;
  /** Progress and debug lines: facts without secrets. */
  readonly log: (event: string, facts: Readonly<Record<string, string | number>>) => void;
}

export interface Clock {
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** Monotonic, ms. */
  elapsed(): number;
  /** Rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Turns of one host, shared by every session of a run that talks to it. */
export interface HostGate {
  /** Runs `request` when the host's limits allow a read. */
  read<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /**
   * Runs `request` when the host's limits allow a write, after asking the lease whether it may still start. `deadlineMs`: the
   * longest the request may then be under way.
   */
  write<T>(request: () => Promise<T>, signal: AbortSignal, deadlineMs?: number): Promise<T>;
}

export interface Driver {
  /** The `driver:` of the YAML. */
  readonly name: string;
  /** Part of every plan's digest: a changed driver may plan differently. */
  readonly version: string;
  readonly facts: Facts;
  /** What the target cannot do, found without asking it: all problems at once. Pure. */
  check(desired: Desired, target: Target): readonly Diagnostic[];
  /**
   * What this very target cannot do with it, judged by what it told when it was read: a department that it does not have, a number of the
   * wrong length. Each is a located error, and blocks the resource's changes in the plan. Pure.
   */
  checkReading?(desired: Desired, target: Target, facts: TargetFacts): readonly Diagnostic[];
  /** Brings a desired resource to the form that `read` would give back. Pure, idempotent. */
  normalise(desired: Desired, target: Target): Desired;
  /**
   * What the target computes for fields that are not declared, as far as that is known without asking it: the registration name of a
   * platform that makes it of tenant and number. For targets that only people write to. Pure.
   */
  computed?(desired: Desired, target: Target): Values;
  /** The panel's form for a change that a person must make. Pure. */
  form(change: GuidedChange, target: Target): readonly FormLine[];
  /** Logs in (or prepares to). Throws `unreachable`, `wrong-credentials`, `locked-out`, `tls-…`. */
  open(target: Target, context: SessionContext): Promise<PoweredSession>;
  /**
   * Looks, without any credential and without logging in, whether the target's API is open: for a target that is still guided. Not more
   * than a few requests; none of them may count as a failed login. Throws what the transport throws.
   */
  knock?(target: Target, context: SessionContext): Promise<Doorstep>;
}

/** What a person is asked to do. */
export interface GuidedChange {
  readonly action: 'create' | 'update' | 'delete';
  readonly kind: Kind;
  readonly key: string;
  readonly values: Values;
  /** Field → name of the secret to enter. */
  readonly secrets: Readonly<Record<string, string>>;
}
