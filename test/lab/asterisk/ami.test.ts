import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LabAmiClass } from '../../../lab/asterisk/index.ts';
import { capture } from './captures.ts';
import { ask, conversation, dial, logIn, start } from './fixture.ts';
import { endpoints, office } from './office.ts';

describe('as captured', () => {
  it('SIPpeers', async () => {
    const answers = {
      '10': { ms: 2 },
      '15': { ms: 301, lagged: true },
      '16': { ms: 16 },
      '22': { ms: 2 },
      '24': { ms: 1 },
      'carrier-ok': { ms: 1 },
      'recepcion-planta-principal-madrid': { ms: 2 },
    };
    const host = await start(office({ answers }));
    const heard = await conversation(host, ['Action: SIPpeers', 'ActionID: 1']);
    expect(heard).toBe(capture('16', 'ami-raw_SIPpeers'));
  });

  it('SIPshowpeer', async () => {
    const host = await start(office({ answers: { '10': { ms: 2 } }, expires: { '10': 33, '14': 3479 } }));
    const heard = await conversation(
      host,
      ...['10', '12', '14', '999'].map((peer, index) => [
        'Action: SIPshowpeer',
        `ActionID: ${index + 1}`,
        `Peer: ${peer}`,
      ]),
    );
    expect(heard).toBe(capture('16', 'ami-raw_SIPshowpeer-10-12-14-999'));
  });

  it('PJSIPShowEndpoints, PJSIPShowContacts and the statuses of registrations', async () => {
    const host = await start(endpoints('22', [4.313, 0.509, 301.909, 1.808]), {
      release: '22',
      systemName: 'lab22',
      now: () => 1_795_375_922_500,
    });
    const heard = await conversation(
      host,
      ['Action: PJSIPShowEndpoints', 'ActionID: 1'],
      ['Action: PJSIPShowContacts', 'ActionID: 2'],
      ['Action: PJSIPShowRegistrationInboundContactStatuses', 'ActionID: 3'],
    );
    const whole = capture('22', 'ami-raw_PJSIPShowEndpoints-Contacts');
    // What follows asks for one endpoint, with its password in clear.
    const [before = ''] = whole.split('Response: Success\r\nActionID: 4');
    expect(heard).toBe(`${before}Response: Goodbye\r\nMessage: Thanks for all the fish.\r\n\r\n`);
    expect(before.length).toBeGreaterThan(8000);
  });
});

