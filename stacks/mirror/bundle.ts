import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AltaError } from '../../engine/model/index.ts';
import { packageFolder } from '../../engine/run/workspace/package-folder.ts';
import { bundleName } from './launcher.ts';
import type { PackageFiles } from './layout.ts';

/** Where `npm run build` puts the bundle and the licences of what is in it: `dist/terraform`, seen from `dist/stacks/mirror`. */
const built = fileURLToPath(new URL('../../terraform', import.meta.url));

/** Written by the compiler at every build. */
const stamp = fileURLToPath(new URL('../../.tsbuildinfo', import.meta.url));

/**
 * What every package of the provider holds beside its launcher: the bundle, the licences of the libraries in it, and the profiles that come
 * with Alta.
 *
 * @param folder of the bundle. Default: that of this installation.
 * @throws AltaError `provider-bundle-missing` where there is none, or the code is newer.
 */
export async function bundledFiles(folder = built): Promise<PackageFiles> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  if (!names.includes(bundleName) || (folder === built && (await isOld(join(folder, bundleName))))) {
    throw new AltaError('provider-bundle-missing', {});
  }
  const profiles = packageFolder('profiles');
  const shipped = (await readdir(profiles)).filter((name) => name.endsWith('.yaml'));
  return new Map([
    ...(await contents(folder, names)),
    ...(await contents(profiles, shipped)).map(([name, bytes]) => [`profiles/${name}`, bytes] as const),
  ]);
}

async function contents(
  folder: string,
  names: readonly string[],
): Promise<(readonly [string, Uint8Array])[]> {
  return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const));
}

/** A checkout is compiled without being bundled. An installed package has no stamp. */
async function isOld(bundle: string): Promise<boolean> {
  const [made, compiled] = await Promise.all([stat(bundle), stat(stamp).catch(() => null)]);
  return compiled !== null && made.mtimeMs < compiled.mtimeMs;
}
