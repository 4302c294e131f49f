import { describe, expect, it } from 'vitest';
import { capture } from './captures.ts';
import { ask, start } from './fixture.ts';
import { database, type Moment, office } from './office.ts';

describe('sip show peers, as captured', () => {
  const moments: [string, Moment][] = [
    ['all-states', {}],
    [
      'during-internal-call-10-to-11',
      {
        answers: {
          '10': { ms: 2 },
          '15': { ms: 301, lagged: true },
          '16': { ms: 16 },
          '22': { ms: 2 },
          '24': { ms: 1 },
          'carrier-ok': { ms: 1 },
          'recepcion-planta-principal-madrid': { ms: 2 },
        },
      },
    ],
  ];
  it.each(moments)('%s', async (name, moment) => {
    const host = await start(office(moment));
    expect(await ask(host, 'sip show peers')).toBe(capture('16', `sip-show-peers_${name}`));
  });

  it('of those like a pattern', async () => {
    const host = await start(office({ answers: { '10': { ms: 5 } } }));
    expect(await ask(host, 'sip show peers like ^1')).toBe(capture('16', 'sip-show-peers_like-1'));
  });

  it('of nobody', async () => {
    const host = await start(office());
    expect(await ask(host, 'sip show peers like nadie')).toBe(capture('16', 'sip-show-peers_no-match'));
  });

  it('six seconds after phones went away: their status is stale', async () => {
    const answers = {
      '10': { ms: 2 },
      '14': { ms: 18 },
      '15': { ms: 302, lagged: true },
      '16': { ms: 10 },
      '22': { ms: 17 },
      '24': { ms: 17 },
      '25': { ms: 15 },
      'carrier-ok': { ms: 1 },
      'recepcion-planta-principal-madrid': { ms: 17 },
    };
    const then = office({ answers }).map((peer) => {
      const { past, ...rest } = peer;
      return past === undefined ? peer : { ...rest, contacts: [{ ...past, qualify: { ms: 29 } }] };
    });
    const expiring = { address: '127.0.0.1', port: 5640, qualify: { ms: 24 } };
    let peers = then.map((peer) => (peer.name === '18' ? { ...peer, contacts: [expiring] } : peer));
    let now = 0;
    const host = await start(() => peers, { now: () => now, staleMs: 60_000 });
    host.control.look();
    now += 6000;
    peers = peers.map((peer) => (peer.name === '17' ? { ...peer, contacts: [] } : peer));
    expect(await ask(host, 'sip show peers')).toBe(capture('16', 'sip-show-peers_t+6s_stale-states'));
  });

  it('of a database', async () => {
    const host = await start(database());
    await ask(host, 'sip show peer 200999 load');
    expect(await ask(host, 'sip show peers')).toBe(capture('16', 'sip-show-peers_realtime-cached'));
  });
});

describe('sip show peer, as captured', () => {
  const sheets: [string, string, Moment][] = [
    ['registered-ok-baresip', '10', { answers: { '10': { ms: 5 } }, expires: { '10': 55 } }],
    ['never-registered', '12', {}],
    ['registered-qualify-off', '13', {}],
    ['unreachable', '14', { expires: { '14': 3496 } }],
    ['lagged', '15', {}],
    ['registered-ok-linphone-provisioned', '16', { expires: { '16': 3335 } }],
    ['unregistered', '17', {}],
    ['expired', '18', {}],
    ['never-registered-qualify-off', '19', {}],
    ['wrong-password', '20', {}],
    ['with-acl', '24', {}],
    ['long-name', 'recepcion-planta-principal-madrid', {}],
    ['static-trunk-unmonitored', 'trunk', {}],
    ['static-trunk-unreachable', 'carrier-down', {}],
    ['not-found', '999', {}],
    ['usage-error', '', {}],
  ];
  it.each(sheets)('%s', async (name, peer, moment) => {
    const host = await start(office(moment));
    const shown = await ask(host, `sip show peer ${peer}`.trim());
    expect(shown).toBe(capture('16', `sip-show-peer_${name}`));
  });

  it('just unregistered: still OK', async () => {
    let isThere = true;
    const host = await start(
      () =>
        office().map(({ past, ...peer }) =>
          past === undefined || !isThere ? peer : { ...peer, contacts: [{ ...past, qualify: { ms: 29 } }] },
        ),
      { staleMs: 60_000 },
    );
    host.control.look();
    isThere = false;
    const shown = await ask(host, 'sip show peer 17');
    expect(shown).toBe(capture('16', 'sip-show-peer_just-unregistered-stale-OK'));
  });

  it.each([
    ['-load_realtime-never-registered', 'sip show peer 200998 load'],
    ['_realtime-exists-but-not-loaded_says-not-found', 'sip show peer 200998'],
    ['_realtime-cached-registered', 'sip show peer 50'],
  ])('of a database: %s', async (name, command) => {
    const host = await start(database());
    expect(await ask(host, command)).toBe(capture('16', `sip-show-peer${name}`));
  });
});

describe('what no capture shows', () => {
  it('names in any letters find the peer', async () => {
    const host = await start([{ name: 'ext9000110', contacts: [] }]);
    expect(await ask(host, 'SIP SHOW PEER EXT9000110')).toContain('* Name       : ext9000110\n');
  });

  it('a status of nineteen letters is the longest', async () => {
    const slow = { address: '192.0.2.7', port: 5060, qualify: { ms: 123_456_789, lagged: true } };
    const host = await start([{ name: '10', contacts: [slow] }]);
    expect(await ask(host, 'sip show peers')).toContain(' LAGGED (123456789 m ');
  });

  it('an answer within the millisecond took one', async () => {
    const host = await start([
      { name: '10', contacts: [{ address: '192.0.2.7', port: 5060, qualify: { ms: 0.4 } }] },
    ]);
    expect(await ask(host, 'sip show peers')).toContain(' OK (1 ms) ');
  });

  it('accents count as the bytes that they are', async () => {
    const host = await start([
      { name: 'recepción', contacts: [], description: 'ñ'.repeat(20) },
      { name: 'sala', contacts: [] },
    ]);
    const [head = '', row = ''] = (await ask(host, 'sip show peers'))
      .split('\n')
      .map((line) => Buffer.from(line));
    expect(row.indexOf('(Unspecified)')).toBe(head.indexOf('Host'));
    expect(row.toString()).toContain(` ${'ñ'.repeat(16)} `);
  });

  it('a letter is cut in two where the column ends', async () => {
    const host = await start([{ name: '10', contacts: [], description: `x${'ñ'.repeat(20)}` }]);
    expect(await ask(host, 'sip show peers')).toContain(`x${'ñ'.repeat(15)}\ufffd `);
  });

  it('a pattern that is none, or words too many, show the usage', async () => {
    const host = await start(office());
    const usage = await ask(host, 'sip show peers like (');
    expect(usage).toMatch(/^Usage: sip show peers \[like <pattern>\]\n/);
    expect(await ask(host, 'sip show peers of 90001')).toBe(usage);
  });

  it('13 knows no RTCP Mux, and is otherwise the same', async () => {
    const [newer, older] = await Promise.all([start(office()), start(office(), { release: '13' })]);
    const sheet = await ask(newer, 'sip show peer 10');
    expect(await ask(older, 'sip show peer 10')).toBe(sheet.replace('  RTCP Mux     : No\n', ''));
  });
});
