import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import type { SessionContext } from '../../../providers/contract.ts';
import { observer } from '../../../providers/observer/asterisk/observer.ts';
import { later, serveTcp, thrown } from '../transport/servers.ts';
import {
  type AmiOptions,
  error,
  type FakeAmi,
  list,
  type Reply,
  type Request,
  startAmi,
} from './ami-server.ts';
import { contextOf, type FakeHost, startHost, targetOf } from './host.ts';

const capture = (name: string) => readFileSync(`test/fixtures/asterisk/asterisk-${name}.txt`, 'utf8');

const password = 'Kf7mQ2xRt';
const cleanup: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of cleanup.splice(0).reverse()) await end();
});

const peer = (name: string, address: string, status: string): Request => ({
  Event: 'PeerEntry',
  Channeltype: 'SIP',
  ObjectName: name,
  IPaddress: address,
  IPport: address === '-none-' ? '0' : '5060',
  Dynamic: 'yes',
  Status: status,
});

const peers = [
  peer('10', '192.0.2.10', 'OK (2 ms)'),
  peer('12', '-none-', 'UNKNOWN'),
  peer('14', '192.0.2.14', 'UNREACHABLE'),
];

const endpoint = (name: string, contacts: string, state: string): Request => ({
  Event: 'EndpointList',
  ObjectName: name,
  Aor: name,
  Contacts: contacts,
  DeviceState: state,
});

const contact = (name: string, host: string, status: string): Request => ({
  Event: 'ContactList',
  ObjectName: `${name};@0123`,
  Endpoint: name,
  Uri: `sip:${name}@${host}:5060`,
  Status: status,
  RoundtripUsec: 'N/A',
});

/** An Asterisk 16 without a peer in its database, and without endpoints. */
const sixteen: Readonly<Record<string, Reply>> = {
  SIPpeers: list(peers, 'PeerlistComplete'),
  SIPshowpeer: error('Peer 999 not found.'),
  PJSIPShowEndpoints: error('No endpoints found'),
  PJSIPShowContacts: error('No Contacts found'),
  Command: [{ Response: 'Success', Message: 'Command output follows', Output: 'Peer 999 not found.' }],
};

const twentyTwo: Readonly<Record<string, Reply>> = {
  PJSIPShowEndpoints: list(
    [
      endpoint('10', '10/sip:10@192.0.2.10:5060,', 'Not in use'),
      endpoint('12', '', 'Unavailable'),
      endpoint('trunk', 'trunk/sip:192.0.2.9:5060,', 'Not in use'),
    ],
    'EndpointListComplete',
  ),
  PJSIPShowContacts: list([contact('10', '192.0.2.10', 'Reachable')], 'ContactListComplete'),
};

const answering = (replies: Readonly<Record<string, Reply>>): AmiOptions => ({
  answer: ({ Action = '' }) =>
    replies[Action] ??
    error(`Invalid/unknown command: ${Action}. Use Action: ListCommands to show available commands.`),
});

interface Scene {
  readonly ami: FakeAmi;
  readonly host: FakeHost;
  open(change?: Partial<SessionContext>): ReturnType<typeof observer.open>;
}

async function scene(options: AmiOptions, settings: Readonly<Record<string, unknown>> = {}): Promise<Scene> {
  const ami = await startAmi(options);
  const host = await startHost(() => 'is refused');
  cleanup.push(ami.close, host.close);
  const manager = { host: '127.0.0.1', port: ami.port };
  const credentials = { username: new Secret('alta'), password: new Secret(password) };
  const open = async (change: Partial<SessionContext> = {}) => {
    const context = contextOf(host.access, { credentials, ...change });
    const session = await observer.open(targetOf(host.via, { manager, options: settings }), context);
    cleanup.push(session.close);
    return session;
  };
  return { ami, host, open };
}

async function look(
  options: AmiOptions,
  keys: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
) {
  const { ami, open } = await scene(options, settings);
  const found = await (await open()).registrations(keys);
  return { ami, found, statuses: found.map(({ status }) => status) };
}

const actionsOf = ({ asked }: FakeAmi) => asked.map(({ Action }) => Action);

