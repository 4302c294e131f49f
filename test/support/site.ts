import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { Secret, type State } from '../../engine/model/index.ts';
import { initSecrets, type Recipients, type SecretsFile, sealSecret } from '../../engine/secrets/index.ts';
import { type Lab, type LabYeastar, type LabPhone, type LabService, startLab } from '../../lab/index.ts';

/** A workspace in a temporary folder that points at a running lab; both go with the test. */
export interface Site {
  readonly root: string;
  readonly lab: Lab;
  readonly recipients: Recipients;
  /** The workspace's own secrets.yaml: the fingerprint key. */
  readonly shared: SecretsFile;
  /** Writes a YAML file of the workspace. */
  write(name: string, data: object): Promise<void>;
  /** Writes alta.yaml: the defaults, overridden key by key. */
  workspace(over: object): Promise<void>;
  /** Writes `clients/<id>/client.yaml`; a PBX named like a box of the lab gets its login. */
  client(id: string, data: ClientData): Promise<void>;
  /** Seals one secret into a client's secrets.yaml under a new rev. Groups and names as in secrets.yaml. */
  secret(id: string, group: 'connect' | 'values', name: string, value: string): Promise<void>;
  /** The secrets.yaml of a client as it stands, to be changed and written back with {@link Site.replaceSecrets}. */
  secretsOf(id: string): Required<SecretsFile>;
  replaceSecrets(id: string, file: SecretsFile): Promise<void>;
  /** The pbx block of a box of the lab. */
  pbx(box: string, over?: object): object;
  service(box: string): LabService;
  /** The state file of a client, parsed: throws where it is no JSON. */
  state(id?: string): Promise<State>;
}

export interface ClientData {
  readonly client?: object;
  readonly pbx: Readonly<Record<string, object>>;
  readonly extensions?: readonly object[];
  readonly devices?: readonly object[];
  readonly access?: object;
  readonly provisioning?: object;
  readonly released?: readonly string[];
  readonly checks?: object;
}

/** A SIP secret that every box of the lab takes. */
export const goodSecret = 'Kf7mQ2xRt-p9WbL4hZc6';
/** Another one. */
export const otherSecret = 'Vn3jX8sGq_w5TkD2yBe7';

/** Starts a lab and lays out an empty workspace with one age identity, `ana`, in both groups. */
export async function startSite(
  boxes: readonly LabYeastar[],
  workspace: object = {},
  phones: readonly LabPhone[] = [],
): Promise<Site> {
  const root = await mkdtemp(join(tmpdir(), 'alta-site-'));
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));
  const lab = await startLab({ boxes: [...boxes], phones: [...phones] });
  onTestFinished(() => lab.close());
  const initial = await initSecrets(join(root, '.alta', 'identity.txt'), 'ana', new Date());
  const site = siteAt(root, lab, initial.recipients, initial.file);
  await site.workspace(workspace);
  await site.write('secrets.yaml', { apiVersion: 'alta/v1', kind: 'Secrets', ...initial.file });
  return site;
}

function siteAt(root: string, lab: Lab, recipients: Recipients, shared: SecretsFile): Site {
  const sealed = new Map<string, Required<SecretsFile>>();
  const logins = new Set<string>();

  const secretsOf: Site['secretsOf'] = (id) => {
    const file = sealed.get(id) ?? { connect: {}, values: {} };
    sealed.set(id, file);
    return file;
  };

  const write: Site['write'] = async (name, data) => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), stringify(data, { lineWidth: 0, aliasDuplicateObjects: false }));
  };

  const replaceSecrets: Site['replaceSecrets'] = async (id, file) => {
    sealed.set(id, { connect: {}, values: {}, ...file });
    await write(`clients/${id}/secrets.yaml`, {
      apiVersion: 'alta/v1',
      kind: 'Secrets',
      client: id,
      ...file,
    });
  };

  const secret: Site['secret'] = async (id, group, name, value) => {
    const file = secretsOf(id);
    const earlier = file[group][name]?.rev;
    file[group][name] = await sealSecret({
      scope: id,
      group,
      name,
      value: new Secret(value),
      recipients,
      now: Date.now(),
      ...(earlier === undefined ? {} : { after: earlier }),
    });
    await replaceSecrets(id, file);
  };

  const service: Site['service'] = (box) => {
    const found = lab.services.find(({ name }) => name === box);
    if (found === undefined) throw new Error(`the lab has no box ${box}`);
    return found;
  };

  /** Only where the client's YAML names no login of its own. */
  const login = async (id: string, label: string, pbx: object): Promise<void> => {
    const found = lab.services.find(({ name, url }) => name === label || ('url' in pbx && pbx.url === url));
    const known = logins.has(`${id}/${label}`) || 'credentials' in pbx || 'platform' in pbx;
    if (found === undefined || known) return;
    logins.add(`${id}/${label}`);
    await secret(id, 'connect', `pbx/${label}/username`, found.credentials.username);
    await secret(id, 'connect', `pbx/${label}/password`, found.credentials.password);
  };

  return {
    root,
    lab,
    recipients,
    shared,
    write,
    secret,
    secretsOf,
    replaceSecrets,
    service,
    workspace: (over) =>
      write('alta.yaml', {
        apiVersion: 'alta/v1',
        kind: 'Workspace',
        state: { backend: 'local', path: 'state' },
        secrets: { recipients },
        ...over,
      }),
    client: async (id, data) => {
      const client = { id, name: `${id} S.L.`, ...data.client };
      await write(`clients/${id}/client.yaml`, { apiVersion: 'alta/v1', kind: 'Client', ...data, client });
      for (const [label, pbx] of Object.entries(data.pbx)) await login(id, label, pbx);
    },
    pbx: (box, over) => ({
      driver: 'yeastar',
      url: service(box).url,
      ...trustIn(service(box)),
      sip: { server: `${box}.example` },
      options: { writeIntervalMs: 0 },
      ...over,
    }),
    state: async (id = 'acme') => JSON.parse(await readFile(join(root, `state/${id}.json`), 'utf8')) as State,
  };
}

function trustIn({ url, pins }: LabService): object {
  return url.startsWith('https:') ? { tls: { pins: [pins.spki] } } : { insecure: 'laboratorio' };
}
