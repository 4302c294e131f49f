import {
  type Actual,
  type Diagnostic,
  Secret,
  type Target,
  type Values,
  warningDiagnostic,
} from '../../../engine/model/index.ts';
import type { Capabilities, Reading } from '../../contract.ts';
import { actions } from './actions.ts';
import type { Agent, Line } from './answers.ts';
import { canonicalAgent, fields, genericSip, secretFields } from './fields.ts';
import { type Inventory, isSip, type Outgoing, type Row } from './inventory.ts';
import { doubtsAbout, type License, type Tenant } from './tenant.ts';

/** Everything that one reading learnt. Null = the key may not look. */
export interface Findings {
  readonly license: License;
  readonly tenant: Tenant;
  readonly agents: readonly Agent[] | null;
  /** Id → name. */
  readonly departments: ReadonlyMap<string, string> | null;
  readonly inventory: Inventory;
}

/** Everything in one: what the server is, what this key can, what the tenant holds. Pure. */
export function readingOf(found: Findings, target: Target): Reading {
  const { license, tenant, inventory } = found;
  const rows = new Map(inventory.rows.map((row) => [row.line.id, row]));
  const resources = inventory.lines.flatMap((line) => {
    const row = rows.get(line.id);
    if (row !== undefined && isSip(row.configuration)) return [toActual(row, found, target)];
    return row === undefined && isSip(line) ? [] : [toForeign(line, row)];
  });
  return {
    edition: editionOf(license),
    identity: tenant.identity,
    can: capabilitiesOf(found),
    resources,
    diagnostics: [...doubtsAbout(tenant, target), ...denials(found, target)],
    lists: listsOf(found, target),
  };
}

/** `PBXware Multi-Tenant 8.1 (hash)` */
export function editionOf({ edition, version }: License): string {
  return ['PBXware', edition, version || 'of unknown version'].filter((part) => part !== '').join(' ');
}

/** A right that the key lacks, or a service that the server refuses, hides a field. So does a server that shows it on no extension. */
function capabilitiesOf({ inventory, departments }: Findings): Capabilities {
  const { rows, denied } = inventory;
  const hidden = [
    ...(rows.length === 0 ? [] : unshownIn(rows)),
    ...(denied === null ? [] : ['callerId', 'emergencyCallerId']),
    ...(departments === null ? ['department'] : []),
  ];
  return {
    guidedActions: {},
    guidedFields: {},
    hiddenFields: hidden.length === 0 ? {} : { extension: hidden },
    commit: false,
  };
}

const readableSecrets = ['sip', 'pin'] as const;

function unshownIn(rows: readonly Row[]): readonly string[] {
  const isShown = (param: string) => rows.some(({ configuration }) => param in configuration.shown);
  const plain = Object.entries(fields).filter(([, { param }]) => !isShown(param));
  const secret = readableSecrets.filter((name) => !isShown(secretFields[name]));
  return [...plain.map(([name]) => name), ...secret];
}

function denials({ inventory, agents, departments }: Findings, target: Target): readonly Diagnostic[] {
  const { denied: refused } = inventory;
  const why = refused === null || refused.forbidden ? '' : `${refused.evidence}; `;
  const denied = [
    ...(refused === null ? [] : [[refused.action, `${why}callerId is not compared`] as const]),
    ...(departments === null ? [[actions.departments, 'department is not compared'] as const] : []),
    ...(agents === null ? [[actions.userAgents, 'device types are not known'] as const] : []),
  ];
  return denied.map(([operation, evidence]) =>
    warningDiagnostic('forbidden', { host: target.host, operation, evidence }, { address: target.address }),
  );
}

/** What declared names are judged by. A device type that is off stays a name that an extension may have already. */
function listsOf(found: Findings, target: Target): NonNullable<Reading['lists']> {
  const { agents, departments, inventory, tenant } = found;
  const used = inventory.rows.map((row) => agentOf(row, found, target));
  const enabled = (agents ?? []).filter((agent) => agent.enabled).map((agent) => agentName(agent, target));
  return {
    numbers: inventory.lines.map(({ number }) => number),
    ...(tenant.numberLength === null ? {} : { numberLength: [String(tenant.numberLength)] }),
    ...(departments === null ? {} : { departments: [...new Set(departments.values())] }),
    ...(agents === null ? {} : { userAgents: [...new Set([...enabled, ...used])] }),
  };
}

