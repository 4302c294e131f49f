import { chmod, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AltaError } from '../../engine/model/index.ts';
import { makeFolder } from '../../engine/run/workspace/make-folder.ts';
import { bundledFiles } from './bundle.ts';
import { packageHash } from './dirhash.ts';
import { launcherOf } from './launcher.ts';
import { launcherName, type PackageFiles, type Platform, packageFolderOf, platforms } from './layout.ts';
import { cliConfigText, lockText } from './papers.ts';

/** A mirror as it was written. */
export interface Mirror {
  /** Absolute path. */
  readonly folder: string;
  readonly platforms: readonly Platform[];
  /** What lock files pin, `h1:…`, each once. */
  readonly hashes: readonly string[];
  /** Absolute path of the command line configuration. */
  readonly cliConfig: string;
  /** Absolute path of the lock file. */
  readonly lockFile: string;
}

/**
 * Writes a mirror that Terraform and OpenTofu install the provider from without any network, the same for every platform, with a lock file
 * that pins what it holds and a command line configuration that names it. An earlier mirror of the same version is replaced; other
 * versions stay.
 *
 * @param bundle folder of the bundle. Default: that of this installation.
 * @throws AltaError `provider-bundle-missing`; `folder-unwritable`, also where there is a file of that name.
 */
export async function writeMirror(folder: string, version: string, bundle?: string): Promise<Mirror> {
  const shared = await bundledFiles(bundle);
  return writeAll(resolve(folder), version, shared).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined || error instanceof AltaError) throw error;
    throw new AltaError('folder-unwritable', { folder, kind: error.code }, { cause: error });
  });
}

async function writeAll(root: string, version: string, shared: PackageFiles): Promise<Mirror> {
  const packages = platforms.map((platform) => ({ platform, files: packageOf(shared, version, platform) }));
  for (const { platform, files } of packages) {
    await writePackage(
      join(root, packageFolderOf(version, platform)),
      files,
      launcherName(version, platform),
    );
  }
  const hashes = [...new Set(packages.map(({ files }) => packageHash(files)))].sort();
  const [cliConfig, lockFile] = [join(root, 'terraform.rc'), join(root, '.terraform.lock.hcl')];
  await writeFile(cliConfig, cliConfigText(root));
  await writeFile(lockFile, lockText(version, hashes));
  return { folder: root, platforms, hashes, cliConfig, lockFile };
}

function packageOf(shared: PackageFiles, version: string, platform: Platform): PackageFiles {
  return new Map([...shared, [launcherName(version, platform), Buffer.from(launcherOf(platform))]]);
}

/** What an earlier one held and this one does not would change its hash. */
async function writePackage(folder: string, files: PackageFiles, launcher: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [name, content] of files) {
    const path = join(folder, name);
    await makeFolder(dirname(path));
    await writeFile(path, content);
  }
  await chmod(join(folder, launcher), 0o755);
}
