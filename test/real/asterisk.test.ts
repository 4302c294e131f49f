import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ObserverPlace, Secret } from '../../engine/model/index.ts';
import type { RegistrationReader, SessionContext } from '../../providers/contract.ts';
import { observer } from '../../providers/observer/asterisk/observer.ts';
import { type Asterisk, startAsterisk } from '../support/asterisk.ts';
import { asteriskParts, type Suite } from '../support/asterisk-parts.ts';
import { type SipPhone, sipPhone } from '../support/sip-register.ts';
import { hasSshd, type Sshd, startSshd } from '../support/sshd.ts';
import { contextOf, targetOf } from '../unit/asterisk/host.ts';
import { newKey } from '../unit/transport/bastion.ts';
import { later, thrown } from '../unit/transport/servers.ts';

const password = 'Kf7mQ2xRt-p9WbL4';
const long = 'recepcion-planta-principal-madrid';

/** The peers of an Asterisk 16, which has chan_sip: what each is for stands in the table below. */
const peers = {
  10: 'qualify=yes',
  12: 'qualify=yes',
  13: 'qualify=no',
  14: 'qualify=300\nqualifyfreq=1',
  15: 'qualify=400\nqualifyfreq=1',
  16: 'qualify=300\nqualifyfreq=1',
  17: 'qualify=yes',
  20: 'qualify=yes',
  [long]: 'qualify=yes',
};
const chanSip = `${Object.entries(peers)
  .map(([name, more]) => `[${name}]\ntype=friend\nhost=dynamic\nsecret=${password}\n${more}\n`)
  .join('')}[trunk]\ntype=peer\nhost=127.0.0.1\nport=9\n`;

/** The endpoints of an Asterisk 22, which has chan_pjsip only; seconds between two looks at the phone, 0 = none. */
const endpoints = { 10: 1, 12: 1, 13: 0, 14: 1, 16: 1, 17: 1, 20: 1, [long]: 1 };
const chanPjsip = `${Object.entries(endpoints)
  .map(
    ([name, seconds]) =>
      `[${name}]\ntype=endpoint\nauth=${name}\naors=${name}\n[${name}]\ntype=auth\nauth_type=userpass\nusername=${name}\npassword=${password}\n[${name}]\ntype=aor\nmax_contacts=2\nqualify_timeout=0.5\nqualify_frequency=${seconds}\n`,
  )
  .join(
    '',
  )}[trunk]\ntype=endpoint\naors=trunk\n[trunk]\ntype=aor\ncontact=sip:127.0.0.1:9\nqualify_frequency=0\n`;

const managers = [
  ['alta', 'system,reporting,command'],
  ['modest', 'system,reporting'],
  ['poor', 'call'],
]
  .map(([name, classes]) => `[${name}]\nsecret=${password}\nread=${classes}\nwrite=${classes}\n`)
  .join('');

/** What each name really is, and what must be said of it. */
const common = {
  10: ['registered', 'reachable'],
  12: ['unregistered', 'no address is held'],
  13: ['registered', 'not monitored'],
  14: ['unregistered', 'nobody answers there'],
  16: ['unregistered', 'nobody answers there'],
  17: ['unregistered', 'no address is held'],
  20: ['unregistered', 'no address is held'],
  [long]: ['registered', 'reachable'],
  trunk: ['unknown', 'fixed address'],
  999: ['unregistered', 'Asterisk knows nobody of that name'],
} as const;

const worlds = [
  { suite: 'bullseye', accounts: chanSip, truth: { ...common, 15: ['registered', 'answers too late'] } },
  { suite: 'sid', accounts: chanPjsip, truth: common },
] as const;

const missing = new Map<Suite, string>();
for (const { suite } of worlds) {
  await asteriskParts(suite).catch((error: Error) => missing.set(suite, error.message.split('\n')[0] ?? ''));
}
for (const [suite, why] of missing) {
  console.warn(`SKIPPED: no Asterisk of Debian ${suite} (${why}); nothing is proven about a real one.`);
}
if (!hasSshd) console.warn('SKIPPED: OpenSSH is not on this machine; no real Asterisk is looked at.');