function toActual(row: Row, found: Findings, target: Target): Actual {
  const { line, configuration, outgoing } = row;
  const { shown, username } = configuration;
  const plain = Object.entries(fields).flatMap(([name, { param, decode }]) => {
    const text = shown[param];
    const value = typeof text === 'string' ? decode(text) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  const secrets = readableSecrets.flatMap((name) => {
    const secret = shown[secretFields[name]];
    return secret instanceof Secret ? [[name, secret] as const] : [];
  });
  const departments = departmentsOf(line, found);
  return {
    kind: 'extension',
    key: line.number,
    id: line.id,
    values: {
      number: line.number,
      type: 'sip',
      ...Object.fromEntries(plain),
      userAgent: agentOf(row, found, target),
      ...(username === '' ? {} : { registrationName: username }),
      ...(departments.length === 1 ? { department: departments.join() } : {}),
      ...(outgoing === null ? {} : outgoingValues(outgoing)),
    },
    secrets: Object.fromEntries(secrets),
    observed: observedOf(row, departments),
  };
}

/**
 * A number counts only where its service is on: else the tenant's own is sent. The emergency number counts beside it alone, as it is set. What
 * does not count is only observed.
 */
function outgoingValues(outgoing: Outgoing): Values {
  const { number, emergency } = outgoing;
  if (!counts(outgoing)) return {};
  return { callerId: number, ...(isNumber(emergency) ? { emergencyCallerId: emergency } : {}) };
}

function counts({ number, on }: Outgoing): boolean {
  return on === true && isNumber(number);
}

function observedOf({ line, outgoing }: Row, departments: readonly string[]): Values {
  return {
    ...(line.status === '' ? {} : { status: line.status }),
    ...(departments.length > 1 ? { departments: departments.join(', ') } : {}),
    ...(outgoing === null ? {} : unsaid(outgoing)),
  };
}

function unsaid(outgoing: Outgoing): Values {
  const { number, emergency, fallback, on } = outgoing;
  const hidden = !counts(outgoing);
  return {
    ...(hidden && number !== '' ? { callerId: number, callerIdService: on === true ? 'on' : 'off' } : {}),
    ...(hidden && emergency !== '' ? { emergencyCallerId: emergency } : {}),
    ...(fallback === '' ? {} : { callerIdOfTenant: fallback }),
  };
}

function isNumber(text: string): boolean {
  return /^\+?[0-9]{2,20}$/.test(text);
}

function departmentsOf({ departments }: Line, found: Findings): readonly string[] {
  const ids = departments.split(',').filter((id) => id !== '');
  return ids.map((id) => found.departments?.get(id) ?? id);
}

/** The device type of an extension, by what the extension says or else by the list. */
function agentOf({ configuration }: Row, { agents }: Findings, target: Target): string {
  const { id, name, fullname } = configuration.agent;
  const listed = agents?.find((agent) => agent.id === id);
  return agentName(
    { id, name: name || (listed?.name ?? ''), fullname: fullname || (listed?.fullname ?? '') },
    target,
  );
}

/** Canonical name of a device type; `options.userAgentId` says which one is Generic SIP. */
export function agentName(
  { id, name, fullname }: Pick<Agent, 'id' | 'name' | 'fullname'>,
  target: Target,
): string {
  const { userAgentId } = target.options;
  if (userAgentId !== undefined && String(userAgentId) === id) return genericSip.canonical;
  return canonicalAgent(fullname || name || id);
}

/** An extension of another protocol: there to be seen, and nothing else. */
function toForeign({ id, number, protocol, name, status }: Line, row: Row | undefined): Actual {
  const type = row?.configuration.protocol ?? protocol;
  const observed: Values = status === '' ? {} : { status };
  return { kind: 'extension', key: number, id, values: { number, type, name }, secrets: {}, observed };
}
