/** What a driver's test file gives to the contract suite: a target to disturb, and eyes that do not look through the driver. */
import type { Desired, Scalar, Target } from '../../engine/model/index.ts';
import type { Clock, Driver, PoweredSession } from '../../providers/contract.ts';

/** A value, or a promise of it: simulators in another process answer later. */
export type Awaitable<T> = T | Promise<T>;

/** A valid resource that the target does not have yet. */
export interface Sample {
  readonly desired: Desired;
  /** Secret field → clear value, six characters or more: the leak scan searches for every one of them. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Another valid value for one field of the first sample, different from the sample's. */
export type Mutation =
  | { readonly field: string; readonly value: Scalar }
  /** A secret in clear, six characters or more. */
  | { readonly field: string; readonly secret: string };

/** The truth about the target, learnt without the driver. Keys are canonical. */
export interface Oracle {
  /**
   * What is saved under a key, in any words, secrets included, as data that prints as JSON; null = nothing there. Equal
   * answers mean that nothing changed: leave times and counters out.
   */
  saved(key: string): Awaitable<unknown>;
  /** What is in effect; the same as saved where the target has no Apply step. */
  running(key: string): Awaitable<unknown>;
  /** Every key that is saved. */
  keys(): Awaitable<readonly string[]>;
  /** Writes carried out so far, commits among them. */
  writes(): Awaitable<number>;
  /** Requests that arrived so far. */
  requests(): Awaitable<number>;
  /** Logins tried so far, right or wrong; where each request carries the credential, the refused requests. */
  logins(): Awaitable<number>;
  /** Logged in and not out; always 0 where the target has no logins. */
  openSessions(): Awaitable<number>;
  /** Puts that many foreign things there, saved and running, away from the samples; answers their keys. */
  addForeign(count: number): Awaitable<readonly string[]>;
}

/** Hands that break the target. A law whose fault is missing here needs an exemption with a reason. */
export interface Faults {
  /** Ends every fault, and drops connections that hang. */
  none(): Awaitable<void>;
  /** Nothing arrives any more. */
  unreachable(): Awaitable<void>;
  /** The target refuses our credentials from the next login on. */
  wrongCredentials(): Awaitable<void>;
  /** Our user may log in, but neither read nor write. */
  forbidden?(): Awaitable<void>;
  /** Requests arrive and are never answered. */
  hang?(): Awaitable<void>;
  /** The next write happens, its answer never comes. */
  lostAnswer?(): Awaitable<void>;
  /** Lists break off after their first page. */
  partialPage?(): Awaitable<void>;
  /** The target says that it is another one. */
  wrongIdentity?(): Awaitable<void>;
}

/** How a law opens a session, beyond its purpose. */
export interface Opening {
  readonly signal?: AbortSignal;
  /** Asked before each write starts; it throws where the write must not start. */
  readonly mayWrite?: () => void;
}

/** One target with its driver, fresh for each law. */
export interface ContractHarness {
  readonly driver: Driver;
  readonly target: Target;
  /** At least three, one of them with secrets; together they use every field that can only be set on create. */
  readonly samples: readonly Sample[];
  /** One for each field that can change after create, guided ones too. */
  readonly mutations: readonly Mutation[];
  /** Rows in one page of the target's lists; null where it answers everything at once. */
  readonly pageSize: number | null;
  /** Longest that one call of a session may take on a hanging target, ms. Keep it near 300. */
  readonly timeLimitMs: number;
  readonly oracle: Oracle;
  readonly faults: Faults;
  /** The sessions' clock. Laws sleep through the settle time on it: where that is long, let the target's time run faster. */
  readonly clock: Clock;
  /** Opens a session on the target with the right credentials. Throws what the driver throws. */
  open(purpose: 'read' | 'write', opening?: Opening): Promise<PoweredSession>;
  /** Every line the driver logged so far, as text. */
  logs(): readonly string[];
  /** Secrets beside those of samples and mutations: credentials, session tokens. Six characters or more. */
  canaries(): readonly string[];
  /** Takes the target down. */
  stop(): Awaitable<void>;
}

/** Makes a fresh harness: an empty target, counters at zero. */
export type StartHarness = () => Awaitable<ContractHarness>;
