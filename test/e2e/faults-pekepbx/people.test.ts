/** What other people have there, or do meanwhile. */
import { describe, expect, it } from 'vitest';
import { on } from '../../support/bench.ts';
import { expectRecovery } from '../../support/matrix.ts';
import type { Run } from '../../support/runs.ts';
import { dropDid, duringThe } from './colleague.ts';
import { addressOf, dialects, extension, startNew, startWork, type Variant, type Work } from './scenario.ts';

const failed = ({ steps }: Run) => steps.filter(({ result }) => result === 'failed');

/** Of the requests about extensions: a list, a look and the update, the create, a look and the delete. */
const updating = 3;
const deleting = 6;

describe.concurrent.each(dialects)('in dialect %s a colleague', (dialect) => {
  it('who edits another extension in the middle of a run keeps the edit', () =>
    on(startWork(dialect), async (scenario) => {
      const { box } = scenario;
      duringThe(updating, '/extension', scenario, () => box.edit('10', { mobile: '+34600000009' }));
      expect((await scenario.apply()).codes).toEqual([]);
      expect(box.saved()['10']).toMatchObject({ mobile: '+34600000009' });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who edits what we do not declare of ours before we write keeps the edit', () =>
    on(startWork(dialect), async (scenario) => {
      const { box } = scenario;
      duringThe(2, '/extension', scenario, () =>
        box.edit('30', { recording: 'true', dialling: 'international' }),
      );
      expect((await scenario.apply()).codes).toEqual([]);
      expect(box.saved()['30']).toMatchObject({ name: 'Centralita', recording: 'true' });
      expect(box.saved()['30']).toMatchObject({ dialling: 'international' });
    }));

  it('who changes between plan and apply what we are about to change is overruled', () =>
    on(startWork(dialect), async (scenario) => {
      const { box } = scenario;
      expect(await scenario.changes()).toHaveLength(3);
      box.edit('30', { name: 'Otra cosa', callerId: '+34910000001' });
      expect((await scenario.apply()).codes).toEqual([]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who deletes ours before we change it makes the step fail, and the next run creates it', () =>
    on(startWork(dialect), async (scenario) => {
      const others = scenario.oracle.foreign();
      duringThe(2, '/extension', scenario, () => scenario.box.remove('30'));
      expect(failed(await scenario.apply())).toMatchObject([
        { written: 'nothing', diagnostic: { code: 'not-found' } },
      ]);
      await expectRecovery(scenario, others);
    }));

  it('who deletes what we are about to delete saves us the trouble', () =>
    on(startWork(dialect), async (scenario) => {
      duringThe(deleting, '/extension', scenario, () => scenario.box.remove('31'));
      expect((await scenario.apply()).codes).toEqual([]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who creates our number before us keeps it, and we ask before taking it over', () =>
    on(startNew(dialect), async (scenario) => {
      const { box } = scenario;
      duringThe(2, '/extension', scenario, () => box.create({ number: '32', name: 'Fax' }));
      expect((await scenario.apply()).steps).toMatchObject([
        { result: 'failed', written: 'nothing', diagnostic: { code: 'already-exists' } },
      ]);
      const theirs = box.saved()['32'];
      expect((await scenario.apply()).steps).toMatchObject([
        { result: 'blocked', blocked: { code: 'needs-adopt' } },
      ]);
      expect([box.saved()['32'], box.sessions(), scenario.leaks()]).toEqual([theirs, 0, []]);
    }));

  it('who takes our DID away in the middle makes the step fail, which names the caller ID', () =>
    on(startWork(dialect), async (scenario) => {
      const { oracle, box } = scenario;
      const before = oracle.stored();
      const dropped = new Promise<void>((resolve, reject) => {
        duringThe(2, '/extension', scenario, () => dropDid(scenario, '+34910000002').then(resolve, reject));
      });
      const run = await scenario.apply();
      await dropped;
      expect(failed(run)).toMatchObject([
        {
          address: addressOf('30'),
          written: 'nothing',
          diagnostic: { code: 'field-refused', params: { fields: ['callerId'] } },
        },
      ]);
      expect(oracle.stored()[addressOf('30')]).toBe(before[addressOf('30')]);
      const [again] = (await scenario.apply()).steps;
      expect(again).toMatchObject({ address: addressOf('30'), blocked: { code: 'target-objects' } });
      expect([box.sessions(), scenario.leaks()]).toEqual([0, []]);
    }));
});

/** A new extension that the platform refuses for what is there: nothing is written, and the cause is named. */
async function refusesNew(scenario: Work, code: string, evidence: RegExp, fields?: object): Promise<void> {
  const before = JSON.stringify(scenario.box.saved());
  const [step] = failed(await scenario.apply());
  expect(step).toMatchObject({ written: 'nothing', diagnostic: { code } });
  expect(step?.diagnostic?.params.evidence).toMatch(evidence);
  expect(step?.diagnostic?.params.fields).toEqual(fields);
  expect(JSON.stringify(scenario.box.saved())).toBe(before);
  expect([scenario.box.sessions(), scenario.leaks()]).toEqual([0, []]);
}

describe.concurrent.each(dialects)('what others have in dialect %s', (dialect) => {
  const theirs = (email: string): Variant => ({ settings: { seed: [{ number: '20', email }] } });

  it('an address in our company: a new extension is refused by name, and made once it is free', () =>
    on(startNew(dialect, theirs('EXT32@acme.example')), async (scenario) => {
      await refusesNew(scenario, 'field-refused', /^HTTP 4..: already-exists$/, ['email']);
      scenario.box.edit('20', { email: 'otra@acme.example' });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('an address in another company: it is a login, and exists once on the platform', () =>
    on(startNew(dialect), async (scenario) => {
      scenario.box.tenant('90002').edit('10', { email: 'ext32@acme.example' });
      await refusesNew(scenario, 'field-refused', /: already-exists$/, ['email']);
    }));

  it('an address: a change to it is refused by name', () =>
    on(startNew(dialect, theirs('ocupada@acme.example')), async (scenario) => {
      expect((await scenario.apply()).codes).toEqual([]);
      await scenario.redeclare({}, [extension('32', 'Almacén', { email: 'ocupada@acme.example' })]);
      const before = scenario.box.saved()['32'];
      expect(failed(await scenario.apply())).toMatchObject([
        { written: 'nothing', diagnostic: { code: 'field-refused', params: { fields: ['email'] } } },
      ]);
      expect(scenario.box.saved()['32']).toEqual(before);
    }));

  it('our number: it is not touched without consent', () =>
    on(startNew(dialect, { settings: { seed: [{ number: '32', name: 'Fax' }] } }), async (scenario) => {
      const theirs = scenario.box.saved()['32'];
      expect((await scenario.apply()).steps).toMatchObject([{ blocked: { code: 'needs-adopt' } }]);
      expect([scenario.box.saved()['32'], scenario.box.sessions()]).toEqual([theirs, 0]);
    }));

  it('all the room that the company has: refused by name, and made once there is room', () =>
    on(startNew(dialect, { company: { quota: 2 } }), async (scenario) => {
      await refusesNew(scenario, 'limit-reached', /HTTP 4/);
      scenario.box.remove('11');
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('a DID that is not ours: the extension is not written, and the DIDs that there are are told', () =>
    on(startNew(dialect), async (scenario) => {
      await scenario.redeclare({}, [extension('32', 'Almacén', { callerId: '+34910000009' })]);
      const run = await scenario.apply();
      expect(run.codes).toContain('value-one-of');
      expect([scenario.box.saved()['32'], scenario.box.sessions()]).toEqual([undefined, 0]);
    }));
});

/** Pages of two, so that the company has three of them. */
const short: Variant = { settings: { maxPageSize: 2 }, company: { extensions: 5, queues: {} } };
const secondPage = {
  a: 'extension?companyId=90001&per_page=100&page=2',
  b: 'extension?limit=100&cursor=',
} as const;

describe.concurrent.each(dialects)('a list of dialect %s that changes between two pages', (dialect) => {
  it.each<[string, (work: Work) => void]>([
    ['since one was added', ({ box }) => box.create({ number: '300' })],
    ['since one was removed', ({ box }) => box.remove('10')],
    [
      'since one was removed and one added',
      ({ box }) => {
        box.remove('10');
        box.create({ number: '300' });
      },
    ],
  ])('%s is read again, and complete', (_, act) =>
    on(startNew(dialect, short), async (scenario) => {
      duringThe(1, secondPage[dialect], scenario, () => act(scenario));
      expect((await scenario.apply()).codes).toEqual([]);
      expect(scenario.box.faults()).toMatchObject([{ struck: 1 }]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }),
  );
});
