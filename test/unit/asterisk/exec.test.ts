import { afterEach, describe, expect, it } from 'vitest';
import { startDeadline } from '../../../providers/transport/deadline.ts';
import { type Bastion, joinBastion } from '../../../providers/transport/ssh.ts';
import { later, thrown } from '../transport/servers.ts';
import { type FakeHost, type Outcome, startHost } from './host.ts';

const errand = { host: '192.0.2.5:22', operation: 'look' };
const never = () => new AbortController().signal;
const cleanup: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of cleanup.splice(0).reverse()) await end();
});

async function hostWith(run: (line: string) => Outcome, channels?: number): Promise<[FakeHost, Bastion]> {
  const host = await startHost(run);
  cleanup.push(host.close);
  const access = channels === undefined ? host.access : { ...host.access, channels };
  const bastion = await joinBastion(host.via, access, errand.host, () => {});
  cleanup.push(bastion.leave);
  return [host, bastion];
}

describe('a command on an SSH host', () => {
  it('leaves an exit code, output and complaints, apart', async () => {
    const [host, bastion] = await hostWith(() => ({ stdout: 'out\n', stderr: 'err\n', code: 3 }));
    const { code, stdout, stderr } = await bastion.exec('look', errand, never());
    expect([code, stdout.toString(), stderr.toString()]).toEqual([3, 'out\n', 'err\n']);
    expect(host.lines).toEqual(['look']);
  });

  it('leaves its bytes as they are, however many there are', async () => {
    const bytes = Buffer.alloc(3 * 1024 * 1024, Buffer.from([0, 255, 13, 10, 195]));
    const [, bastion] = await hostWith(() => ({ stdout: bytes }));
    const { stdout } = await bastion.exec('look', errand, never());
    expect(stdout.equals(bytes)).toBe(true);
  });

  it('shares one connection and its channels with everybody else', async () => {
    const [host, bastion] = await hostWith(() => ({ stdout: 'x' }), 2);
    await Promise.all(Array.from({ length: 10 }, () => bastion.exec('look', errand, never())));
    expect([host.connections(), host.channels.most]).toEqual([1, 2]);
  });

  it('has no exit code where a signal ended it', async () => {
    const [, bastion] = await hostWith(() => 'is killed');
    expect((await bastion.exec('look', errand, never())).code).toBeNull();
  });

  it.each([
    ['is refused', { code: 'forbidden', params: { ...errand, evidence: 'ssh exec refused' } }],
    ['is cut', { code: 'ssh-unreachable', params: { kind: 'lost' } }],
  ] as const)('that %s says so', async (outcome, error) => {
    const [, bastion] = await hostWith(() => outcome);
    expect(await thrown(bastion.exec('look', errand, never()))).toMatchObject(error);
  });

  it('may not print without end', async () => {
    const [host, bastion] = await hostWith(() => ({ stdout: Buffer.alloc(9 * 1024 * 1024, 'x') }));
    expect(await thrown(bastion.exec('look', errand, never()))).toMatchObject({
      code: 'answer-too-large',
      params: { ...errand, limit: 8 * 1024 * 1024 },
    });
    await expect.poll(() => host.channels.open).toBe(0);
  });

  it('that hangs is given up in time, and its channel is free again', async () => {
    const [host, bastion] = await hostWith((line) => (line === 'hang' ? 'hangs' : { stdout: 'x' }), 1);
    const deadline = startDeadline(100, [], errand);
    expect(await thrown(bastion.exec('hang', errand, deadline.signal))).toMatchObject({ code: 'timeout' });
    deadline.end();
    expect((await bastion.exec('look', errand, never())).stdout.toString()).toBe('x');
    await expect.poll(() => [host.channels.open, host.channels.closed]).toEqual([0, 2]);
  });

  it('is not started after an abort, and leaves an aborted one at once', async () => {
    const [host, bastion] = await hostWith(() => 'hangs');
    const gone = new AbortController();
    gone.abort(new Error('gone'));
    expect(await thrown(bastion.exec('look', errand, gone.signal))).toMatchObject({ message: 'gone' });
    expect(host.lines).toEqual([]);
    const going = new AbortController();
    const work = thrown(bastion.exec('look', errand, going.signal));
    while (host.lines.length === 0) await later(5);
    going.abort(new Error('going'));
    expect(await work).toMatchObject({ message: 'going' });
  });
});
