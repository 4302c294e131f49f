import type { Diagnostic, Written } from './diagnostic.ts';
import type { Action, Block, Section } from './plan.ts';
import type { Kind } from './resource.ts';

/**
 * What became of one change: `done` = written and confirmed by reading · `failed` · `blocked` by safety · `deferred` to a later apply ·
 * `pending` = waits for a person · `skipped` = not reached (interrupted, or what it depends on failed) · `recorded` = state only ·
 * `unconfirmed` = written, but reading did not show it.
 */
export type StepResult =
  | 'done'
  | 'failed'
  | 'blocked'
  | 'deferred'
  | 'pending'
  | 'skipped'
  | 'recorded'
  | 'unconfirmed';

export interface StepReport {
  readonly address: string;
  readonly target: string;
  readonly kind: Kind;
  readonly action: Action;
  readonly section: Section;
  readonly result: StepResult;
  /** Names of the fields written. */
  readonly fields: readonly string[];
  /** For failures: what reached the target. */
  readonly written?: Written;
  readonly blocked?: Block;
  readonly diagnostic?: Diagnostic;
}

/** One line of a form for a person, as the panel shows it. */
export type FormLine =
  | { readonly do: 'open'; readonly path: readonly string[] }
  | { readonly do: 'set'; readonly label: string; readonly value: string }
  /** Entered by a person from the vault; only its name is printed. */
  | { readonly do: 'secret'; readonly label: string; readonly name: string }
  | { readonly do: 'press'; readonly label: string };

/** A step that only a person can do, with the panel's own labels in the panel's order. */
export interface GuidedForm {
  readonly address: string;
  readonly target: string;
  readonly action: 'create' | 'update' | 'delete';
  /** What `attest` signs. */
  readonly digest: string;
  readonly since: string;
  readonly lines: readonly FormLine[];
}

export interface TargetReport {
  readonly address: string;
  readonly driver: string;
  /** `not-needed`: no writes, or the target has no Apply step. */
  readonly commit: 'done' | 'failed' | 'not-needed' | 'skipped';
  /** The second plan over what was applied: true = no change left; null = not looked at. */
  readonly converged: boolean | null;
  /** Addresses that still differ after the apply. */
  readonly remaining: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ClientReport {
  readonly client: string;
  readonly steps: readonly StepReport[];
  readonly targets: readonly TargetReport[];
  readonly forms: readonly GuidedForm[];
  readonly foreign: number;
  readonly unverifiable: number;
  /** `unchanged`: nothing to write down. */
  readonly state: 'saved' | 'unchanged' | 'errored' | 'not-written';
  readonly diagnostics: readonly Diagnostic[];
}

/** The report of an apply. Plain data without secrets; its JSON face is schemas/report.schema.json. */
export interface ApplyReport {
  readonly alta_version: string;
  readonly commit: string | null;
  /** Digest of the plan that was carried out. */
  readonly planDigest: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Ctrl-C: what was under way was finished and journaled, the rest skipped. */
  readonly interrupted: boolean;
  /** The reason given for lifting the percent limits, if any. */
  readonly overrideReason: string | null;
  readonly clients: readonly ClientReport[];
  readonly diagnostics: readonly Diagnostic[];
}

/** One line of the proof that service works. `manual` = a person must look; it is never counted as passed. */
export interface Check {
  readonly address: string;
  readonly check:
    | 'configuration'
    | 'registration'
    | 'call'
    | 'call-flow'
    | 'outbound-caller-id'
    | 'internal-name';
  readonly result: 'passed' | 'failed' | 'unknown' | 'manual' | 'not-expected';
  /** The target's own words, or why it is not known. */
  readonly evidence: string;
  /** Of an extension's registration: the accounts that must have registered. */
  readonly expects?: readonly string[];
  /** `pbx-only`: the device itself cannot tell; that it is registered is known from its PBX alone. */
  readonly seen?: 'pbx-only';
}

export interface VerifyReport {
  readonly alta_version: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly clients: readonly {
    readonly client: string;
    readonly checks: readonly Check[];
    readonly diagnostics: readonly Diagnostic[];
  }[];
}
