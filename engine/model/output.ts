/**
 * Generated from schemas/plan.schema.json, schemas/report.schema.json, schemas/state.schema.json.
 * Do not edit: change the schema and run `npm run generate`.
 */

/**
 * A plain value.
 */
export type ScalarValue = string | number | boolean | null;
/**
 * Why a change is in the plan.
 */
export type PlanSection = 'requested' | 'drift' | 'unapplied' | 'vanished' | 'moved' | 'adopted' | 'released';
/**
 * What a target holds.
 */
export type ResourceKind = 'extension' | 'account';
/**
 * One line of a form, with the panel's own label.
 */
export type FormLine = FormOpen | FormSet | FormSecret | FormPress;
/**
 * `alta apply --json` (what became of each step) or `alta verify --json` (the proof that service works).
 */
export type ReportDocument = ApplyReportDocument | VerifyReportDocument;

/**
 * `alta plan --json`, and the plan file that `alta apply FILE` approves. Field names are Terraform's where it has them.
 */
export interface PlanDocument {
  /**
   * Minor versions add fields; whoever reads refuses an unknown major.
   */
  readonly format_version: '1.0';
  readonly alta_version: string;
  /**
   * RFC 3339, UTC.
   */
  readonly timestamp: string;
  /**
   * Git commit.
   */
  readonly commit: string | null;
  readonly digest: string;
  /**
   * Some clients or targets were left out.
   */
  readonly partial: boolean;
  /**
   * An apply would write something.
   */
  readonly applyable: boolean;
  /**
   * There are errors: the plan is not whole.
   */
  readonly errored: boolean;
  readonly resource_changes: readonly PlanResourceChange[];
  /**
   * What somebody else changed: `before` was applied last, `after` is there now.
   */
  readonly resource_drift: readonly PlanDrift[];
  readonly clients: readonly PlanClient[];
  readonly counts: PlanTotals;
  readonly consent: PlanConsent;
  readonly selection: PlanSelection;
  readonly forms: readonly GuidedForm[];
  readonly diagnostics: readonly Diagnostic[];
}
/**
 * One change of one resource: the unit of approval.
 */
export interface PlanResourceChange {
  /**
   * For people: acme/pbx:main/extension:110.
   */
  readonly address: string;
  readonly mode: 'managed';
  /**
   * alta_extension, alta_account.
   */
  readonly type: string;
  /**
   * Number or line.
   */
  readonly name: string;
  /**
   * alta/<driver>.
   */
  readonly provider_name: string;
  readonly previous_address?: string;
  readonly change: PlanChange;
  readonly action_reason: string;
  readonly client: string;
  readonly target: string;
  readonly section: PlanSection;
  /**
   * By the driver, by a person, or later.
   */
  readonly means: 'api' | 'guided' | 'deferred';
  readonly blocked: PlanBlock | null;
  /**
   * RFC 3339, UTC.
   */
  readonly since?: string;
  /**
   * Fields that a person sets in the panel.
   */
  readonly guided_fields: readonly string[];
  /**
   * What an approval of this change is bound to.
   */
  readonly digest: string;
}
/**
 * Terraform's `change`. Only fields that change; sensitive values are left out, their mask stays.
 */
export interface PlanChange {
  /**
   * `no-op`: only the state changes.
   *
   * @minItems 1
   * @maxItems 1
   */
  readonly actions: readonly ('create' | 'update' | 'delete' | 'no-op' | 'forget')[];
  readonly before: PlanValues | null;
  readonly after: PlanValues | null;
  readonly after_unknown: PlanMask;
  readonly before_sensitive: PlanMask;
  readonly after_sensitive: PlanMask;
  readonly importing?: PlanImport;
}
/**
 * Field → value; a secret has no entry here.
 */
export interface PlanValues {
  readonly [k: string]: ScalarValue;
}
/**
 * Field → true.
 */
export interface PlanMask {
  readonly [k: string]: true;
}
/**
 * Adopted: exists there, becomes ours.
 */
export interface PlanImport {
  readonly id: string;
}
/**
 * Why a change does not happen although the plan lists it.
 */
export interface PlanBlock {
  readonly code:
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
  readonly params: {
    readonly [k: string]: string | number;
  };
}
/**
 * A change made outside.
 */
