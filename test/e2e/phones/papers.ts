import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { Secret } from '../../../engine/model/index.ts';
import { initSecrets, type SecretsFile, sealSecret } from '../../../engine/secrets/index.ts';
import type { Lab, LabPhoneService } from '../../../lab/index.ts';

/** The numbers that the PBX has, and what they register with. */
export const sips = {
  2000: 'Kf7mQ2xRt-p9WbL4hZc6',
  2001: 'Vx3nTq8sJd_k5YgB7wHu',
  2002: 'Rb6zLm4cPf-x8QjD2tNk',
} as const;

/** What a client's file has beside the accounts. */
export interface Over {
  readonly extensions?: readonly object[];
  /** More of the phone's block. */
  readonly device?: object;
  readonly more?: object;
}

/** The files of a workspace. */
interface Papers {
  write(name: string, data: object): Promise<void>;
  /** Encrypts a secret of the client under a new rev. */
  seal(group: 'connect' | 'values', name: string, value: string): Promise<void>;
}

/** Lays out an empty workspace with one age identity in both groups of recipients. */
export async function paperwork(root: string): Promise<Papers> {
  const { recipients, file } = await initSecrets(join(root, '.alta', 'identity.txt'), 'ana', new Date());
  const held: Required<SecretsFile> = { connect: {}, values: {} };
  const write = async (name: string, data: object): Promise<void> => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), stringify(data, { lineWidth: 0, aliasDuplicateObjects: false }));
  };
  const seal = async (group: 'connect' | 'values', name: string, value: string): Promise<void> => {
    const earlier = held[group][name]?.rev;
    held[group][name] = await sealSecret({
      scope: 'acme',
      group,
      name,
      value: new Secret(value),
      recipients,
      now: Date.now(),
      ...(earlier === undefined ? {} : { after: earlier }),
    });
    await write('clients/acme/secrets.yaml', {
      apiVersion: 'alta/v1',
      kind: 'Secrets',
      client: 'acme',
      ...held,
    });
  };
  const state = { backend: 'local', path: 'state' };
  await write('alta.yaml', { apiVersion: 'alta/v1', kind: 'Workspace', state, secrets: { recipients } });
  await write('secrets.yaml', { apiVersion: 'alta/v1', kind: 'Secrets', ...file });
  return { write, seal };
}

/** The client's file: the lab's PBX with its numbers, and the phone `mesa`. */
export function clientData(
  lab: Lab,
  phone: LabPhoneService,
  accounts: readonly object[],
  over: Over,
): object {
  const [box] = lab.boxes;
  const numbers = Object.keys(sips).map((number) => ({ pbx: 'sede', number, name: `Puesto ${number}` }));
  return {
    apiVersion: 'alta/v1',
    kind: 'Client',
    client: { id: 'acme', name: 'Acme S.L.' },
    pbx: {
      sede: {
        driver: 'yeastar',
        url: box?.url,
        insecure: 'simulated box on loopback',
        options: { writeIntervalMs: 0 },
        sip: { ...box?.sip },
      },
    },
    extensions: over.extensions ?? numbers,
    devices: [
      {
        id: 'mesa',
        driver: 'yealink',
        model: phone.model,
        mac: phone.mac,
        address: phone.url,
        ...(phone.pins.spki === ''
          ? { insecure: 'simulated phone on loopback' }
          : { tls: { pins: [phone.pins.spki] } }),
        accounts,
        ...over.device,
      },
    ],
    ...over.more,
  };
}
