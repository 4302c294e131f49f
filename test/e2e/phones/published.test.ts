import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabPhone } from '../../../lab/index.ts';
import { type LabProvisioning, startProvisioning } from '../../../lab/provisioning/index.ts';
import { realClock } from '../../../providers/transport/clock.ts';
import { on } from '../../support/bench.ts';
import type { Oracle } from '../../support/matrix.ts';
import { type Office, startOffice, type Web } from './office.ts';
import { lineOf, oracleOf } from './scene.ts';

/** A phone that fetches its settings from a folder of ours. */
interface Counter extends Office {
  readonly oracle: Oracle;
  readonly folder: string;
  readonly server: LabProvisioning;
  /** Declares these accounts for it. Clocks must not run fast here: what proves a fetch is the second in which it was. */
  publish(accounts: readonly object[]): Promise<void>;
}

/** How the phone is told, and whether it can be asked. */
interface Way {
  readonly trigger?: 'notify' | 'action-uri';
  readonly address?: boolean;
  readonly log?: boolean;
  /** Another phone than the usual one of its generation. */
  readonly phone?: Partial<LabPhone>;
}

const accounts = [
  { line: 1, extension: 'sede/2000' },
  { line: 4, extension: 'sede/2002', label: '[T46U] = "x"' },
];

const ours = { 1: lineOf(1, 2000), 4: lineOf(4, 2002, '[T46U] = "x"') };

