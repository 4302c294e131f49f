import { describe, expect, it } from 'vitest';
import type { LabMeetipTenant } from '../../../lab/index.ts';
import { during, on } from '../../support/bench.ts';
import { expectRecovery, expectTruth } from '../../support/matrix.ts';
import { fastClock, type Run } from '../../support/runs.ts';
import { addressOf, extension, startCalling, startNew, startWork } from './scenario.ts';

function failedIn(run: Run) {
  return run.steps
    .filter(({ result }) => result === 'failed')
    .map(({ address, written, diagnostic }) => [address, written, diagnostic?.code]);
}

describe.concurrent('a colleague', () => {
  it('who edits another extension in the middle of a run keeps the edit', () =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      during(box, 'pbxware.ext.edit', () => box.edit('101', { email: 'nueva@acme.example' }));
      expect((await scenario.apply()).codes).toEqual([]);
      expect(box.running()['101']).toMatchObject({ email: 'nueva@acme.example' });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it.each(['partial', 'replaces'] as const)(
    'who edits what we do not declare of ours keeps the edit (%s)',
    (callerIdEdit) =>
      on(startWork({ settings: { doubts: { callerIdEdit } } }), async (scenario) => {
        const { box } = scenario;
        const edit = {
          ...{
            ringtime: '45',
            emergencycid: '112',
            anums: '910000050:910000051',
            alabels: 'Uno:',
            acodes: '1:2',
          },
          ...{ trunks: 'Salida', tcallerids: '910000060', tprivacies: '3' },
        };
        during(box, 'pbxware.ext.edit', () => box.edit('110', edit));
        expect((await scenario.apply()).codes).toEqual([]);
        expect(box.running()['110']).toMatchObject({ ...edit, callerid: '910000002' });
        await expectRecovery(scenario, scenario.oracle.foreign());
      }),
  );

  it.each<[string, Readonly<Record<string, string>>]>([
    ['the name', { name: 'Recepción' }],
    ['the outgoing number', { callerid: '910000077' }],
    ['the state of the outgoing number', { calleridstate: 'no' }],
    ['the department', { department: '6' }],
    ['the department, taking several', { department: '4,6' }],
    ['the secret', { secret: 'Somebody-Else-4Hf6jLwp' }],
  ])('who changes back %s that we wrote is overruled by the next run', (_, fields) =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      expect((await scenario.apply()).codes).toEqual([]);
      box.edit('110', fields);
      expect(await scenario.changes()).toEqual([`update ${addressOf('110')}`]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }),
  );

  it('who deletes ours before we change it makes the step fail, and the next run creates it', () =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      const others = scenario.oracle.foreign();
      during(box, 'pbxware.ext.edit', () => box.remove('110'));
      const [failure] = failedIn(await scenario.apply());
      expect(failure).toEqual([addressOf('110'), 'nothing', 'not-found']);
      await expectRecovery(scenario, others);
    }));

  it('who deletes what we delete leaves nothing to do', () =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      during(box, 'pbxware.ext.delete', () => box.remove('111'));
      expect((await scenario.apply()).codes).toEqual([]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who deletes an extension of his while we read does not stop us', () =>
    on(startNew(), async (scenario) => {
      const { box } = scenario;
      during(box, 'pbxware.ext.configuration', () => box.remove('100'));
      expect((await scenario.apply()).codes).toEqual([]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who creates our number before us keeps it, and we ask before taking it over', () =>
    on(startCalling(), async (scenario) => {
      const { box } = scenario;
      during(box, 'pbxware.ext.add', () => box.create({ number: '112', name: 'Fax' }));
      expect(failedIn(await scenario.apply())).toEqual([[addressOf('112'), 'nothing', 'already-exists']]);
      const theirs = box.saved()['112'];
      expect((await scenario.apply()).steps).toMatchObject([
        { result: 'blocked', blocked: { code: 'needs-adopt' } },
      ]);
      expect(box.saved()['112']).toEqual(theirs);
      expect(scenario.leaks()).toEqual([]);
    }));
});

/** What keeps a tenant from taking a new extension, and the code that it ends with. */
const refusing: readonly (readonly [string, Partial<LabMeetipTenant>, string])[] = [
  [
    'whose number an IVR has',
    { objects: [{ kind: 'IVR', number: '112', name: 'Bienvenida' }] },
    'already-exists',
  ],
  ['that is full', { maxExtensions: 4 }, 'value-refused'],
  [
    'whose device type is switched off',
    { uads: [{ id: '50', name: 'generic_sip', fullname: 'Generic SIP', enabled: false }] },
    'unsupported-operation',
  ],
  [
    'that has no such device type',
    { uads: [{ id: '127', name: 'glocom', fullname: 'gloCOM' }] },
    'value-one-of',
  ],
];

describe.concurrent('a tenant', () => {
  it.each(refusing)('%s refuses by name, and nothing is written', (_, tenant, code) =>
    on(startNew({ tenant }), async (scenario) => {
      const others = scenario.oracle.foreign();
      expect(failedIn(await scenario.apply())).toEqual([[addressOf('112'), 'nothing', code]]);
      expect([scenario.box.saved()['112'], scenario.oracle.foreign()]).toEqual([undefined, others]);
      expect(scenario.leaks()).toEqual([]);
    }),
  );

  it('that is full takes the extension once there is room', () =>
    on(startNew({ tenant: { maxExtensions: 4 } }), async (scenario) => {
      await scenario.apply();
      scenario.box.remove('100');
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it.each<[string, object, string]>([
    ['a department that is not there', { department: 'Compras' }, 'value-one-of'],
    ['a device type that is switched off', { userAgent: 'Yealink T46S' }, 'value-one-of'],
    ['a number of another length', { number: '1120' }, 'value-too-long'],
  ])('is not asked for %s: the plan says so', (_, more, code) =>
    on(startNew(), async (scenario) => {
      await scenario.redeclare({}, [extension('112', 'Almacén', more)]);
      const number = 'number' in more ? '1120' : '112';
      await scenario.seal(
        { name: `extensions/sede/${number}/sip`, value: 'Rb6zLm4cPf-x8QjD2tNk' },
        { name: `extensions/sede/${number}/pin`, value: '5846' },
      );
      const run = await scenario.apply();
      expect(run.codes).toContain(code);
      expect(run.steps).toMatchObject([{ result: 'blocked' }]);
      expect(Object.keys(scenario.box.saved())).not.toContain(number);
    }),
  );

  it('that takes ASCII alone refuses a name by field, and takes another', () =>
    on(startNew({ settings: { doubts: { asciiNames: true } } }), async (scenario) => {
      expect(failedIn(await scenario.apply())).toEqual([[addressOf('112'), 'nothing', 'field-refused']]);
      await scenario.redeclare({}, [extension('112', 'Almacen')]);
      expect((await scenario.apply()).codes).toEqual([]);
      expect(await scenario.changes()).toEqual([]);
    }));

  it.each(['turns', 'html'] as const)('that is still being built (%s) is waited for', (buildingAnswer) =>
    on(startCalling({ tenant: { building: 1, buildingAnswer } }), async (scenario) => {
      expect((await scenario.apply()).codes).toEqual([]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }),
  );

  it('that is being built for long ends the run by name, and is finished by the next', () =>
    on(startCalling({ tenant: { building: 5, buildingAnswer: 'configuration' } }), async (scenario) => {
      expect(failedIn(await scenario.apply())).toEqual([[addressOf('112'), 'nothing', 'target-busy']]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));
});

/** Answers that outlive the time limit of their request: what they write is there, at once or a little later. */
describe.concurrent('a slow server', () => {
  it('is believed once it shows what it wrote, and nothing is written twice', () =>
    on(startCalling({ timeLimitMs: 1_000, settings: { slowWriteMs: 1_300 } }), async (scenario) => {
      const before = scenario.oracle.stored();
      const run = await scenario.apply();
      expectTruth(run, scenario, before);
      expect([run.codes, run.steps[0]?.result]).toEqual([[], 'done']);
      expect(await scenario.changes()).toEqual([]);
    }));

  it('that shows it after the time limit is looked at again', () =>
    on(
      startNew({ timeLimitMs: 1_000, settings: { slowWriteMs: 1_300, lateVisibilityMs: 1_200 } }),
      async (scenario) => {
        const run = await scenario.apply({ clock: fastClock(10, 600_000) });
        expect([run.codes, run.steps[0]?.result]).toEqual([[], 'done']);
        expect(await scenario.changes()).toEqual([]);
      },
    ));

  it('that shows it only after all looks leaves it unknown, and the next run takes it for ours', () =>
    on(
      startNew({ timeLimitMs: 1_000, settings: { slowWriteMs: 1_200, lateVisibilityMs: 2_500 } }),
      async (scenario) => {
        const before = scenario.oracle.stored();
        const run = await scenario.apply();
        expectTruth(run, scenario, before);
        expect(failedIn(run)).toEqual([[addressOf('112'), 'unknown', 'timeout']]);
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        await expectRecovery(scenario, scenario.oracle.foreign());
      },
    ));

  it('that only complains, and shows later what it wrote, is looked at for as long as reading back may lag', () =>
    on(startNew({ settings: { writeWarning: 'instead', lateVisibilityMs: 70 } }), async (scenario) => {
      const run = await scenario.apply();
      expect(run.steps).toMatchObject([{ result: 'done' }]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));
});