describe('logging in', () => {
  it.each([
    ['13', '2.10.6'],
    ['16', '5.0.4'],
    ['22', '11.0.0'],
  ] as const)('%s greets with %s', async (release, version) => {
    const line = await dial(await start([], { release }));
    expect(await line.until(/\n/)).toBe(`Asterisk Call Manager/${version}\r\n`);
  });

  it('works with a challenge, and never shows the secret', async () => {
    const host = await start([]);
    const line = await dial(host);
    line.send('Action: Challenge', 'AuthType: MD5', 'ActionID: c');
    const [, text = ''] =
      /ActionID: c\r\nChallenge: (\d+)\r\n\r\n/.exec(await line.until(/Challenge: \d+\r\n\r\n/)) ?? [];
    const { username, secret } = host.service.credentials;
    const key = createHash('md5')
      .update(text + secret)
      .digest('hex');
    line.send('Action: Login', 'AuthType: MD5', `Username: ${username}`, `Key: ${key}`, 'Events: off');
    expect(await line.until(/Authentication \w+/)).toMatch(/Message: Authentication accepted$/m);
    expect(JSON.stringify(host.control.ami.actions())).not.toContain(secret);
  });

  it('fails with the key of another challenge', async () => {
    const host = await start([]);
    const line = await dial(host);
    line.send('Action: Challenge', 'AuthType: MD5');
    const { username, secret } = host.service.credentials;
    const key = createHash('md5').update(`1${secret}`).digest('hex');
    line.send('Action: Login', 'AuthType: MD5', `Username: ${username}`, `Key: ${key}`);
    expect(await line.end()).toMatch(/Response: Error\r\nMessage: Authentication failed\r\n\r\n$/);
  });

  it('fails with a wrong secret, late, and ends the connection', async () => {
    const host = await start([], { ami: { refusalMs: 40 } });
    const line = await dial(host);
    const began = performance.now();
    line.send('Action: Login', 'Username: alta', 'Secret: wrong', 'ActionID: 7');
    expect(await line.end()).toMatch(
      /Response: Error\r\nActionID: 7\r\nMessage: Authentication failed\r\n\r\n$/,
    );
    expect(performance.now() - began).toBeGreaterThanOrEqual(38);
    await expect.poll(host.control.ami.counters).toMatchObject({ logins: 0, refusedLogins: 1, open: 0 });
  });

  it('is needed for anything else', async () => {
    const line = await dial(await start(office()));
    line.send('Action: SIPpeers', 'ActionID: 1');
    expect(await line.until(/Message/)).toMatch(
      /Response: Error\r\nActionID: 1\r\nMessage: Permission denied/,
    );
  });

  it('is said to be done already', async () => {
    const host = await start([]);
    const line = await dial(host);
    logIn(line, host, 'Events: off');
    logIn(line, host);
    expect(await line.until(/already/i)).toContain('Response: Success\r\nMessage: Already authenticated\r\n');
  });

  it('tells that the daemon is up, to who listens', async () => {
    const host = await start([]);
    const [loud, quiet] = [await dial(host), await dial(host)];
    logIn(loud, host);
    logIn(quiet, host, 'Events: off');
    expect(await loud.until(/Fully Booted/)).toContain(
      '\r\n\r\nEvent: FullyBooted\r\nPrivilege: system,all\r\n',
    );
    await quiet.until(/accepted/);
    expect(quiet.heard()).not.toContain('FullyBooted');
  });

  it('is tried so often only, until somebody forgives', async () => {
    const host = await start([], { ami: { maxFailedLogins: 2 } });
    const fail = async () => {
      const line = await dial(host);
      line.send('Action: Login', 'Username: alta', 'Secret: wrong');
      return line.end();
    };
    const heard = [await fail(), await fail(), await fail()];
    expect(heard.map((text) => text.includes('Authentication failed'))).toEqual([true, true, false]);
    expect(heard[2]).toBe('');
    expect(host.control.ami.counters()).toMatchObject({ refusedLogins: 2, barred: 1 });
    host.control.ami.unlock();
    expect(await conversation(host)).toContain('Authentication accepted');
  });
});

describe('actions', () => {
  const denied = (write: LabAmiClass[]) => ({ ami: { users: [{ username: 'ana', secret: 's', write }] } });

  it.each([
    ['SIPpeers', ['command']],
    ['SIPshowpeer', ['call']],
    ['SIPpeerstatus', ['reporting']],
    ['Command', ['system', 'reporting']],
  ] as [string, LabAmiClass[]][])('%s is not for %j', async (action, write) => {
    const host = await start(office(), denied(write));
    const heard = await conversation(host, [
      `Action: ${action}`,
      'ActionID: 1',
      'Peer: 10',
      'Command: core show version',
    ]);
    expect(heard).toContain('Response: Error\r\nActionID: 1\r\nMessage: Permission denied\r\n\r\n');
    expect(host.control.ami.actions()).toContainEqual(
      expect.objectContaining({ action, outcome: 'refused' }),
    );
  });

  it('SIPpeers is for who may see reports', async () => {
    const heard = await conversation(await start(office(), denied(['reporting'])), ['Action: SIPpeers']);
    expect(heard).toContain('ListItems: 18\r\n');
  });

  it.each([
    ['16', 'PJSIPShowContacts'],
    ['22', 'SIPpeers'],
    ['16', 'Nonsense'],
  ] as const)('on %s nobody knows %s', async (release, action) => {
    const host = await start([], { release });
    const heard = await conversation(host, [`Action: ${action}`, 'ActionID: 9']);
    const message = `Invalid/unknown command: ${action}. Use Action: ListCommands to show available commands.`;
    expect(heard).toContain(`Response: Error\r\nActionID: 9\r\nMessage: ${message}\r\n\r\n`);
  });

  it('are found in any letters, and answered without a mark where there was none', async () => {
    const heard = await conversation(await start([]), ['ACTION: ping']);
    expect(heard).toMatch(/\r\n\r\nResponse: Success\r\nPing: Pong\r\nTimestamp: \d+\.\d{6}\r\n\r\n/);
  });

  it('without a name are missed', async () => {
    const heard = await conversation(await start([]), ['ActionID: 3', 'Peer: 10']);
    expect(heard).toContain('Response: Error\r\nActionID: 3\r\nMessage: Missing action in request\r\n');
  });

  it('that list nothing fail', async () => {
    const host = await start([], { release: '22' });
    const heard = await conversation(host, ['Action: PJSIPShowContacts'], ['Action: PJSIPShowEndpoints']);
    expect(heard).toContain('Response: Error\r\nMessage: No Contacts found\n\r\n\r\n');
    expect(heard).toContain('Response: Error\r\nMessage: No endpoints found\n\r\n\r\n');
  });

  it('SIPpeerstatus tells one, or all, with the mark at the end', async () => {
    const host = await start(office());
    const one = await conversation(host, ['Action: SIPpeerstatus', 'ActionID: 4', 'Peer: SIP/15']);
    expect(one).toContain(
      'Event: PeerStatus\r\nPrivilege: System\r\nChannelType: SIP\r\nPeer: SIP/15\r\nPeerStatus: Lagged\r\nTime: 300\r\nActionID: 4\r\n\r\n',
    );
    const all = await conversation(host, ['Action: SIPpeerstatus']);
    expect(all.match(/PeerStatus: \w+/g)).toHaveLength(18);
    expect(all).toContain('Event: SIPpeerstatusComplete\r\nEventList: Complete\r\nListItems: 18\r\n\r\n');
    expect(await conversation(host, ['Action: SIPpeerstatus', 'Peer: 999'])).toContain(
      'Message: No such peer\r\n',
    );
  });

  it('turn events off and on', async () => {
    const host = await start([]);
    const line = await dial(host);
    logIn(line, host, 'Events: off');
    line.send('Action: Events', 'EventMask: on');
    await line.until(/Events: On/);
    host.control.ami.emit({ Event: 'Reload', Privilege: 'system,all' });
    expect(await line.until(/Reload/)).toContain('\r\n\r\nEvent: Reload\r\nPrivilege: system,all\r\n\r\n');
  });
});

