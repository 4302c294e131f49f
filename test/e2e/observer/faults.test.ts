import { describe, expect, it, vi } from 'vitest';
import type { LabExec } from '../../../lab/bastion/index.ts';
import { on } from '../../support/bench.ts';
import { type Cloud, expectUnknown, startCloud, type Variant } from './cloud.ts';
import type { Seen } from './scene.ts';

const version = { stdout: 'Asterisk 16.28.0 built by nobody\n', stderr: '', code: 0 };

/** A host that runs one command so, and knows its version. */
const except =
  (command: string, left: Awaited<ReturnType<LabExec>>): LabExec =>
  async (line) =>
    line.includes(command) ? left : version;

interface Fault extends Variant {
  readonly options?: object;
  readonly strike?: (cloud: Cloud) => unknown;
  readonly code: string;
  readonly params?: object;
}

const unheard = { stdout: '', stderr: 'refused\n', code: 126 };

const faults: Readonly<Record<string, Fault>> = {
  'the SSH host shows another key': {
    strike: ({ bastion }) => bastion.control.changeHostKey(),
    code: 'ssh-host-key',
    params: { found: expect.stringMatching(/^SHA256:/) },
  },
  'the SSH host refuses our key': {
    strike: ({ bastion }) => bastion.control.refuseLogins(1),
    code: 'ssh-auth',
  },
  'the SSH host is not there': {
    strike: ({ bastion }) => bastion.close(),
    code: 'ssh-unreachable',
  },
  'the SSH host runs no commands': {
    exec: null,
    code: 'forbidden',
    params: { evidence: 'ssh exec refused' },
  },
  'its forced command lets nothing through': {
    exec: except('asterisk', unheard),
    code: 'forbidden',
    params: { operation: 'core show version', evidence: 'exit code 126' },
  },
  'sudo wants a password': {
    asterisk: { sudoPassword: true },
    options: { sudo: true },
    code: 'forbidden',
    params: { evidence: 'sudo refuses' },
  },
  'Asterisk is not for this account': {
    asterisk: { socketClosed: true },
    code: 'unreachable',
    params: { kind: 'asterisk.ctl: not running, or closed to this account' },
  },
  'Asterisk does not run': {
    strike: ({ asterisk }) => asterisk.control.running(false),
    code: 'unreachable',
    params: { operation: 'core show version', kind: 'asterisk.ctl: not running, or closed to this account' },
  },
  'the program is not where the YAML says': {
    options: { command: '/usr/local/sbin/asterisk' },
    code: 'strange-answer',
    params: { evidence: expect.stringContaining('127') },
  },
  'there is no such command': {
    asterisk: { release: '22' },
    options: { technology: 'sip' },
    code: 'strange-answer',
    params: { evidence: 'no chan_sip there' },
  },
  'there is neither of the two channel drivers': {
    asterisk: { technologies: [] },
    code: 'strange-answer',
    params: { evidence: 'neither chan_sip nor chan_pjsip there' },
  },
  'the answer has no end': {
    exec: except('sip show peers', { stdout: 'x'.repeat(8 * 1024 * 1024 + 1), stderr: '', code: 0 }),
    code: 'answer-too-large',
    params: { operation: 'sip show peers', limit: 8 * 1024 * 1024 },
  },
  'the answer is another one': {
    exec: except('sip show peers', { stdout: 'Kf7mQ2 not for logs\n', stderr: '', code: 0 }),
    code: 'strange-answer',
    params: { operation: 'sip show peers', evidence: '20 characters, none of them known' },
  },
};

describe('commands over SSH tell nothing, and why, where', () => {
  it.each(Object.entries(faults))('%s', (_, { options, strike, code, params, ...variant }) =>
    on(startCloud(variant), async (cloud) => {
      await cloud.look(cloud.shell(options));
      cloud.register(10);
      await strike?.(cloud);
      expectUnknown(await cloud.verify(), code, params);
    }),
  );

  it('the connection is cut in the middle of an answer', async () => {
    const { seen } = await whileItHangs(({ bastion }) => bastion.control.dropConnections());
    expectUnknown(seen, 'ssh-unreachable', { kind: 'lost' });
  });

  it('the time is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { seen } = await whileItHangs(() => vi.advanceTimersByTime(20_000)).finally(() =>
      vi.useRealTimers(),
    );
    expectUnknown(seen, 'timeout', { operation: 'sip show peers', seconds: 20 });
  });

  it('a second Ctrl-C ends the question that is under way', async () => {
    const abort = new AbortController();
    const { seen } = await whileItHangs(() => abort.abort(), { abort: abort.signal });
    expectUnknown(seen, 'aborted', { operation: 'sip show peers' });
  });
});

/** Looks; once the list is asked for, and never comes, something happens. */
async function whileItHangs(
  act: (cloud: Cloud) => void,
  over: object = {},
): Promise<{ readonly seen: Seen }> {
  let asked = (): void => {};
  const reached = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const exec: LabExec = async (line) => {
    if (!line.includes('sip show peers')) return version;
    asked();
    return new Promise(() => {});
  };
  const cloud = await startCloud({ exec });
  try {
    await cloud.look(cloud.shell());
    cloud.register(10);
    const seen = cloud.verify({}, over);
    await reached;
    act(cloud);
    return { seen: await seen };
  } finally {
    await cloud.close();
  }
}

describe('who looks over SSH', () => {
  it('waits for a host that is slow', () =>
    on(startCloud(), async (cloud) => {
      await cloud.look(cloud.shell());
      cloud.register(10);
      cloud.asterisk.control.latency(100);
      cloud.bastion.control.latency(20);
      const seen = await cloud.verify();
      expect(seen.codes).toEqual([]);
      expect(seen.results['nube/10']).toBe('passed');
    }));

  it('may be allowed to ask by sudo alone', () =>
    on(startCloud({ asterisk: { socketClosed: true } }), async (cloud) => {
      await cloud.look(cloud.shell({ sudo: true, command: '/usr/sbin/asterisk' }));
      cloud.register(10);
      expect((await cloud.verify()).results['nube/10']).toBe('passed');
    }));

  it('is asked again while phones are on their way, until a first Ctrl-C', () =>
    on(startCloud(), async (cloud) => {
      await cloud.look(cloud.shell());
      const stop = new AbortController();
      const looks: number[] = [];
      const progress = ({ phase, done }: { phase: string; done: number }): void => {
        if (phase !== 'verify') return;
        looks.push(done);
        if (looks.length === 1) cloud.register(10);
        if (looks.length === 2) stop.abort();
      };
      const seen = await cloud.verify({ waitMs: 60_000 }, { progress, stop: stop.signal });
      expect(looks).toEqual([0, 1]);
      expect(seen.codes).toEqual([]);
      expect(seen.results).toMatchObject({ 'nube/10': 'passed', 'nube/11': 'failed' });
    }));
});
