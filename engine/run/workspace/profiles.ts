import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Loaded,
  type LoadedProfile,
  type LoadInput,
  loadProfile,
  locator,
  originOf,
} from '../../load/index.ts';
import { type Diagnostic, errorDiagnostic, type Origin } from '../../model/index.ts';
import type { ProfileDocument } from '../../model/profile.ts';
import { readSource } from './files.ts';
import { packageFolder } from './package-folder.ts';

/** The profiles that the files name. */
export interface Profiles {
  /** By name; what is missing or wrong is in `diagnostics`. */
  readonly found: ReadonlyMap<string, ProfileDocument>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads them from the workspace's own `profiles/`, which goes before what comes with the package. */
export async function loadProfiles(root: string, loaded: Loaded, files: LoadInput): Promise<Profiles> {
  const wanted = namedProfiles(loaded);
  const found = new Map<string, ProfileDocument>();
  const diagnostics: Diagnostic[] = [];
  const locate = locator(files);
  for (const [name, places] of wanted) {
    const source = await readProfile(root, name);
    const read = source === null ? null : loadProfile(source.filename, source.text);
    const known = knownProfiles(root);
    diagnostics.push(
      ...(read?.diagnostics ?? []),
      ...places.flatMap((place) =>
        mismatch(name, read, place, known).map((one) => ({ ...one, ...locate(place.origin) })),
      ),
    );
    if (read !== null && read.profile !== null) found.set(name, read.profile);
  }
  return { found, diagnostics };
}

/** Where a profile is named, and of what driver the PBX there is. */
interface Place {
  readonly origin: Origin;
  readonly driver: string | undefined;
}

/** There is no such profile, or it is for PBXs of another kind. */
function mismatch(
  profile: string,
  read: LoadedProfile | null,
  { driver }: Place,
  known: readonly string[],
): readonly Diagnostic[] {
  if (read === null) return [errorDiagnostic('profile-unknown', { profile, known })];
  const { driver: meant } = read.profile ?? {};
  if (driver === undefined || meant === undefined || meant === driver) return [];
  return [errorDiagnostic('profile-other-driver', { profile, meant, driver })];
}

/** A profile's text: the workspace's own, or the package's; null where there is none of that name. */
export async function readProfile(
  root: string,
  name: string,
): Promise<{ readonly filename: string; readonly text: string; readonly own: boolean } | null> {
  const filename = `profiles/${name}.yaml`;
  const own = await readSource(root, filename);
  if (own !== null) return { filename, text: Buffer.from(own.bytes).toString('utf8'), own: true };
  const shipped = join(packageFolder('profiles'), `${name}.yaml`);
  return existsSync(shipped) ? { filename, text: await readFile(shipped, 'utf8'), own: false } : null;
}

/** Names of all profiles that could be named here. */
export function knownProfiles(root: string): readonly string[] {
  const names = [join(root, 'profiles'), packageFolder('profiles')].flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : [],
  );
  return [...new Set(names.map((name) => name.slice(0, -'.yaml'.length)))].sort();
}

/** Profile → where it is named. */
function namedProfiles({ workspace, clients }: Loaded): ReadonlyMap<string, readonly Place[]> {
  const named = new Map<string, Place[]>();
  const add = (profile: string | undefined, driver: string | undefined, origin: () => Origin): void => {
    if (profile !== undefined)
      named.set(profile, [...(named.get(profile) ?? []), { origin: origin(), driver }]);
  };
  for (const [name, { profile, driver }] of Object.entries(workspace.platforms ?? {})) {
    add(profile, driver, () => ({ filename: 'alta.yaml', path: ['platforms', name, 'profile'] }));
  }
  for (const { data, sources, folder } of clients) {
    for (const [label, { profile, driver }] of Object.entries(data.pbx ?? {})) {
      add(profile, driver, () => originOf(sources, ['pbx', label, 'profile'], `${folder}/client.yaml`));
    }
  }
  return named;
}
