import { expect, it } from 'vitest';
import { Secret, type Via } from '../../../engine/model/index.ts';
import {
  type LabAsterisk,
  type LabAsteriskContact,
  type LabAsteriskPeer,
  type LabAsteriskTechnology,
  type LabQualify,
  startAsterisk,
} from '../../../lab/asterisk/index.ts';
import { startBastion } from '../../../lab/bastion/index.ts';
import type { Registration } from '../../../providers/contract.ts';
import { observer } from '../../../providers/observer/asterisk/observer.ts';
import { contextOf, targetOf } from '../../unit/asterisk/host.ts';
import { seeded } from '../../unit/load/input.ts';

type Status = Registration['status'];

/** A host with all kinds of peers, and what is true of each. */
interface World {
  readonly release: '13' | '16' | '22';
  readonly technologies: readonly LabAsteriskTechnology[];
  readonly realtimeCache: boolean;
  readonly peers: readonly LabAsteriskPeer[];
  readonly truth: ReadonlyMap<string, Status>;
}

function worldOf(seed: number): World {
  const dice = seeded(seed);
  const pick = <T>(some: readonly T[]): T => some[Math.floor(dice() * some.length)] as T;
  const release = pick(['13', '16', '22'] as const);
  const both: readonly (readonly LabAsteriskTechnology[])[] = [
    ['chan_sip'],
    ['pjsip'],
    ['chan_sip', 'pjsip'],
  ];
  const technologies = release === '22' ? (['pjsip'] as const) : pick(both);
  const peers = Array.from({ length: 14 }, (_, index) => peerOf(index, pick(technologies), dice, pick));
  const truth = new Map(peers.map((peer) => [peer.name, truthOf(peer)]));
  return {
    release,
    technologies,
    realtimeCache: dice() < 0.5,
    peers,
    truth: truth.set('nobody999', 'unregistered'),
  };
}

type Pick = <T>(some: readonly T[]) => T;

/** Names that fit their columns, and names that do not: columns end at 25, 39, 41 and 51 letters. */
const names = [
  'ext90001',
  '10',
  'a.b_c-',
  'abcdefghijklmnopqrstuvw',
  'recepcion-planta-principal-',
  'recepcion-planta-principal-edificio-norte-',
  'recepcion-planta-principal-edificio-norte-madrid-centro-',
];

function peerOf(
  index: number,
  technology: LabAsteriskTechnology,
  dice: () => number,
  pick: Pick,
): LabAsteriskPeer {
  const name = `${pick(names)}${10 + index}`;
  const kind = pick(['never', 'one', 'one', 'one', 'two', 'past', 'fixed']);
  const late: readonly LabQualify[] = technology === 'chan_sip' ? [{ ms: 900, lagged: true }] : [];
  const qualify = () => pick<LabQualify>([{ ms: 3 }, { ms: 0.4 }, 'unreachable', 'unknown', ...late]);
  const contact = (): LabAsteriskContact => ({
    address: pick([`192.0.2.${index}`, `2001:db8::${index}`, '198.51.100.200']),
    port: pick([5060, 51234, 7]),
    qualify: qualify(),
    ...(dice() < 0.3 ? { uri: `sip:${name}@192.0.2.9:5060;transport=udp;rinstance=1abcdef012345` } : {}),
  });
  return {
    name,
    technology,
    contacts: { one: [contact()], two: [contact(), contact()] }[kind] ?? [],
    qualified: dice() < 0.8,
    maxContacts: kind === 'fixed' ? 0 : 5,
    realtime: kind !== 'fixed' && dice() < 0.3,
    ...(kind === 'past' ? { past: { address: '192.0.2.3', port: 5060 } } : {}),
    ...(kind === 'fixed' ? { fixed: { address: '192.0.2.4', port: 5060, qualify: qualify() } } : {}),
    ...(dice() < 0.4 ? { callerId: { name: 'Ana Pérez', number: `${10 + index}` } } : {}),
    ...(dice() < 0.3 ? { description: 'x 192.0.2.1 D 5060 OK (1 ms)' } : {}),
    ...(dice() < 0.2 ? { acl: true, forceRport: 'Auto (Yes)' } : {}),
  };
}

/** chan_sip has the last contact alone; of chan_pjsip's the best speaks for all. */
function truthOf({ technology, contacts, fixed, qualified }: LabAsteriskPeer): Status {
  if (fixed !== undefined) return 'unknown';
  const seen = contacts.map(({ qualify }): Status => {
    if (qualified === false || typeof qualify === 'object') return 'registered';
    return qualify === 'unknown' ? 'unknown' : 'unregistered';
  });
  const best = (['registered', 'unknown'] as const).find((status) => seen.includes(status));
  return (technology === 'chan_sip' ? seen.at(-1) : best) ?? 'unregistered';
}

const commands = ['sip show peers', 'pjsip show endpoints', 'pjsip show contacts'];

/** Over SSH, through the manager interface, and out of what the console prints. */
async function looksAt(asterisk: LabAsterisk, keys: readonly string[]) {
  const { host, port, credentials } = asterisk.service;
  const forwards = { '192.0.2.20:5038': { host, port } };
  const bastion = await startBastion({ exec: asterisk.exec, forwards });
  const { service } = bastion;
  const user = service.credentials.username;
  const place = {
    name: 'pbx',
    host: service.host,
    port: service.port,
    user,
    hostKeys: [...service.hostKeys],
  };
  const via: Via = { ...place, identity: { literal: 'unused' } };
  const login = { username: new Secret(credentials.username), password: new Secret(credentials.secret) };
  const look = async (manager: object) => {
    const context = contextOf({ key: new Secret(service.credentials.privateKey) }, { credentials: login });
    const session = await observer.open(targetOf(via, manager), context);
    return session.registrations(keys).finally(session.close);
  };
  try {
    const printed = commands.map(async (command) => {
      return `pbx*CLI> ${command}\n${(await asterisk.exec(`asterisk -rx '${command}'`)).stdout}`;
    });
    return {
      shell: await look({}),
      manager: await look({ manager: { host: '192.0.2.20', port: 5038 } }),
      paste: observer.read((await Promise.all(printed)).join('\n'), 'paste.txt')(keys),
    };
  } finally {
    await bastion.close();
  }
}

/** Whether it is true, or admits that it does not know what it cannot see. */
function isRight(way: string, { key, status }: Registration, { truth, peers }: World): boolean {
  const wanted = truth.get(key);
  const fixed = peers.find(({ name }) => name === key)?.fixed;
  // Nobody answers at an address of the configuration: whether somebody might have registered there is not told.
  if (fixed !== undefined && fixed.qualify !== undefined && status === 'unregistered' && way !== 'shell')
    return true;
  const mayNotKnow = way === 'paste' || key.length > 50;
  return status === wanted || (status === 'unknown' && mayNotKnow);
}

it.each(Array.from({ length: 15 }, (_, index) => index + 1))(
  'whatever the host prints, the observer says what is true (seed %i)',
  async (seed) => {
    const world = worldOf(seed);
    const { release, technologies, realtimeCache, peers, truth } = world;
    const asterisk = await startAsterisk({ release, technologies, realtimeCache, peers: () => peers });
    try {
      const looks = await looksAt(asterisk, [...truth.keys()]);
      const wrong = Object.entries(looks).flatMap(([way, found]) =>
        found.filter((one) => !isRight(way, one, world)).map((one) => [way, one, truth.get(one.key)]),
      );
      expect(wrong).toEqual([]);
    } finally {
      await asterisk.close();
    }
  },
);
