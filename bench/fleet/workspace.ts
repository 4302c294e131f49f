import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret } from '../../engine/model/index.ts';
import { type Group, initSecrets, type Recipients, sealSecret } from '../../engine/secrets/index.ts';
import { clientNames, type Line, linesOf, type Shape } from './shape.ts';
import { type BoxAddress, clientYaml, type Sealed, secretsYaml, workspaceYaml } from './yaml.ts';

/** A box and the login it takes. */
export interface FleetBox extends BoxAddress {
  readonly username: string;
  readonly password: string;
}

/**
 * Writes a workspace into an empty folder, with an identity of its own. Sealing costs about 4 ms for each value (and no value can
 * be sealed once for many names: a ciphertext is bound to its name), so only a share of the extensions has a secret.
 */
export async function writeFleet(
  root: string,
  shape: Shape,
  boxOf: (client: string) => FleetBox,
): Promise<void> {
  const { recipients, recipient, file } = await initSecrets(
    join(root, '.alta', 'identity.txt'),
    'bench',
    new Date(),
  );
  await writeFile(join(root, 'alta.yaml'), workspaceYaml(recipient));
  await writeFile(join(root, 'secrets.yaml'), secretsYaml(null, file.connect ?? {}, {}));
  for (const client of clientNames(shape)) {
    const lines = linesOf(client, shape);
    const box = boxOf(client);
    const folder = join(root, 'clients', client);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'client.yaml'), clientYaml(client, box, lines));
    await writeFile(join(folder, 'secrets.yaml'), await secretsOf(client, box, lines, recipients));
  }
}

async function secretsOf(
  client: string,
  box: FleetBox,
  lines: readonly Line[],
  recipients: Recipients,
): Promise<string> {
  const seal = (group: Group, values: Readonly<Record<string, string>>) =>
    sealAll(client, group, values, recipients);
  const connect = { 'pbx/main/username': box.username, 'pbx/main/password': box.password };
  const sip = lines
    .filter((line) => line.sealed)
    .map((line) => [`extensions/main/${line.number}/sip`, line.sip] as const);
  return secretsYaml(client, await seal('connect', connect), await seal('values', Object.fromEntries(sip)));
}

async function sealAll(
  scope: string,
  group: Group,
  values: Readonly<Record<string, string>>,
  recipients: Recipients,
): Promise<Sealed> {
  const entries = Object.entries(values).map(async ([name, value]) => {
    const sealed = await sealSecret({
      scope,
      group,
      name,
      value: new Secret(value),
      recipients,
      now: Date.now(),
    });
    return [name, sealed] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
