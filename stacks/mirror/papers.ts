import { providerAddress } from '../address.ts';

/** Every provider of our host, in the patterns of Terraform's command line configuration. */
const ours = `${providerAddress.split('/')[0]}/*/*`;

/**
 * A command line configuration for Terraform (TF_CLI_CONFIG_FILE): ours from the mirror, all others as ever.
 *
 * @param folder absolute path of the mirror.
 */
export function cliConfigText(folder: string): string {
  return `provider_installation {
  filesystem_mirror {
    path    = ${quoted(folder)}
    include = [${quoted(ours)}]
  }
  direct {
    exclude = [${quoted(ours)}]
  }
}
`;
}

/**
 * `.terraform.lock.hcl` with our provider alone, in the form that Terraform itself writes, so that it finds nothing to change.
 *
 * @param hashes of the packages of all platforms; equal ones stand once.
 */
export function lockText(version: string, hashes: readonly string[]): string {
  const lines = [...new Set(hashes)].sort().map((hash) => `    "${hash}",\n`);
  return `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "${providerAddress}" {
  version = "${version}"
  hashes = [
${lines.join('')}  ]
}
`;
}

/** A string of HCL that means exactly this text. */
function quoted(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replace(/[$%](?=\{)/g, '$&$&');
  return `"${escaped}"`;
}
