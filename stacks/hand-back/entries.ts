import { clientOf, type StateEntry, stateKey } from '../../engine/model/index.ts';
import { decodeMemory } from '../provider/memory.ts';
import { isRecord, resourcesIn } from '../synth/known.ts';

/** What a Terraform state says is ours. */
export interface HeldByTerraform {
  /** State key → what was last applied, as Alta's own state would hold it. */
  readonly entries: Readonly<Record<string, StateEntry>>;
  /** Ids of what was imported and never applied: nobody knows what was last written there. */
  readonly unapplied: readonly string[];
  /** Whose resources these are: client ids, in alphabetical order. */
  readonly clients: readonly string[];
}

/**
 * Reads what `terraform state pull` prints. What the provider remembers of each resource is its entry of Alta's state, under another roof.
 * @throws AltaError `terraform-state-unreadable`
 */
export function entriesIn(text: string, filename: string): HeldByTerraform {
  const held = resourcesIn(text, filename).flatMap(instancesOf);
  const known = held.flatMap(({ entry }) =>
    entry === null ? [] : [[stateKey(entry.targetKey, entry.kind, entry.key), entry] as const],
  );
  return {
    entries: Object.fromEntries(known),
    unapplied: held.flatMap(({ id, entry }) => (entry === null ? [id] : [])).sort(),
    clients: [...new Set(held.flatMap(({ client }) => client ?? []))].sort(),
  };
}

interface Instance {
  readonly id: string;
  /** Null where neither memory nor attributes tell. */
  readonly client: string | null;
  readonly entry: StateEntry | null;
}

function instancesOf(resource: unknown): Instance[] {
  if (!isRecord(resource) || resource.mode !== 'managed') return [];
  const ours = resource.type === 'alta_extension' || resource.type === 'alta_account';
  if (!ours || !Array.isArray(resource.instances)) return [];
  return resource.instances.flatMap((instance: unknown): Instance[] => {
    if (!isRecord(instance) || !isRecord(instance.attributes)) return [];
    const { id, target } = instance.attributes;
    const bytes = typeof instance.private === 'string' ? Buffer.from(instance.private, 'base64') : null;
    const entry = decodeMemory(bytes)?.entry ?? null;
    const address = entry?.address ?? target;
    const client = typeof address === 'string' ? clientOf(address) : null;
    return [{ id: typeof id === 'string' ? id : '?', client, entry }];
  });
}
