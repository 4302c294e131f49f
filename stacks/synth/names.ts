import { type Diagnostic, type Kind, warningDiagnostic } from '../../engine/model/index.ts';
import { terraformName } from '../name.ts';
import { type Known, knownKey } from './known.ts';
import type { BlockType } from './model.ts';

/** A block, and what it should be called. */
export interface Wanted {
  /** Alta's address, for people. */
  readonly address: string;
  readonly type: BlockType;
  /** State key: what it is, whatever it is called. */
  readonly id: string;
  readonly name: string;
}

export interface Settled {
  /** {@link knownKey} → what it is called in this stack. */
  readonly names: ReadonlyMap<string, string>;
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The name of a person's step. PBXs and devices share the type `null_resource`, so that the kind takes part: `extension_main_110`.
 */
export function handOffName(kind: Kind, label: string, key: string): string {
  return `${kind}_${terraformName(label, key).replace(/^_(?=\d)/, '')}`;
}

/**
 * Gives every block its name, and moves what was renamed. Terraform 1.11 refuses a `moved` block whose `from` is still declared, so that
 * neither a swap (a → b, b → a) nor a chain (a → b, b → c) goes in one apply; and it silently leaves a block where it is if its new name is
 * taken in the state. So a name is taken only once nothing else has it in the state: until then the block keeps its old name, and a new one
 * has a name for the time being. In a ring one block steps aside. Each apply frees names for the next; nothing is created or destroyed.
 *
 * @param known null = nobody could look at the state: every block has the name it should have, and nothing moves
 */
export function settleNames(wanted: readonly Wanted[], known: Known | null): Settled {
  const names = new Map(
    wanted.map((one) => [keyOf(one), known === null ? one.name : nameNow(one, wanted, known)]),
  );
  const renamed = wanted.flatMap((one) => {
    const from = known?.names.get(keyOf(one));
    const to = names.get(keyOf(one)) ?? one.name;
    return from === undefined || from === to
      ? []
      : [{ from: `${one.type}.${from}`, to: `${one.type}.${to}` }];
  });
  return {
    names,
    moved: renamed.sort((a, b) => (a.to < b.to ? -1 : 1)),
    diagnostics: wanted.flatMap((one) => underWay(one, names.get(keyOf(one)) ?? one.name, known)),
  };
}

function nameNow(one: Wanted, wanted: readonly Wanted[], known: Known): string {
  const old = known.names.get(keyOf(one));
  if (old === one.name || !isTaken(one.type, one.name, known)) return one.name;
  return old === undefined || stepsAside(one, wanted, known) ? spare(one, known) : old;
}

/** Names of ours end in a digit, so that this is never one of them. */
function spare({ type, name }: Wanted, known: Known): string {
  const next = `${name}_next`;
  return isTaken(type, next, known) ? spare({ address: '', id: '', type, name: next }, known) : next;
}

/** Whether it is the one of a ring that leaves its place first: the first by state key. */
function stepsAside(one: Wanted, wanted: readonly Wanted[], known: Known): boolean {
  const byKey = new Map(wanted.map((other) => [keyOf(other), other]));
  const ring: Wanted[] = [];
  let next: Wanted | undefined = one;
  while (next !== undefined && !ring.includes(next)) {
    ring.push(next);
    const occupant = known.occupants.get(`${next.type}.${next.name}`);
    next = occupant === undefined ? undefined : byKey.get(knownKey(next.type, occupant));
  }
  return next === one && ring.every(({ id }) => one.id <= id);
}

function isTaken(type: BlockType, name: string, known: Known): boolean {
  return known.occupants.has(`${type}.${name}`);
}

function underWay({ address, type, id, name }: Wanted, now: string, known: Known | null): Diagnostic[] {
  if (now === name) return [];
  const from = known?.names.get(knownKey(type, id));
  const params = { to: `${type}.${name}`, now: `${type}.${now}` };
  return from === undefined
    ? [warningDiagnostic('synth-name-taken', params, { address })]
    : [warningDiagnostic('synth-move-waits', { ...params, from: `${type}.${from}` }, { address })];
}

function keyOf({ type, id }: Wanted): string {
  return knownKey(type, id);
}
