import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { setSecrets } from '../../../engine/edit/index.ts';
import { Secret } from '../../../engine/model/index.ts';
import { type Recipients, type SecretsFile, sealSecret } from '../../../engine/secrets/index.ts';

/** One secret of the client `acme`, by its name in secrets.yaml. */
export interface Sealed {
  readonly name: string;
  readonly value: string;
  readonly group?: 'connect' | 'values';
}

/** Encrypts secrets into the client's secrets.yaml, as `alta secrets set` does, several at once. */
export async function sealAt(root: string, secrets: readonly Sealed[]): Promise<void> {
  const path = join(root, 'clients/acme/secrets.yaml');
  const [text, workspace] = await Promise.all([
    readFile(path, 'utf8'),
    readFile(join(root, 'alta.yaml'), 'utf8'),
  ]);
  const known = parse(text) as SecretsFile;
  const { recipients } = (parse(workspace) as { secrets: { recipients: Recipients } }).secrets;
  const entries = secrets.map(async ({ name, value, group = 'values' }) => {
    const earlier = known[group]?.[name]?.rev;
    const after = earlier === undefined ? {} : { after: earlier };
    const sealed = { scope: 'acme', group, name, value: new Secret(value), recipients, now: Date.now() };
    return { group, name, entry: await sealSecret({ ...sealed, ...after }) };
  });
  await writeFile(path, setSecrets(text, await Promise.all(entries)));
}
