import { posix } from 'node:path';
import { providerAddress } from '../address.ts';

/**
 * Terraform's names for the platforms that a mirror is written for. The provider is JavaScript and the same for all of them; only what
 * starts it differs on Windows.
 */
export const platforms = [
  'darwin_amd64',
  'darwin_arm64',
  'linux_amd64',
  'linux_arm64',
  'windows_amd64',
] as const;

export type Platform = (typeof platforms)[number];

/** Name in the package → content. Slashes stand between folders. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** `terraform.local/alta/alta/0.1.0/linux_amd64`: where Terraform looks in a mirror of unpacked packages. */
export function packageFolderOf(version: string, platform: Platform): string {
  return posix.join(providerAddress, version, platform);
}

/** The file that Terraform starts. It takes the first that is named after the provider. */
export function launcherName(version: string, platform: Platform): string {
  return `terraform-provider-alta_v${version}${isWindows(platform) ? '.cmd' : ''}`;
}

export function isWindows(platform: Platform): boolean {
  return platform.startsWith('windows_');
}
