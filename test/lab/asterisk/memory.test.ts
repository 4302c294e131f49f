import { describe, expect, it } from 'vitest';
import type { LabAsteriskContact, LabAsteriskOptions, LabAsteriskPeer } from '../../../lab/asterisk/index.ts';
import { ask, conversation, start } from './fixture.ts';

const contact: LabAsteriskContact = {
  address: '192.0.2.10',
  port: 5062,
  userAgent: 'Yealink SIP-T46S 66.86.0.15',
  expires: 120,
  qualify: { ms: 23 },
};

/** A host whose one peer comes and goes, on a clock of its own. */
async function scene(more: Partial<LabAsteriskPeer> = {}, options: Partial<LabAsteriskOptions> = {}) {
  let now = 1_000_000;
  let isThere = true;
  const peer = (): LabAsteriskPeer => ({ name: 'ext9000110', contacts: isThere ? [contact] : [], ...more });
  const host = await start(() => [peer()], { now: () => now, ...options });
  const row = async () => {
    const table = await ask(host, 'sip show peers');
    const [, host16 = '', port = '', status = ''] =
      /^ext9000110\S* +(\S+) +D .* (\d+) +(OK \(\d+ ms\)|UNREACHABLE|UNKNOWN|Unmonitored) /m.exec(table) ??
      [];
    return `${host16} ${port} ${status}`.trim();
  };
  return {
    host,
    row,
    wait: (ms: number) => {
      now += ms;
    },
    leave: () => {
      isThere = false;
      host.control.look();
    },
    come: () => {
      isThere = true;
    },
  };
}

describe('a phone that says that it leaves', () => {
  it('is gone at once where nothing is stale', async () => {
    const { host, row, leave } = await scene();
    expect(await row()).toBe('192.0.2.10 5062 OK (23 ms)');
    leave();
    expect(await row()).toBe('(Unspecified) 0 UNKNOWN');
    expect(await ask(host, 'sip show peer ext9000110')).toMatch(
      /Expire {7}: -1\n[\s\S]*Useragent {4}: Yealink SIP-T46S 66\.86\.0\.15\n {2}Reg\. Contact : sip:ext9000110@192\.0\.2\.10:5062\n/,
    );
  });

  it('keeps its status for a while, and counts as online', async () => {
    const { host, row, wait, leave } = await scene({}, { staleMs: 60_000 });
    host.control.look();
    leave();
    wait(59_999);
    expect(await row()).toBe('(Unspecified) 0 OK (23 ms)');
    expect(await ask(host, 'sip show peers')).toContain('[Monitored: 1 online, 0 offline');
    wait(1);
    expect(await row()).toBe('(Unspecified) 0 UNKNOWN');
  });

  it('is as new when it comes back', async () => {
    const { host, row, wait, leave, come } = await scene({}, { staleMs: 60_000 });
    host.control.look();
    leave();
    wait(5000);
    come();
    expect(await row()).toBe('192.0.2.10 5062 OK (23 ms)');
    leave();
    wait(59_000);
    expect(await row()).toBe('(Unspecified) 0 OK (23 ms)');
  });

  it('has no contact in pjsip, however stale', async () => {
    const { host, leave } = await scene({}, { release: '22', staleMs: 60_000 });
    host.control.look();
    leave();
    const shown = await ask(host, 'pjsip show endpoints');
    expect(shown).toMatch(/ Endpoint: {2}ext9000110 +Unavailable /);
    expect(shown).not.toMatch(/Contact: {2}ext/);
  });
});

describe('a phone that vanishes', () => {
  const options = { ending: 'vanished', staleMs: 60_000 } as const;

  it('is there, then unreachable, then forgotten', async () => {
    const { host, row, wait, leave } = await scene({}, options);
    host.control.look();
    leave();
    wait(59_000);
    expect(await row()).toBe('192.0.2.10 5062 OK (23 ms)');
    wait(2000);
    expect(await row()).toBe('192.0.2.10 5062 UNREACHABLE');
    wait(60_000);
    expect(await row()).toBe('(Unspecified) 0 UNKNOWN');
  });

  it('keeps its contact in pjsip until it expires', async () => {
    const { host, wait, leave } = await scene({}, { ...options, release: '22' });
    host.control.look();
    const words = async () => (await ask(host, 'pjsip show contacts')).match(/Avail|Unavail|No objects/)?.[0];
    leave();
    const [then] = [await words()];
    wait(61_000);
    const later = await words();
    wait(60_000);
    expect([then, later, await words()]).toEqual(['Avail', 'Unavail', 'No objects']);
  });
});

