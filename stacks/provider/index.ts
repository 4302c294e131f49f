import type { Facts } from '../../providers/contract.ts';
import { driverNames, loadDriver } from '../../providers/registry.ts';
import type { Provider } from '../plugin/contract.ts';
import { providerSchema } from '../schema/provider.ts';
import { resourceShapes } from '../schema/resource.ts';
import { configure } from './configure.ts';
import { dataTypes } from './data.ts';
import type { Surroundings } from './hub.ts';
import { createHubs } from './hubs.ts';
import type { Instance } from './instance.ts';
import { resourceType } from './resource.ts';

export type { Surroundings } from './hub.ts';
export type { Instance } from './instance.ts';

/** A provider that serves the drivers, and how to end everything it has opened. */
export interface AltaProvider {
  readonly provider: Provider<Instance>;
  /** Leaves every target. Safe to call twice. */
  close(): Promise<void>;
}

/** The drivers of this version as a Terraform provider. Nothing is contacted and no file is read before a configuration asks for it. */
export async function altaProvider(surroundings: Surroundings): Promise<AltaProvider> {
  const shapes = resourceShapes(await allFacts());
  const hubs = createHubs(surroundings);
  const provider: Provider<Instance> = {
    schema: providerSchema,
    resources: {
      [shapes.extension.type]: resourceType(shapes.extension, surroundings.lang),
      [shapes.account.type]: resourceType(shapes.account, surroundings.lang),
    },
    data: dataTypes,
    configure: (config, call) => configure(hubs, shapes, surroundings, config, call),
    release: async ({ hub, leave }) => {
      leave();
      await hubs.give(hub);
    },
  };
  return { provider, close: () => hubs.close() };
}

/** Facts of the drivers that people use, by driver name. */
export async function allFacts(): Promise<Readonly<Record<string, Facts>>> {
  const drivers = await Promise.all(driverNames().map(loadDriver));
  return Object.fromEntries(
    drivers.flatMap((driver) => (driver === null ? [] : [[driver.name, driver.facts]])),
  );
}
