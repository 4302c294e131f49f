import { expect, it } from 'vitest';
import { startBastion } from '../../../lab/bastion/index.ts';
import { allOf, logIn as enter, forward } from '../bastion/visitor.ts';
import { capture } from './captures.ts';
import { start } from './fixture.ts';
import { office } from './office.ts';

it("is the lab's SSH host: its lines are run there, and its manager interface is behind it", async () => {
  const host = await start(office());
  const inside = '192.0.2.20:5100';
  const { host: address, port } = host.service;
  const bastion = await startBastion({ exec: host.exec, forwards: { [inside]: { host: address, port } } });
  const client = await enter(bastion.service);
  try {
    const ran = await new Promise<string>((resolve, reject) => {
      client.exec("asterisk -rx 'sip show peers'", (error, channel) =>
        error ? reject(error) : resolve(allOf(channel)),
      );
    });
    expect(ran).toBe(capture('16', 'sip-show-peers_all-states'));
    const channel = await forward(client, inside);
    channel.write('Action: Logoff\r\n\r\n');
    expect(await allOf(channel)).toMatch(/^Asterisk Call Manager\/5\.0\.4\r\nResponse: Goodbye\r\n/);
  } finally {
    client.end();
    await bastion.close();
  }
});
