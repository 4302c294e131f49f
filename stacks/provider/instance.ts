import type { Compiled } from '../../engine/compile/index.ts';
import { AltaError, type Kind, type Lang, type Target, targetOf } from '../../engine/model/index.ts';
import type { Driver } from '../../providers/contract.ts';
import type { ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import type { Claims } from './claims.ts';
import type { Hub } from './hub.ts';
import type { Readings } from './readings.ts';

/** One configured provider: one client of one workspace, over one connection. */
export interface Instance {
  readonly hub: Hub;
  readonly client: string;
  readonly compiled: Compiled;
  readonly readings: Readings;
  readonly claims: Claims;
  readonly shapes: Readonly<Record<Kind, ResourceShape>>;
  readonly lang: Lang;
  /** What is gone from an emptied PBX may be created again. */
  readonly recreate: boolean;
  /**
   * State keys of what this run has created or taken over. Terraform makes what it calls tainted anew before it destroys the old one: where
   * both are one and the same thing, it stays.
   */
  readonly made: Set<string>;
  /** Stops listening to other instances. */
  readonly leave: () => void;
}

/** A target with the driver that serves it. */
export interface Place {
  readonly target: Target;
  readonly driver: Driver;
}

/**
 * Where an address of a target leads. Another client's target is refused whatever it is called: one configuration answers for one client.
 * @throws AltaError `target-of-other-client`, `target-undeclared`, `target-is-guided`, `driver-unbuilt`
 */
export function placeOf(
  { compiled, client, hub }: Instance,
  address: string,
  resource: string = address,
): Place {
  const field = 'target';
  if (!address.startsWith(`${client}/`)) {
    throw new AltaError('target-of-other-client', { target: address, client, field }, { written: 'nothing' });
  }
  const target = compiled.targets.find((one) => one.address === targetOf(address));
  if (target === undefined) {
    const known = compiled.targets.map((one) => one.address);
    throw new AltaError(
      'target-undeclared',
      { target: address, client, known, field },
      { written: 'nothing' },
    );
  }
  if (target.mode === 'guided') {
    throw new AltaError(
      'target-is-guided',
      { target: address, address: resource, field },
      { written: 'nothing' },
    );
  }
  const driver = hub.workspace.drivers.get(target.driver) ?? null;
  if (driver === null) throw new AltaError('driver-unbuilt', { driver: target.driver, address });
  return { target, driver };
}

/**
 * Where something of Terraform's state is: by its natural key, whatever its label is now, or it would be looked for on another box that has
 * taken that label; by its label only where no target has that key any more, since a box gets another address.
 * @throws AltaError as {@link placeOf}
 */
export function placeOfKnown(instance: Instance, { id, target }: ValueObject, resource: string): Place {
  const key = typeof id === 'string' ? id.slice(0, id.lastIndexOf('#')) : null;
  const found = instance.compiled.targets.find((one) => one.key === key);
  return placeOf(instance, found?.address ?? String(target), resource);
}
