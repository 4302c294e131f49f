import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type LabBastion, startBastion } from '../../../lab/bastion/index.ts';
import type { LabPhone, LabPhoneControl, LabPhoneService } from '../../../lab/index.ts';
import { type Site, startSite } from '../../support/site.ts';
import { startTap, type Tap } from './tap.ts';

/** Secrets of a workspace with phones, by what they are. None could be anything else by chance. */
export const canaries = {
  web: 'Gq8wTrinarSol7x4WmVb',
  sipDesk: 'Hv3pTrinarLuz-k9RdNc',
  sipBehind: 'Jb5wTrinarMar-q8ZfGt',
  sipFetched: 'Ld6yTrinarRio_s3XhKm',
  sipByHand: 'Nt7rTrinarFin-v2CkQp',
  foreignAccount: 'Ps9mTrinarUva_b5HwDx',
  phonesOwnServer: 'Rw2kTrinarDon-f8JyMs',
  publishedServer: 'Tx4hTrinarGas_m6LvBn',
  publishedWeb: 'Vz6dTrinarHoz-p3NcFr',
  publishedAccount: 'Xb8sTrinarIda_r7QgKt',
} as const;

/** A workspace with a phone for each way there is, and a canary in every secret that phones have to do with. */
export interface Telephony {
  readonly site: Site;
  readonly bastion: LabBastion;
  /** What was said between the workspace and the web pages of `mesa` and `despacho`. */
  readonly taps: readonly Tap[];
  readonly phone: (name: string) => LabPhoneControl;
  /** All canaries, and those that were made at the start. */
  readonly canaries: Readonly<Record<string, string>>;
  /** What the runs of this nest get as their environment: nothing secret. */
  readonly env: Readonly<Record<string, string>>;
  /** The file that phone `muelle` fetches, and its folder on the SSH host. */
  readonly published: { readonly folder: string; readonly cfg: string; readonly boot: string };
}

/** What the web pages of this telephony's phones get wrong, or show too much of. */
export type Doubts = NonNullable<LabPhone['doubts']>;

const foreign = [
  ['account.2.enable', '1'],
  ['account.2.label', 'Ajena'],
  ['account.2.user_name', '905'],
  ['account.2.password', canaries.foreignAccount],
  ['account.2.sip_server.1.address', 'elsewhere.example'],
] as const;

/** Passwords in clear wherever a phone could show them. */
const indiscreet: Doubts = { exportedPasswords: 'clear', shownPasswords: 'clear' };

function phones(doubts: Doubts): readonly LabPhone[] {
  const shared = {
    tls: false,
    credentials: { username: 'admin', password: canaries.web },
    cfg: foreign,
    provisioning: { url: 'http://127.0.0.1:9/', username: 'telefonos', password: canaries.phonesOwnServer },
    doubts: { ...indiscreet, ...doubts },
  };
  return [
    { name: 'mesa', generation: 'c', model: 'T54W', firmware: '96.86.0.70', ...shared },
    { name: 'despacho', generation: 'b2', model: 'T31G', firmware: '124.86.0.40', ...shared },
    { name: 'muelle', generation: 'b1', model: 'T46S', firmware: '66.84.0.15', ...shared },
  ];
}

