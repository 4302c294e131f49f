import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { doctor, importTarget, type RunContext } from '../../../engine/run/index.ts';
import { findCanary } from '../../../engine/secrets/index.ts';
import type { LabFault, LabMeetip, LabMeetipKey } from '../../../lab/index.ts';
import { actions } from '../../../providers/pbx/meetip/actions.ts';
import { leaksIn } from '../../contract/canary.ts';
import { during, on } from '../../support/bench.ts';
import { planOptions } from '../../support/commands.ts';
import { expectRecovery, expectTruth } from '../../support/matrix.ts';
import { asked, at } from './moments.ts';
import { extension, secretsOf, startCalling, startNew, startWork, type Work } from './scenario.ts';

/** A run that stops with this code, and has written nothing. */
async function expectStopped(scenario: Work, code: string): Promise<void> {
  const stored = [scenario.oracle.stored(), scenario.oracle.foreign()];
  expect((await scenario.apply()).codes[0]).toBe(code);
  expect([scenario.oracle.stored(), scenario.oracle.foreign()]).toEqual(stored);
  expect(scenario.leaks()).toEqual([]);
}

const granted = Object.values(actions).map((action) => action.replace('pbxware.', ''));
const keyWithout = (...denied: readonly string[]): LabMeetipKey => ({
  actions: granted.filter((action) => !denied.includes(action)),
});

/** What a run that creates cannot do without. */
const needed = [
  ...[
    'uads.list',
    'department.list',
    'ext.list',
    'ext.configuration',
    'ext.add',
    'ext.es.callerid.configuration',
  ],
  ...['ext.es.callerid.get', 'ext.es.callerid.edit', 'ext.es.callerid.set'],
];

