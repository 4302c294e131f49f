import type {
  Change,
  ClientPlan,
  Diagnostic,
  FieldChange,
  Foreign,
  GuidedForm,
  Lang,
  Plan,
  Scalar,
  TargetPlan,
  Unverifiable,
} from '../model/index.ts';
import { type Consent, changeDigest, type Selection } from '../plan/index.ts';
import { type DiagnosticJson, diagnosticsJson } from './diagnostic-json.ts';
import { viewOf } from './view.ts';

/** What a plan file holds beside the plan itself. */
export interface PlanJsonShow {
  readonly lang: Lang;
  readonly consent: Consent;
  readonly selection: Selection;
  readonly forms?: readonly GuidedForm[];
  readonly diagnostics?: readonly Diagnostic[];
}

/** Fields added later keep the major; whoever reads a plan refuses an unknown major. */
export const planFormatVersion = '1.0';

/** Terraform's `actions`. State-only changes write nothing, so they are `no-op`. */
export type JsonActions = readonly ['create' | 'update' | 'delete' | 'no-op' | 'forget'];

type JsonValues = Readonly<Record<string, Scalar | null>>;
type JsonMask = Readonly<Record<string, true>>;

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

/** The plan as data for tools and for `alta apply FILE`. Equal plans give equal documents. */
export function planJson(plan: Plan, show: PlanJsonShow): PlanJson {
  const { totals } = viewOf(plan);
  const { changes, deferred, pending, unverifiable, blocked } = totals;
  const diagnostics = [...(show.diagnostics ?? []), ...plan.clients.flatMap((c) => c.diagnostics)];
  return {
    format_version: planFormatVersion,
    alta_version: plan.alta_version,
    timestamp: plan.createdAt,
    commit: plan.commit,
    digest: plan.digest,
    partial: plan.partial,
    applyable: plan.clients.some(({ changes }) => changes.some(({ blocked }) => blocked === null)),
    errored: diagnostics.some(({ severity }) => severity === 'error'),
    resource_changes: plan.clients.flatMap((client) => {
      const driver = driversOf(client);
      return client.changes.map((change) => resourceChange(change, client.client, driver));
    }),
    resource_drift: plan.clients.flatMap((client) => {
      const driver = driversOf(client);
      return client.changes.flatMap((change) => drift(change, client.client, driver));
    }),
    clients: plan.clients.map((client) => clientJson(client, show.lang)),
    counts: { changes, deferred, pending, unverifiable, blocked },
    consent: show.consent,
    selection: show.selection,
    forms: show.forms ?? [],
    diagnostics: diagnosticsJson(show.diagnostics ?? [], show.lang),
  };
}

/** GitLab's `artifacts:reports:terraform`: three counts, so that the widget never shows a value. */
export function gitlabReport(plan: Plan): { create: number; update: number; delete: number } {
  const { totals } = viewOf(plan);
  return { create: totals.create, update: totals.update, delete: totals.delete };
}

type DriverOf = (target: string) => string;

function driversOf(client: ClientPlan): DriverOf {
  const drivers = new Map(client.targets.map(({ address, driver }) => [address, driver]));
  return (target) => `alta/${drivers.get(target) ?? 'unknown'}`;
}

function clientJson(plan: ClientPlan, lang: Lang): ClientJson {
  const { client, basis, digest, tree, stateSerial, counts, actions, targets, foreign, unverifiable } = plan;
  const diagnostics = diagnosticsJson(plan.diagnostics, lang);
  const facts = { client, basis, digest, tree, state_serial: stateSerial, counts, actions };
  return { ...facts, targets, foreign, unverifiable, diagnostics };
}

function resourceChange(change: Change, client: string, driver: DriverOf): ResourceChangeJson {
  const { previousAddress, section, means, blocked, since, target } = change;
  return {
    ...identity(change, client, driver),
    ...(previousAddress === undefined ? {} : { previous_address: previousAddress }),
    change: changeJson(change),
    action_reason: `${change.action}_because_${section}`,
    target,
    section,
    means,
    blocked,
    ...(since === undefined ? {} : { since }),
    guided_fields: change.fields.filter(({ guided }) => guided).map(({ field }) => field),
    digest: changeDigest(change),
  };
}

function identity(change: Change, client: string, driver: DriverOf) {
  const { address, kind, key, target } = change;
  const managed = { address, mode: 'managed', type: `alta_${kind}`, name: key } as const;
  return { ...managed, provider_name: driver(target), client };
}

function changeJson(change: Change): ChangeJson {
  const { action, fields, section, key } = change;
  const importing = section === 'adopted' ? { importing: { id: key } } : {};
  return {
    actions: [action === 'record' ? 'no-op' : action],
    before: action === 'create' ? null : values(fields, ({ before }) => before),
    after: action === 'delete' ? null : values(fields.filter(isKnown), ({ after }) => after),
    after_unknown: mask(fields.filter((field) => field.unknown)),
    before_sensitive: action === 'create' ? {} : mask(fields.filter(isSensitive)),
    after_sensitive: action === 'delete' ? {} : mask(fields.filter(isSensitive)),
    ...importing,
  };
}

function drift(change: Change, client: string, driver: DriverOf): readonly DriftJson[] {
  const outside = change.fields.filter(({ why }) => why === 'drift');
  if (change.section === 'vanished') {
    const gone = values(change.fields.filter(isKnown), ({ after }) => after);
    return [
      { ...identity(change, client, driver), change: driftChange('delete', gone, null, change.fields) },
    ];
  }
  if (outside.length === 0) return [];
  const applied = values(outside, ({ after }) => after);
  const found = values(outside, ({ before }) => before);
  return [{ ...identity(change, client, driver), change: driftChange('update', applied, found, outside) }];
}

function driftChange(
  action: 'update' | 'delete',
  before: JsonValues,
  after: JsonValues | null,
  fields: readonly FieldChange[],
): ChangeJson {
  const sensitive = mask(fields.filter(isSensitive));
  const masks = { before_sensitive: sensitive, after_sensitive: after === null ? {} : sensitive };
  return { actions: [action], before, after, after_unknown: {}, ...masks };
}

function isSensitive(field: FieldChange): boolean {
  return field.sensitive;
}

function isKnown(field: FieldChange): boolean {
  return !field.unknown;
}

/** The plain fields only: a secret's value is not even a null. */
function values(fields: readonly FieldChange[], pick: (field: FieldChange) => Scalar | null): JsonValues {
  return Object.fromEntries(
    fields.filter((field) => !field.sensitive).map((field) => [field.field, pick(field)]),
  );
}

function mask(fields: readonly FieldChange[]): JsonMask {
  return Object.fromEntries(fields.map(({ field }) => [field, true as const]));
}
