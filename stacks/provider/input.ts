import type { ActualView, Desired, State, StateEntry } from '../../engine/model/index.ts';
import {
  type ClientInput,
  everything,
  isRemoteChange,
  planClient,
  resolveOpen,
  type TargetView,
} from '../../engine/plan/index.ts';
import type { Instance } from './instance.ts';
import type { Memory } from './memory.ts';
import type { Sight } from './readings.ts';

/** One resource and what is known of it. */
export interface One {
  readonly id: string;
  readonly desired: Desired;
  readonly sight: Sight;
  readonly actual: ActualView | null;
  readonly memory: Memory;
}

/** A workspace of one resource: its desired form, its target as far as it concerns it, its entry. */
export async function inputFor(
  instance: Instance,
  { id, desired, sight, actual, memory }: One,
): Promise<ClientInput> {
  const { hub, client, compiled } = instance;
  const known = await hub.stateOf(client);
  const view = onlyOne(sight.view, actual);
  const guided = known?.guided[id];
  const state: State = {
    ...emptyState(client),
    resources: memory.entry === null ? {} : { [id]: following(memory.entry, desired, sight.view.target.key) },
    guided: guided === undefined ? {} : { [id]: guided },
  };
  const input: ClientInput = {
    client,
    status: compiled.status,
    tree: '',
    state: claimed(instance, id, state, view),
    desired: [desired],
    views: [view],
    desiredElsewhere: hub.workspace.desiredElsewhere(client),
    released: new Set(),
    referenced: new Map(),
    selection: everything,
    versions: {},
    limits: hub.workspace.limits,
    diagnostics: [],
  };
  return remembered(input, id, known?.resources[id]);
}

/**
 * What Alta applied before the client moved to Terraform, and no import brought along, is still as it was left where nothing at all differs
 * from it: then its markers hold too. Where anything differs, somebody else may have made what is there.
 */
function remembered(input: ClientInput, id: string, entry: StateEntry | undefined): ClientInput {
  if (entry === undefined || input.state.resources[id] !== undefined) return input;
  const resources = { ...input.state.resources, [id]: entry };
  const witnessed = { ...input, state: { ...input.state, resources } };
  return planClient(witnessed).changes.some(isRemoteChange) ? input : witnessed;
}

/** Labels change, and so does the place of a box: what was applied to the same argument `target` was applied to it. */
function following(entry: StateEntry, { address, key }: Desired, targetKey: string): StateEntry {
  return { ...entry, address, key, targetKey };
}

/** What a killed run was creating is ours where reading proves it. */
function claimed({ claims }: Instance, id: string, state: State, view: TargetView): State {
  if (state.resources[id] !== undefined) return state;
  const claim = claims.of(id);
  return claim === null ? state : resolveOpen(state, [claim.write], [view], claim.at);
}

function onlyOne(view: TargetView, actual: ActualView | null): TargetView {
  if (view.reading === null) return view;
  return {
    ...view,
    reading: { ...view.reading, resources: actual === null ? [] : [actual] },
    diagnostics: [],
  };
}

export function emptyState(client: string): State {
  return {
    format_version: '1.0',
    client,
    lineage: '',
    serial: 0,
    alta_version: '',
    commit: null,
    updatedAt: '',
    resources: {},
    targets: {},
    guided: {},
    outstanding: {},
    pending: null,
  };
}
