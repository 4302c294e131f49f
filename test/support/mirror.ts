import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A provider of a mirror: its address, and the program that serves it. */
export interface Mirrored {
  /** `terraform.local/test/toy` */
  readonly address: string;
  readonly version: string;
  /** Absolute path of a script for Node. */
  readonly program: string;
}

const architectures: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
  arm64: 'arm64',
  arm: 'arm',
};

/** The name of this machine in a mirror: `linux_amd64`. */
export const platformName = `${process.platform}_${architectures[process.arch] ?? process.arch}`;

/**
 * Writes a filesystem mirror and returns the CLI configuration that makes Terraform look there and nowhere else. Each provider is a
 * launcher that becomes Node: Terraform then is the parent of the provider itself.
 */
export async function writeMirror(folder: string, providers: readonly Mirrored[]): Promise<string> {
  for (const { address, version, program } of providers) {
    const type = address.split('/').at(-1);
    const path = join(folder, address, version, platformName, `terraform-provider-${type}_v${version}`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `#!/bin/sh\nexec '${process.execPath}' '${program}'\n`);
    await chmod(path, 0o755);
  }
  return `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(folder)}\n  }\n}\n`;
}