/** A forced command that lets through what the observer asks, and nothing else. */
const gatekeeper = (bin: string) => `#!/bin/sh
refuse() { echo refused >&2; exit 126; }
command=\${SSH_ORIGINAL_COMMAND#"asterisk -rx '"}
[ "$command" != "$SSH_ORIGINAL_COMMAND" ] || refuse
command=\${command%"'"}
case "$command" in
  'core show version'|'sip show peers'|'pjsip show endpoints') ;;
  'sip show peer '*' load')
    name=\${command#'sip show peer '}
    case "\${name%' load'}" in *[!A-Za-z0-9_+*#@.-]*|'') refuse ;; esac ;;
  *) refuse ;;
esac
exec ${bin}/asterisk -rx "$command"
`;

for (const { suite, accounts, truth } of worlds) {
  describe.skipIf(!hasSshd || missing.has(suite))(
    `a real Asterisk of Debian ${suite} behind a real sshd (needs sshd and that Asterisk)`,
    () => {
      const login = newKey();
      const guarded = newKey();
      const phones: SipPhone[] = [];
      let pbx: Asterisk;
      let sshd: Sshd;
      let folder: string;

      beforeAll(async () => {
        pbx = await startAsterisk({ suite, accounts, managers });
        folder = await mkdtemp(join(tmpdir(), 'alta-gate-'));
        const gate = join(folder, 'gate');
        await writeFile(gate, gatekeeper(pbx.bin), { mode: 0o755 });
        const userKey = [
          // A login shell that finds the program; what came is run by it as it is.
          `command="PATH=${pbx.bin}:$PATH exec sh -c \\"$SSH_ORIGINAL_COMMAND\\"" ${login.public.trim()}`,
          `restrict,command="${gate}" ${guarded.public.trim()}`,
        ].join('\n');
        sshd = await startSshd({ userKey, permitOpen: `127.0.0.1:${pbx.managerPort}` });
        await register();
      }, 120_000);

      afterAll(async () => {
        await Promise.all(phones.map((phone) => phone.die().catch(() => {})));
        await sshd?.stop();
        await pbx?.stop();
        if (folder !== undefined) await rm(folder, { recursive: true });
      });

      async function phone(user: string, change: { password?: string; slowMs?: number } = {}) {
        const made = await sipPhone({ pbx: pbx.sipPort, user, password, ...change });
        phones.push(made);
        return made;
      }

      async function register(): Promise<void> {
        for (const user of ['10', '13', long]) expect(await (await phone(user)).register()).toBe(200);
        if (suite === 'bullseye') expect(await (await phone('15', { slowMs: 600 })).register()).toBe(200);
        expect(await (await phone('16', { slowMs: Number.POSITIVE_INFINITY })).register()).toBe(200);
        const dying = await phone('14');
        expect(await dying.register()).toBe(200);
        await dying.die();
        const leaving = await phone('17');
        expect(await leaving.register()).toBe(200);
        // Not before it was looked at: then the status is left over.
        while (!leaving.asked.includes('OPTIONS')) await later(20);
        await later(100);
        expect(await leaving.unregister()).toBe(200);
        expect([401, 403]).toContain(await (await phone('20', { password: 'wrong' })).register());
      }

      async function open(
        key: string,
        place: Partial<ObserverPlace> = {},
        change: Partial<SessionContext> = {},
      ): Promise<RegistrationReader & { close(): Promise<void> }> {
        const via = {
          name: 'pbx',
          host: '127.0.0.1',
          port: sshd.port,
          user: sshd.user,
          hostKeys: [sshd.hostKeys.ed25519],
          identity: { literal: 'unused' },
        };
        return observer.open(targetOf(via, place), contextOf({ key: new Secret(key) }, change));
      }

      const through = (username: string, secret = password) =>
        [
          login.private,
          { manager: { host: '127.0.0.1', port: pbx.managerPort } },
          { credentials: { username: new Secret(username), password: new Secret(secret) } },
        ] as const;

      /** Looks until the phones were looked at by Asterisk as well: one died, one is slow. */
      async function tellsTheTruth(way: () => Promise<Awaited<ReturnType<typeof open>>>): Promise<void> {
        const session = await way();
        const keys = Object.keys(truth);
        try {
          await expect
            .poll(
              async () => {
                const found = await session.registrations(keys);
                return Object.fromEntries(
                  found.map(({ key, status, evidence }) => {
                    const [, words] = truth[key as keyof typeof truth];
                    return [key, [status, evidence.includes(words) ? words : evidence]];
                  }),
                );
              },
              { timeout: 15_000, interval: 500 },
            )
            .toEqual(truth);
        } finally {
          await session.close();
        }
      }

      it('tells the truth on its command line, in a login shell', () =>
        tellsTheTruth(() => open(login.private)));

      it('and behind a forced command that lets through what is asked, and nothing else', async () => {
        await tellsTheTruth(() => open(guarded.private));
        const options = { command: '/usr/sbin/asterisk' };
        expect(await thrown(open(guarded.private, { options }))).toMatchObject({ code: 'forbidden' });
      });

      it('and over its manager interface', () => tellsTheTruth(() => open(...through('alta'))));

      it('a manager without the right to give commands proves no absence in a database', async () => {
        const session = await open(...through('modest'));
        const [ten, nobody] = await session.registrations(['10', '999']);
        await session.close();
        expect(ten?.status).toBe('registered');
        expect(nobody?.status).toBe(suite === 'bullseye' ? 'unknown' : 'unregistered');
      });

      it('a manager with a wrong password, and one without rights, are told apart', async () => {
        expect(await thrown(open(...through('alta', 'wrong')))).toMatchObject({ code: 'wrong-credentials' });
        const poor = await open(...through('poor'));
        expect(await thrown(poor.registrations(['10']))).toMatchObject({ code: 'forbidden' });
        await poor.close();
      });

      it('what it prints can be pasted', async () => {
        const command = suite === 'bullseye' ? 'sip show peers' : 'pjsip show endpoints';
        const read = observer.read(`pbx*CLI> ${command}\n${await pbx.cli(command)}`, 'paste.txt');
        expect(read(['10', '12', '17']).map(({ status }) => status)).toEqual([
          'registered',
          'unregistered',
          'unregistered',
        ]);
      });

      it('nobody is rung, re-registered or written to by looking', async () => {
        const rung = phones.flatMap(({ asked }) => asked).filter((method) => method !== 'OPTIONS');
        expect(rung).toEqual([]);
      });

      it('whom it calls unreachable, or lagged, it does not ring', async () => {
        const askedOf = (user: string) => phones.find((one) => one.user === user)?.asked ?? [];
        const [technology, unrung] = suite === 'bullseye' ? ['SIP', ['15', '16']] : ['PJSIP', ['16']];
        for (const user of [...unrung, '10']) {
          await pbx.cli(`channel originate ${technology}/${user} application Wait 1`);
        }
        await expect.poll(() => askedOf('10'), { timeout: 5_000 }).toContain('INVITE');
        expect(new Set(unrung.flatMap(askedOf))).toEqual(new Set(['OPTIONS']));
      });

      it('an Asterisk that does not run is unreachable, not empty', async () => {
        const session = await open(login.private);
        await pbx.cli('core stop now').catch(() => {});
        await expect
          .poll(() => pbx.cli('core show version').catch(() => 'gone'), { timeout: 10_000 })
          .toBe('gone');
        expect(await thrown(session.registrations(['10']))).toMatchObject({ code: 'unreachable' });
        await session.close();
      });
    },
  );
}
