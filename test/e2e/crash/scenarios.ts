import type { LabYeastar } from '../../../lab/index.ts';
import { apply } from '../../support/commands.ts';
import { goodSecret, otherSecret, type Site, startSite } from '../../support/site.ts';

/** One kind of change, ready to be applied and interrupted. */
export interface Scenario {
  readonly boxes: readonly LabYeastar[];
  /** Brings the workspace to where the change is declared and not applied. */
  prepare(site: Site): Promise<void>;
  readonly consent?: { readonly allowDelete: number };
  /** What the box must hold in the end: number → fields. Everything seeded by the lab beside it stays. */
  readonly wanted: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Numbers that must be gone in the end. */
  readonly unwanted?: readonly string[];
  /** The write, as its path ends. */
  readonly write: 'extension/add' | 'extension/update' | 'extension/delete';
  /** How many of them the change needs. */
  readonly writes: number;
}

const modern: readonly LabYeastar[] = [{ name: 'sede', edition: 'v2.0.0', extensions: 2 }];

/** An extension of the YAML on the box `sede`. */
export function extension(number: string, over: object = {}): object {
  return { pbx: 'sede', number, name: `Puesto ${number}`, ...over };
}

async function declare(site: Site, extensions: readonly object[]): Promise<void> {
  await site.client('acme', { pbx: { sede: site.pbx('sede') }, extensions });
}

async function secrets(site: Site, numbers: readonly string[], value = goodSecret): Promise<void> {
  for (const number of numbers) {
    await site.secret('acme', 'values', `extensions/sede/${number}/sip`, value);
  }
}

export const create: Scenario = {
  boxes: modern,
  prepare: async (site) => {
    await declare(site, [extension('2000')]);
    await secrets(site, ['2000']);
  },
  wanted: { 2000: { username: 'Puesto 2000', registerpassword: goodSecret } },
  write: 'extension/add',
  writes: 1,
};

export const update: Scenario = {
  boxes: modern,
  prepare: async (site) => {
    await create.prepare(site);
    await apply(site);
    await declare(site, [extension('2000', { name: 'Almacén' })]);
  },
  wanted: { 2000: { username: 'Almacén', registerpassword: goodSecret } },
  write: 'extension/update',
  writes: 1,
};

export const rotate: Scenario = {
  boxes: modern,
  prepare: async (site) => {
    await create.prepare(site);
    await apply(site);
    await secrets(site, ['2000'], otherSecret);
  },
  wanted: { 2000: { username: 'Puesto 2000', registerpassword: otherSecret } },
  write: 'extension/update',
  writes: 1,
};

export const remove: Scenario = {
  boxes: modern,
  prepare: async (site) => {
    await declare(site, [extension('2000'), extension('2001')]);
    await secrets(site, ['2000', '2001']);
    await apply(site);
    await declare(site, [extension('2000')]);
  },
  consent: { allowDelete: 1 },
  wanted: { 2000: { username: 'Puesto 2000' } },
  unwanted: ['2001'],
  write: 'extension/delete',
  writes: 1,
};

/**
 * A box with an Apply of its own, which it refuses while too much is written: the second update stays saved and not
 * running until a commit succeeds.
 */
export const commit: Scenario = {
  boxes: [
    {
      name: 'sede',
      edition: 'v1.1.0',
      seed: ['30', '31'].map((number) => ({
        number,
        username: `Puesto ${number}`,
        registerpassword: goodSecret,
      })),
      applyStorm: { windowMs: 300, writes: 1 },
    },
  ],
  prepare: async (site) => {
    await declare(site, [extension('30'), extension('31')]);
    await secrets(site, ['30', '31']);
    await apply(site);
    await declare(site, [extension('30', { name: 'Almacen' }), extension('31', { name: 'Tienda' })]);
  },
  wanted: { 30: { username: 'Almacen' }, 31: { username: 'Tienda' } },
  write: 'extension/update',
  writes: 2,
};

/** A site where the scenario's change waits to be applied, and the box's log of requests is empty. */
export async function ready(scenario: Scenario): Promise<Site> {
  const site = await startSite(scenario.boxes);
  await scenario.prepare(site);
  site.lab.box('sede').resetRequests();
  return site;
}
