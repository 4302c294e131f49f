import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { observer } from '../../../providers/observer/asterisk/observer.ts';

const capture = (name: string) => readFileSync(`test/fixtures/asterisk/asterisk-${name}.txt`, 'utf8');
const peers = capture('16.28.0_sip-show-peers_all-states');
const stale = capture('16.28.0_sip-show-peers_t+6s_stale-states');
const endpoints = capture('22.10.1_pjsip-show-endpoints_all-states');

const said = (text: string, ...keys: readonly string[]) =>
  observer
    .read(
      text,
      'paste.txt',
    )(keys)
    .map(({ status, evidence }) => `${status}: ${evidence}`);
const statuses = (text: string, ...keys: readonly string[]) =>
  observer
    .read(
      text,
      'paste.txt',
    )(keys)
    .map(({ status }) => status);

const header =
  'Name/username             Host                                    Dyn Forcerport Comedia    ACL Port     Status      Description                      Realtime';

describe('how text gets pasted', () => {
  it.each([
    ['with the line ends of Windows', peers.replaceAll('\n', '\r\n')],
    ['with colours', peers.replaceAll(/^(\S+)/gm, '\x1b[1;32m$1\x1b[0m')],
    ['with an empty line after each', peers.replaceAll('\n', '\n\n')],
    ['without the spaces at the ends', peers.replaceAll(/ +$/gm, '')],
    ['indented, as in a mail', peers.replaceAll(/^/gm, '    ')],
    ['with a byte order mark', `\ufeff${peers}`],
    ['behind the noise of a log-in', `Linux pbx 6.1\nLast login: Mon Nov 23\n${peers}`],
    [
      'with log lines in between',
      peers.replaceAll(
        '\n',
        "\n[2026-11-22 19:15:08.183] VERBOSE[285] chan_sip.c: Registered SIP '12' at 127.0.0.1:5\n",
      ),
    ],
    ['with a prompt and the command', `pbx*CLI> sip show peers\n${peers}pbx*CLI> \n`],
    ['with the command of a shell', `root@pbx:~# asterisk -rx "sip show peers"\n${peers}root@pbx:~# `],
    ['without its header, as grep leaves it', peers.split('\n').slice(1, -2).join('\n')],
    ['as rows of the manager interface', peers.replaceAll(/^/gm, 'Output: ')],
  ])('%s', (_how, text) => {
    expect(statuses(text, '10', '12', '14', '17')).toEqual([
      'registered',
      'unregistered',
      'unregistered',
      'unregistered',
    ]);
  });

  it('after a look that is older: the later one counts', () => {
    expect(statuses(`${stale}${peers}`, '14')).toEqual(['unregistered']);
    expect(statuses(`${peers}${stale}`, '14')).toEqual(['registered']);
  });

  it('several commands after one another, which know different names', () => {
    const one = capture('16.28.0_sip-show-peer_long-name');
    const name = 'recepcion-planta-principal-madrid';
    const text = `pbx*CLI> sip show peers\n${peers}pbx*CLI> sip show peer ${name} load\n${one}pbx*CLI> pjsip show endpoints\n${endpoints}`;
    expect(statuses(text, '17', name, 'recepcion-planta-principal-madrid-2', '10')).toEqual([
      'unregistered',
      'registered',
      'registered',
      'registered',
    ]);
  });

  it('console lines behind a prompt split nothing', () => {
    const [head = '', ...rows] = endpoints.split(/(?<= {6}Contact: {2}14.*\n)/);
    const text = `${head}pbx*CLI> [Nov 22 19:15:08] NOTICE[1]: chan_sip.c: Peer '10' is now UNREACHABLE!\n${rows.join('')}`;
    expect(said(text, '15')).toEqual([
      'registered: pjsip show endpoints: Avail 301.978 ms at 127.0.0.1:5701; reachable',
    ]);
  });

  it('an empty list, with the command that it answers to', () => {
    expect(statuses('pbx*CLI> pjsip show contacts\nNo objects found.\n', '10')).toEqual(['unknown']);
    expect(() => observer.read('No objects found.\n', 'paste.txt')).toThrow();
  });

  it('a name that `load` did not find either', () => {
    const text = 'pbx*CLI> sip show peer 999 load\nPeer 999 not found.\n';
    expect(said(text, '999')).toEqual(['unknown: sip show peer load: Peer 999 not found.']);
  });

  it('half of a peer tells nothing', () => {
    const half = capture('16.28.0_sip-show-peer_registered-ok-baresip').split('  Addr->IP')[0] ?? '';
    expect(() => observer.read(half, 'paste.txt')).toThrow();
  });

  it('lines without an end do no harm', () => {
    const long = `${'10/10 '.repeat(400_000)}\n`;
    const started = performance.now();
    expect(() => observer.read(`${long}${'x '.repeat(990)}\n`.repeat(20), 'paste.txt')).toThrow();
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('the list of chan_sip', () => {
  const row = (cells: string) => `${header}\n${cells}\n1 sip peers [Monitored: 1 online, 0 offline]\n`;

  it.each([
    ['1.4', '10/10                     192.0.2.10       D   N      5060     OK (23 ms) Cached RT   '],
    [
      '1.8',
      '10/10                     192.0.2.10                               D   N             5060     OK (23 ms) ',
    ],
    [
      '10',
      '10/10                     192.0.2.10                               D   N      A      5060     OK (23 ms)  Recepcion                       ',
    ],
    [
      '18',
      '10/10                     192.0.2.10                               D  Auto (Yes) Auto (Yes)  A  5060     OK (23 ms)  Sala OK (1 ms)                   Cached RT',
    ],
  ])('as version %s writes it', (_version, cells) => {
    expect(said(row(cells), '10')).toEqual([
      'registered: sip show peers: OK (23 ms) at 192.0.2.10:5060; reachable',
    ]);
  });

  it.each([
    ['2001:db8::17', '[2001:db8::17]:5060'],
    ['::ffff:192.0.2.7', '[::ffff:192.0.2.7]:5060'],
  ])('with the address %s', (host, at) => {
    const cells = `10/10                     ${host.padEnd(39)}  D  Yes        Yes            5060     OK (23 ms) `;
    expect(said(row(cells), '10')).toEqual([`registered: sip show peers: OK (23 ms) at ${at}; reachable`]);
  });

  it('with a status that is wider than its column', () => {
    const cells =
      'ext9000112/ext9000112     198.51.100.7                             D  Auto (Yes) Auto (Yes)  A  51234    LAGGED (2345 ms) Recepcion                        ';
    expect(said(row(cells), 'ext9000112')[0]).toMatch(
      /^registered: sip show peers: LAGGED \(2345 ms\) at 198\.51\.100\.7:51234/,
    );
  });

  it('with a user name that has a space', () => {
    const cells =
      '10/sala de juntas         192.0.2.10                               D  Yes        Yes            5060     OK (23 ms) ';
    expect(statuses(row(cells), '10')).toEqual(['registered']);
  });

  it('takes a name that fills its column for one that may go on, unless a user name follows it', () => {
    const cells =
      'recepcion-planta-principa 192.0.2.10                               D  Yes        Yes            5060     OK (23 ms) ';
    expect(statuses(row(cells), 'recepcion-planta-principa', 'recepcion-planta-principal')).toEqual([
      'unknown',
      'unknown',
    ]);
    const whole =
      'ext90001100/ext90001100-l 192.0.2.10                               D  Yes        Yes            5060     OK (23 ms) ';
    expect(statuses(row(whole), 'ext90001100')).toEqual(['registered']);
  });

  it('takes a name whose last letter was cut in two for one that goes on', () => {
    const cells =
      'recepcion-y-administraci\ufffd 192.0.2.10                               D  Yes        Yes            5060     OK (23 ms) ';
    expect(said(row(cells), 'recepcion-y-administración')[0]).toContain(
      'recepcion-y-administraci…, a name that is cut off',
    );
  });

  it.each([
    [
      'a port 0',
      '10/10                     192.0.2.10                               D  Yes        Yes            0        OK (23 ms) ',
    ],
    [
      'no address',
      '10/10                     (Unspecified)                            D  Yes        Yes            0        OK (23 ms) ',
    ],
    [
      'no address, but a port',
      '10/10                     (Unspecified)                            D  Yes        Yes            5060     OK (23 ms) ',
    ],
  ])('with %s nobody is registered, whatever the status says', (_what, cells) => {
    expect(statuses(row(cells), '10')).toEqual(['unregistered']);
  });

  it('first answer awaited: not known yet, and worth another look', () => {
    const cells =
      '10/10                     192.0.2.10                               D  Yes        Yes            5060     UNKNOWN     ';
    expect(observer.read(row(cells), 'paste.txt')(['10'])).toMatchObject([
      { status: 'unknown', trying: true },
    ]);
  });
});

describe('one peer of chan_sip', () => {
  it.each([
    ['[2001:db8::17]:5060', 'registered'],
    ['192.0.2.10 Port 5060', 'registered'],
    ['192.0.2.10:0', 'unregistered'],
    ['(Unspecified) Port 0', 'unregistered'],
    ['(null)', 'unregistered'],
    ['', 'unregistered'],
  ])('at "%s" is %s', (address, status) => {
    const text = `  * Name       : 10\n  Dynamic      : Yes\n  Expire       : 33\n  Addr->IP     : ${address}\n  Status       : OK (5 ms)\n`;
    expect(statuses(text, '10')).toEqual([status]);
  });

  it('tells the contact that the phone left, and none where it is gone', () => {
    const contactOf = (name: string, key: string) =>
      observer.read(capture(name), 'paste.txt')([key])[0]?.contact;
    expect(contactOf('16.28.0_sip-show-peer_registered-qualify-off', '13')).toBe('sip:13@127.0.0.1:5600');
    expect(contactOf('16.28.0_sip-show-peer_unregistered', '17')).toBeUndefined();
  });
});

describe('chan_pjsip', () => {
  const head =
    ' Endpoint:  <Endpoint/CID.....................................>  <State.....>  <Channels.>\n        Aor:  <Aor............................................>  <MaxContact>\n      Contact:  <Aor/ContactUri..........................> <Hash....> <Status> <RTT(ms)..>\n==========================================================================================\n\n';
  const block = (contacts: readonly string[], most = 2) =>
    `${head} Endpoint:  acme-10/10                                           Not in use    0 of inf\n     InAuth:  acme-10/10\n        Aor:  10                                                 ${most}\n${contacts.map((line) => `      Contact:  ${line}\n`).join('')}\n\nObjects found: 1\n`;

  it('one contact of several that answers is enough, in any order', () => {
    const dead = '10/sip:10@192.0.2.10:5060                  ec22cff575 Unavail         nan';
    const live = '10/sip:10@192.0.2.11:5060                  dcaa121914 Avail         2.475';
    for (const contacts of [
      [dead, live],
      [live, dead],
    ]) {
      expect(said(block(contacts), 'acme-10')).toEqual([
        'registered: pjsip show endpoints: Avail 2.475 ms at 192.0.2.11:5060; reachable',
      ]);
    }
    expect(statuses(block([dead]), 'acme-10')).toEqual(['unregistered']);
  });

  it('an address of record goes by its own name too: phones register as it', () => {
    const live = '10/sip:10@192.0.2.11:5060                  dcaa121914 Avail         2.475';
    expect(statuses(block([live]), '10', 'acme-10')).toEqual(['registered', 'registered']);
    expect(statuses(block([]), '10', 'acme-10')).toEqual(['unregistered', 'unregistered']);
  });

  it.each([
    [
      'without a hash, as before 13.10',
      '10/sip:10@192.0.2.10:5060                             Avail         2.475',
      'registered',
    ],
    [
      'Created, as 13 says for not monitored',
      '10/sip:10@192.0.2.10:5060                  ec22cff575 Created         nan',
      'registered',
    ],
    [
      'Unknown, as 13 says while it waits',
      '10/sip:10@192.0.2.10:5060                  ec22cff575 Unknown         nan',
      'unknown',
    ],
    ['Removed', '10/sip:10@192.0.2.10:5060                  ec22cff575 Removed         nan', 'unregistered'],
    ['of IPv6', '10/sip:10@[2001:db8::17]:5060              ec22cff575 Avail         2.475', 'registered'],
  ])('a contact %s', (_what, contact, status) => {
    expect(statuses(block([contact]), '10')).toEqual([status]);
  });

  it('where nobody may register, a contact is an address of the configuration', () => {
    const fixed = '10/sip:10@192.0.2.11:5060                  dcaa121914 Avail         2.475';
    expect(statuses(block([fixed], 0), '10')).toEqual(['unknown']);
  });

  it('the contact of one whose own line is mangled is not taken for that of the one before', () => {
    const mangled = endpoints.replace(
      /^ Endpoint: {2}13\/13.*$/m,
      ' Endpoint:  13/13       Not in[Nov 22] NOTICE',
    );
    expect(statuses(mangled, '12', '13', '15')).toEqual(['unregistered', 'registered', 'registered']);
    const strange = endpoints.replace(/^ {8}Aor: {2}13 .*$/m, '        Aor:  13 [Nov 22] NOTICE');
    expect(statuses(strange, '12', '13', '15')).toEqual(['unregistered', 'unknown', 'registered']);
  });

  it('a later list of contacts that is whole takes back who is no longer in it', () => {
    const contacts = capture('22.10.1_pjsip-show-contacts_all-states')
      .replace(/^.*Contact: {2}10\/.*\n/m, '')
      .replace('found: 8', 'found: 7');
    expect(said(`${endpoints}${contacts}`, '10', '11')).toEqual([
      'unregistered: pjsip show contacts: no contact; no address is held',
      'registered: pjsip show contacts: Avail 0.620 ms at 127.0.0.1:5360; reachable',
    ]);
    const torn = contacts.replace(/Objects found.*/, '');
    expect(statuses(`${endpoints}${torn}`, '10')).toEqual(['registered']);
  });
});

describe('the manager interface', () => {
  const ami = capture('22.10.1_ami-raw_PJSIPShowEndpoints-Contacts');

  it('pasted with the line ends of Unix', () => {
    expect(statuses(ami.replaceAll('\r\n', '\n'), '10', '12')).toEqual(['registered', 'unregistered']);
  });

  it('what a command printed, as until version 13', () => {
    const raw = capture('16.28.0_sip-show-peer_registered-ok-baresip');
    const text = `Response: Follows\r\nPrivilege: Command\r\n${raw}--END COMMAND--\r\n\r\n`;
    expect(statuses(text, '10')).toEqual(['registered']);
  });

  it('two contacts of one name, of which the last does not answer', () => {
    const event = (status: string, host: string) =>
      `Event: ContactList\nObjectName: 10;@1\nEndpoint: 10\nUri: sip:10@${host}:5060\nStatus: ${status}\nRoundtripUsec: 900\n\n`;
    const text = `${event('Reachable', '192.0.2.1')}${event('Unreachable', '192.0.2.2')}Event: ContactListComplete\nEventList: Complete\n\n`;
    expect(said(text, '10')).toEqual([
      'registered: PJSIPShowContacts: Reachable 0.9 ms at 192.0.2.1:5060; reachable',
    ]);
  });
});

it('what a PBX writes cannot move the cursor', () => {
  const text = 'Event: EndpointList\nObjectName: 10\nContacts: \nDeviceState: Un\u202eavail\u0007able\n\n';
  const [{ evidence } = { evidence: '' }] = observer.read(text, 'paste.txt')(['10']);
  expect(evidence).toBe('PJSIPShowEndpoints: Un\\u{202e}avail␇able, no contact; no address is held');
});
