import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { capture } from './captures.ts';
import { conversation, dial, logIn, start } from './fixture.ts';
import { office } from './office.ts';

const peers = ['Action: SIPpeers', 'ActionID: 1'];

describe('events between the packets of an answer', () => {
  it('are told to who listens', async () => {
    const host = await start(office());
    host.control.ami.chatter(2);
    const line = await dial(host);
    logIn(line, host);
    line.send(...peers);
    const packets = (await line.until(/PeerlistComplete[\s\S]*?\r\n\r\n/)).split('\r\n\r\n');
    const at = packets.findIndex((packet) => packet.includes('ObjectName: 11'));
    expect(
      packets
        .slice(at + 1, at + 3)
        .map((packet) => packet.split('\r\n')[0])
        .sort(),
    ).toEqual(['Event: PeerStatus', 'Event: VarSet']);
    expect(packets.filter((packet) => packet.includes('ActionID: 1'))).toHaveLength(20);
  });

  it('are not told to others', async () => {
    const host = await start(office({ answers: { '10': { ms: 2 } } }));
    host.control.ami.chatter(2);
    const heard = await conversation(host, peers);
    expect(heard).not.toMatch(/VarSet|elsewhere/);
  });
});

describe('the way back', () => {
  it('is slow and in pieces, and nothing is lost', async () => {
    const host = await start(office());
    const whole = await conversation(host, peers);
    host.control.ami.pace({ bytes: 97, ms: 1 });
    const line = await dial(host);
    let pieces = 0;
    line.socket.on('data', () => {
      pieces += 1;
    });
    logIn(line, host, 'Events: off');
    line.send(...peers);
    line.send('Action: Logoff');
    expect(await line.end()).toBe(whole);
    expect(pieces).toBeGreaterThan(whole.length / 97 / 4);
  });

  it('splits letters of two bytes too', async () => {
    const host = await start(office());
    const asked = ['Action: SIPshowpeer', 'Peer: 10'];
    const whole = await conversation(host, asked);
    host.control.ami.pace({ bytes: 1, ms: 0 });
    expect(await conversation(host, asked)).toBe(whole);
    expect(whole).toContain('Ana Pérez');
  });

  it('is cut in the middle of an answer, once', async () => {
    const host = await start(office());
    const line = await dial(host);
    logIn(line, host, 'Events: off');
    const before = (await line.until(/accepted\r\n\r\n/)).length;
    host.control.ami.cutAfter(1000);
    line.send(...peers);
    expect((await line.end()).length).toBe(before + 1000);
    expect(await conversation(host, peers)).toContain('PeerlistComplete');
  });

  it('stays silent until asked to speak', async () => {
    const host = await start(office());
    const line = await dial(host);
    logIn(line, host, 'Events: off');
    await line.until(/accepted/);
    host.control.ami.mute(true);
    line.send('Action: Ping', 'ActionID: lost');
    await new Promise((resolve) => setTimeout(resolve, 30));
    host.control.ami.mute(false);
    line.send('Action: Ping', 'ActionID: heard');
    expect(await line.until(/heard/)).not.toContain('lost');
  });
});

describe('the way in', () => {
  it('takes requests in pieces, several at once, and lines without a carriage return', async () => {
    const host = await start(office());
    const line = await dial(host);
    const { username, secret } = host.service.credentials;
    const text = `Action: Login\nUsername: ${username}\nSecret: ${secret}\nEvents: off\n\nAction: SIPpeers\nActionID: 1\n\n`;
    for (const piece of text.match(/[\s\S]{1,7}/g) ?? []) {
      line.socket.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await line.until(/ListItems: 18/)).toContain('Authentication accepted');
  });

  it('is closed to who never comes to an end', async () => {
    const host = await start([]);
    const line = await dial(host);
    line.socket.write('x'.repeat(200_000));
    await line.end();
    await expect.poll(() => host.control.ami.counters().open).toBe(0);
  });

  it('is cut when asked, for all', async () => {
    const host = await start([]);
    const line = await dial(host);
    await line.until(/Manager/);
    host.control.ami.dropConnections();
    await line.end();
    expect(await conversation(host)).toContain('Thanks for all the fish.');
  });

  it('is refused while the daemon is down, and open at the same place afterwards', async () => {
    const host = await start(office());
    await host.control.running(false);
    await expect(dial(host)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await host.control.running(true);
    expect(await conversation(host)).toContain('Authentication accepted');
  });

  it('ends with the host', async () => {
    const host = await start([]);
    const line = await dial(host);
    await line.until(/Manager/);
    const closed = once(line.socket, 'close');
    await host.close();
    await closed;
    await expect(dial(host)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

it('serves many at once, each its own answer', async () => {
  const host = await start(office({ answers: { '10': { ms: 2 } }, expires: { '10': 33, '14': 3479 } }));
  const asked = ['10', '12', '14', '999'].map((peer, index) => [
    'Action: SIPshowpeer',
    `ActionID: ${index + 1}`,
    `Peer: ${peer}`,
  ]);
  const heard = await Promise.all(Array.from({ length: 12 }, () => conversation(host, ...asked)));
  expect(new Set(heard)).toEqual(new Set([capture('16', 'ami-raw_SIPshowpeer-10-12-14-999')]));
  await expect.poll(host.control.ami.counters).toMatchObject({ connections: 12, logins: 12, open: 0 });
});
