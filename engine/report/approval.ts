import { AltaError } from '../model/index.ts';
import type { Consent, Selection } from '../plan/index.ts';

/** What a plan file approves: read from its JSON, trusted for nothing else. */
export interface Approval {
  readonly filename: string;
  readonly altaVersion: string;
  /** client → basis digest and change digests by address. */
  readonly clients: Readonly<
    Record<string, { readonly basis: string; readonly changes: Readonly<Record<string, string>> }>
  >;
  readonly consent: Consent;
  readonly selection: Selection;
  /** The plan that was approved left clients or targets out. Only shown. */
  readonly partial?: boolean;
}

/**
 * Reads what a plan file approves: basis and change digests, consent and selection; nothing else in it is trusted. Changes that the
 * plan shows as blocked are not approved.
 *
 * @throws AltaError `approval-invalid` for what is no plan of Alta, `approval-version` for one of another major version.
 */
export function parseApproval(text: string, filename: string): Approval {
  const invalid = (problem: string): AltaError => new AltaError('approval-invalid', { filename, problem });
  const plan = asRecord(jsonOf(text, invalid), '(document)', invalid);
  const version = asText(plan.format_version, 'format_version', invalid);
  if (!/^1\.\d+$/.test(version)) throw new AltaError('approval-version', { filename, version });
  const clients = asList(plan.clients, 'clients', invalid).map((client, index) => {
    const record = asRecord(client, `clients[${index}]`, invalid);
    const name = asText(record.client, `clients[${index}].client`, invalid);
    return [name, asText(record.basis, `clients[${index}].basis`, invalid)] as const;
  });
  const changes = asList(plan.resource_changes, 'resource_changes', invalid).map((change, index) =>
    shownChange(change, `resource_changes[${index}]`, invalid),
  );
  return {
    filename,
    altaVersion: asText(plan.alta_version, 'alta_version', invalid),
    clients: joined(clients, changes, invalid),
    consent: consentOf(plan.consent, invalid),
    selection: selectionOf(plan.selection, invalid),
    partial: plan.partial === true,
  };
}

type Invalid = (problem: string) => AltaError;

interface ShownChange {
  readonly client: string;
  readonly address: string;
  readonly digest: string;
  readonly blocked: boolean;
  /** It leaves state only. */
  readonly forgets: boolean;
}

function jsonOf(text: string, invalid: Invalid): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('JSON');
  }
}

function shownChange(change: unknown, path: string, invalid: Invalid): ShownChange {
  const record = asRecord(change, path, invalid);
  const client = asText(record.client, `${path}.client`, invalid);
  const address = asText(record.address, `${path}.address`, invalid);
  const digest = asText(record.digest, `${path}.digest`, invalid);
  if (record.blocked !== null) asRecord(record.blocked, `${path}.blocked`, invalid);
  const { actions } = asRecord(record.change, `${path}.change`, invalid);
  const forgets = asList(actions, `${path}.change.actions`, invalid).includes('forget');
  return { client, address, digest, blocked: record.blocked !== null, forgets };
}

function joined(
  clients: readonly (readonly [string, string])[],
  changes: readonly ShownChange[],
  invalid: Invalid,
): Approval['clients'] {
  const found = new Map<string, { basis: string; changes: Map<string, string> }>();
  for (const [client, basis] of clients) {
    if (found.has(client)) throw invalid(`clients: ${client}`);
    found.set(client, { basis, changes: new Map() });
  }
  for (const { client, address, digest } of approvedOf(changes)) {
    const approved = found.get(client)?.changes;
    if (approved === undefined || approved.has(address)) throw invalid(`resource_changes: ${address}`);
    approved.set(address, digest);
  }
  return Object.fromEntries(
    [...found].map(([client, { basis, changes }]) => [
      client,
      { basis, changes: Object.fromEntries(changes) },
    ]),
  );
}

/** A device that was replaced is forgotten under the address that its successor has: what counts is what the successor gets. */
function approvedOf(changes: readonly ShownChange[]): readonly ShownChange[] {
  const nameOf = ({ client, address }: ShownChange): string => `${client} ${address}`;
  const taken = new Set(changes.filter(({ forgets }) => !forgets).map(nameOf));
  return changes.filter((change) => !change.blocked && !(change.forgets && taken.has(nameOf(change))));
}

function consentOf(value: unknown, invalid: Invalid): Consent {
  const record = asRecord(value, 'consent', invalid);
  const { allowDelete, recreate, overrideLimits, acceptOutage } = record;
  if (!isCountOrNull(allowDelete)) throw invalid('consent.allowDelete');
  if (!isCountOrNull(recreate)) throw invalid('consent.recreate');
  if (overrideLimits !== null && typeof overrideLimits !== 'string') throw invalid('consent.overrideLimits');
  if (acceptOutage !== null && typeof acceptOutage !== 'string') throw invalid('consent.acceptOutage');
  return { allowDelete, recreate, overrideLimits, acceptOutage };
}

function isCountOrNull(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0);
}

function selectionOf(value: unknown, invalid: Invalid): Selection {
  const record = asRecord(value, 'selection', invalid);
  const texts = (name: string): string[] =>
    asList(record[name], `selection.${name}`, invalid).map((item) =>
      asText(item, `selection.${name}`, invalid),
    );
  return { targets: texts('targets'), exclude: texts('exclude') };
}

function asRecord(value: unknown, path: string, invalid: Invalid): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(path);
  return value as Readonly<Record<string, unknown>>;
}

function asList(value: unknown, path: string, invalid: Invalid): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(path);
  return value;
}

function asText(value: unknown, path: string, invalid: Invalid): string {
  if (typeof value !== 'string' || value === '') throw invalid(path);
  return value;
}
