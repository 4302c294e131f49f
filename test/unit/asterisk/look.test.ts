import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Asker } from '../../../providers/observer/asterisk/asker.ts';
import { answersOf } from '../../../providers/observer/asterisk/formats/answers.ts';
import { look } from '../../../providers/observer/asterisk/look.ts';
import { type Options, optionsOf } from '../../../providers/observer/asterisk/options.ts';
import { thrown } from '../transport/servers.ts';

const capture = (name: string) => readFileSync(`test/fixtures/asterisk/asterisk-16.28.0_${name}.txt`, 'utf8');

interface World {
  readonly sip?: string;
  readonly pjsip?: string;
  /** Name → what is printed about it. */
  readonly singly?: Readonly<Record<string, string>>;
}

/** An Asterisk that only prints, and what it was asked. */
function askerOf({ sip, pjsip, singly = {} }: World): Asker & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    sipPeers: async () => {
      asked.push('sip');
      return sip === undefined ? null : answersOf(sip, 'sip show peers');
    },
    sipPeer: async (name) => {
      asked.push(name);
      return answersOf(singly[name] ?? `Peer ${name} not found.`, `sip show peer ${name} load`);
    },
    pjsip: async () => {
      asked.push('pjsip');
      return pjsip === undefined ? null : answersOf(pjsip, 'pjsip show endpoints');
    },
    close: async () => {},
  };
}

const options = (change: Partial<Options> = {}): Options => ({
  technology: 'auto',
  fronted: false,
  like: null,
  command: 'asterisk',
  sudo: false,
  ...change,
});

const peers = capture('sip-show-peers_all-states');
const endpoints = capture('pjsip-show-endpoints_all-states');
const long = 'recepcion-planta-principal-madrid';

async function told(keys: readonly string[], world: World, change: Partial<Options> = {}) {
  const asker = askerOf(world);
  const found = await look(keys, asker, options(change), '192.0.2.5:22');
  return { statuses: found.map(({ status }) => status), asked: asker.asked, found };
}

it('one list is enough for those who are registered', async () => {
  const { statuses, asked } = await told(['10', '13', '15'], { sip: peers, pjsip: endpoints });
  expect([statuses, asked]).toEqual([['registered', 'registered', 'registered'], ['sip']]);
});

it('nobody is asked for nobody', async () => {
  expect((await told([], { sip: peers })).asked).toEqual([]);
});

it('who is not registered with chan_sip may be with chan_pjsip', async () => {
  const dead = peers.replace(/^10\/.*127\.0\.0\.1 /m, '10                        (Unspecified)');
  const { statuses, asked } = await told(['10', '12'], { sip: dead, pjsip: endpoints });
  expect([statuses, asked]).toEqual([
    ['registered', 'unregistered'],
    ['sip', 'pjsip'],
  ]);
});

it('a name that was cut, and one of the database, are asked for by themselves', async () => {
  const singly = {
    [long]: capture('sip-show-peer_long-name'),
    200998: capture('sip-show-peer-load_realtime-never-registered'),
  };
  const { statuses, asked } = await told([long, '200998', '999', '11'], { sip: peers, singly });
  expect(statuses).toEqual(['registered', 'unregistered', 'unregistered', 'registered']);
  expect(asked).toEqual(['sip', 'pjsip', long, '200998', '999']);
});

it('a PBX that keeps none of its database in memory lists nobody, and tells of each by itself', async () => {
  const loaded = (name: string, address: string) =>
    `  * Name       : ${name}\n  Realtime peer: Yes, cached\n  Dynamic      : Yes\n  Expire       : -1\n  Addr->IP     : ${address}\n  Status       : Unmonitored\n`;
  const singly = { 300: loaded('300', '192.0.2.30:5060'), 302: loaded('302', '(null)') };
  const sip = capture('sip-show-peers_no-match');
  const { statuses } = await told(['300', '302', '399'], { sip, singly }, { technology: 'sip' });
  expect(statuses).toEqual(['registered', 'unregistered', 'unregistered']);
});

it('an Asterisk without chan_sip is asked for endpoints only', async () => {
  const { statuses, asked } = await told(['10', '12', '999'], { pjsip: endpoints });
  expect([statuses, asked]).toEqual([
    ['registered', 'unregistered', 'unregistered'],
    ['sip', 'pjsip'],
  ]);
});

it('what is declared is asked, and nothing else', async () => {
  const world = { sip: peers, pjsip: endpoints };
  expect((await told(['12', '999'], world, { technology: 'sip' })).asked).toEqual(['sip', '999']);
  expect((await told(['12', '999'], world, { technology: 'pjsip' })).asked).toEqual(['pjsip']);
});

it.each([
  ['auto', {}, 'neither chan_sip nor chan_pjsip there'],
  ['sip', { pjsip: endpoints }, 'no chan_sip there'],
  ['pjsip', { sip: peers }, 'no chan_pjsip there'],
] as const)('what is declared (%s) and is not there is said', async (technology, world, evidence) => {
  expect(await thrown(told(['10'], world, { technology }))).toMatchObject({
    code: 'strange-answer',
    params: { host: '192.0.2.5:22', evidence },
  });
});

it('a name that no shell may see is never asked for', async () => {
  const keys = ['10; reboot', "10' load", '$(id)', 'josé', '', 'a'.repeat(81), '10\n11'];
  const { statuses, asked, found } = await told(keys, { sip: peers });
  expect([new Set(statuses), asked]).toEqual([new Set(['unknown']), ['sip', 'pjsip']]);
  expect(found[0]?.evidence).toBe(
    'not listed, which proves nothing; not asked for by itself: its characters are not those of a SIP user name',
  );
});

it('questions about single peers have an end', async () => {
  const keys = Array.from({ length: 350 }, (_, index) => String(5_000 + index));
  const { statuses, asked, found } = await told([...keys, ...keys], { sip: peers });
  expect(asked.filter((name) => /^5\d{3}$/.test(name))).toHaveLength(300);
  expect(statuses.filter((status) => status === 'unknown')).toHaveLength(100);
  expect(found.at(-1)?.evidence).toContain('more than 300 in doubt');
});

it('behind a proxy an address is looked at more closely', async () => {
  const singly = { 10: capture('sip-show-peer_registered-ok-baresip') };
  const { statuses, asked } = await told(['10', '11', '12'], { sip: peers, singly }, { fronted: true });
  expect(asked).toEqual(['sip', 'pjsip', '10', '11']);
  expect(statuses).toEqual(['registered', 'unknown', 'unregistered']);
});

it('options that the YAML leaves out have defaults, and odd ones fall back to them', () => {
  const place = {
    driver: 'asterisk',
    via: { name: 'x', host: 'x', port: 22, user: 'x', hostKeys: [], identity: { literal: 'x' } },
  };
  expect(optionsOf({ ...place, options: {} })).toEqual(options());
  const odd = { technology: 'iax', fronted: 'yes', like: 7, command: 'rm -rf', sudo: 1 };
  expect(optionsOf({ ...place, options: odd })).toEqual(options());
  const set = { technology: 'sip', fronted: true, like: '^ext9', command: '/usr/sbin/asterisk', sudo: true };
  expect(optionsOf({ ...place, options: set })).toEqual(set);
});
