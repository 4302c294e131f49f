import type { Desired } from '../../engine/model/index.ts';
import type { Placed } from './adopt.ts';
import { typeOf } from './adopt.ts';
import type { HandOff } from './hand-off.ts';
import { type Known, knownKey } from './known.ts';

/** What does not happen before a person acts. Addresses are Alta's. */
export interface Waiting {
  /** Not in Terraform's state: left out of the stack. */
  readonly absent: ReadonlySet<string>;
  /** In Terraform's state: stays as it is. */
  readonly frozen: ReadonlySet<string>;
  /** Nobody could look at Terraform's state: neither leaving it out nor writing it is safe. */
  readonly unknown: readonly { readonly address: string; readonly on: string }[];
  /** What waits → the hand-off it waits for. */
  readonly on: ReadonlyMap<string, string>;
}

/**
 * What depends on a step that nobody vouched for waits, as it does under Alta's own apply: an account whose extension is not there, or has
 * another password than the phone will be given, registers in vain until its address is banned. A step about some fields holds nobody up.
 */
export function waitingOn(
  desired: readonly Desired[],
  handOffs: readonly HandOff[],
  provided: readonly Omit<Placed, 'label'>[],
  known: Known | null,
): Waiting {
  const on = dependentsOf(
    desired,
    handOffs.filter(
      ({ part, attested, action }) => part === 'whole' && attested === null && action !== 'delete',
    ),
  );
  const held = provided.filter(({ desired: { address } }) => on.has(address));
  const isKnown = ({ desired: { kind }, id }: Omit<Placed, 'label'>): boolean =>
    known === null || known.names.has(knownKey(typeOf(kind), id));
  const addressOf = ({ desired: { address } }: Omit<Placed, 'label'>): string => address;
  return {
    absent: new Set(held.filter((one) => !isKnown(one)).map(addressOf)),
    frozen: new Set(held.filter(isKnown).map(addressOf)),
    unknown:
      known === null
        ? held.map((one) => ({ address: addressOf(one), on: on.get(addressOf(one)) ?? '' }))
        : [],
    on,
  };
}

/** Directly or through something else: address → address of the step. */
function dependentsOf(desired: readonly Desired[], pending: readonly HandOff[]): ReadonlyMap<string, string> {
  const on = new Map(pending.map(({ address }) => [address, address]));
  const steps = new Set(on.keys());
  for (let before = -1; before !== on.size; ) {
    before = on.size;
    for (const { address, dependsOn } of desired) {
      const first = dependsOn.find((other) => on.has(other));
      if (first !== undefined && !on.has(address)) on.set(address, on.get(first) ?? first);
    }
  }
  return new Map([...on].filter(([address]) => !steps.has(address)));
}
