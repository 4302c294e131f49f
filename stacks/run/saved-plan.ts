import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { AltaError } from '../../engine/model/index.ts';

/** Name of what synthesis writes into the folder of a stack. */
const stackFile = 'cdk.tf.json';

/** Where a plan of Terraform's, a zip, keeps the configuration that it was made from. Seen with Terraform 1.11. */
const snapshot = `tfconfig/m-/${stackFile}`;

/**
 * Refuses a saved plan that was made from other YAML than what is there now. Terraform would carry it out with the configuration inside
 * the plan, while the provider works from the files. A file that is no such plan (one kept by a remote service, or encrypted) is left to
 * Terraform.
 *
 * @param folder of the stack, as it was just synthesised.
 * @throws AltaError `terraform-plan-stale`.
 */
export async function refuseStalePlan(client: string, folder: string, planFile: string): Promise<void> {
  const planned = await configurationIn(resolve(folder, planFile));
  if (planned === null) return;
  const current = await readFile(join(folder, stackFile));
  if (!current.equals(planned)) throw new AltaError('terraform-plan-stale', { client, file: planFile });
}

/** The stack that a plan was made from; null where the file does not tell. */
async function configurationIn(path: string): Promise<Uint8Array | null> {
  try {
    const files = unzipSync(await readFile(path), { filter: ({ name }) => name === snapshot });
    return files[snapshot] ?? null;
  } catch {
    return null;
  }
}