export interface PlanDrift {
  /**
   * For people: acme/pbx:main/extension:110.
   */
  readonly address: string;
  readonly mode: 'managed';
  /**
   * alta_extension, alta_account.
   */
  readonly type: string;
  /**
   * Number or line.
   */
  readonly name: string;
  /**
   * alta/<driver>.
   */
  readonly provider_name: string;
  readonly client: string;
  readonly change: PlanChange;
}
/**
 * The plan of one client, but for its changes.
 */
export interface PlanClient {
  readonly client: string;
  /**
   * Digest of what the plan rests on: files, endpoints, versions, limits.
   */
  readonly basis: string;
  readonly digest: string;
  /**
   * Hash over the client's folder and alta.yaml.
   */
  readonly tree: string;
  readonly state_serial: number;
  readonly counts: PlanCounts;
  readonly actions: PlanActions;
  readonly targets: readonly PlanTarget[];
  readonly foreign: readonly PlanForeign[];
  readonly unverifiable: readonly PlanUnverifiable[];
  readonly diagnostics: readonly Diagnostic[];
}
/**
 * Of this client.
 */
export interface PlanCounts {
  readonly changes: number;
  readonly deferred: number;
  readonly pending: number;
  readonly unverifiable: number;
}
/**
 * Writes, by action.
 */
export interface PlanActions {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}
/**
 * One PBX or device as it was read.
 */
export interface PlanTarget {
  readonly address: string;
  readonly key: string;
  readonly driver: string;
  readonly host: string;
  readonly platform?: string;
  readonly url: string | null;
  readonly status: 'read' | 'unreachable' | 'failed' | 'guided' | 'skipped';
  readonly edition: string | null;
  readonly managed: number;
  readonly seen: number;
  /**
   * Of the lost ones, how many are gone without our doing.
   */
  readonly vanished: number;
  /**
   * Of ours, how many are gone or would go, whatever was selected.
   */
  readonly lost: number;
  readonly commit: 'none' | 'after-writes' | 'pending-from-before';
  readonly insecure?: string;
  readonly tuple: string;
}
/**
 * There, but neither declared nor ours. Never touched.
 */
export interface PlanForeign {
  readonly target: string;
  readonly kind: ResourceKind;
  readonly key: string;
  readonly name: string;
}
/**
 * Declared, and could not be compared.
 */
export interface PlanUnverifiable {
  readonly address: string;
  readonly field: string;
  readonly code:
    | 'not-shown'
    | 'no-fingerprint-key'
    | 'never-applied'
    | 'attested'
    | 'published'
    | 'no-marker';
}
/**
 * What happened, where, and what to do next, with Terraform's field names; `code` and `hint` are ours.
 */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /**
   * Stable name of the message, to search for.
   */
  readonly code: string;
  /**
   * Short title.
   */
  readonly summary: string;
  /**
   * What happened, with the values.
   */
  readonly detail: string;
  /**
   * What to do next.
   */
  readonly hint?: string;
  /**
   * Resource or target it is about.
   */
  readonly address?: string;
  readonly range?: DiagnosticRange;
  readonly snippet?: DiagnosticSnippet;
}
/**
 * A place in a file; `end` is exclusive.
 */
export interface DiagnosticRange {
  /**
   * Relative to the workspace.
   */
  readonly filename: string;
  readonly start: DiagnosticPosition;
  readonly end: DiagnosticPosition;
}
/**
 * 1-based line and column, 0-based byte.
 */
export interface DiagnosticPosition {
  readonly line: number;
  readonly column: number;
  readonly byte: number;
}
/**
 * The source line, with secrets masked.
 */
export interface DiagnosticSnippet {
  readonly context: string | null;
  readonly code: string;
  readonly start_line: number;
  readonly highlight_start_offset: number;
  readonly highlight_end_offset: number;
  /**
   * Always empty.
   *
   * @maxItems 0
   */
  readonly values: readonly unknown[];
}
/**
 * Over all clients.
 */
export interface PlanTotals {
  readonly changes: number;
  readonly deferred: number;
  readonly pending: number;
  readonly unverifiable: number;
  readonly blocked: number;
}
/**
 * What was consented to when the plan was made.
 */
export interface PlanConsent {
  readonly allowDelete: number | null;
  readonly recreate: number | null;
  readonly overrideLimits: string | null;
  readonly acceptOutage: string | null;
}
/**
 * `--target` and `--exclude`.
 */
