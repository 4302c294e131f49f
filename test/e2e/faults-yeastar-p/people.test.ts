/** What other people have there, or do meanwhile. */
import { describe, expect, it } from 'vitest';
import type { LabYeastarP } from '../../../lab/index.ts';
import { during, on } from '../../support/bench.ts';
import { expectRecovery } from '../../support/matrix.ts';
import type { Run } from '../../support/runs.ts';
import { addressOf, redeclare, startNew, startWork, type Variant, type Work } from './scenario.ts';

const failed = ({ steps }: Run) => steps.filter(({ result }) => result === 'failed');

describe.concurrent('a colleague', () => {
  it('who edits another extension in the middle of a run keeps the edit', () =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      const theirs = { email_addr: 'nueva@acme.example' };
      during(box, '/extension/update', () => box.edit('1001', theirs, { apply: true }));
      expect((await scenario.apply()).codes).toEqual([]);
      expect(box.running()['1001']).toMatchObject(theirs);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who edits what we do not declare of ours keeps the edit', () =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      during(box, '/extension/update', () => box.edit('2000', { title: 'Jefa' }, { apply: true }));
      expect((await scenario.apply()).codes).toEqual([]);
      expect(box.running()['2000']).toMatchObject({ last_name: 'Norte', title: 'Jefa' });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who changes back what we wrote is overruled by the next run', () =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      expect((await scenario.apply()).codes).toEqual([]);
      box.edit('2000', { first_name: 'Recepción', last_name: '' }, { apply: true });
      expect(await scenario.changes()).toEqual([`update ${addressOf('2000')}`]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who deletes ours before we change it makes the step fail, and the next run creates it', () =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      const others = scenario.oracle.foreign();
      during(box, '/extension/update', () => box.remove('2000', { apply: true }));
      expect(failed(await scenario.apply())).toMatchObject([
        { written: 'nothing', diagnostic: { code: 'not-found' } },
      ]);
      await expectRecovery(scenario, others);
    }));

  it('who deletes what we are about to delete saves us the trouble', () =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      during(box, '/extension/delete', () => box.remove('2001', { apply: true }));
      expect((await scenario.apply()).codes).toEqual([]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('who creates our number before us keeps it, and we ask before taking it over', () =>
    on(startNew(), async (scenario) => {
      const { box } = scenario;
      during(box, '/extension/create', () =>
        box.create({ number: '2002', first_name: 'Fax' }, { apply: true }),
      );
      const run = await scenario.apply();
      expect(run.steps).toMatchObject([
        { result: 'failed', written: 'nothing', diagnostic: { code: 'already-exists' } },
      ]);
      const theirs = box.saved()['2002'];
      expect((await scenario.apply()).steps).toMatchObject([
        { result: 'blocked', blocked: { code: 'needs-adopt' } },
      ]);
      expect(box.saved()['2002']).toEqual(theirs);
      expect([box.sessions(), scenario.leaks()]).toEqual([0, []]);
    }));

  it('who gives our number to another extension meanwhile does not lose it to us', () =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      during(box, '/extension/get?', () => {
        box.remove('2000', { apply: true });
        box.create({ number: '2000', first_name: 'Fax', type: 'FXS' }, { apply: true });
      });
      const run = await scenario.apply();
      expect(failed(run)).toMatchObject([
        { written: 'nothing', diagnostic: { code: 'unsupported-operation' } },
      ]);
      expect(box.saved()['2000']).toMatchObject({ type: 'FXS', first_name: 'Fax' });
    }));

  it('whose edit is saved and not applied sees it applied by our writes, and left as it is', () =>
    on(startWork(), async (scenario) => {
      const { box } = scenario;
      box.edit('1001', { title: 'Jefe' });
      const saved = box.saved()['1001'];
      expect((await scenario.apply()).codes).toEqual([]);
      expect([box.saved()['1001'], box.running()['1001']]).toEqual([saved, saved]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('is left alone by a run without changes', () =>
    on(startNew(), async (scenario) => {
      const { box } = scenario;
      expect((await scenario.apply()).codes).toEqual([]);
      const running = box.running()['1001'];
      box.edit('1001', { title: 'Jefe' });
      expect((await scenario.apply()).result?.report ?? null).toBeNull();
      expect(box.running()['1001']).toEqual(running);
    }));
});

/** A new extension that the box refuses for what is there: nothing is written, and the cause is named. */
async function refusesNew(scenario: Work, code: string, evidence: RegExp): Promise<void> {
  const before = JSON.stringify(scenario.box.saved());
  const [step] = failed(await scenario.apply());
  expect(step).toMatchObject({ written: 'nothing', diagnostic: { code } });
  expect(step?.diagnostic?.params.evidence).toMatch(evidence);
  expect(JSON.stringify(scenario.box.saved())).toBe(before);
  expect([scenario.box.sessions(), scenario.leaks()]).toEqual([0, []]);
}

const clashes: readonly (readonly [string, Variant, RegExp])[] = [
  [
    'address',
    {
      settings: { seed: [{ number: '1500', email_addr: 'uno@acme.example' }] },
      extension: { email: 'uno@acme.example' },
    },
    /40003.*email_addr/,
  ],
  [
    'registration name',
    {
      settings: { seed: [{ number: '1500', reg_name: 'mesa' }] },
      extension: { registrationName: 'mesa' },
    },
    /40003.*reg_name/,
  ],
  [
    'number, which is the registration name of another',
    { settings: { seed: [{ number: '1500', reg_name: '2002' }] } },
    /40003.*reg_name/,
  ],
  [
    'number, which a queue has',
    { settings: { callFlow: { queues: [{ number: '2002', name: 'Ventas', agents: [] }] } } },
    /40003.*number/,
  ],
  [
    'number, which a ring group has',
    { settings: { callFlow: { ringGroups: [{ number: '2002', name: 'Ventas', members: [] }] } } },
    /40003.*number/,
  ],
  [
    'number, which a menu has',
    { settings: { callFlow: { ivrs: [{ number: '2002', name: 'Menú' }] } } },
    /40003.*number/,
  ],
];

describe.concurrent('what others have already', () => {
  it.each(clashes)('its %s: a new extension is refused by name', (_, variant, evidence) =>
    on(startNew(variant), (scenario) => refusesNew(scenario, 'already-exists', evidence)),
  );

  it('an address: a change to it is refused by name, and goes through once it is free', () =>
    on(startNew(), async (scenario) => {
      const { box } = scenario;
      expect((await scenario.apply()).codes).toEqual([]);
      await redeclare(scenario, { extension: { email: 'ext1001@acme.example' } });
      const before = box.saved()['2002'];
      expect(failed(await scenario.apply())).toMatchObject([
        { written: 'nothing', diagnostic: { code: 'already-exists' } },
      ]);
      expect(box.saved()['2002']).toEqual(before);
      box.edit('1001', { email_addr: '' }, { apply: true });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));

  it('our number: it is not touched without consent', () =>
    on(startNew({ settings: { seed: [{ number: '2002', first_name: 'Fax' }] } }), async (scenario) => {
      const { box } = scenario;
      const theirs = box.saved()['2002'];
      expect((await scenario.apply()).steps).toMatchObject([{ blocked: { code: 'needs-adopt' } }]);
      expect([box.saved()['2002'], box.sessions()]).toEqual([theirs, 0]);
    }));

  it('all the room there is: refused by name, and created once there is room', () =>
    on(startNew({ settings: { maxExtensions: 4 } }), async (scenario) => {
      const { box } = scenario;
      await refusesNew(scenario, 'limit-reached', /60002/);
      box.remove('1002', { apply: true });
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));
});

/** What this box finds too weak, and what of it is declared. */
const weak: readonly (readonly [string, Partial<LabYeastarP>, string])[] = [
  ['without a digit', {}, 'Solo-Letras-Aqui'],
  ['with the number in it, on the Cloud Edition', { model: 'Cloud', seed: [] }, 'Clave-2002-xYz'],
  ['with four digits in a row, on the Cloud Edition', { model: 'Cloud', seed: [] }, 'Clave-xYz-3456'],
];

describe.concurrent('a panel password', () => {
  it.each(weak)('%s is called weak, and another one is taken', (_, settings, password) =>
    on(startNew({ settings }), async (scenario) => {
      const others = scenario.oracle.foreign();
      await scenario.secret('values', 'extensions/sede/2002/portal', password);
      expect(failed(await scenario.apply())).toMatchObject([
        { written: 'nothing', diagnostic: { code: 'secret-weak', params: { field: 'portal' } } },
      ]);
      await scenario.secret('values', 'extensions/sede/2002/portal', 'Hn7sYb4dCx-j8GwT5kVq');
      await expectRecovery(scenario, others);
    }),
  );
});

describe.concurrent('an interface that is not granted', () => {
  it.each(['extension/list', 'extension/query', 'system/information', 'extension'])(
    '%s: nothing is read in part, and nothing is written',
    (denied) =>
      on(startNew({ settings: { denied: [denied] } }), async (scenario) => {
        const before = JSON.stringify(scenario.box.saved());
        expect((await scenario.apply()).codes).toEqual(['forbidden']);
        expect([JSON.stringify(scenario.box.saved()), scenario.box.sessions()]).toEqual([before, 0]);
      }),
  );

  it.each(['system/get_menuoptions', 'extension/getpassword', 'extension/search'])(
    '%s: the run does without it',
    (denied) =>
      on(startWork({ settings: { denied: [denied] } }), (scenario) =>
        expectRecovery(scenario, scenario.oracle.foreign()),
      ),
  );

  it.each([
    ['extension/create', '2002'],
    ['extension/update', '2000'],
    ['extension/delete', '2001'],
  ])('%s: that step fails by name, and what was written is known', (path, number) =>
    on(startWork(), async (scenario) => {
      const { box, oracle } = scenario;
      const [others, before] = [oracle.foreign(), oracle.stored()];
      const match = { path: `/${path}` };
      box.addFault({ kind: 'errno', errno: '10005', times: 0, match });
      const run = await scenario.apply();
      const step = failed(run).find(({ address }) => address === addressOf(number));
      expect(step).toMatchObject({ written: 'nothing', diagnostic: { code: 'forbidden' } });
      expect(oracle.stored()[addressOf(number)]).toBe(before[addressOf(number)]);
      expect(box.sessions()).toBe(0);
      await expectRecovery(scenario, others);
    }),
  );
});

/** Pages of two, so that the box has three of them. */
const short = { maxPageSize: 2, overlongPage: 'clamp' } as const;

describe.concurrent('a list that changes between two pages', () => {
  it.each<[string, (work: Work) => void]>([
    ['since one was added', ({ box }) => box.create({ number: '3000' }, { apply: true })],
    ['since one was removed', ({ box }) => box.remove('1000', { apply: true })],
    [
      'since one was removed and one added',
      ({ box }) => {
        box.remove('1000', { apply: true });
        box.create({ number: '3000' }, { apply: true });
      },
    ],
  ])('%s is read again, and complete', (_, act) =>
    on(startWork({ settings: { doubts: short } }), async (scenario) => {
      during(scenario.box, '/extension/list?page=2', () => act(scenario));
      expect((await scenario.apply()).codes).toEqual([]);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }),
  );

  it('every time is not taken for a list, and nothing is written', () =>
    on(startNew({ settings: { doubts: short } }), async (scenario) => {
      const { box } = scenario;
      const before = scenario.oracle.stored();
      let number = 3000;
      box.addFault({ kind: 'latency', ms: 80, times: 0, match: { path: '/extension/list?page=2' } });
      const more = setInterval(() => {
        number += 1;
        box.create({ number: String(number) }, { apply: true });
      }, 15);
      const run = await scenario.apply().finally(() => clearInterval(more));
      expect(run.codes).toEqual(['strange-answer']);
      expect(scenario.oracle.stored()).toEqual(before);
      await expectRecovery(scenario, scenario.oracle.foreign());
    }));
});
