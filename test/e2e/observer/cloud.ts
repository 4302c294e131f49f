import { expect } from 'vitest';
import { type LabAsteriskOptions, type LabAsteriskPeer, peersOf } from '../../../lab/asterisk/index.ts';
import type { LabExec } from '../../../lab/bastion/index.ts';
import type { LabPekepbx, LabPekepbxService } from '../../../lab/index.ts';
import { type Scene, type Seen, startScene } from './scene.ts';

/** SIP secrets of the tenant's users. */
export const sips = {
  10: 'Kf7mQ2xRt-p9WbL4hZc6',
  11: 'Vn3jX8sGq_w5TkD2yBe7',
  12: 'Tz4kWq8mHs-r6VbN2xJd',
} as const;

/** Passwords of the panel: the form of a new user asks for one. */
const portals = {
  10: 'Rb6zLm4cPf-x8QjD2tNk',
  11: 'Gw5hXs9vKy_m3TcR6bZp',
  12: 'Pc9gLt5vRf_y3XmK7zQw',
} as const;

export type Number = keyof typeof sips;

const company = '90001';

export interface Variant {
  /** Of the daemon. */
  readonly asterisk?: Partial<LabAsteriskOptions>;
  /** What else every peer has, by its name. */
  readonly peer?: (peer: LabAsteriskPeer) => Partial<LabAsteriskPeer>;
  /** What the SSH host runs in place of lines for the Asterisk's own shell; null: nothing. */
  readonly exec?: LabExec | null;
}

/** A tenant of a PekePBX whose API nobody may use: people fill in its forms, and its Asterisk tells who is registered. */
export interface Cloud extends Scene<LabPekepbxService> {
  /** The tenant with its users, and a phone of each, seen by `observer`; and other tenants there, each with one user. */
  look(observer: object, others?: readonly string[]): Promise<void>;
  /** A phone registers. */
  register(number: Number): void;
  unregister(number: Number): void;
}

export async function startCloud({ asterisk, peer = () => ({}), exec }: Variant = {}): Promise<Cloud> {
  const seed = Object.entries(sips).map(([number, sipPassword]) => ({ number, sipPassword }));
  const scene = await startScene<LabPekepbx>({
    boxes: [{ driver: 'pekepbx', name: 'nube', tls: false, companies: [{ code: company, seed }] }],
    asterisk: (lab) => ({
      peers: () =>
        peersOf(lab.box('nube').tenant(company), { name: (number) => `ext${company}${number}` }).map(
          (one) => ({
            ...one,
            ...peer(one),
          }),
        ),
      ...asterisk,
    }),
    ...(exec === undefined ? {} : { exec }),
  });
  for (const [number, sip] of Object.entries(sips)) {
    await scene.secret('values', `extensions/nube/${number}/sip`, sip);
    await scene.secret('values', `extensions/nube/${number}/portal`, portals[Number(number) as Number]);
  }
  const box = scene.lab.box('nube').tenant(company);
  return {
    ...scene,
    look: (observer, others = []) => scene.declare(tenants(observer, others)),
    register: (number) => {
      if (!box.register(String(number), sips[number])) throw new Error(`${number} was not taken`);
    },
    unregister: (number) => box.unregister(String(number)),
  };
}

function tenants(observer: object, others: readonly string[]): object {
  const numbers = Object.keys(sips);
  const beside = others.map((label, index) => [label, pbxOf(observer, String(90_100 + index))] as const);
  return {
    pbx: { nube: pbxOf(observer, company), ...Object.fromEntries(beside) },
    extensions: [
      ...numbers.map((number) => userOf('nube', number)),
      ...others.map((label) => ({ ...userOf(label, '10'), secrets: { portal: { source: 'unmanaged' } } })),
    ],
    devices: [
      {
        id: 'mesa',
        driver: 'yealink',
        mode: 'guided',
        model: 'T46U',
        mac: '80:5e:c0:00:00:01',
        accounts: numbers.map((number, index) => ({ line: index + 1, extension: `nube/${number}` })),
      },
    ],
  };
}

function pbxOf(observer: object, tenant: string): object {
  const sip = { server: 'nube.example' };
  return { driver: 'pekepbx', mode: 'guided', profile: 'pekepbx-v36', tenant, sip, observer };
}

function userOf(pbx: string, number: string): object {
  return { pbx, number, name: `Puesto ${number}`, email: `puesto${number}@academia-lua.example` };
}

/** What a person might copy from the tenant's host: 10 is registered, 11 never was, 12 was switched off. */
export const pasted = `root@pbx:~# asterisk -rx "sip show peers"
Name/username             Host                                    Dyn Forcerport Comedia    ACL Port     Status      Description
ext9000110/ext9000110     192.0.2.10                               D  Yes        Yes            5060     OK (23 ms)
ext9000111                (Unspecified)                            D  Yes        Yes            0        UNKNOWN
ext9000112/ext9000112     192.0.2.12                               D  Yes        Yes            5060     UNREACHABLE
3 sip peers [Monitored: 1 online, 2 offline Unmonitored: 0 online, 0 offline]
`;

/** A phone is registered, and whoever looks has a problem: no check may say that anything is known. */
export function expectUnknown(seen: Seen, code: string, params: object = {}): void {
  expect(seen.diagnostics.map(({ code, address, severity }) => [code, address, severity])).toEqual([
    [code, 'acme/pbx:nube', 'error'],
  ]);
  expect(seen.diagnostics[0]?.params).toMatchObject(params);
  const numbers = ['nube/10', 'nube/11', 'nube/12'];
  expect(numbers.map((number) => seen.results[number])).toEqual(numbers.map(() => 'unknown'));
  expect(seen.checks.filter(({ result }) => result === 'passed' || result === 'failed')).toEqual([]);
}
