import { resolve } from 'node:path';
import { AltaError } from '../../engine/model/index.ts';
import { hear, type Place } from './child.ts';
import type { Crew } from './crew.ts';

/** A Terraform or OpenTofu that is new enough. */
export interface Program {
  /** `terraform`, `tofu`, or an absolute path. */
  readonly path: string;
  /** `1.11.4` */
  readonly version: string;
}

/** The first version, of either, that keeps write-only values out of plans and states. */
const oldestVersion = '1.11.0';

/**
 * `--program`, else ALTA_TERRAFORM, else `terraform`.
 *
 * @param cwd where the person stands: a relative path is one from there, although Terraform runs elsewhere.
 */
export function programName(
  asked: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): string {
  const named = asked ?? (env.ALTA_TERRAFORM || 'terraform');
  return /[\\/]/.test(named) ? resolve(cwd, named) : named;
}

/**
 * Asks the program for its version.
 *
 * @throws AltaError `terraform-missing`, `terraform-unusable`, `terraform-program-old`.
 */
export async function findProgram(crew: Crew, path: string, place: Place): Promise<Program> {
  const said = await hear(crew, path, ['version', '-json'], place).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT'
      ? new AltaError('terraform-missing', { program: path, needed: oldestVersion }, { cause: error })
      : new AltaError(
          'terraform-unusable',
          { program: path, problem: error.code ?? 'unknown' },
          { cause: error },
        );
  });
  const version = versionIn(said.out);
  if (version === null) {
    throw new AltaError('terraform-unusable', { program: path, problem: `exit code ${said.code}` });
  }
  if (isOlder(version, oldestVersion)) {
    throw new AltaError('terraform-program-old', { program: path, found: version, needed: oldestVersion });
  }
  return { path, version };
}

/** The field has the same name in OpenTofu. */
function versionIn(text: string): string | null {
  try {
    const { terraform_version: version } = JSON.parse(text) as { terraform_version?: unknown };
    return typeof version === 'string' && /^\d+\.\d+\.\d+/.test(version) ? version : null;
  } catch {
    return null;
  }
}

/** By major, minor and patch; `1.11.0-rc1` counts as 1.11.0. */
export function isOlder(version: string, than: string): boolean {
  const [ours, theirs] = [version, than].map((text) => text.split(/[.-]/, 3).map(Number)) as [
    number[],
    number[],
  ];
  const at = ours.findIndex((part, index) => part !== theirs[index]);
  return at !== -1 && (ours[at] ?? 0) < (theirs[at] ?? 0);
}