async function startCounter(
  web: Web,
  { trigger, address = trigger !== undefined, log = true, phone = {} }: Way = {},
): Promise<Counter> {
  const folder = await mkdtemp(join(tmpdir(), 'alta-counter-'));
  const file = join(folder, 'access.log');
  const server = await startProvisioning({ folder, log: file });
  const office = await startOffice(web, {
    phone: {
      provisioning: { url: server.service.url },
      actionUri: { enable: true, limitIp: '127.0.0.1', showOption: false },
      cfg: [['sip.notify_reboot_enable', '0']],
      ...phone,
    },
  });
  const { firmware, sipPort } = office.service;
  const told = trigger === undefined ? {} : { trigger, ...(trigger === 'notify' ? { sipPort } : {}) };
  const asked = address ? {} : { address: undefined, insecure: undefined };
  return {
    ...office,
    oracle: oracleOf(office, ours),
    folder,
    server,
    apply: (over) => office.apply({ clock: realClock, ...over }),
    publish: (lines) =>
      office.declare(lines, {
        device: { firmware, publish: { method: 'provisioning', store: 'telefonos', ...told }, ...asked },
        more: {
          provisioning: {
            telefonos: { directory: folder, url: server.service.url, ...(log ? { log: file } : {}) },
          },
        },
      }),
    close: async () => {
      await office.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function fileOf({ folder, service }: Counter): string {
  return join(folder, `${service.mac.replaceAll(':', '')}.cfg`);
}

/** Access logs tell seconds only: a fetch in the second of the write proves nothing. */
function nextSecond(): Promise<void> {
  return realClock.sleep(1_010 - (Date.now() % 1_000));
}

const results = ({ steps }: Awaited<ReturnType<Office['apply']>>) =>
  steps.filter(({ target }) => target === 'acme/device:mesa').map(({ result }) => result);

describe.each(['b0', 'c'] as const)('a phone on web %s that fetches its settings', (web) => {
  it('has them in its file after the apply, and is registered once it fetched them', () =>
    on(startCounter(web), async (counter) => {
      await counter.publish(accounts);
      const run = await counter.apply();
      expect([run.codes, results(run)]).toEqual([['published-waiting'], ['deferred', 'deferred']]);
      expect(counter.phone.accounts()['1']?.status).toBe('disabled');
      await nextSecond();
      await counter.phone.fetchNow();
      counter.oracle.expectOurs();
      expect(await counter.changes()).toEqual([]);
      const written = await stat(fileOf(counter));
      const second = await counter.apply();
      expect([second.codes, results(second)]).toEqual([[], []]);
      expect((await stat(fileOf(counter))).ino).toBe(written.ino);
      expect(counter.leaks()).toEqual([]);
    }));

  it.each(['action-uri', 'notify'] as const)('is told by %s, and is registered after the apply', (trigger) =>
    on(startCounter(web, { trigger }), async (counter) => {
      await counter.publish(accounts);
      const run = await counter.apply();
      expect([run.codes, results(run)]).toEqual([[], ['done', 'done']]);
      await counter.phone.settled();
      counter.oracle.expectOurs();
      expect(await counter.changes()).toEqual([]);
      expect(counter.phone.sessions()).toBe(0);
      expect(counter.leaks()).toEqual([]);
    }),
  );

  it('that somebody changed by hand shows it as drift, and is put right', () =>
    on(startCounter(web, { trigger: 'action-uri' }), async (counter) => {
      await counter.publish(accounts);
      await counter.apply();
      counter.phone.edit({ 'account.1.label': 'A mano', 'account.3.label': 'Portero' });
      const [change] = (await counter.plan()).plan?.clients[0]?.changes ?? [];
      expect(change).toMatchObject({
        action: 'update',
        section: 'drift',
        address: 'acme/device:mesa/account:1',
      });
      const run = await counter.apply();
      expect([run.codes, results(run)]).toEqual([[], ['done']]);
      await counter.phone.settled();
      counter.oracle.expectOurs();
      expect(counter.phone.settings()['account.3.label']).toBe('Portero');
    }));

  it('loses a line that is no longer declared', () =>
    on(startCounter(web, { trigger: 'action-uri' }), async (counter) => {
      await counter.publish(accounts);
      await counter.apply();
      await counter.publish([accounts[0] ?? {}]);
      const run = await counter.apply();
      expect([run.codes, results(run)]).toEqual([[], ['done']]);
      await counter.phone.settled();
      oracleOf(counter, { 1: ours[1], 4: null }).expectOurs();
      expect(await counter.changes()).toEqual([]);
      expect(await readFile(fileOf(counter), 'utf8')).toContain('account.4.enable = 0');
    }));

  it('is not told again where its log proves the fetch', () =>
    on(startCounter(web, { trigger: 'action-uri' }), async (counter) => {
      await counter.publish(accounts);
      await counter.apply();
      const fetches = counter.phone.fetches().length;
      await counter.apply();
      expect(counter.phone.fetches().length).toBe(fetches);
    }));

  it('whose web page refuses the password is told of: tried once, nothing published', () =>
    on(startCounter(web, { trigger: 'notify' }), async (counter) => {
      await counter.secret('connect', 'devices/mesa/password', 'Equivocada-9x');
      await counter.publish(accounts);
      const run = await counter.apply();
      expect([run.codes, results(run)]).toEqual([['wrong-credentials'], ['blocked', 'blocked']]);
      expect(counter.phone.logins().map(({ accepted }) => accepted)).toEqual([false]);
      await expect(stat(fileOf(counter))).rejects.toMatchObject({ code: 'ENOENT' });
    }));

  it('without a log and an address is not known to have them', () =>
    on(startCounter(web, { log: false }), async (counter) => {
      await counter.publish(accounts);
      expect(results(await counter.apply())).toEqual(['done', 'done']);
      const { plan } = await counter.plan();
      expect(plan?.clients[0]?.unverifiable.map(({ address, code }) => `${code} ${address}`)).toEqual([
        'published acme/device:mesa/account:1',
        'published acme/device:mesa/account:4',
      ]);
    }));
});

/** Phones whose web page nobody can be asked over: their files are the only way. */
describe.each([
  { model: 'T28P', firmware: '2.70.0.140' },
  { model: 'T22P', firmware: '7.72.0.25' },
  { model: 'T46G', firmware: '28.81.0.25' },
])('a $model with $firmware that fetches its settings', ({ model, firmware }) => {
  const generation = firmware.includes('.81.') ? 'b0' : 'a';
  const old = { generation, model, firmware } as const;

  it.each(['notify', 'action-uri'] as const)('is told by %s, and is registered after the apply', (trigger) =>
    on(startCounter('b0', { trigger, phone: old }), async (counter) => {
      await counter.publish([{ line: 1, extension: 'sede/2000', label: 'Recepción "1"' }]);
      const run = await counter.apply();
      await counter.phone.settled();
      expect([run.codes, results(run)]).toEqual([[], ['done']]);
      expect(counter.phone.accounts()['1']?.status).toBe('registered');
      expect(counter.box.contacts()['2000']).toMatchObject([{ holder: 'mesa', line: 1 }]);
      expect(counter.phone.settings()['account.1.label']).toBe('Recepción "1"');
      expect(await counter.changes()).toEqual([]);
    }),
  );
});

it('a password that the web page of such a phone refused is not tried again by the next run', () =>
  on(startCounter('c', { trigger: 'notify' }), async (counter) => {
    await counter.secret('connect', 'devices/mesa/password', 'Equivocada-9x');
    await counter.publish(accounts);
    await counter.apply();
    expect((await counter.apply()).codes).toEqual(['refused-before']);
    expect(counter.phone.logins()).toHaveLength(1);
  }));
