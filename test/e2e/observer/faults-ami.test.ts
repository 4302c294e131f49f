import { describe, expect, it, vi } from 'vitest';
import type { LabAmiUser } from '../../../lab/asterisk/index.ts';
import { on } from '../../support/bench.ts';
import { type Cloud, expectUnknown, startCloud, type Variant } from './cloud.ts';
import type { Seen } from './scene.ts';

const wrong = 'Hn2sYb7dCx-j8GwT5kVq';

interface Fault extends Variant {
  readonly options?: object;
  readonly strike?: (cloud: Cloud) => unknown;
  readonly code: string;
  readonly params?: object;
}

const user = (write: LabAmiUser['write']): LabAmiUser => ({
  username: 'alta',
  secret: 'Wq4nHs8tPz-k6GcB2vMr',
  ...(write && { write }),
});

const faults: Readonly<Record<string, Fault>> = {
  'the SSH host shows another key': {
    strike: ({ bastion }) => bastion.control.changeHostKey(),
    code: 'ssh-host-key',
  },
  'the SSH host forwards nothing': {
    strike: ({ bastion }) => bastion.control.refuseForwards(1),
    code: 'ssh-forward-refused',
  },
  'Asterisk does not run': {
    strike: ({ asterisk }) => asterisk.control.running(false),
    code: 'unreachable',
    params: { host: '192.0.2.20:5100' },
  },
  'its user may not look': {
    asterisk: { ami: { users: [user(['call'])] } },
    code: 'forbidden',
    params: { operation: 'SIPpeers', evidence: 'its user needs class system or reporting' },
  },
  'its user may look at one channel driver only': {
    asterisk: { release: '22', ami: { users: [user(['reporting'])] } },
    code: 'forbidden',
    params: { operation: 'PJSIPShowEndpoints', evidence: 'its user needs class system' },
  },
  'our address is barred there': {
    asterisk: { ami: { maxFailedLogins: 0 } },
    code: 'connection-reset',
  },
  'the connection is cut in the middle of a list': {
    strike: ({ asterisk }) => asterisk.control.ami.cutAfter(600),
    code: 'connection-reset',
  },
  'a packet has no end': {
    peer: () => ({ description: 'x'.repeat(2 * 1024 * 1024) }),
    code: 'answer-too-large',
    params: { limit: 1024 * 1024 },
  },
  'there is no such action': {
    asterisk: { release: '22' },
    options: { technology: 'sip' },
    code: 'strange-answer',
    params: { evidence: 'no chan_sip there' },
  },
};

describe('the manager interface tells nothing, and why, where', () => {
  it.each(Object.entries(faults))('%s', (_, { options, strike, code, params, ...variant }) =>
    on(startCloud(variant), async (cloud) => {
      await cloud.sealManager('nube');
      await cloud.look(cloud.manager('nube', options));
      cloud.register(10);
      await strike?.(cloud);
      expectUnknown(await cloud.verify(), code, params);
    }),
  );

  it('nobody gave us its login', () =>
    on(startCloud(), async (cloud) => {
      await cloud.look(cloud.manager('nube'));
      cloud.register(10);
      await expect(cloud.verify()).rejects.toThrow('secret-missing');
      expect(cloud.bastion.control.counters().connections).toBe(0);
    }));

  it('the time is over', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    return on(startCloud(), async (cloud) => {
      const seen = await whileMute(cloud, () => vi.advanceTimersByTime(20_000));
      expectUnknown(seen, 'timeout', { seconds: 20 });
    }).finally(() => vi.useRealTimers());
  });

  it('a second Ctrl-C ends the question that is under way', () =>
    on(startCloud(), async (cloud) => {
      const abort = new AbortController();
      const seen = await whileMute(cloud, () => abort.abort(), { abort: abort.signal });
      expectUnknown(seen, 'aborted');
    }));
});

/** Looks at an interface that says nothing; once it is connected, something happens. */
async function whileMute(cloud: Cloud, act: () => void, over: object = {}): Promise<Seen> {
  await cloud.sealManager('nube');
  await cloud.look(cloud.manager('nube'));
  cloud.register(10);
  const { ami } = cloud.asterisk.control;
  ami.mute(true);
  const seen = cloud.verify({}, over);
  while (ami.counters().open === 0) await new Promise((resolve) => setImmediate(resolve));
  act();
  return seen;
}

describe('a wrong secret', () => {
  it('is tried once, and not again by later runs until it is another one', () =>
    on(startCloud(), async (cloud) => {
      const { counters } = cloud.asterisk.control.ami;
      await cloud.sealManager('nube', wrong);
      await cloud.look(cloud.manager('nube'));
      cloud.register(10);
      expectUnknown(await cloud.verify(), 'wrong-credentials', { target: 'acme/pbx:nube' });
      expect(counters()).toMatchObject({ connections: 1, refusedLogins: 1 });
      expectUnknown(await cloud.verify(), 'refused-before', { host: 'ami://192.0.2.20:5100' });
      expect(counters()).toMatchObject({ connections: 1, refusedLogins: 1 });
      await cloud.sealManager('nube');
      const seen = await cloud.verify();
      expect([seen.codes, seen.results['nube/10']]).toEqual([[], 'passed']);
      expect(counters()).toMatchObject({ logins: 1, refusedLogins: 1 });
    }));

  it('is tried once for all the tenants of a platform', () =>
    on(startCloud(), async (cloud) => {
      await cloud.sealManager('nube', wrong);
      await cloud.look(cloud.manager('nube'), ['oeste', 'este']);
      const { diagnostics } = await cloud.verify();
      expect(diagnostics.map(({ code, address, params }) => [code, address, params.target])).toEqual(
        ['nube', 'oeste', 'este'].map((label) => [
          'wrong-credentials',
          `acme/pbx:${label}`,
          `acme/pbx:${label}`,
        ]),
      );
      expect(cloud.asterisk.control.ami.counters()).toMatchObject({ refusedLogins: 1 });
    }));
});

describe('who looks through the manager interface', () => {
  it('needs one connection for all the tenants of a platform', () =>
    on(startCloud(), async (cloud) => {
      await cloud.sealManager('nube');
      const others = Array.from({ length: 12 }, (_, index) => `filial${index}`);
      await cloud.look(cloud.manager('nube'), others);
      cloud.register(10);
      const seen = await cloud.verify();
      expect([seen.codes, seen.results['nube/10']]).toEqual([[], 'passed']);
      expect(cloud.asterisk.control.ami.counters()).toMatchObject({ connections: 1, logins: 1 });
    }));

  it('understands answers that come in pieces, among events of others', () =>
    on(startCloud(), async (cloud) => {
      await cloud.sealManager('nube');
      await cloud.look(cloud.manager('nube'));
      cloud.register(10);
      cloud.asterisk.control.ami.pace({ bytes: 11, ms: 1 });
      cloud.asterisk.control.ami.chatter(2);
      const seen = await cloud.verify();
      expect([seen.codes, seen.results['nube/10'], seen.results['nube/11']]).toEqual([
        [],
        'passed',
        'failed',
      ]);
    }));
});
