import type { Clock, Driver, Observer } from '../../providers/contract.ts';
import type { ApplyReport, Diagnostic, GuidedForm, Lang, Plan, Secret } from '../model/index.ts';
import type { Consent, Selection } from '../plan/index.ts';
import type { Approval } from '../report/approval.ts';
import type { CrashPoint } from '../state/index.ts';

/**
 * What is happening, for the progress line. `total` may be 0 while it is not known. `detail` names the target or address at
 * work; never a secret.
 */
export interface ProgressEvent {
  readonly phase:
    | 'load'
    | 'lease'
    | 'read'
    | 'plan'
    | 'apply'
    | 'commit'
    | 'settle'
    | 'reread'
    | 'save'
    | 'verify';
  readonly done: number;
  readonly total: number;
  readonly detail?: string;
}

/** The driver for a `driver:` name; null where this version has none. */
export type DriverSource = (name: string) => Promise<Driver | null>;

/** The world as the rim sees it. Everything impure that a run needs comes in here. */
export interface RunContext {
  /** Absolute path of the folder that holds alta.yaml. */
  readonly root: string;
  /** Mutable: secrets are read from it, then deleted. */
  readonly env: Record<string, string | undefined>;
  readonly clock: Clock;
  /** First Ctrl-C: finish and journal the step under way, start nothing new. */
  readonly stop: AbortSignal;
  /** Second Ctrl-C or deadline: abort requests under way. */
  readonly abort: AbortSignal;
  readonly progress: (event: ProgressEvent) => void;
  /** Debug lines (`--debug`): facts without secrets. */
  readonly log: (event: string, facts: Readonly<Record<string, string | number>>) => void;
  readonly driver: DriverSource;
  /**
   * What looks at registrations from beside a PBX, by name; null = the usual one. Answers null where this version has none of that name.
   * Default: there is none.
   */
  readonly observer?: (name: string | null) => Promise<Observer | null>;
  readonly driverNames: readonly string[];
  readonly version: string;
  /** Targets worked on at once. */
  readonly parallelism: number;
  /** Name of the person or job, for leases and attestations; claimed, not verified. */
  readonly user: string;
  /** Language of comments in files that are written. */
  readonly lang: Lang;
  /** The command line's verb, shown to who waits for our lease. */
  readonly command: string;
  /** Told of every {@link CrashPoint} of the state, so that tests can kill the process there. Default: nobody. */
  readonly at?: (point: CrashPoint) => void;
}

export interface PlanOptions {
  /** Client ids; empty = all. */
  readonly clients: readonly string[];
  readonly selection: Selection;
  readonly consent: Consent;
  /** `--since REV`: only clients whose folder changed since a git revision. */
  readonly since: string | null;
  /** `--no-read`: compare with state only, contact nobody, need no key. */
  readonly noRead: boolean;
  /** `--republish`: files that phones fetch are written again although nothing in them changes. Default: false. */
  readonly republish?: boolean;
}

/** A plan, or what kept it from being made. `plan` is null only where the YAML is invalid. */
export interface PlanResult {
  readonly plan: Plan | null;
  /** Of the files and of everything that belongs to no client. Clients carry their own. */
  readonly diagnostics: readonly Diagnostic[];
  readonly forms: readonly GuidedForm[];
}

export type { Approval } from '../report/approval.ts';

export interface ApplyOptions extends PlanOptions {
  readonly approval: Approval | null;
  /** Shows the plan and asks; `true` without asking where `--yes` was given. Called at most once. */
  readonly confirm: (result: PlanResult) => Promise<boolean>;
  /** `--rollback`: apply a commit that does not descend from the last applied one. */
  readonly rollback: boolean;
  /** `--lock-timeout`, ms to wait for a held lease. */
  readonly lockTimeoutMs: number;
}

/** `report` is null where nothing was started: invalid YAML, no consent given, or nothing to do. */
export interface ApplyResult {
  readonly planned: PlanResult;
  readonly report: ApplyReport | null;
  readonly declined: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Files that a command wrote or would write. */
export interface FileEdit {
  /** Relative to the workspace. */
  readonly filename: string;
  readonly created: boolean;
  /** One line each, for people: what was added or changed. */
  readonly summary: readonly string[];
}

export interface EditResult {
  readonly edits: readonly FileEdit[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ImportOptions {
  readonly client: string;
  /** The pbx label in the client's YAML. */
  readonly pbx: string;
  /** Numbers or `*` patterns; empty = all. */
  readonly numbers: readonly string[];
  readonly dryRun: boolean;
}

export interface AttestOptions {
  readonly address: string;
  readonly note: string | null;
  readonly lockTimeoutMs: number;
}

export interface AttestResult {
  readonly attested: readonly GuidedForm[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface InitOptions {
  /** Id of a first client; none is made without it. */
  readonly client?: string;
  /** Name of that client, for people. Default: its id. */
  readonly name?: string;
}

export interface SecretsSetOptions {
  /** Null = the workspace's own secrets. */
  readonly client: string | null;
  readonly name: string;
  readonly group: 'connect' | 'values';
  readonly value: Secret;
}

export interface SecretsGenerateOptions {
  readonly client: string | null;
  /** `all` = every extension's SIP secret that is missing, and what its PBX needs to create it. */
  readonly names: readonly string[] | 'all';
  /** Replaces existing ones too. */
  readonly rotate: boolean;
}

export interface SecretsRekeyOptions {
  /** Clients whose secrets are encrypted again; empty = all, and the workspace's own. */
  readonly clients: readonly string[];
}

/** What `validate` counts. */
export interface ValidateResult {
  readonly clients: number;
  readonly extensions: number;
  readonly devices: number;
  readonly files: number;
  readonly diagnostics: readonly Diagnostic[];
}
