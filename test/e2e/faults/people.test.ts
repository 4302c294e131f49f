import { describe, expect, it } from 'vitest';
import type { LabYeastar } from '../../../lab/index.ts';
import { during, on } from '../../support/bench.ts';
import { expectRecovery, expectTruth } from '../../support/matrix.ts';
import { pbxOf, startFirst, startNew, startSecond, type Work } from './scenario.ts';

describe.concurrent('a colleague', () => {
  it('who edits another extension in the middle of a run keeps the edit', () =>
    on(startSecond(), async (scenario) => {
      const { box } = scenario;
      during(box, '/extension/update', () =>
        box.edit('1001', { email: 'nueva@acme.example' }, { apply: true }),
      );
      expect((await scenario.apply()).codes).toEqual([]);
      expect(box.running()['1001']).toMatchObject({ email: 'nueva@acme.example' });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who edits what we do not declare of ours keeps the edit', () =>
    on(startSecond(), async (scenario) => {
      const { box } = scenario;
      during(box, '/extension/update', () => box.edit('2000', { mobile: '600000001' }, { apply: true }));
      expect((await scenario.apply()).codes).toEqual([]);
      expect(box.running()['2000']).toMatchObject({ username: 'Centralita', mobile: '600000001' });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who changes back what we wrote is overruled by the next run', () =>
    on(startSecond(), async (scenario) => {
      const { box } = scenario;
      expect((await scenario.apply()).codes).toEqual([]);
      box.edit('2000', { username: 'Recepción' }, { apply: true });
      expect(await scenario.changes()).toHaveLength(1);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who deletes ours before we change it makes the step fail, and the next run creates it', () =>
    on(startSecond(), async (scenario) => {
      const { box } = scenario;
      const others = scenario.oracle.foreign();
      during(box, '/extension/update', () => box.remove('2000', { apply: true }));
      const run = await scenario.apply();
      expect(run.steps.filter(({ result }) => result === 'failed')).toMatchObject([
        { written: 'nothing', diagnostic: { code: 'not-found' } },
      ]);
      await expectRecovery(scenario, others);
    }));

  it('who creates our number before us keeps it, and we ask before taking it over', () =>
    on(startNew(), async (scenario) => {
      const { box } = scenario;
      during(box, '/extension/add', () => box.create({ number: '2002', username: 'Fax' }, { apply: true }));
      const run = await scenario.apply();
      expect(run.steps).toMatchObject([
        { result: 'failed', written: 'nothing', diagnostic: { code: 'already-exists' } },
      ]);
      const theirs = box.saved()['2002'];
      expect((await scenario.apply()).steps).toMatchObject([
        { result: 'blocked', blocked: { code: 'needs-adopt' } },
      ]);
      expect(box.saved()['2002']).toEqual(theirs);
      expect(scenario.leaks()).toEqual([]);
    }));

  it('whose edit is saved and not applied sees it applied by our writes, and left as it is', () =>
    on(startSecond(), async (scenario) => {
      const { box } = scenario;
      box.edit('1001', { email: 'nueva@acme.example' });
      const saved = box.saved()['1001'];
      expect((await scenario.apply()).codes).toEqual([]);
      expect([box.saved()['1001'], box.running()['1001']]).toEqual([saved, saved]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it.each(['v2.0.0', 'v1.1.0'] as const)('on %s is left alone by a run without changes', (edition) =>
    on(edition === 'v2.0.0' ? startSecond() : startFirst(), async (scenario) => {
      const { box } = scenario;
      expect((await scenario.apply()).codes).toEqual([]);
      const running = box.running()['1001'];
      box.edit('1001', { email: 'nueva@acme.example' });
      const run = await scenario.apply();
      expect(run.result?.report ?? null).toBeNull();
      expect(box.running()['1001']).toEqual(running);
    }),
  );
});

describe.concurrent('a number that is there already', () => {
  it('is not touched without consent', () =>
    on(startNew({ settings: { seed: [{ number: '2002', username: 'Fax' }] } }), async (scenario) => {
      const { box } = scenario;
      const theirs = box.saved()['2002'];
      expect((await scenario.apply()).steps).toMatchObject([{ blocked: { code: 'needs-adopt' } }]);
      expect(box.saved()['2002']).toEqual(theirs);
      expect(box.sessions()).toBe(0);
    }));
});

describe.concurrent('a box', () => {
  it('that is full refuses by name, and takes the extension once there is room', () =>
    on(startNew({ settings: { maxExtensions: 4 } }), async (scenario) => {
      const { box } = scenario;
      const run = await scenario.apply();
      expect(run.steps).toMatchObject([
        { result: 'failed', written: 'nothing', diagnostic: { code: 'limit-reached' } },
      ]);
      box.remove('1002', { apply: true });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it.each(['10017', '10032'] as const)('that answers %s to a weak password is explained', (code) =>
    on(startNew({ settings: { doubts: { weakPasswordErrno: code } } }), async (scenario) => {
      const others = scenario.oracle.foreign();
      const { registerpassword: strong = '' } = scenario.ours['2002'] ?? {};
      await scenario.secret('values', 'extensions/sede/2002/sip', 'Corta-4k');
      const run = await scenario.apply();
      expect(run.steps).toMatchObject([
        { result: 'failed', written: 'nothing', diagnostic: { code: 'secret-weak' } },
      ]);
      await scenario.secret('values', 'extensions/sede/2002/sip', strong);
      await expectRecovery(scenario, others);
    }),
  );

  it.each([true, 'ignored'] as const)('that takes no combined updates (%s) takes ours', (combined) =>
    on(startSecond({ settings: { combinedUpdateRefused: combined } }), async (scenario) => {
      await expectRecovery(scenario, scenario.oracle.foreign());
    }),
  );
});

/** Until the box has calmed down, in its own time. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The YAML of {@link startNew} with more of its extension. */
function redeclare(scenario: Work, more: object): Promise<void> {
  return scenario.declare({
    pbx: { sede: pbxOf(scenario, {}) },
    extensions: [{ pbx: 'sede', number: '2002', name: 'Almacén', ...more }],
  });
}

/** Too many writes in a row: saved, and not active. */
describe.concurrent('applying too often', () => {
  const storm = (windowMs: number, writes: number): { settings: Partial<LabYeastar> } => ({
    settings: { applyStorm: { windowMs, writes } },
  });

  it('for a moment is waited out', () =>
    on(startSecond(storm(60, 2)), async (scenario) => {
      const others = scenario.oracle.foreign();
      expect((await scenario.apply()).codes).toEqual([]);
      scenario.oracle.expectOurs();
      await expectRecovery(scenario, others);
    }));

  it('for long ends the run by name, and says that something was written', () =>
    on(startSecond(storm(2_000, 3)), async (scenario) => {
      const { box } = scenario;
      const before = scenario.oracle.stored();
      const run = await scenario.apply();
      expect(run.codes).toContain('not-in-effect');
      expectTruth(run, scenario, before);
      expect(run.steps.filter(({ result }) => result === 'failed')).toMatchObject([{ written: 'something' }]);
      expect(box.sessions()).toBe(0);
      await pause(2_100);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  // A read shows what is saved, and state keeps no trace of what may not be running: the engine owes this.
  it('for long is made up for by the next run, also where nothing else is to write', () =>
    on(startNew(storm(1_500, 1)), async (scenario) => {
      await redeclare(scenario, { nat: true });
      expect((await scenario.apply()).codes).toContain('not-in-effect');
      await pause(1_600);
      await scenario.apply();
      expect(scenario.box.running()['2002']).toMatchObject({ nat: 'yes' });
    }));

  it('on v1.1.0 leaves the commit due, and the next run carries it out', () =>
    on(startFirst(storm(1_200, 1)), async (scenario) => {
      const { box } = scenario;
      const others = scenario.oracle.foreign();
      const run = await scenario.apply();
      expect(run.targets).toMatchObject([{ commit: 'failed', diagnostics: [{ code: 'not-in-effect' }] }]);
      expect(box.saved()['1000']).toMatchObject({ username: 'Centralita' });
      await pause(1_300);
      await expectRecovery(scenario, others);
    }));
});
