import { afterEach, describe, expect, it } from 'vitest';
import { peersOf, type Registrations } from '../../../lab/asterisk/index.ts';
import { startLab } from '../../../lab/index.ts';
import { ask, start } from './fixture.ts';

const labs: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(labs.splice(0).map((lab) => lab.close()));
});

const box: Registrations = {
  saved: () => ({
    '10': { number: '10', name: 'Ana Pérez' },
    '11': { number: '11', name: 'Luis' },
    '700': { number: '700', name: 'Cola' },
  }),
  contacts: () => ({
    '10': [
      { holder: 'mesa', line: 1, userAgent: 'Yealink SIP-T46S 66.86.0.15' },
      { holder: 'sala', line: 2, userAgent: '' },
    ],
  }),
};

describe('peers of a box', () => {
  it('have the names given, and its registrations', () => {
    const peers = peersOf(box, { name: (number) => (number === '700' ? null : `ext90001${number}`) });
    expect(peers.map(({ name, contacts }) => [name, contacts.length])).toEqual([
      ['ext9000110', 2],
      ['ext9000111', 0],
    ]);
    expect(peers[0]?.contacts).toMatchObject([
      {
        address: expect.stringMatching(/^192\.0\.2\.\d+$/),
        port: 5060,
        userAgent: 'Yealink SIP-T46S 66.86.0.15',
      },
      { port: 5061 },
    ]);
  });

  it('stay at their places', () => {
    const naming = { name: (number: string) => number };
    expect(peersOf(box, naming)).toEqual(peersOf(box, naming));
    const [first, second] = peersOf(box, naming)[0]?.contacts ?? [];
    expect(first?.address).not.toBe(second?.address);
  });

  it('take what else is said of them', () => {
    const peers = peersOf(box, {
      name: (number) => number,
      details: ({ number, name = '' }) => ({ realtime: true, callerId: { name, number } }),
      place: ({ line }) => ({ address: '198.51.100.4', port: 5060 + line }),
    });
    expect(peers[0]).toMatchObject({
      name: '10',
      realtime: true,
      callerId: { name: 'Ana Pérez', number: '10' },
    });
    expect(peers[0]?.contacts.map(({ port }) => port)).toEqual([5061, 5062]);
  });
});

describe('a platform of the lab', () => {
  const secret = 'Zz9-larga-y-segura-01';

  it('shows on the Asterisk who is registered on it', async () => {
    const lab = await startLab({
      boxes: [
        {
          driver: 'pekepbx',
          name: 'nube',
          tls: false,
          companies: [
            { code: '90001', seed: [{ number: '10', sipPassword: secret }, { number: '11' }] },
            { code: '90002', seed: [{ number: '10' }] },
          ],
        },
      ],
    });
    labs.push(lab);
    const control = lab.box('nube');
    const host = await start(() =>
      ['90001', '90002'].flatMap((code) =>
        peersOf(control.tenant(code), {
          name: (number) => `ext${code}${number}`,
          details: () => ({ realtime: true }),
        }),
      ),
    );
    expect(await ask(host, 'sip show peers')).toMatch(/^0 sip peers /m);
    expect(control.tenant('90001').register('10', secret)).toBe(true);
    expect(await ask(host, 'sip show peers like ^ext90001')).toMatch(
      /^ext9000110\/ext9000110 +192\.0\.2\.\d+ +D /m,
    );
    control.tenant('90001').unregister('10');
    expect(await ask(host, 'sip show peers')).toMatch(/^ext9000110\/ext9000110 +\(Unspecified\) /m);
    expect(await ask(host, 'sip show peer ext9000111')).toBe('Peer ext9000111 not found.\n\n');
  });
});
