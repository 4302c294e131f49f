import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Secret } from '../../../engine/model/index.ts';
import { findCanary, fingerprintKeyName, sealSecret } from '../../../engine/secrets/index.ts';
import type { LabYeastar } from '../../../lab/index.ts';
import { type Site, startSite } from '../../support/site.ts';

/** Every secret of a workspace, by what it is. All are values that nothing else could be. */
export interface Canaries {
  readonly sip: string;
  readonly portal: string;
  readonly pin: string;
  readonly envSip: string;
  readonly fileSip: string;
  readonly password: string;
  readonly fingerprintKey: string;
  readonly identity: string;
}

const made = {
  sip: 'Qz7kTrinarSol-x4WmVb',
  portal: 'Hv3pTrinarLuz_k9RdNc',
  pin: '739152846037',
  envSip: 'Jb5wTrinarMar-q8ZfGt',
  fileSip: 'Ld6yTrinarRio_s3XhKm',
} as const;

/** A workspace with a canary in every place that a secret can stand in, on one box that has nothing applied. */
export interface Nest {
  readonly site: Site;
  readonly canaries: Canaries;
  /** What the commands get as their environment. */
  readonly env: Readonly<Record<string, string>>;
}

export const modern: LabYeastar = { name: 'sede', edition: 'v2.0.0', extensions: 1 };

/** @param pbx replaces the box's block, e.g. to point elsewhere with the same login */
export async function nestOn(
  box: LabYeastar = modern,
  pbx: (site: Site) => object = () => ({}),
): Promise<Nest> {
  const site = await startSite([box]);
  const fingerprintKey = await ownFingerprintKey(site);
  const sources = {
    env: { SIP_2001: { use: 'values' } },
    file: { folder: 'entregas', names: { 'sip-2002': { use: 'values' } } },
  };
  await site.workspace({ secrets: { recipients: site.recipients, sources } });
  await mkdir(join(site.root, 'entregas'));
  await writeFile(join(site.root, 'entregas', 'sip-2002'), made.fileSip);
  await declare(site, pbx(site));
  const values = { sip: made.sip, portal: made.portal, pin: made.pin };
  for (const [field, value] of Object.entries(values)) {
    await site.secret('acme', 'values', `extensions/sede/2000/${field}`, value);
  }
  const { username, password } = site.service('sede').credentials;
  await site.secret('acme', 'connect', 'pbx/sede/username', username);
  await site.secret('acme', 'connect', 'pbx/sede/password', password);
  const identity = await identityOf(site);
  return {
    site,
    canaries: { ...made, password, fingerprintKey, identity },
    env: { SIP_2001: made.envSip },
  };
}

async function declare(site: Site, over: object): Promise<void> {
  await site.client('acme', {
    pbx: { sede: site.pbx('sede', over) },
    extensions: [
      { pbx: 'sede', number: '2000', name: 'Uno', nat: true },
      { pbx: 'sede', number: '2001', name: 'Dos', secrets: { sip: { env: 'SIP_2001' } } },
      { pbx: 'sede', number: '2002', name: 'Tres', secrets: { sip: { file: 'sip-2002' } } },
    ],
  });
}

/** Replaces the fingerprint key by one that we know. */
async function ownFingerprintKey(site: Site): Promise<string> {
  const key = randomBytes(32).toString('base64');
  const { recipients } = site;
  const entry = await sealSecret({
    scope: '_workspace',
    group: 'connect',
    name: fingerprintKeyName,
    value: new Secret(key),
    recipients,
    now: Date.now(),
  });
  const connect = { [fingerprintKeyName]: entry };
  await site.write('secrets.yaml', { apiVersion: 'alta/v1', kind: 'Secrets', connect });
  return key;
}

async function identityOf({ root }: Site): Promise<string> {
  const text = await readFile(join(root, '.alta', 'identity.txt'), 'utf8');
  const key = text.split('\n').find((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (key === undefined) throw new Error('no identity');
  return key;
}

/** Where secrets are meant to be: the key's own file, and the folder that the workspace names for them. */
const own = /^(\.alta\/identity\.txt|entregas\/sip-2002)$/;

/** Every file of a workspace that may hold no secret, by its path. */
export async function filesOf({ root }: Pick<Site, 'root'>): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !own.test(path));
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path))] as const)),
  );
}

/** Every canary found, in any form: `sip md5-hex in state/acme.json`. Empty is the promise. */
export function leaksIn(name: string, text: Uint8Array | string, canaries: object): readonly string[] {
  return Object.entries(canaries).flatMap(([what, value]) =>
    findCanary(text, String(value)).map(({ form }) => `${what} ${form} in ${name}`),
  );
}

/** The same over everything that a command printed and every file that it may have written. */
export async function allLeaks(
  { site, canaries }: Nest,
  printed: { readonly stdout: Buffer; readonly stderr: Buffer },
  more: object = {},
): Promise<readonly string[]> {
  const files = [...(await filesOf(site))];
  const all = [['stdout', printed.stdout], ['stderr', printed.stderr], ...files] as const;
  return all.flatMap(([name, text]) => leaksIn(name, text, { ...canaries, ...more }));
}
