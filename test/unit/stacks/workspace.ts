import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A copy of this repository's own workspace in `folder`, where the clients named belong to Terraform. `settings`: lines for alta.yaml. */
export function terraformWorkspace(folder: string, clients: readonly string[], settings = ''): void {
  for (const part of ['clients', 'profiles'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'alta.yaml'), `${readFileSync(join(root, 'alta.yaml'), 'utf8')}\n${settings}`);
  for (const client of clients) {
    const path = join(folder, 'clients', client, 'client.yaml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/^kind: Client$/m, 'kind: Client\nengine: terraform'));
  }
}
