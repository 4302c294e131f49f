import { AltaError, clientOf } from '../../engine/model/index.ts';
import type { BlockType } from './model.ts';

/** What Terraform's state of one client holds, as far as synthesis cares. */
export interface Known {
  /** {@link knownKey} → the name it has there. */
  readonly names: ReadonlyMap<string, string>;
  /** `alta_extension.main_110` → state key of what has that name. */
  readonly occupants: ReadonlyMap<string, string>;
  /** Alta's address of a resource, as it was when Terraform last wrote it → its state key. */
  readonly addresses: ReadonlyMap<string, string>;
}

/**
 * A state belongs to one client. From another's, Terraform would destroy what it holds.
 *
 * @throws AltaError `synth-other-client` where any of its resources names another client
 */
export function refuseOthers({ addresses }: Known, client: string, filename: string): void {
  const others = new Set([...addresses.keys()].map(clientOf).filter((one) => one !== client));
  if (others.size > 0)
    throw new AltaError('synth-other-client', { client, filename, others: [...others].sort() });
}

/** A state that holds nothing. Not the same as a state that nobody could look at, which is null wherever a {@link Known} is asked for. */
export const nothingKnown: Known = { names: new Map(), occupants: new Map(), addresses: new Map() };

export function knownKey(type: BlockType, id: string): string {
  return `${type} ${id}`;
}

/** One instance of a resource that a stack of ours made. */
interface Held {
  readonly type: BlockType;
  readonly name: string;
  readonly id: string;
  readonly address: string | null;
}

/**
 * Reads what `terraform state pull` prints, or a local state file. Empty text = there is no state yet. What other configuration made
 * (modules, counted resources, other types) is passed over.
 *
 * @param filename for the error's text
 * @throws AltaError `terraform-state-unreadable`, also for an encrypted state of OpenTofu
 */
export function readKnown(text: string, filename: string): Known {
  if (text.trim() === '') return nothingKnown;
  const held = resourcesIn(text, filename).flatMap(heldIn);
  return {
    names: new Map(held.map(({ type, id, name }) => [knownKey(type, id), name])),
    occupants: new Map(held.map(({ type, id, name }) => [`${type}.${name}`, id])),
    addresses: new Map(held.flatMap(({ address, id }) => (address === null ? [] : [[address, id]]))),
  };
}

/** Every resource of the state as Terraform writes it, unchecked. @throws AltaError `terraform-state-unreadable` */
export function resourcesIn(text: string, filename: string): readonly unknown[] {
  const unreadable = (reason: string) => new AltaError('terraform-state-unreadable', { filename, reason });
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    throw unreadable('no JSON');
  }
  if (!isRecord(state)) throw unreadable('no JSON object');
  if ('encrypted_data' in state) throw unreadable('encrypted');
  if (state.version !== 4) throw unreadable(`version ${String(state.version)}`);
  return Array.isArray(state.resources) ? state.resources : [];
}

const types: ReadonlySet<unknown> = new Set(['alta_extension', 'alta_account', 'null_resource']);

function heldIn(resource: unknown): Held[] {
  if (!isRecord(resource) || resource.mode !== 'managed' || 'module' in resource) return [];
  const { type, name, instances } = resource;
  if (!isType(type) || typeof name !== 'string' || !Array.isArray(instances)) return [];
  return instances.flatMap((instance: unknown): Held[] => {
    if (!isRecord(instance) || 'index_key' in instance || 'deposed' in instance) return [];
    const attributes = isRecord(instance.attributes) ? instance.attributes : {};
    const id = type === 'null_resource' ? triggersOf(attributes).key : attributes.id;
    return typeof id === 'string' ? [{ type, name, id, address: addressIn(type, attributes) }] : [];
  });
}

function addressIn(type: BlockType, { target, number, line }: Record<string, unknown>): string | null {
  if (type === 'null_resource' || typeof target !== 'string') return null;
  return type === 'alta_extension'
    ? `${target}/extension:${String(number)}`
    : `${target}/account:${String(line)}`;
}

function triggersOf({ triggers }: Record<string, unknown>): Record<string, unknown> {
  return isRecord(triggers) ? triggers : {};
}

function isType(type: unknown): type is BlockType {
  return types.has(type);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
