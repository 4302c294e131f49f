import type { Driver } from '../../../providers/contract.ts';
import { type Compiled, compile } from '../../compile/index.ts';
import { type Loaded, type LoadedClient, type LoadInput, locator, originOf } from '../../load/index.ts';
import {
  canonicalJson,
  type Diagnostic,
  type Kind,
  type Origin,
  stateKey,
  targetOf,
} from '../../model/index.ts';
import type { ProfileDocument } from '../../model/profile.ts';
import type { Vault } from '../../secrets/index.ts';
import type { RunContext } from '../contract.ts';

/** The drivers that the files name; null for one that this version does not have. */
export async function loadDrivers(
  context: RunContext,
  loaded: Loaded,
): Promise<ReadonlyMap<string, Driver | null>> {
  const platforms = Object.values(loaded.workspace.platforms ?? {}).map((platform) => platform.driver);
  const own = loaded.clients.flatMap((client) =>
    Object.values(client.data.pbx ?? {}).flatMap((p) => p.driver ?? []),
  );
  const devices = loaded.clients.flatMap((client) => (client.data.devices ?? []).map(({ driver }) => driver));
  const names = [...new Set<string>([...platforms, ...own, ...devices])];
  const found = await Promise.all(names.map(async (name) => [name, await context.driver(name)] as const));
  return new Map(found);
}

export interface CompileAllInput {
  readonly loaded: Loaded;
  /** Those without an error in their files. */
  readonly clients: readonly LoadedClient[];
  readonly vault: Vault;
  readonly drivers: ReadonlyMap<string, Driver | null>;
  readonly files: LoadInput;
  readonly profiles: ReadonlyMap<string, ProfileDocument>;
}

/** Compiles clients, lets the drivers check what is desired, and brings it to their form. */
export function compileAll({ loaded, clients, vault, drivers, files, profiles }: CompileAllInput): {
  compiled: readonly Compiled[];
  diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const ofTargets = new Map<string, Diagnostic>();
  const locate = locator(files);
  const compiled = clients.map((client) => {
    const raw = compile({
      workspace: loaded.workspace,
      client: {
        id: client.id,
        data: client.data,
        secrets: client.secrets,
        origin: (path) => originOf(client.sources, path, `${client.folder}/client.yaml`),
      },
      marker: (source) => vault.marker(source),
      supports: (driver, kind, field) => supports(drivers.get(driver) ?? null, kind, field),
      profile: (name) => profiles.get(name),
      credential: (driver) => drivers.get(driver)?.facts.credential,
      built: (driver) => (drivers.get(driver) ?? null) !== null,
    });
    const targets = new Map(raw.targets.map((target) => [target.address, target]));
    const desired = raw.desired.map((resource) => {
      const target = targets.get(targetOf(resource.address));
      const driver = target === undefined ? null : drivers.get(target.driver);
      if (target === undefined || driver === null || driver === undefined) return resource;
      // The profile it names is missing or wrong, which was said where it is named.
      if ('profile' in target.options && target.options.profile === undefined) return resource;
      for (const found of driver.check(resource, target)) {
        if (found.address !== target.address) diagnostics.push(placed(found, resource.origin, locate));
        else ofTargets.set(canonicalJson(found), placed(found, target.origin, locate));
      }
      const normal = driver.normalise(resource, target);
      return driver.computed === undefined
        ? normal
        : { ...normal, computed: driver.computed(normal, target) };
    });
    return { ...raw, desired };
  });
  // What a driver says of a target, it says for each of its extensions.
  return { compiled, diagnostics: [...ofTargets.values(), ...diagnostics] };
}

/** What a phone that no driver knows is set up with by hand. */
const onEveryCard = new Set(['label', 'displayName', 'registerName', 'userName', 'server', 'port', 'domain']);

function supports(driver: Driver | null, kind: Kind, field: string): boolean {
  if (driver === null) return kind === 'account' && onEveryCard.has(field);
  return driver.facts.kinds[kind]?.fields[field] !== undefined;
}

/** A driver speaks of fields; the person needs file, line and column. */
export function placed(
  diagnostic: Diagnostic,
  origin: Origin,
  locate: ReturnType<typeof locator>,
): Diagnostic {
  if (diagnostic.range !== undefined) return diagnostic;
  const field = diagnostic.params.field;
  const path = typeof field === 'string' ? [...origin.path, field] : origin.path;
  return { ...diagnostic, ...locate({ ...origin, path }) };
}

/** State key → the client that desires it. A tenant belongs to one client, so there is at most one. */
export function desiredBy(compiled: readonly Compiled[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { client, targets, desired } of compiled) {
    const keyOf = new Map(targets.map((target) => [target.address, target.key]));
    for (const resource of desired) {
      owners.set(stateKey(keyOf.get(targetOf(resource.address)) ?? '', resource.kind, resource.key), client);
    }
  }
  return owners;
}
