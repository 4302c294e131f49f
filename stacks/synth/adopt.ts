import type { Compiled } from '../../engine/compile/index.ts';
import {
  clientOf,
  type Desired,
  type Kind,
  parseStateKey,
  type State,
  stateKey,
  targetOf,
} from '../../engine/model/index.ts';
import { terraformName } from '../name.ts';
import { type Known, knownKey } from './known.ts';
import { literal } from './template.ts';

/** A declared thing with the name it has in the stack. */
export interface Placed {
  readonly desired: Desired;
  /** State key. */
  readonly id: string;
  /** `alta_extension.main_110` */
  readonly label: string;
}

/**
 * What Terraform's state does not have and may be on its target already, as far as anything says so: the YAML with `adopt`, or Alta's own state
 * of a client that moves over. Once Terraform holds anything of the client it has moved: what Alta's state still lists beyond that, Terraform
 * may have deleted since. Where nobody could look at Terraform's state, all of it: importing what is already there under that name does nothing.
 */
export function importsOf(
  placed: readonly Placed[],
  state: State,
  known: Known | null,
): readonly { readonly to: string; readonly id: string }[] {
  const moves = known === null || known.addresses.size === 0;
  return placed
    .filter(({ desired, id }) => desired.adopt !== 'no' || (moves && state.resources[id] !== undefined))
    .filter(({ desired, id }) => known?.names.has(knownKey(typeOf(desired.kind), id)) !== true)
    .map(({ id, label }) => ({ to: label, id: literal(id) }));
}

/**
 * What leaves Terraform's state and stays where it is: what the YAML lists under `released`, and what a person looks after from now on. Where
 * nobody could look at the state, what is released goes by the name it would have: forgetting what is not there does nothing.
 */
export function removedOf(compiled: Compiled, known: Known | null): readonly string[] {
  const released = [...compiled.released].flatMap((address) => releasedLabel(address, compiled, known) ?? []);
  return [...released, ...handedOver(compiled, known)].sort();
}

/** Declared on a target that only people write to by now. What is no longer declared there is not forgotten: the provider says who removes it. */
function handedOver({ targets, desired }: Compiled, known: Known | null): readonly string[] {
  const guided = new Map(
    targets.filter(({ mode }) => mode === 'guided').map((target) => [target.address, target.key]),
  );
  return desired.flatMap(({ address, kind, key }) => {
    const targetKey = guided.get(targetOf(address));
    const id = targetKey === undefined ? null : stateKey(targetKey, kind, key);
    const name = id === null ? undefined : known?.names.get(knownKey(typeOf(kind), id));
    return name === undefined ? [] : [`${typeOf(kind)}.${name}`];
  });
}

function releasedLabel(address: string, { targets }: Compiled, known: Known | null): string | null {
  const { kind, key } = parseReleased(address);
  const target = targets.find((one) => one.address === targetOf(address));
  const type = typeOf(kind);
  if (known === null) return target === undefined ? null : `${type}.${terraformName(target.label, key)}`;
  const id = target === undefined ? known.addresses.get(address) : stateKey(target.key, kind, key);
  const name = id === undefined ? undefined : known.names.get(knownKey(type, id));
  return name === undefined ? null : `${type}.${name}`;
}

/** `acme/pbx:main/extension:10` ends as state keys do. */
function parseReleased(address: string): { kind: Kind; key: string } {
  const { kind, key } = parseStateKey(`${clientOf(address)}#${address.slice(targetOf(address).length + 1)}`);
  return { kind, key };
}

export function typeOf(kind: Kind): 'alta_extension' | 'alta_account' {
  return `alta_${kind}`;
}
