import { AltaError, type Code, type Params } from '../../../engine/model/index.ts';
import type { Write } from '../../contract.ts';
import type { Device } from './answers.ts';
import { numberOf, secretProblems } from './dialect.ts';
import type { Box, Inventory } from './inventory.ts';
import { editionOf, sipRows } from './reading.ts';
import { valueProblems } from './rules.ts';

/** What a session knows of the box by the time it writes. */
export interface Known {
  readonly device: Device;
  readonly inventory: Inventory;
}

/** Whether the box shows `nat`; `unknown` where it has no SIP extension to show it on. */
export function natPower({ inventory }: Known): 'shown' | 'hidden' | 'unknown' {
  const rows = sipRows(inventory);
  if (rows.length === 0) return 'unknown';
  return rows.some(({ shown }) => 'nat' in shown) ? 'shown' : 'hidden';
}

/**
 * Refuses, before anything is sent, what this box cannot do or would misunderstand. Every error says `written` nothing.
 * @throws `value-…`, `secret-…`, `field-required`, `unsupported-operation`
 */
export function guard(write: Write, box: Box, known: Known): void {
  numberOf(write.key);
  guardAction(write, box, known);
  if (write.action === 'delete') return;
  if (write.action === 'create') guardRequired(write, box);
  const { api } = box.login;
  const limits = { generation: api.generation, cloud: known.device.cloud };
  const [value] = valueProblems(write.values, limits).filter(({ certain }) => certain);
  if (value !== undefined) throw refusal(value.code, write, box, { ...value.params, field: value.field });
  const [secret] = secretProblems(write.secrets, api);
  if (secret !== undefined) throw refusal(secret.code, write, box, { ...secret.params, field: secret.field });
  if (write.values.nat !== undefined && natPower(known) === 'hidden')
    throw impossible('set nat', write, box, known);
}

/** v1.x neither creates nor deletes, and only SIP extensions are ours to write. [vendor-docs] */
function guardAction(write: Write, box: Box, known: Known): void {
  const { action, key, kind } = write;
  if (kind !== 'extension') throw impossible(`${action} ${kind}`, write, box, known);
  if (box.login.api.generation === 1 && action !== 'update')
    throw impossible(`${action} extension`, write, box, known);
  const line = known.inventory.lines.find(({ number }) => number === key);
  if (line !== undefined && line.type !== 'sip')
    throw impossible(`${action} ${line.type || 'untyped'} extension`, write, box, known);
}

function guardRequired(write: Write & { readonly action: 'create' }, box: Box): void {
  if (write.values.name === undefined) throw refusal('field-required', write, box, { field: 'name' });
  if (write.secrets.sip === undefined) throw refusal('secret-required', write, box, { field: 'sip' });
}

function refusal(code: Code, write: Write, { link }: Box, params: Params): AltaError {
  const where = { driver: link.target.driver, address: write.address };
  return new AltaError(code, { ...where, ...params }, { address: write.address, written: 'nothing' });
}

/** The error of what only a person can do on this box. */
export function impossible(operation: string, write: Write, { link, login }: Box, known: Known): AltaError {
  const edition = editionOf(known.device, login.api);
  const params = { host: link.target.host, edition, operation };
  return new AltaError('unsupported-operation', params, { address: write.address, written: 'nothing' });
}