describe('the login', () => {
  it('answers a challenge, and the password does not go over the wire', async () => {
    const { ami, open } = await scene(answering(sixteen));
    await open();
    expect(ami.asked).toMatchObject([
      { Action: 'Challenge', AuthType: 'MD5' },
      { Action: 'Login', AuthType: 'MD5', Username: 'alta', Events: 'off' },
    ]);
    expect(ami.heard()).not.toContain(password);
  });

  it('is plain where no challenge is offered', async () => {
    const { ami, open } = await scene({ ...answering(sixteen), challenge: false });
    const session = await open();
    expect(ami.asked[1]).toMatchObject({ Action: 'Login', Username: 'alta', Secret: password });
    expect(await session.registrations(['10'])).toMatchObject([{ status: 'registered' }]);
  });

  it.each([true, false])('that is refused is not tried again (challenge: %s)', async (challenge) => {
    const { ami, open } = await scene({ password: 'another', challenge });
    const failure = await thrown(open());
    expect(failure).toMatchObject({
      code: 'wrong-credentials',
      params: { host: `127.0.0.1:${ami.port}`, target: 'acme/pbx:sede' },
    });
    expect(actionsOf(ami).filter((action) => action === 'Login')).toHaveLength(1);
    await expect.poll(() => ami.connections.open).toBe(0);
    expect(JSON.stringify(failure)).not.toContain(password);
  });

  it('that somebody else uses is no wrong one', async () => {
    const { open } = await scene({ login: error('Login Already In Use') });
    expect(await thrown(open())).toMatchObject({ code: 'target-busy' });
  });

  it.each(['username', 'password'])('without a %s is not attempted', async (part) => {
    const { ami, open } = await scene({});
    const credentials = { username: new Secret('alta'), password: new Secret(password) };
    const { [part as 'username']: _, ...rest } = credentials;
    expect(await thrown(open({ credentials: rest }))).toMatchObject({
      code: 'credential-missing',
      params: { part },
    });
    expect(ami.connections.total).toBe(0);
  });

  it.each(['alta\r\nAction: Reload', 'alta\nX: y', 'alta\0'])(
    'with the name %j is not sent',
    async (name) => {
      const { ami, open } = await scene({});
      const credentials = { username: new Secret(name), password: new Secret(password) };
      expect(await thrown(open({ credentials }))).toMatchObject({ code: 'request-unsendable' });
      expect(actionsOf(ami)).not.toContain('Login');
    },
  );

  it('is not made to whatever else answers', async () => {
    const { ami, open } = await scene({ greeting: 'SSH-2.0-OpenSSH_9.2\r\n' });
    expect(await thrown(open())).toMatchObject({ code: 'strange-answer' });
    expect(actionsOf(ami)).toEqual(['Logoff']);
  });
});

