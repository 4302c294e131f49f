import { describe, expect, it } from 'vitest';
import type { LabAsteriskOptions, LabAsteriskPeer } from '../../../lab/asterisk/index.ts';
import { on } from '../../support/bench.ts';
import { type Cloud, startCloud } from './cloud.ts';

interface Case {
  readonly asterisk: Partial<LabAsteriskOptions>;
  readonly options?: object;
  readonly peer?: Partial<LabAsteriskPeer>;
  /** While nobody is registered. */
  readonly nobody: string;
  /** Of the phone that is registered, and of one that is not: over SSH, and over the manager interface. */
  readonly one: Readonly<Record<'shell' | 'manager', readonly [string, RegExp]>>;
  readonly another: string;
}

const proxy = { address: '192.0.2.9', port: 5060 };
const loaded = /^sip show peer load: OK \(1 ms\) at 192\.0\.2\.\d+:5060; reachable$/;
const fronted = (from: string) =>
  new RegExp(
    `^${from}: OK \\(1 ms\\) at 192\\.0\\.2\\.9:5060; .* proxy in front, the registration runs for another 3600 s$`,
  );

const cases: Readonly<Record<string, Case>> = {
  'chan_sip of version 16': {
    asterisk: { release: '16' },
    nobody: 'failed',
    one: {
      shell: ['passed', /^sip show peers: OK \(1 ms\) at 192\.0\.2\.\d+:5060; reachable$/],
      manager: ['passed', /^SIPpeers: OK \(1 ms\) at 192\.0\.2\.\d+:5060; reachable$/],
    },
    another: 'failed',
  },
  'chan_sip beside a chan_pjsip that has nobody to list': {
    asterisk: { release: '16', technologies: ['chan_sip', 'pjsip'] },
    nobody: 'failed',
    one: { shell: ['passed', /^sip show peers: OK/], manager: ['passed', /^SIPpeers: OK/] },
    another: 'failed',
  },
  'chan_pjsip of version 22': {
    asterisk: { release: '22' },
    nobody: 'failed',
    one: {
      shell: ['passed', /^pjsip show endpoints: Avail 1\.000 ms; reachable$/],
      manager: ['passed', /^PJSIPShowContacts: Reachable 1 ms at 192\.0\.2\.\d+:5060; reachable$/],
    },
    another: 'failed',
  },
  'chan_pjsip of version 13, which nobody looks whether it answers': {
    asterisk: { release: '13', technologies: ['pjsip'] },
    peer: { qualified: false },
    nobody: 'failed',
    one: {
      shell: ['passed', /^pjsip show endpoints: Created 0\.000 ms; not monitored/],
      manager: ['passed', /^PJSIPShowRegistrationInboundContactStatuses: NonQualified at .*; not monitored/],
    },
    another: 'failed',
  },
  'a chan_pjsip that does not know the tenant': {
    asterisk: { release: '16', technologies: ['chan_sip', 'pjsip'] },
    options: { technology: 'pjsip' },
    nobody: 'failed',
    one: {
      shell: ['failed', /^not listed; Asterisk knows nobody of that name$/],
      manager: ['failed', /^not listed; Asterisk knows nobody of that name$/],
    },
    another: 'failed',
  },
  'chan_sip behind a proxy': {
    asterisk: { release: '16', fronted: proxy },
    options: { fronted: true, technology: 'sip' },
    nobody: 'unknown',
    one: { shell: ['passed', fronted('sip show peer load')], manager: ['passed', fronted('SIPshowpeer')] },
    another: 'failed',
  },
  'chan_pjsip behind a proxy': {
    asterisk: { release: '22', fronted: proxy },
    options: { fronted: true },
    nobody: 'unknown',
    one: {
      shell: ['passed', /^pjsip show endpoints: Avail .* at 192\.0\.2\.9:5060; .* proxy in front$/],
      manager: ['passed', /^PJSIPShowContacts: Reachable .* at 192\.0\.2\.9:5060; .* proxy in front$/],
    },
    another: 'failed',
  },
  'a database that is never kept in memory, in version 13': {
    asterisk: { release: '13', realtimeCache: false },
    peer: { realtime: true },
    nobody: 'failed',
    one: { shell: ['passed', loaded], manager: ['passed', loaded] },
    another: 'failed',
  },
  'a database that is kept in memory once it was looked at': {
    asterisk: { release: '16' },
    peer: { realtime: true },
    nobody: 'failed',
    one: { shell: ['passed', /^sip show peers: OK/], manager: ['passed', /^SIPpeers: OK/] },
    another: 'failed',
  },
};