export async function telephony(doubts: Doubts = {}): Promise<Telephony> {
  const site = await startSite(
    [{ name: 'sede', edition: 'v2.0.0', extensions: 0, tls: false }],
    {},
    phones(doubts),
  );
  const { lab } = site;
  await Promise.all(lab.phones.map(({ name }) => lab.phone(name).settled()));
  const home = await mkdtemp(join(tmpdir(), 'alta-canary-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const folder = join(home, 'srv');
  await mkdir(folder);
  const service = serviceOf(lab.phones);
  const muelle = service('muelle');
  const name = muelle.mac.replaceAll(':', '');
  await writeFile(join(folder, `${name}.cfg`), publishedBefore, { mode: 0o640 });
  const bastion = await startBastion({ sftp: { folder: home } });
  onTestFinished(() => bastion.close());
  const [mesa, despacho] = [await tapOf(service('mesa')), await tapOf(service('despacho'))];
  bastion.control.forward('192.0.2.131:80', { host: '127.0.0.1', port: despacho.port });
  await declare(site, { bastion, service, mesa });
  const key = bastion.service.credentials.privateKey;
  await seal(site, key);
  return {
    site,
    bastion,
    taps: [mesa, despacho],
    phone: lab.phone,
    canaries: { ...canaries, ...keyLines(key), identity: await identityOf(site) },
    env: {},
    published: { folder, cfg: join(folder, `${name}.cfg`), boot: join(folder, `${name}.boot`) },
  };
}

/** What somebody put there before us. */
const publishedBefore = `#!version:1.0.0.1
static.auto_provision.server.username = telefonos
static.auto_provision.server.password = ${canaries.publishedServer}
static.security.user_password = admin:${canaries.publishedWeb}
account.4.enable = 1
account.4.password = ${canaries.publishedAccount}
`;

function serviceOf(all: readonly LabPhoneService[]): (name: string) => LabPhoneService {
  return (name) => {
    const found = all.find((one) => one.name === name);
    if (found === undefined) throw new Error(`the lab has no phone ${name}`);
    return found;
  };
}

function tapOf({ url }: LabPhoneService): Promise<Tap> {
  return startTap(Number(new URL(url).port));
}

interface Around {
  readonly bastion: LabBastion;
  readonly service: (name: string) => LabPhoneService;
  readonly mesa: Tap;
}

async function declare(site: Site, { bastion, service, mesa }: Around): Promise<void> {
  const { host, port, credentials, hostKeys } = bastion.service;
  const ssh = { host, port, user: credentials.username, hostKeys };
  const insecure = 'laboratorio';
  const device = (id: string, number: string, more: object) => {
    const { mac, model } = service(id);
    return {
      id,
      driver: 'yealink',
      mac,
      model,
      accounts: [{ line: 1, extension: `sede/${number}` }],
      ...more,
    };
  };
  const sip = site.lab.boxes[0]?.sip;
  await site.client('acme', {
    access: { oficina: { ssh } },
    provisioning: { telefonos: { sftp: { ...ssh, path: '/srv' }, url: 'http://phones.example' } },
    pbx: { sede: site.pbx('sede', { sip: { ...sip } }) },
    extensions: ['2000', '2001', '2002', '2003'].map((number) => ({
      pbx: 'sede',
      number,
      name: `Puesto ${number}`,
    })),
    devices: [
      device('mesa', '2000', { address: `http://127.0.0.1:${mesa.port}`, insecure }),
      device('despacho', '2001', { address: 'http://192.0.2.131', via: 'oficina' }),
      device('muelle', '2002', {
        firmware: service('muelle').firmware,
        publish: { method: 'provisioning', store: 'telefonos' },
      }),
      { ...device('mesa', '2003', { mode: 'guided' }), id: 'entrada', mac: '80:5e:c0:00:00:99' },
    ],
  });
}

async function seal(site: Site, key: string): Promise<void> {
  const connect = {
    'access/oficina/key': key,
    'provisioning/telefonos/key': key,
    'devices/mesa/username': 'admin',
    'devices/mesa/password': canaries.web,
    'devices/despacho/username': 'admin',
    'devices/despacho/password': canaries.web,
  };
  const sip = [canaries.sipDesk, canaries.sipBehind, canaries.sipFetched, canaries.sipByHand];
  for (const [name, value] of Object.entries(connect)) await site.secret('acme', 'connect', name, value);
  for (const [index, value] of sip.entries()) {
    await site.secret('acme', 'values', `extensions/sede/${2000 + index}/sip`, value);
  }
}

/** Any line of the private key would do harm; header and first line are the same in every key. */
function keyLines(key: string): Record<string, string> {
  const lines = key.split('\n').filter((line) => !line.startsWith('-----') && line.length > 20);
  return Object.fromEntries(lines.slice(1).map((line, index) => [`key line ${index + 2}`, line]));
}

async function identityOf({ root }: Site): Promise<string> {
  const text = await readFile(join(root, '.alta', 'identity.txt'), 'utf8');
  const key = text.split('\n').find((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (key === undefined) throw new Error('no identity');
  return key;
}

/** What lies where phones fetch: name → mode and text. */
export async function publishedFiles({ published: { folder } }: Telephony) {
  const names = await readdir(folder);
  return Promise.all(
    names.sort().map(async (name) => {
      const path = join(folder, name);
      return { name, mode: (await stat(path)).mode & 0o777, text: await readFile(path, 'utf8') };
    }),
  );
}