describe('an Asterisk 16', () => {
  it('tells who is registered', async () => {
    const { statuses, found, ami } = await look(answering(sixteen), ['10', '12', '14']);
    expect(statuses).toEqual(['registered', 'unregistered', 'unregistered']);
    expect(found[0]?.evidence).toBe('SIPpeers: OK (2 ms) at 192.0.2.10:5060; reachable');
    expect(actionsOf(ami)).toEqual([
      'Challenge',
      'Login',
      'SIPpeers',
      'PJSIPShowEndpoints',
      'PJSIPShowContacts',
    ]);
  });

  it('whose lists end by name only, as old versions end them', async () => {
    const old = [
      { Response: 'Success', Message: 'Peer status list will follow' },
      ...peers,
      { Event: 'PeerlistComplete', ListItems: '3' },
    ];
    expect((await look(answering({ ...sixteen, SIPpeers: old }), ['10', '12'])).statuses).toEqual([
      'registered',
      'unregistered',
    ]);
  });

  it('events that nobody asked for, and packets of others, are left alone', async () => {
    const noisy = [
      { Response: 'Success', EventList: 'start' },
      ...peers,
      { Event: 'PeerlistComplete', EventList: 'Complete' },
    ];
    const raw = (id: string) =>
      `Event: FullyBooted\r\nStatus: Fully Booted\r\n\r\nEvent: PeerEntry\r\nActionID: other\r\nObjectName: 12\r\nIPaddress: 192.0.2.1\r\nIPport: 1\r\nDynamic: yes\r\nStatus: OK (1 ms)\r\n\r\n${noisy
        .map((one) =>
          Object.entries({ ...one, ActionID: id })
            .map(([k, v]) => `${k}: ${v}\r\n`)
            .join(''),
        )
        .join('\r\n')}\r\n`;
    const { statuses } = await look(answering({ ...sixteen, SIPpeers: { raw } }), ['10', '12']);
    expect(statuses).toEqual(['registered', 'unregistered']);
  });

  it('a peer of the database is looked for with a command, where the user may give one', async () => {
    const { statuses, ami, found } = await look(answering(sixteen), ['999']);
    expect(statuses).toEqual(['unregistered']);
    expect(ami.asked.at(-1)).toMatchObject({ Action: 'Command', Command: 'sip show peer 999 load' });
    expect(found[0]?.evidence).toContain('sip show peer load: Peer 999 not found.');
  });

  it('the same in the form that commands had until version 13', async () => {
    const text = capture('16.28.0_sip-show-peer_realtime-cached-registered');
    const raw = (id: string) =>
      `Response: Follows\r\nPrivilege: Command\r\nActionID: ${id}\r\n${text}--END COMMAND--\r\n\r\n`;
    const { statuses, found } = await look(answering({ ...sixteen, Command: { raw } }), ['50']);
    expect(statuses).toEqual(['registered']);
    expect(found[0]?.evidence).toBe('sip show peer load: OK (8 ms) at 127.0.0.1:7100; reachable');
  });

  it('a user who may give no command is not made to try it for every peer, and nothing is proven', async () => {
    const missing: AmiOptions = {
      answer: ({ Action = '', Peer }) =>
        Action === 'SIPshowpeer'
          ? error(`Peer ${Peer} not found.`)
          : (sixteen[Action === 'Command' ? 'none' : Action] ?? error('Permission denied')),
    };
    const keys = Array.from({ length: 20 }, (_, index) => String(980 + index));
    const { statuses, ami, found } = await look(missing, keys);
    expect(new Set(statuses)).toEqual(new Set(['unknown']));
    expect(actionsOf(ami).filter((action) => action === 'Command')).toHaveLength(1);
    expect(found.at(-1)?.evidence).toBe(
      'SIPshowpeer: Peer 999 not found.; the database may hold it all the same',
    );
  });
});

describe('an Asterisk 22', () => {
  it('tells who is registered, and takes a fixed address for none', async () => {
    const { statuses, ami } = await look(answering(twentyTwo), ['10', '12', 'trunk', '999']);
    expect(statuses).toEqual(['registered', 'unregistered', 'unknown', 'unregistered']);
    expect(actionsOf(ami).slice(2)).toEqual(['SIPpeers', 'PJSIPShowEndpoints', 'PJSIPShowContacts']);
  });

  it('in place of whose contacts version 13 has their states', async () => {
    const states = list(
      [
        {
          Event: 'ContactStatusDetail',
          AOR: '10',
          EndpointName: '10',
          URI: 'sip:10@192.0.2.10:5060',
          Status: 'Reachable',
          RoundtripUsec: '1500',
        },
      ],
      'ContactStatusDetailComplete',
    );
    const { PJSIPShowEndpoints = 'silence' } = twentyTwo;
    const thirteen = { PJSIPShowEndpoints, PJSIPShowRegistrationInboundContactStatuses: states };
    const { statuses, found } = await look(answering(thirteen), ['10', '12'], { technology: 'pjsip' });
    expect(statuses).toEqual(['registered', 'unregistered']);
    expect(found[0]?.evidence).toMatch(/: Reachable 1\.5 ms at 192\.0\.2\.10:5060; reachable$/);
  });
});