export interface PlanSelection {
  readonly targets: readonly string[];
  readonly exclude: readonly string[];
}
/**
 * A step that only a person can do.
 */
export interface GuidedForm {
  readonly address: string;
  readonly target: string;
  readonly action: 'create' | 'update' | 'delete';
  /**
   * What `attest` signs.
   */
  readonly digest: string;
  /**
   * RFC 3339, UTC.
   */
  readonly since: string;
  readonly lines: readonly FormLine[];
}
/**
 * Go to a menu.
 */
export interface FormOpen {
  readonly do: 'open';
  readonly path: readonly string[];
}
/**
 * Enter a value.
 */
export interface FormSet {
  readonly do: 'set';
  readonly label: string;
  readonly value: string;
}
/**
 * Enter a secret from the vault; only its name stands here.
 */
export interface FormSecret {
  readonly do: 'secret';
  readonly label: string;
  readonly name: string;
}
/**
 * Press a button.
 */
export interface FormPress {
  readonly do: 'press';
  readonly label: string;
}
/**
 * What became of every step of a plan.
 */
export interface ApplyReportDocument {
  /**
   * Minor versions add fields; whoever reads refuses an unknown major.
   */
  readonly format_version: '1.0';
  readonly alta_version: string;
  readonly commit: string | null;
  readonly plan_digest: string;
  /**
   * RFC 3339, UTC.
   */
  readonly started_at: string;
  /**
   * RFC 3339, UTC.
   */
  readonly ended_at: string;
  /**
   * Ctrl-C: what was under way was finished, the rest skipped.
   */
  readonly interrupted: boolean;
  /**
   * The reason given for lifting the percent limits.
   */
  readonly override_reason: string | null;
  readonly counts: StepCounts;
  readonly clients: readonly ClientReport[];
  readonly diagnostics: readonly Diagnostic[];
}
/**
 * Steps by what became of them.
 */
export interface StepCounts {
  readonly done: number;
  readonly failed: number;
  readonly blocked: number;
  readonly deferred: number;
  readonly pending: number;
  readonly skipped: number;
  readonly recorded: number;
  readonly unconfirmed: number;
}
/**
 * One client.
 */
export interface ClientReport {
  readonly client: string;
  readonly steps: readonly StepReport[];
  readonly targets: readonly TargetReport[];
  readonly forms: readonly GuidedForm[];
  readonly foreign: number;
  readonly unverifiable: number;
  readonly state: 'saved' | 'unchanged' | 'errored' | 'not-written';
  readonly diagnostics: readonly Diagnostic[];
}
/**
 * What became of one change.
 */
export interface StepReport {
  readonly address: string;
  readonly target: string;
  readonly kind: ResourceKind;
  readonly action: 'create' | 'update' | 'delete' | 'record' | 'forget';
  readonly section: PlanSection;
  readonly result:
    | 'done'
    | 'failed'
    | 'blocked'
    | 'deferred'
    | 'pending'
    | 'skipped'
    | 'recorded'
    | 'unconfirmed';
  /**
   * Names of the fields written.
   */
  readonly fields: readonly string[];
  /**
   * For failures: what reached the target.
   */
  readonly written?: 'nothing' | 'something' | 'unknown';
  readonly blocked?: PlanBlock;
  readonly diagnostic?: Diagnostic;
}
/**
 * One target after the apply.
 */
export interface TargetReport {
  readonly address: string;
  readonly driver: string;
  readonly commit: 'done' | 'failed' | 'not-needed' | 'skipped';
  /**
   * A second plan has no change left; null = not looked at.
   */
  readonly converged: boolean | null;
  readonly remaining: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}
/**
 * The proof that service works.
 */
export interface VerifyReportDocument {
  /**
   * Minor versions add fields; whoever reads refuses an unknown major.
   */
  readonly format_version: '1.0';
  readonly alta_version: string;
  /**
   * RFC 3339, UTC.
   */
  readonly started_at: string;
  /**
   * RFC 3339, UTC.
   */
  readonly ended_at: string;
  /**
   * No check failed.
   */
  readonly passed: boolean;
  readonly counts: CheckCounts;
  readonly clients: readonly VerifiedClient[];
}
/**
 * Checks by result.
 */
export interface CheckCounts {
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly manual: number;
  readonly 'not-expected': number;
}
/**
 * The checks of one client.
 */
