import { describe, expect, it } from 'vitest';
import type { LabAsteriskChannel } from '../../../lab/asterisk/index.ts';
import { capture } from './captures.ts';
import { ask, start } from './fixture.ts';
import { endpoints, office } from './office.ts';

describe('core show version', () => {
  it.each(['16', '22'] as const)('of %s, as captured', async (release) => {
    const said = capture(release, 'core-show-version');
    const built = said.slice(said.indexOf('built by')).trimEnd();
    const host = await start([], { release, built });
    expect(await ask(host, 'core show version')).toBe(said);
  });

  it.each(['13', '16', '22'] as const)('of %s says its release', async (release) => {
    const host = await start([], { release });
    expect(await ask(host, 'core show version')).toMatch(
      new RegExp(`^Asterisk ${release}\\.\\S+ built by .+\\n$`),
    );
  });
});

describe('no such command', () => {
  it('is said of nonsense, as captured', async () => {
    const host = await start([]);
    expect(await ask(host, 'nonsense command')).toBe(capture('16', 'no-such-command'));
  });

  it('is said of chan_sip where there is none, as captured', async () => {
    const host = await start(endpoints('22'), { release: '22' });
    expect(await ask(host, 'sip show peers')).toBe(
      capture('22', 'sip-show-peers_no-such-command-no-chan_sip'),
    );
  });

  it('is said of pjsip where there is none', async () => {
    const host = await start(office());
    expect(await ask(host, 'pjsip show endpoints')).toBe(
      "No such command 'pjsip show endpoints' (type 'core show help pjsip show' for other possible commands)\n",
    );
  });

  it('keeps the words as they were written', async () => {
    const host = await start(office());
    expect(await ask(host, 'sip show  NONSENSE')).toMatch(/^No such command 'sip show {2}NONSENSE' \(type '/);
  });
});

describe('a line', () => {
  it('is understood in capitals and with blanks', async () => {
    const host = await start(office());
    const plain = await ask(host, 'sip show peers');
    expect(await ask(host, '  SIP Show   Peers ')).toBe(plain);
  });

  it('that is empty prints nothing', async () => {
    const host = await start(office());
    expect(await ask(host, '')).toBe('');
  });

  it('may quote a name', async () => {
    const host = await start([{ name: 'sala grande', contacts: [] }]);
    expect(await ask(host, 'sip show peer "sala grande"')).toContain('* Name       : sala grande\n');
  });

  it('with both drivers reaches the peers of each', async () => {
    const host = await start([...office(), ...endpoints('16')], { technologies: ['chan_sip', 'pjsip'] });
    expect(await ask(host, 'sip show peers')).toBe(capture('16', 'sip-show-peers_all-states'));
    expect(await ask(host, 'pjsip show contacts')).toBe(capture('16', 'pjsip-show-contacts_all-states'));
  });
});

describe('core show channels concise', () => {
  const bridge = 'cc21a6fb-0d9a-4088-b28a-67161ea848a9';
  const leg = { context: 'internal', state: 'Up', duration: 0, bridge };
  const legs: LabAsteriskChannel[] = [
    {
      ...leg,
      name: 'SIP/10-0000000a',
      exten: '11',
      priority: 2,
      application: 'Dial',
      data: 'SIP/11,20',
      callerIdNum: '10',
      uniqueId: 'lab16-1795375959.15',
    },
    {
      ...leg,
      name: 'SIP/11-0000000b',
      exten: '',
      priority: 1,
      application: 'AppDial',
      data: '(Outgoing Line)',
      callerIdNum: '11',
      uniqueId: 'lab16-1795375959.16',
    },
  ];

  it('during a call, as captured', async () => {
    const host = await start([], { channels: () => legs });
    const said = capture('16', 'core-show-channels-concise_during-internal-call-10-to-11');
    expect(await ask(host, 'core show channels concise')).toBe(said);
  });

  it('of an idle daemon prints nothing', async () => {
    const host = await start([]);
    expect(await ask(host, 'core show channels concise')).toBe(
      capture('16', 'core-show-channels-concise_idle'),
    );
  });
});