describe.concurrent('a key', () => {
  it('that is wrong is shown once, and not again before it is another one', () =>
    on(startNew(), async (scenario) => {
      const { box } = scenario;
      const { apiKey } = scenario.service('sede').credentials;
      await scenario.seal({
        group: 'connect',
        name: 'pbx/sede/apiKey',
        value: 'Nobody-Knows-This-Key-0123456789',
      });
      await expectStopped(scenario, 'wrong-credentials');
      await expectStopped(scenario, 'refused-before');
      expect([asked(box), box.logins().length]).toEqual([['POST tenant.list'], 1]);
      await scenario.seal({ group: 'connect', name: 'pbx/sede/apiKey', value: apiKey });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('that is revoked in the middle of a run ends it, and is not shown again', () =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      const before = scenario.oracle.stored();
      const revoke = () => box.addFault({ kind: 'errno', errno: 'Invalid API key.', times: 0 });
      during(box, 'pbxware.ext.es.callerid.edit', revoke);
      const run = await scenario.apply();
      expect(run.codes).toContain('wrong-credentials');
      expectTruth(run, scenario, before);
      expect(run.steps[0]).toMatchObject({ result: 'failed', written: 'something' });
      const [refused, ...later] = asked(box).slice(asked(box).indexOf('POST ext.es.callerid.edit') + 1);
      expect([refused, later]).toEqual(['POST ext.es.callerid.set', []]);
      box.clearFaults();
      await doctor(scenario.context(), planOptions);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it.each<[string, LabMeetipKey]>([
    ['is suspended', { suspended: true }],
    ['may not come from here', { addresses: ['203.0.113.9'] }],
  ])('that %s ends the run by name, and is no wrong key', (_, key) =>
    on(startNew({ settings: { keys: [key] } }), async (scenario) => {
      await expectStopped(scenario, 'strange-answer');
      if (key.suspended) await expectRecovery(scenario, scenario.oracle.foreign());
    }),
  );

  it('that falls asleep in the middle of a run ends it, and what was written is known', () =>
    on(startCalling(), async (scenario) => {
      const before = scenario.oracle.stored();
      const errno = 'Suspended, ask an administrator';
      during(scenario.box, 'pbxware.ext.es.callerid.edit', () =>
        scenario.box.addFault({ kind: 'errno', errno, times: 0 }),
      );
      const run = await scenario.apply();
      expectTruth(run, scenario, before);
      expect(run.steps).toMatchObject([{ result: 'failed', written: 'something' }]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  /** What a run that creates can do without; the id of the tenant is declared. */
  const spare = granted.filter((action) => !needed.includes(action));

  it.each(spare)('without %s creates all of it all the same', (action) =>
    on(startCalling({ settings: { keys: [keyWithout(action)] }, options: { serverId: 169 } }), (scenario) =>
      expectRecovery(scenario, scenario.oracle.foreign()),
    ),
  );

  it('without any right to see tenants is told that nothing proves the tenant, and writes where its extensions say so', () =>
    on(
      startCalling({
        settings: { keys: [keyWithout('tenant.list', 'tenant.configuration')] },
        options: { serverId: 169 },
      }),
      async (scenario) => {
        expect((await scenario.apply()).codes).toEqual([]);
        scenario.oracle.expectOurs();
        expect(await scenario.changes()).toEqual([]);
      },
    ));

  it.each(needed)('without %s ends the run by name', (action) =>
    on(startCalling({ settings: { keys: [keyWithout(action)] } }), async (scenario) => {
      await scenario.redeclare({}, [
        extension('112', 'Almacén', { callerId: '910000003', department: 'Ventas' }),
      ]);
      const before = scenario.oracle.stored();
      const run = await scenario.apply();
      expect(run.codes[0]).toBe('forbidden');
      expectTruth(run, scenario, before);
      expect(JSON.stringify([run.result?.planned.plan, run.steps])).toContain(`pbxware.${action}`);
    }),
  );

  it('without the right to outgoing numbers leaves them alone, says so, and sets up the rest', () =>
    on(
      startNew({ settings: { keys: [keyWithout('ext.es.callerid.configuration', 'ext.es.callerid.edit')] } }),
      async (scenario) => {
        const run = await scenario.apply();
        expect(run.steps).toMatchObject([{ result: 'done' }]);
        expect(run.codes).toEqual(['forbidden']);
        scenario.oracle.expectOurs();
        expect(await scenario.changes()).toEqual([]);
      },
    ));
});

describe.concurrent('a server that people still fill in', () => {
  it.each([{}, { post: false }, { edition: 'v2' }] as const)(
    'is seen to have its API on, without a key: %o',
    (settings) =>
      on(startNew({ settings }), async (scenario) => {
        await scenario.redeclare({ pbx: { mode: 'guided' } });
        const { findings } = await doctor(scenario.context(), planOptions);
        expect(findings.map(({ code }) => code)).toContain('doctor-api-on');
        expect(scenario.box.saved()['112']).toBeUndefined();
        expect(scenario.leaks()).toEqual([]);
      }),
  );
});

describe.concurrent('a tenant', () => {
  it.each<[string, object]>([
    ['that is not there', { tenant: '999' }],
    ['that goes by another name now', { tenantName: 'Acme Antigua S.L.' }],
    ['whose id is that of another one', { options: { writeIntervalMs: 0, serverId: 203 } }],
  ])('%s is not written to', (_, pbx) =>
    on(startNew({ pbx }), (scenario) => expectStopped(scenario, 'wrong-identity')),
  );

  it('whose code is given for its id is not written to, where the key may not list tenants', () =>
    on(
      startNew({
        settings: { keys: [keyWithout('tenant.list', 'tenant.configuration')] },
        options: { serverId: 301 },
      }),
      (scenario) => expectStopped(scenario, 'wrong-identity'),
    ));

  it('whose id is that of another one is told by its extensions, where the key sees no tenant', () =>
    on(
      startNew({
        settings: { keys: [keyWithout('tenant.list', 'tenant.configuration')] },
        options: { serverId: 203 },
      }),
      (scenario) => expectStopped(scenario, 'wrong-identity'),
    ));
});

describe.concurrent('a certificate', () => {
  it('other than the pinned one ends the run before anything is sent', () =>
    on(startNew({ settings: { tls: true } }), async (scenario) => {
      const { box } = scenario;
      const { spki } = await box.rotateCertificate();
      await expectStopped(scenario, 'tls-pin-mismatch');
      expect(box.requests().total).toBe(0);
      await scenario.redeclare({ pbx: { tls: { pins: [spki] } } });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('that changes in the middle of a run stops it, and what was written is known', () =>
    on(startWork({ settings: { tls: true, keepAlive: false } }), async (scenario) => {
      const { box } = scenario;
      const before = scenario.oracle.stored();
      during(box, 'pbxware.ext.edit', box.rotateCertificate);
      const run = await scenario.apply();
      expect(run.codes).toContain('tls-pin-mismatch');
      expectTruth(run, scenario, before);
      expect(box.saved()['111']).toBeDefined();
      expect(scenario.leaks()).toEqual([]);
    }));
});

const sip = 'Canary-Sip-5Tk8wq2R%*';
const portal = 'Canary-Portal$2Wm4!';
const pin = '9182';

/** A refusal that repeats what was sent, as the server's do, and a page that does. */
function echoes(key: string): readonly (LabFault | null)[] {
  const text = `Required field 'secret=${sip}' contains invalid data; pin=${pin}&password=${portal}&apikey=${key}`;
  return [
    null,
    { kind: 'errno', errno: text },
    { kind: 'errno', errno: `Odd: ${text}` },
    { kind: 'redirect', location: `/login?apikey=${key}&secret=${encodeURIComponent(sip)}&pin=${pin}` },
    { kind: 'phpNotice' },
    { kind: 'lostAnswer' },
  ];
}

const servers: readonly (readonly [string, Partial<LabMeetip>])[] = [
  ['v1', { edition: 'v1' }],
  ['v1 that takes no body, so that the key stands in addresses', { post: false }],
  ['v2', { edition: 'v2' }],
];

describe.concurrent('with the debug log on, nothing secret is said', () => {
  it.each(servers)('of %s', (_, settings) =>
    on(startNew({ settings }), async (scenario) => {
      const { apiKey } = scenario.service('sede').credentials;
      const said: unknown[] = [];
      const loud: Partial<RunContext> = {
        log: (event, facts) => said.push([event, facts]),
        progress: (event) => said.push(event),
      };
      const heard = async (work: Promise<unknown>) => said.push(await work.catch((error: unknown) => error));
      const declared: object[] = [];
      for (const [index, fault] of echoes(apiKey).entries()) {
        const number = String(120 + index);
        declared.push(extension(number, 'Almacén', { callerId: '910000003' }));
        await scenario.redeclare({}, declared);
        await scenario.seal(...secretsOf(number, sip, pin), {
          name: `extensions/sede/${number}/portal`,
          value: portal,
        });
        if (fault !== null) scenario.box.addFault({ ...fault, match: at('ext.add') });
        await heard(scenario.apply(loud));
        await heard(scenario.verify());
        expect(scenario.box.faults().map(({ struck }) => struck)).toEqual(fault === null ? [] : [1]);
        scenario.box.clearFaults();
      }
      scenario.box.create({ number: '113', name: 'Otra', secret: `${sip}x`, pin: '7364' });
      const everything = { client: 'acme', pbx: 'sede', numbers: [], dryRun: true } as const;
      await heard(importTarget(scenario.context({ command: 'import', ...loud }), everything));
      const text = said.map((one) => `${inspect(one, { depth: 12 })}\n${JSON.stringify(one)}`).join('\n');
      expect(text).toContain('pbxware.ext.add');
      const long = [apiKey, sip, portal, `${sip}x`].flatMap((secret) => findCanary(text, secret));
      expect([long, leaksIn(text, pin), leaksIn(text, '7364')]).toEqual([[], [], []]);
      expect(scenario.leaks()).toEqual([]);
    }),
  );
});