it('a daemon that was started again knows of no phone that left', async () => {
  const { host, row, leave } = await scene({}, { staleMs: 60_000 });
  host.control.look();
  leave();
  await host.control.running(false);
  await host.control.running(true);
  expect(await row()).toBe('(Unspecified) 0 UNKNOWN');
  expect(await ask(host, 'sip show peers')).toMatch(/^ext9000110 +\(Unspecified\)/m);
});

describe('a peer of the database', () => {
  const kept = { realtime: true, contacts: [] };

  it('is in no list until it is loaded', async () => {
    const { host, row } = await scene(kept);
    expect(await ask(host, 'sip show peers')).toMatch(/Realtime\n0 sip peers /);
    expect(await ask(host, 'sip show peer ext9000110')).toBe('Peer ext9000110 not found.\n\n');
    expect(await conversation(host, ['Action: SIPshowpeer', 'Peer: ext9000110'])).toContain('not found.');
    await ask(host, 'sip show peer ext9000110 load');
    expect(await row()).toBe('(Unspecified) 0 UNREACHABLE');
    expect(await ask(host, 'sip show peer ext9000110')).toContain('  Realtime peer: Yes, cached\n');
  });

  it('is known once it has registered, and stays so', async () => {
    const { row, host, leave } = await scene({ realtime: true });
    host.control.look();
    leave();
    expect(await row()).toBe('(Unspecified) 0 UNKNOWN');
  });

  it('is never in a list where none are kept in mind', async () => {
    const { host } = await scene({ realtime: true }, { realtimeCache: false });
    expect(await ask(host, 'sip show peers')).toMatch(/^0 sip peers /m);
    expect(await ask(host, 'sip show peer ext9000110')).toContain('not found.');
    expect(await ask(host, 'sip show peer ext9000110 load')).toContain('  Addr->IP     : 192.0.2.10:5062\n');
    expect(await ask(host, 'sip show peers')).toMatch(/^0 sip peers /m);
  });

  it('stands beside others, which are marked too', async () => {
    const others: LabAsteriskPeer[] = [
      { name: 'fija', contacts: [] },
      { name: 'ext9000111', realtime: true, contacts: [contact] },
    ];
    const host = await start(others);
    const table = await ask(host, 'sip show peers');
    expect(table.match(/Cached RT$/gm)).toHaveLength(1);
    expect(await ask(host, 'sip show peer fija')).toContain('  Realtime peer: No\n');
  });
});

describe('a host behind a proxy', () => {
  const fronted = { address: '198.51.100.4', port: 5060 };
  const peers: LabAsteriskPeer[] = ['ext9000110', 'ext9000111'].map((name, index) => ({
    name,
    contacts: [{ ...contact, port: 5062 + index }],
  }));

  it('shows one address for everybody', async () => {
    const host = await start(peers, { fronted });
    const table = await ask(host, 'sip show peers');
    expect(table.match(/198\.51\.100\.4 +D .* 5060 +OK/g)).toHaveLength(2);
    expect(table + (await ask(host, 'sip show peer ext9000110'))).not.toContain('192.0.2.10');
  });

  it('does so in pjsip, and keeps the rest of the address', async () => {
    const uri = 'sip:ext9000112@192.0.2.10:5070;transport=tcp';
    const more = [...peers, { name: 'ext9000112', contacts: [{ ...contact, uri }] }];
    const host = await start(more, { fronted, release: '22' });
    const heard = await conversation(host, ['Action: PJSIPShowContacts']);
    expect(heard.match(/^Uri: .*$/gm)).toEqual([
      'Uri: sip:ext9000110@198.51.100.4:5060',
      'Uri: sip:ext9000111@198.51.100.4:5060',
      'Uri: sip:ext9000112@198.51.100.4:5060;transport=tcp',
    ]);
    expect(new Set(heard.match(/^ViaAddr: .*$/gm))).toEqual(new Set(['ViaAddr: 198.51.100.4']));
  });

  it('leaves carriers where they are', async () => {
    const carrier = { name: 'operador', contacts: [], fixed: { address: '203.0.113.9', port: 5060 } };
    const host = await start([carrier], { fronted });
    expect(await ask(host, 'sip show peers')).toContain(' 203.0.113.9 ');
  });
});