/** Looks both ways; the manager interface last. */
async function looked(cloud: Cloud, options: object | undefined) {
  await cloud.look(cloud.shell(options));
  const shell = await cloud.verify();
  await cloud.look(cloud.manager('nube', options));
  return { shell, manager: await cloud.verify() };
}

describe('a tenant without an API is proven by its Asterisk alone:', () => {
  it.each(Object.entries(cases))('%s', (_, { asterisk, options, peer = {}, nobody, one, another }) =>
    on(startCloud({ asterisk, peer: () => peer }), async (cloud) => {
      await cloud.sealManager('nube');
      const before = await looked(cloud, options);
      cloud.register(10);
      const after = await looked(cloud, options);
      for (const way of ['shell', 'manager'] as const) {
        expect([before[way].codes, after[way].codes]).toEqual([[], []]);
        expect(before[way].of('nube/10').result).toBe(nobody);
        const [result, evidence] = one[way];
        expect(after[way].of('nube/10')).toMatchObject({ result, evidence: expect.stringMatching(evidence) });
        expect(after[way].of('nube/11').result).toBe(another);
      }
      expect(cloud.lab.box('nube').requests().total).toBe(0);
      const { counters } = cloud.asterisk.control.ami;
      expect(counters()).toMatchObject({ logins: 2, refusedLogins: 0 });
      await expect.poll(() => counters().open).toBe(0);
    }),
  );

  it('a list of one tenant is enough, and nothing of another is fetched', () =>
    on(startCloud(), async (cloud) => {
      await cloud.look(cloud.shell({ like: '^ext90001', technology: 'sip' }));
      cloud.register(10);
      const seen = await cloud.verify();
      expect(seen.results).toMatchObject({ 'nube/10': 'passed', 'nube/11': 'failed' });
      expect(cloud.asterisk.control.lines().map(({ line }) => line)).toEqual([
        "asterisk -rx 'core show version'",
        "asterisk -rx 'sip show peers like ^ext90001'",
      ]);
    }));

  it('a manager who may give no commands proves nobody absent from a database', () => {
    const users = [
      { username: 'alta', secret: 'Wq4nHs8tPz-k6GcB2vMr', write: ['reporting', 'system'] as const },
    ];
    const asterisk = { realtimeCache: false, ami: { users } };
    return on(startCloud({ asterisk, peer: () => ({ realtime: true }) }), async (cloud) => {
      await cloud.sealManager('nube');
      await cloud.look(cloud.manager('nube', { technology: 'sip' }));
      cloud.register(10);
      const seen = await cloud.verify();
      expect(seen.codes).toEqual([]);
      expect(seen.of('nube/10')).toMatchObject({
        result: 'unknown',
        evidence: 'SIPshowpeer: Peer ext9000110 not found.; the database may hold it all the same',
      });
    });
  });

  it('a registration that ends is seen to have ended, though the status is left over', () =>
    on(startCloud({ asterisk: { staleMs: 60_000 } }), async (cloud) => {
      await cloud.look(cloud.shell());
      cloud.register(10);
      expect((await cloud.verify()).results['nube/10']).toBe('passed');
      cloud.unregister(10);
      expect((await cloud.verify()).of('nube/10')).toMatchObject({
        result: 'failed',
        evidence:
          'sip show peers: (Unspecified), OK (1 ms); no address is held; the status is left over from before',
      });
    }));

  it('a phone that was switched off is unreachable, not registered', () =>
    on(startCloud({ asterisk: { ending: 'vanished' } }), async (cloud) => {
      await cloud.look(cloud.shell());
      cloud.register(10);
      await cloud.verify();
      cloud.unregister(10);
      expect((await cloud.verify()).of('nube/10')).toMatchObject({
        result: 'failed',
        evidence: expect.stringMatching(
          /UNREACHABLE at .*: the address is still held, nobody answers there$/,
        ),
      });
    }));
});
