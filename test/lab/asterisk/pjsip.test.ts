import { describe, expect, it } from 'vitest';
import { capture } from './captures.ts';
import { ask, start } from './fixture.ts';
import { endpoints } from './office.ts';

const both = ['chan_sip', 'pjsip'] as const;

describe('on 16, as captured', () => {
  const lists: [string, string][] = [
    ['pjsip-show-endpoints_all-states', 'pjsip show endpoints'],
    ['pjsip-show-contacts_all-states', 'pjsip show contacts'],
    ['pjsip-show-endpoint_registered-ok', 'pjsip show endpoint 10'],
    ['pjsip-show-endpoint_never-registered', 'pjsip show endpoint 12'],
    ['pjsip-show-endpoint_unreachable', 'pjsip show endpoint 14'],
    ['pjsip-show-endpoint_not-found', 'pjsip show endpoint 999'],
  ];
  it.each(lists)('%s', async (name, command) => {
    const host = await start(endpoints('16'), { technologies: both });
    expect(await ask(host, command)).toBe(capture('16', name));
  });

  it.each([
    ['pjsip-show-endpoints_none-registered', 'pjsip show endpoints'],
    ['pjsip-show-contacts_only-static', 'pjsip show contacts'],
  ])('%s', async (name, command) => {
    const nobody = endpoints('16').map((peer) => ({ ...peer, contacts: [] }));
    const host = await start(nobody, { technologies: both });
    expect(await ask(host, command)).toBe(capture('16', name));
  });
});

describe('on 22, as captured', () => {
  const lists: [string, string][] = [
    ['pjsip-show-endpoints_all-states', 'pjsip show endpoints'],
    ['pjsip-list-endpoints', 'pjsip list endpoints'],
    ['pjsip-show-contacts_all-states', 'pjsip show contacts'],
    ['pjsip-list-contacts', 'pjsip list contacts'],
    ['pjsip-show-endpoint_registered-ok-baresip', 'pjsip show endpoint 10'],
    ['pjsip-show-endpoint_never-registered', 'pjsip show endpoint 12'],
    ['pjsip-show-endpoint_registered-qualify-off', 'pjsip show endpoint 13'],
    ['pjsip-show-endpoint_unreachable', 'pjsip show endpoint 14'],
    ['pjsip-show-endpoint_not-found', 'pjsip show endpoint 999'],
  ];
  it.each(lists)('%s', async (name, command) => {
    const host = await start(endpoints('22'), { release: '22' });
    expect(await ask(host, command)).toBe(capture('22', name));
  });
});

describe('what no capture shows', () => {
  it('an empty list says so', async () => {
    const host = await start([], { release: '22' });
    // Of registrations there is a capture that is empty.
    const nothing = capture('22', 'pjsip-show-registrations_empty');
    expect(await ask(host, 'pjsip show endpoints')).toBe(nothing);
    expect(await ask(host, 'pjsip show contacts')).toBe(nothing);
  });

  it('an endpoint with two contacts shows both, and is there while one answers', async () => {
    const contacts = [
      { address: '192.0.2.7', port: 5060, qualify: 'unreachable' as const },
      { address: '192.0.2.8', port: 5060, qualify: { ms: 12.5 } },
    ];
    const host = await start([{ name: '10', contacts }], { release: '22' });
    const shown = await ask(host, 'pjsip show endpoints');
    expect(shown.match(/^ {6}Contact: {2}10.*$/gm)?.map((line) => line.slice(-19))).toEqual([
      'Unavail        -nan',
      'Avail        12.500',
    ]);
    expect(shown).toMatch(/^ Endpoint: {2}10 +Not in use {4}0 of inf$/m);
  });

  it('a name longer than the column leaves the address whole', async () => {
    const name = 'a'.repeat(60);
    const host = await start([{ name, contacts: [{ address: '192.0.2.7', port: 5060 }] }], { release: '22' });
    expect(await ask(host, 'pjsip show contacts')).toContain(`${name}/sip:${name}@192.0.2.7:5060 `);
  });

  it('names are found in their own letters only', async () => {
    const host = await start([{ name: 'ana', contacts: [] }], { release: '22' });
    expect(await ask(host, 'pjsip show endpoint ANA')).toBe('Unable to find object ANA.\n\n');
  });

  it('13 shows a time for whoever was asked, and calls the rest Created', async () => {
    const host = await start(endpoints('16'), { release: '13', technologies: both });
    const shown = await ask(host, 'pjsip show contacts');
    expect(shown).toMatch(/13\/sip:13@127\.0\.0\.1:5802 +7fb826a21f Created/);
    expect(shown).toMatch(/90210cc6c8 Unavail {7}0\.000$/m);
  });
});
