import type { Driver } from '../../../providers/contract.ts';
import { joinPlatform, type Secret } from '../../model/index.ts';
import type { Extension, PBX } from '../../model/input.ts';
import { type Group, generatePassword, generatePin, type SecretEntry } from '../../secrets/index.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A secret as its file holds it; undefined where it holds none of that name. */
export function entryOf(
  workspace: Workspace,
  client: string | null,
  group: Group,
  name: string,
): SecretEntry | undefined {
  const document =
    client === null
      ? workspace.loaded.workspaceSecrets
      : workspace.loaded.clients.find((c) => c.id === client)?.secrets;
  return document?.[group]?.[name];
}

/** The secrets that the YAML takes for granted and secrets.yaml does not hold: the SIP password, and what the PBX creates nothing without. */
export function missingSecrets(workspace: Workspace, client: string | null): readonly string[] {
  const data = workspace.loaded.clients.find((c) => c.id === client)?.data;
  return (data?.extensions ?? [])
    .flatMap(({ pbx, number, secrets }) => {
      const needed = secretsNeededBy(driverOf(workspace, data?.pbx?.[pbx]));
      const taken = needed.filter((field) => isByConvention(secrets?.[field]));
      return taken.map((field) => `extensions/${pbx}/${number}/${field}`);
    })
    .filter((name) => entryOf(workspace, client, 'values', name) === undefined);
}

/** Kept in secrets.yaml under the name that everybody knows. */
function isByConvention(source: NonNullable<Extension['secrets']>[SecretField]): boolean {
  return source === undefined || ('source' in source && source.source === 'declared');
}

export type SecretField = keyof NonNullable<Extension['secrets']>;

/** The secrets without which a driver creates no extension; the SIP password always. */
export function secretsNeededBy(driver: Driver | null | undefined): readonly SecretField[] {
  const fields = driver?.facts.kinds.extension?.fields ?? {};
  const secret = Object.entries(fields).filter(([, fact]) => fact.secret && fact.requiredOnCreate);
  return [...new Set<SecretField>(['sip', ...secret.map(([field]) => field as SecretField)])];
}

function driverOf({ loaded, drivers }: Workspace, pbx: PBX | undefined): Driver | null | undefined {
  const name = pbx === undefined ? undefined : joinPlatform(loaded.workspace, pbx)?.driver;
  return drivers.get(name ?? '');
}

/** A password that suits every target at once; a PIN where the name ends in `/pin`. */
export function generated(workspace: Workspace, client: string | null, name: string): Secret {
  const [, pbx, number, field] = /^extensions\/([^/]+)\/([^/]+)\/(\w+)$/.exec(name) ?? [];
  if (number === undefined) return generatePassword();
  if (field === 'pin') return generatePin(4, number);
  const data = workspace.loaded.clients.find((c) => c.id === client)?.data;
  const extension = data?.extensions?.find((e) => e.pbx === pbx && e.number === number);
  return generatePassword({ number, ...(extension === undefined ? {} : { name: extension.name }) });
}
