import type { Actual } from '../../../engine/model/index.ts';
import type { Capabilities, Reading, Registration } from '../../contract.ts';
import type { Device, Line, Row } from './answers.ts';
import type { Api } from './api.ts';
import { toActual, toForeign } from './dialect.ts';
import { fields, readableSecrets } from './fields.ts';
import type { Inventory } from './inventory.ts';

/** Everything in one: what the box is, what it can, what it holds. Pure. */
export function readingOf(device: Device, inventory: Inventory, api: Api): Reading {
  return {
    edition: editionOf(device, api),
    identity: device.serial === '' ? {} : { serial: device.serial },
    can: capabilitiesOf(sipRows(inventory), api),
    resources: resourcesOf(inventory),
  };
}

/** `S100, firmware 30.13.0.30, API v2.0.0` */
export function editionOf({ model, firmware }: Device, api: Api): string {
  return `${model || 'unknown model'}, firmware ${firmware || 'unknown'}, API ${api.version}`;
}

/** The queried fields of SIP extensions only. */
export function sipRows({ lines, rows }: Inventory): readonly Row[] {
  const sip = new Set(lines.filter(({ type }) => type === 'sip').map(({ number }) => number));
  return rows.filter(({ number }) => sip.has(number));
}

/**
 * A field that no extension shows is hidden on this box. `nat` is then a person's job, since nothing documents it. With
 * no SIP extension there is nothing to judge by, and nothing to compare.
 */
function capabilitiesOf(rows: readonly Row[], api: Api): Capabilities {
  const hidden = rows.length === 0 ? [] : hiddenIn(rows);
  const first = api.generation === 1;
  return {
    guidedActions: first ? { extension: ['create', 'delete'] } : {},
    guidedFields: hidden.includes('nat') ? { extension: ['nat'] } : {},
    hiddenFields: hidden.length === 0 ? {} : { extension: hidden },
    commit: first,
  };
}

function hiddenIn(rows: readonly Row[]): readonly string[] {
  const plain = Object.entries(fields).filter(([, { native }]) => !rows.some((row) => native in row.shown));
  const secret = readableSecrets.filter((name) => !rows.some((row) => name in row.secrets));
  return [...plain.map(([name]) => name), ...secret];
}

function resourcesOf({ lines, rows }: Inventory): readonly Actual[] {
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return lines.map((line) => {
    const row = line.type === 'sip' ? byNumber.get(line.number) : undefined;
    return row === undefined ? toForeign(line) : toActual(row, line);
  });
}

/**
 * Registered or not, as far as the list's status tells. The vendor documents the words, not this meaning of them, so the
 * evidence says that it is inferred.
 */
export function registrationsOf(keys: readonly string[], lines: readonly Line[]): readonly Registration[] {
  const byNumber = new Map(lines.map((line) => [line.number, line]));
  return keys.map((key) => registrationOf(key, byNumber.get(key)));
}

function registrationOf(key: string, line: Line | undefined): Registration {
  if (line === undefined) return { key, status: 'unknown', evidence: 'not in the list' };
  const status = statuses.get(line.status.toLowerCase()) ?? 'unknown';
  return { key, status, evidence: `list says ${line.status || 'nothing'} (inferred)` };
}

const statuses: ReadonlyMap<string, Registration['status']> = new Map([
  ['registered', 'registered'],
  ['idle', 'registered'],
  ['ringing', 'registered'],
  ['busy', 'registered'],
  ['hold', 'registered'],
  ['unavailable', 'unregistered'],
  ['malfunction', 'unregistered'],
]);
