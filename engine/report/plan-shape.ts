import type {
  Change,
  ClientPlan,
  Foreign,
  GuidedForm,
  Scalar,
  TargetPlan,
  Unverifiable,
} from '../model/index.ts';
import type { Consent, Selection } from '../plan/index.ts';
import type { DiagnosticJson } from './diagnostic-json.ts';

/** Fields added later keep the major; whoever reads a plan refuses an unknown major. */
export const planFormatVersion = '1.0';

/** Terraform's `actions`. State-only changes write nothing, so they are `no-op`. */
export type JsonActions = readonly ['create' | 'update' | 'delete' | 'no-op' | 'forget'];

/** Plain fields by name; null = not set. */
export type JsonValues = Readonly<Record<string, Scalar | null>>;
/** `true` at each field that is sensitive or unknown. */
export type JsonMask = Readonly<Record<string, true>>;

/** The field names of `terraform show -json`. A secret has its mask and never a value. */
export interface ChangeJson {
  readonly actions: JsonActions;
  /** Null for a create. Only fields that change. */
  readonly before: JsonValues | null;
  /** Null for a delete. */
  readonly after: JsonValues | null;
  readonly after_unknown: JsonMask;
  readonly before_sensitive: JsonMask;
  readonly after_sensitive: JsonMask;
  readonly importing?: { readonly id: string };
}

export interface ResourceChangeJson {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: 'managed';
  readonly type: string;
  readonly name: string;
  readonly provider_name: string;
  readonly change: ChangeJson;
  readonly action_reason: string;
  readonly client: string;
  readonly target: string;
  readonly section: Change['section'];
  readonly means: Change['means'];
  readonly blocked: Change['blocked'];
  readonly since?: string;
  /** Fields that a person sets in the panel. */
  readonly guided_fields: readonly string[];
  /** What an approval of this change is bound to. */
  readonly digest: string;
}

/** What somebody else changed or removed on a target: `before` is what was applied last, `after` what is there now. */
export interface DriftJson {
  readonly address: string;
  readonly mode: 'managed';
  readonly type: string;
  readonly name: string;
  readonly provider_name: string;
  readonly client: string;
  readonly change: ChangeJson;
}

export interface ClientJson {
  readonly client: string;
  readonly basis: string;
  readonly digest: string;
  readonly tree: string;
  readonly state_serial: number;
  readonly counts: ClientPlan['counts'];
  readonly actions: ClientPlan['actions'];
  readonly targets: readonly TargetPlan[];
  readonly foreign: readonly Foreign[];
  readonly unverifiable: readonly Unverifiable[];
  readonly diagnostics: readonly DiagnosticJson[];
}

/** The JSON face of a plan: `schemas/plan.schema.json`. */
export interface PlanJson {
  readonly format_version: typeof planFormatVersion;
  readonly alta_version: string;
  readonly timestamp: string;
  readonly commit: string | null;
  readonly digest: string;
  readonly partial: boolean;
  /** An apply of this plan would write something. */
  readonly applyable: boolean;
  readonly errored: boolean;
  readonly resource_changes: readonly ResourceChangeJson[];
  readonly resource_drift: readonly DriftJson[];
  readonly clients: readonly ClientJson[];
  readonly counts: ClientPlan['counts'] & { readonly blocked: number };
  readonly consent: Consent;
  readonly selection: Selection;
  readonly forms: readonly GuidedForm[];
  readonly diagnostics: readonly DiagnosticJson[];
}