describe('who cannot look is told why', () => {
  it.each([
    [error('Permission denied'), 'forbidden', 'its user needs class system or reporting'],
    [error('Something else'), 'strange-answer', 'an error of 14 characters'],
  ])('%j', async (reply, code, evidence) => {
    const failure = await thrown(look(answering({ ...sixteen, SIPpeers: reply }), ['10']));
    expect(failure).toMatchObject({ code, params: { operation: 'SIPpeers', evidence } });
  });

  it('the connection ends in the middle', async () => {
    expect(await thrown(look(answering({ ...sixteen, SIPpeers: 'cut' }), ['10']))).toMatchObject({
      code: 'connection-reset',
    });
  });

  it('nobody listens there', async () => {
    const host = await startHost(() => 'is refused');
    cleanup.push(host.close);
    const credentials = { username: new Secret('alta'), password: new Secret(password) };
    const target = targetOf(host.via, { manager: { host: '127.0.0.1', port: 1 } });
    const failure = await thrown(observer.open(target, contextOf(host.access, { credentials })));
    expect(failure).toMatchObject({ code: 'unreachable', params: { host: '127.0.0.1:1' } });
  });

  it('an address that is never dialled is not dialled from there either', async () => {
    const host = await startHost(() => 'is refused');
    cleanup.push(host.close);
    const credentials = { username: new Secret('alta'), password: new Secret(password) };
    const target = targetOf(host.via, { manager: { host: '169.254.169.254', port: 5038 } });
    const failure = await thrown(observer.open(target, contextOf(host.access, { credentials })));
    expect(failure).toMatchObject({ code: 'address-refused' });
  });

  it('it never stops talking', async () => {
    const server = await serveTcp((socket) => {
      const more = () => {
        while (socket.writable && socket.write('x'.repeat(64 * 1024)));
      };
      socket.on('drain', more);
      socket.write('Asterisk Call Manager/5.0.4\r\n');
      more();
    });
    const host = await startHost(() => 'is refused');
    cleanup.push(server.close, host.close);
    const credentials = { username: new Secret('alta'), password: new Secret(password) };
    const target = targetOf(host.via, { manager: { host: '127.0.0.1', port: server.port } });
    const failure = await thrown(observer.open(target, contextOf(host.access, { credentials })));
    expect(failure).toMatchObject({ code: 'answer-too-large', params: { limit: 1024 * 1024 } });
  });

  it('a list without an end', async () => {
    const packet = 'Event: PeerEntry\r\nActionID: ID\r\nStatus: OK (1 ms)\r\nPadding: '.concat(
      'x'.repeat(60_000),
      '\r\n\r\n',
    );
    const raw = (id: string) =>
      `Response: Success\r\nActionID: ${id}\r\n\r\n${packet.replace('ID\r', `${id}\r`).repeat(300)}`;
    expect(await thrown(look(answering({ ...sixteen, SIPpeers: { raw } }), ['10']))).toMatchObject({
      code: 'answer-too-large',
      params: { operation: 'SIPpeers', limit: 16 * 1024 * 1024 },
    });
  });
});

describe('the end', () => {
  it('is a goodbye, said once', async () => {
    const { ami, open } = await scene(answering(sixteen));
    const session = await open();
    await session.close();
    await session.close();
    expect(actionsOf(ami)).toEqual(['Challenge', 'Login', 'Logoff']);
    await expect.poll(() => ami.connections.open).toBe(0);
  });

  it('an abort ends a question at once, and the goodbye is said all the same', async () => {
    const { ami, open } = await scene(answering({ ...sixteen, SIPpeers: 'silence' }));
    const stop = new AbortController();
    const session = await open({ signal: stop.signal });
    const work = thrown(session.registrations(['10']));
    while (ami.asked.length < 3) await later(5);
    stop.abort(new Error('stop'));
    expect(await work).toMatchObject({ code: 'aborted', params: { operation: 'SIPpeers' } });
    await session.close();
    expect(actionsOf(ami).at(-1)).toBe('Logoff');
  });

  it('several looks go over one connection, one after another', async () => {
    const { ami, open } = await scene(answering(sixteen));
    const session = await open();
    const looks = await Promise.all([['10'], ['12'], ['14']].map((keys) => session.registrations(keys)));
    expect(looks.map(([one]) => one?.status)).toEqual(['registered', 'unregistered', 'unregistered']);
    expect(ami.connections.total).toBe(1);
  });
});