export interface VerifiedClient {
  readonly client: string;
  readonly checks: readonly Check[];
  readonly diagnostics: readonly Diagnostic[];
}
/**
 * One line of the proof. `manual` = a person must look; it never counts as passed.
 */
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
  readonly evidence: string;
  /**
   * Of an extension's registration: the accounts that must have registered.
   */
  readonly expects?: readonly string[];
  /**
   * `pbx-only`: the device itself cannot tell; that it is registered is known from its PBX alone.
   */
  readonly seen?: 'pbx-only';
}
/**
 * What Alta remembers of one client: what is ours, what was applied last, and unfinished work. Written by apply only. Holds nothing secret.
 */
export interface StateDocument {
  readonly format_version: '1.0';
  readonly client: string;
  /**
   * Random, made once: two states of different lineage are never mixed.
   */
  readonly lineage: string;
  /**
   * Grows by one with every write.
   */
  readonly serial: number;
  readonly alta_version: string;
  /**
   * Git commit of the last apply.
   */
  readonly commit: string | null;
  /**
   * RFC 3339, UTC.
   */
  readonly updatedAt: string;
  /**
   * By natural key.
   */
  readonly resources: {
    readonly [k: string]: StateEntry;
  };
  readonly targets: {
    readonly [k: string]: StateTarget;
  };
  readonly guided: {
    readonly [k: string]: StateGuidedStep;
  };
  readonly outstanding: {
    readonly [k: string]: StateOutstandingChange;
  };
  readonly pending: StatePendingRun | null;
}
/**
 * One resource that is ours.
 */
export interface StateEntry {
  readonly address: string;
  readonly kind: ResourceKind;
  readonly key: string;
  readonly targetKey: string;
  readonly values: StateValues;
  readonly secrets: {
    readonly [k: string]: StateSecret;
  };
  readonly dependsOn: readonly string[];
  /**
   * What it depended on before, while that is still ours.
   */
  readonly left?: readonly string[];
  readonly protect?: true;
  /**
   * RFC 3339, UTC.
   */
  readonly appliedAt: string;
}
/**
 * Field → value, in canonical form; never of a secret.
 */
export interface StateValues {
  readonly [k: string]: string | number | boolean;
}
/**
 * Which version was written last, and a keyed fingerprint of what was read back.
 */
export interface StateSecret {
  readonly marker: string | null;
  readonly readback?: string;
}
/**
 * What is remembered of one target.
 */
export interface StateTarget {
  readonly address: string;
  /**
   * Written to, and its own Apply step not done yet.
   */
  readonly commitPending: boolean;
  readonly identity: {
    readonly [k: string]: string;
  };
}
/**
 * A step that waits for a person.
 */
export interface StateGuidedStep {
  readonly address: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly values: StateValues;
  readonly digest: string;
  readonly since: string;
  readonly attested?: StateAttestation;
}
/**
 * A person vouched for a step.
 */
export interface StateAttestation {
  readonly by: string;
  readonly at: string;
  readonly note?: string;
}
/**
 * A change that an earlier apply should have made.
 */
export interface StateOutstandingChange {
  readonly address: string;
  readonly digest: string;
  readonly reason: 'failed' | 'blocked' | 'deferred' | 'interrupted' | 'unreachable' | 'not-in-effect';
  readonly since: string;
  readonly attempts: number;
}
/**
 * The writes of a run that has not said how it ended.
 */
export interface StatePendingRun {
  readonly digest: string;
  readonly epoch: number;
  readonly startedAt: string;
  readonly writes: readonly StatePendingWrite[];
}
/**
 * One write that was about to happen.
 */
export interface StatePendingWrite {
  readonly key: string;
  readonly address: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly before: string;
  readonly revs: {
    readonly [k: string]: string | null;
  };
  readonly fingerprints: {
    readonly [k: string]: string;
  };
  readonly after: StateEntryAfterAWrite | null;
}
/**
 * The entry that state will hold if the write is found to have happened.
 */
export interface StateEntryAfterAWrite {
  readonly address: string;
  readonly kind: ResourceKind;
  readonly key: string;
  readonly targetKey: string;
  readonly values: StateValues;
  readonly secrets: {
    readonly [k: string]: StateSecret;
  };
  readonly dependsOn: readonly string[];
  readonly left?: readonly string[];
  readonly protect?: true;
}
