import type { ClientChannel } from 'ssh2';
import { describe, expect, it } from 'vitest';
import { done, freshDesk } from './folder.ts';
import { bytesOf, sftpOf } from './visitor.ts';

const desk = freshDesk();

/** The bytes of the protocol, without a library in between. */
const raw = (): Promise<ClientChannel> =>
  new Promise((resolve, reject) => {
    desk.client.subsys('sftp', (error, channel) => (error ? reject(error) : resolve(channel)));
  });
const hello = '0000000501' + '00000003';

/** What is answered to these bytes until the client ends. */
async function answered(...packets: readonly string[]): Promise<string> {
  const channel = await raw();
  channel.end(Buffer.from(packets.join(''), 'hex'));
  return (await bytesOf(channel)).toString('hex');
}

describe('the greeting', () => {
  it('is version 3 with both extensions', async () => {
    const text = Buffer.from(await answered(hello), 'hex').toString('latin1');
    expect(text).toMatch(
      /^\0\0\0.\x02\0\0\0\x03.*posix-rename@openssh\.com\0\0\0\x011.*fsync@openssh\.com\0\0\0\x011$/s,
    );
  });
});

it('answers an unknown request as unsupported, and goes on', async () => {
  const unknown = '0000000563' + '00000007';
  const answer = await answered(hello, unknown, unknown);
  expect(answer.match(/65000000070000000800000015/g)).toHaveLength(2);
});

it.each([
  ['a packet without content', '00000000'],
  ['a packet that is too long', 'ffffffff01'],
  ['a packet that ends too early', '0000000603000000070a'],
])('ends at %s', async (_what, bytes) => {
  const channel = await raw();
  const code = new Promise((resolve) => channel.on('exit', resolve));
  channel.on('data', () => {}).write(Buffer.from(hello + bytes, 'hex'));
  expect(await code).toBe(1);
});

it('answers later where latency is asked for', async () => {
  desk.bastion.control.latency(30);
  const slow = await sftpOf(desk.client);
  const started = performance.now();
  await done<string>((call) => slow.realpath('.', call));
  expect(performance.now() - started).toBeGreaterThanOrEqual(55);
});
