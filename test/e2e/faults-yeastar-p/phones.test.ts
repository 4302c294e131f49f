/** A phone that is set up for an extension of a P-Series: what it registers with, and what both sides say of it. */
import { describe, expect, it } from 'vitest';
import type { LabExtensionSeed, LabPhoneControl, LabYeastarP } from '../../../lab/index.ts';
import { loadDriver } from '../../../providers/registry.ts';
import { on, startBench } from '../../support/bench.ts';
import { trustIn } from '../../support/papers.ts';
import { addressOf, type PBench, passwordsOn, pbxOf, portals, sips } from './scenario.ts';

interface Office extends PBench {
  readonly phone: LabPhoneControl;
  /** Writes the client's file: one extension, on line 1 of the phone. */
  put(extension: object, account?: object): Promise<void>;
}

async function startOffice(settings: Partial<LabYeastarP>): Promise<Office> {
  const bench = await startBench<LabYeastarP>({
    boxes: [{ driver: 'yeastar-p', name: 'sede', extensions: 1, tls: false, ...settings }],
    phones: [{ name: 'mesa', tls: false, generation: 'c', model: 'T54W', firmware: '96.86.0.70' }],
    held: passwordsOn,
    consent: { overrideLimits: 'tests' },
    speed: 8,
    driver: async (name) => {
      const driver = await loadDriver(name);
      if (driver?.facts.target !== 'device') return driver;
      return {
        ...driver,
        facts: { ...driver.facts, host: { ...driver.facts.host, writeIntervalMs: 0 } },
      };
    },
  });
  const [service] = bench.lab.phones;
  if (service === undefined) throw new Error('the lab has no phone');
  const phone = bench.lab.phone('mesa');
  await phone.settled();
  const { model, mac, url } = service;
  const device = { id: 'mesa', driver: 'yealink', model, mac, address: url, ...trustIn(service) };
  return {
    ...bench,
    phone,
    put: (extension, account = {}) =>
      bench.declare({
        pbx: { sede: pbxOf(bench) },
        extensions: [{ pbx: 'sede', number: '2000', name: 'Recepción', ...extension }],
        devices: [{ ...device, accounts: [{ line: 1, extension: 'sede/2000', ...account }] }],
      }),
  };
}

async function sealed(office: Office): Promise<void> {
  await office.secret('values', 'extensions/sede/2000/sip', sips[2000]);
  await office.secret('values', 'extensions/sede/2000/portal', portals[2000]);
}

/** What phone, box and verify say: `registered registered passed passed`. */
async function saidBy({ phone, lab, verify }: Office): Promise<string> {
  const checks = (await verify()).filter(({ check }) => check === 'registration');
  const resultAt = (at: string) => checks.find(({ address }) => address === at)?.result;
  const held =
    lab
      .box('sede')
      .contacts()
      ['2000']?.some(({ holder }) => holder === 'mesa') === true;
  return [
    phone.accounts()['1']?.status,
    held ? 'registered' : 'unregistered',
    resultAt('acme/device:mesa/account:1'),
    resultAt(addressOf('2000')),
  ].join(' ');
}

const well = 'registered registered passed passed';
const ill = 'failed unregistered failed failed';

/** Names, by the two readings of what a phone's user name is; `own` is the user name that the account declares. */
const names: readonly (readonly [string, 'number' | 'reg-name', { reg?: string; own?: string }, string])[] = [
  ['without a registration name of its own', 'number', {}, well],
  ['without a registration name of its own', 'reg-name', {}, well],
  ['with one, and the number as user name', 'number', { reg: 'Xq7Zk2', own: '2000' }, well],
  ['with one, and nothing else declared', 'reg-name', { reg: 'Xq7Zk2' }, well],
  ['with one, and nothing else declared', 'number', { reg: 'Xq7Zk2' }, ill],
];

describe.concurrent('a phone of an extension', () => {
  it.each(names)(
    '%s, where the user name is the %s: is as both sides say',
    (_, phoneUser, { reg, own }, told) =>
      on(startOffice({ doubts: { phoneUser } }), async (office) => {
        await sealed(office);
        await office.put(
          reg === undefined ? {} : { registrationName: reg },
          own === undefined ? {} : { userName: own },
        );
        await office.apply();
        expect(office.phone.settings()).toMatchObject({
          'account.1.auth_name': reg ?? '2000',
          'account.1.user_name': own ?? reg ?? '2000',
          'account.1.password': sips[2000],
        });
        expect(await saidBy(office)).toBe(told);
        expect(await office.changes()).toEqual([]);
        expect([office.lab.box('sede').sessions(), office.leaks()]).toEqual([0, []]);
      }),
  );

  it.each(['both', 'list'] as const)('is seen registered where the list tells it in %s', (sipStatus) =>
    on(startOffice({ doubts: { sipStatus } }), async (office) => {
      await sealed(office);
      await office.put({});
      expect((await office.apply()).codes).toEqual([]);
      expect(await saidBy(office)).toBe(well);
      office.phone.edit({ 'account.1.password': 'Otra-Cosa-4821' });
      expect(await saidBy(office)).toBe(ill);
    }),
  );

  it.each([true, false])('whose SIP secret changes gets the new one (passwords shown: %s)', (getPassword) =>
    on(startOffice({ getPassword }), async (office) => {
      await sealed(office);
      await office.put({});
      expect((await office.apply()).codes).toEqual([]);
      await office.secret('values', 'extensions/sede/2000/sip', sips.rotated);
      expect((await office.apply()).codes).toEqual([]);
      expect(office.phone.settings()['account.1.password']).toBe(sips.rotated);
      expect(await saidBy(office)).toBe(well);
      expect([await office.changes(), office.leaks()]).toEqual([[], []]);
    }),
  );
});

/** An extension that somebody else made, whose password nobody but the box knows. */
const theirs: LabExtensionSeed = { number: '2000', first_name: 'Recepción', reg_password: sips[2001] };
const fromBox = { secrets: { sip: { source: 'pbx' } }, adopt: true };

describe.concurrent('a SIP password that the box alone knows', () => {
  it('is read for the phone, and kept nowhere', () =>
    on(startOffice({ seed: [theirs] }), async (office) => {
      await office.put(fromBox);
      expect((await office.apply()).codes).toEqual([]);
      expect(office.phone.settings()['account.1.password']).toBe(sips[2001]);
      expect(await saidBy(office)).toBe(well);
      expect([await office.changes(), office.leaks()]).toEqual([[], []]);
    }));

  it('and does not show leaves the phone as it is, with the reason named', () =>
    on(startOffice({ seed: [theirs], getPassword: false }), async (office) => {
      await office.put(fromBox);
      const before = office.phone.settings();
      const run = await office.apply();
      expect(run.steps.find(({ target }) => target === 'acme/device:mesa')).toMatchObject({
        result: 'failed',
        written: 'nothing',
        diagnostic: { code: 'secret-not-shown' },
      });
      expect(office.phone.settings()).toEqual(before);
    }));
});
