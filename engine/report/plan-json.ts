import type {
  Change,
  ClientPlan,
  Diagnostic,
  FieldChange,
  GuidedForm,
  Lang,
  Plan,
  Scalar,
} from '../model/index.ts';
import { type Consent, changeDigest, type Selection } from '../plan/index.ts';
import { diagnosticsJson } from './diagnostic-json.ts';
import {
  type ChangeJson,
  type ClientJson,
  type DriftJson,
  type JsonMask,
  type JsonValues,
  type PlanJson,
  planFormatVersion,
  type ResourceChangeJson,
} from './plan-shape.ts';
import { viewOf } from './view.ts';

/** What a plan file holds beside the plan itself. */
export interface PlanJsonShow {
  readonly lang: Lang;
  readonly consent: Consent;
  readonly selection: Selection;
  readonly forms?: readonly GuidedForm[];
  readonly diagnostics?: readonly Diagnostic[];
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
