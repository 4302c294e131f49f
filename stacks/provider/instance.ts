import type { Compiled } from '../../engine/compile/index.ts';
import { AltaError, type Kind, type Lang, type Target, targetOf } from '../../engine/model/index.ts';
import type { Driver } from '../../providers/contract.ts';
import type { ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import type { Claims } from './claims.ts';
import type { Dues } from './dues.ts';
import type { Hub } from './hub.ts';
import type { Memory } from './memory.ts';
import type { Puts } from './puts.ts';
import type { Readings } from './readings.ts';

/** One configured provider: one client of one workspace, over one connection. */
export interface Instance {
  readonly hub: Hub;
  readonly client: string;
  readonly compiled: Compiled;
  readonly readings: Readings;
  readonly claims: Claims;
  readonly dues: Dues;
  readonly shapes: Readonly<Record<Kind, ResourceShape>>;
  readonly lang: Lang;
  /** What is gone from an emptied PBX may be created again. */
  readonly recreate: boolean;
  readonly puts: Puts;
  /** State keys of what this run has created or taken over: where Terraform replaces a thing by itself, it is not deleted afterwards. */
  readonly made: Set<string>;
  /** State key → what this plan does to it: one name of the configuration must not destroy what another one takes over. */
  readonly planned: Map<string, 'taken' | 'destroyed'>;
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
 * @throws AltaError `target-of-other-client`, `provider-target-undeclared`, `target-is-guided`, `driver-unbuilt`
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
      'provider-target-undeclared',
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
 * taken that label. By its label only where the box proves to be the same one: stand-alone, with the serial that is remembered. Null = the
 * YAML declares its target no more.
 * @throws AltaError as {@link placeOf}
 */
export async function placeOfKnown(
  instance: Instance,
  { id, target }: ValueObject,
  { serial }: Pick<Memory, 'serial'>,
  resource: string,
): Promise<Place | null> {
  const { compiled, readings } = instance;
  const key = typeof id === 'string' ? id.slice(0, id.lastIndexOf('#')) : null;
  const found = compiled.targets.find((one) => one.key === key);
  if (found !== undefined) return placeOf(instance, found.address, resource);
  const named = compiled.targets.find((one) => one.address === target);
  if (named === undefined || serial === undefined || !standsAlone(key) || !standsAlone(named.key))
    return null;
  const { view } = await readings.of(named);
  return view.reading?.identity.serial === serial ? placeOf(instance, named.address, resource) : null;
}

/** A tenant on a shared server is known by its platform: the server's serial says nothing about it. */
function standsAlone(key: string | null): boolean {
  return key !== null && !key.startsWith('platform:');
}
