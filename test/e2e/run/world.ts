import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { Secret } from '../../../engine/model/index.ts';
import type { RunContext } from '../../../engine/run/index.ts';
import { initSecrets, type SecretsFile, sealSecret } from '../../../engine/secrets/index.ts';
import { type Lab, type LabYeastar, startLab } from '../../../lab/index.ts';
import { driverNames, loadDriver } from '../../../providers/registry.ts';
import { realClock } from '../../../providers/transport/clock.ts';

/** A workspace in a temporary folder that points at a running lab. */
export interface World {
  readonly root: string;
  readonly lab: Lab;
  /** A context of its own for each run, as each command has. */
  context(over?: Partial<RunContext>): RunContext;
  /** Writes clients/acme/client.yaml from plain data. */
  client(data: object): Promise<void>;
  /** Puts an encrypted secret into clients/acme/secrets.yaml. */
  secret(group: 'connect' | 'values', name: string, value: string): Promise<void>;
  /** The pbx block of a box of the lab. */
  pbx(name: string, over?: object): object;
  close(): Promise<void>;
}

export async function startWorld(boxes: readonly LabYeastar[]): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), 'alta-e2e-'));
  const lab = await startLab({ boxes: [...boxes] });
  const secrets = await initSecrets(join(root, '.alta', 'identity.txt'), 'ana', new Date());
  const write = async (name: string, data: object): Promise<void> => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), stringify(data, { lineWidth: 0 }));
  };
  await write('alta.yaml', {
    apiVersion: 'alta/v1',
    kind: 'Workspace',
    state: { backend: 'local', path: 'state' },
    secrets: { recipients: secrets.recipients },
  });
  await write('secrets.yaml', { apiVersion: 'alta/v1', kind: 'Secrets', ...secrets.file });
  const held: Required<SecretsFile> = { connect: {}, values: {} };

  const secret: World['secret'] = async (group, name, value) => {
    held[group][name] = await sealSecret({
      scope: 'acme',
      group,
      name,
      value: new Secret(value),
      recipients: secrets.recipients,
      now: Date.now(),
    });
    await write('clients/acme/secrets.yaml', {
      apiVersion: 'alta/v1',
      kind: 'Secrets',
      client: 'acme',
      ...held,
    });
  };
  for (const service of lab.services) {
    await secret('connect', `pbx/${service.name}/username`, service.credentials.username);
    await secret('connect', `pbx/${service.name}/password`, service.credentials.password);
  }

  return {
    root,
    lab,
    secret,
    context: (over) => contextFor(root, over),
    client: (data) =>
      write('clients/acme/client.yaml', {
        apiVersion: 'alta/v1',
        kind: 'Client',
        client: { id: 'acme', name: 'Acme S.L.' },
        ...data,
      }),
    pbx: (name, over) => {
      const service = lab.services.find((s) => s.name === name);
      if (service === undefined) throw new Error(`no box ${name}`);
      return {
        driver: 'yeastar',
        url: service.url,
        tls: { pins: [service.pins.spki] },
        sip: { server: `${name}.example` },
        options: { writeIntervalMs: 0 },
        ...over,
      };
    },
    close: async () => {
      await lab.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function contextFor(root: string, over: Partial<RunContext> = {}): RunContext {
  return {
    root,
    env: { PATH: process.env.PATH },
    clock: realClock,
    stop: new AbortController().signal,
    abort: new AbortController().signal,
    progress: () => {},
    log: () => {},
    driver: loadDriver,
    driverNames: driverNames(),
    version: '0.0.0-test',
    parallelism: 8,
    user: 'ana',
    command: 'apply',
    lang: 'en',
    ...over,
  };
}

export { applyOptions, planOptions } from '../../support/commands.ts';