it('events reach those alone who may hear of their class', async () => {
  const users = [{ username: 'ana', secret: 's', read: ['call'] as const }];
  const host = await start([], { ami: { users } });
  const line = await dial(host);
  logIn(line, host);
  await line.until(/accepted/);
  host.control.ami.emit({ Event: 'Reload', Privilege: 'system,all' });
  host.control.ami.emit({ Event: 'Hangup', Privilege: 'call,all' });
  expect(await line.until(/Hangup/)).not.toMatch(/Reload|FullyBooted/);
});

describe('Command', () => {
  const asked = ['Action: Command', 'ActionID: 5', 'Command: sip show peer 10'];

  it('names each line, from 14 on', async () => {
    const host = await start(office());
    const printed = await ask(host, 'sip show peer 10');
    const lines = printed
      .slice(0, -1)
      .split('\n')
      .map((line) => `Output: ${line}\r\n`)
      .join('');
    const heard = await conversation(host, asked);
    expect(heard).toContain(
      `Response: Success\r\nActionID: 5\r\nMessage: Command output follows\r\n${lines}\r\n`,
    );
    expect(lines).toMatch(/^Output: \r\nOutput: \r\nOutput: {3}\* Name/);
  });

  it('shows that a command failed, from 14 on', async () => {
    const heard = await conversation(await start([]), ['Action: Command', 'Command: nonsense command']);
    expect(heard).toContain(
      "Response: Error\r\nMessage: Command output follows\r\nOutput: No such command 'nonsense",
    );
  });

  it('gives the text as it is, and an end mark, up to 13', async () => {
    const host = await start(office(), { release: '13' });
    const printed = await ask(host, 'sip show peer 10');
    const heard = await conversation(host, asked);
    expect(heard).toContain(
      `Response: Follows\r\nPrivilege: Command\r\nActionID: 5\r\n${printed}--END COMMAND--\r\n\r\n`,
    );
  });

  it('must be given one', async () => {
    const heard = await conversation(await start([]), ['Action: Command']);
    expect(heard).toContain('Response: Error\r\nMessage: No command provided\r\n');
  });

  it('is remembered, with who asked', async () => {
    const host = await start(office());
    await conversation(host, asked);
    expect(host.control.ami.actions()).toContainEqual({
      action: 'Command',
      username: 'alta',
      command: 'sip show peer 10',
      outcome: 'done',
    });
  });
});
