/** What nobody could confirm of the P-Series, and must not matter: each reading of it. */
import { describe, expect, it } from 'vitest';
import type { LabYeastarP, LabYeastarPDoubts, LabYeastarPOrganization } from '../../../lab/index.ts';
import { during, on } from '../../support/bench.ts';
import { expectRecovery } from '../../support/matrix.ts';
import { addressOf, redeclare, startNew, startWork, type Work } from './scenario.ts';

const organizations: LabYeastarPOrganization[] = [
  { id: '1', name: 'Acme' },
  { id: '2', name: 'Ventas' },
];

/** Both values of each doubt that a run without mishaps meets, and what else must be so for it to matter. */
const readings: readonly (readonly [LabYeastarPDoubts, Partial<LabYeastarP>?])[] = [
  [{ wrongType: '-2', secondToken: 'coexists', refreshed: 'ended', lockScope: 'auth' }],
  [{ wrongType: '40001', secondToken: 'replaces', refreshed: 'kept', lockScope: 'every-request' }],
  [{ wrongType: 'convert' }],
  [{ unknownKeys: 'ignore' }, { organizations }],
  [{ unknownKeys: 'refuse' }, { organizations }],
  [{ renumber: 'ignore' }],
  [{ renumber: 'refuse' }],
  [{ renumber: 'rename' }],
  [{ updateNeedsOrganization: false }, { organizations }],
  [{ updateNeedsOrganization: true }, { organizations }],
  [{ detailPasswords: 'user' }],
  [{ detailPasswords: 'masked' }],
  [{ detailPasswords: 'absent' }],
  [{ createAnswersId: true }, { getPassword: false }],
  [{ createAnswersId: false }, { getPassword: false }],
  [{ unknownInQuery: 'skip', deleteInUse: 'succeeds', sipStatus: 'both', overlongPage: 'refuse' }],
  [{ unknownInQuery: 'refuse', deleteInUse: '70091', sipStatus: 'list', overlongPage: 'clamp' }],
  [{ maxPageSize: 2, overlongPage: 'clamp' }],
  [{ pageSize: 1 }],
];

const named = readings.map(([doubts, more]) => ({ name: JSON.stringify(doubts), doubts, more }));

describe.concurrent('a box of which is true', () => {
  it.each(named)('$name is brought to what is declared, and stays there', ({ doubts, more }) =>
    on(startWork({ settings: { ...more, doubts } }), (scenario) =>
      expectRecovery(scenario, scenario.oracle.foreign()),
    ),
  );
});

/** Readings that take something to happen. */
describe.concurrent('another login', () => {
  it.each(['coexists', 'replaces'] as const)('whose token %s with ours does not end the run', (secondToken) =>
    on(startWork({ settings: { doubts: { secondToken } } }), async (scenario) => {
      const { box, oracle, service } = scenario;
      const others = oracle.foreign();
      const { url, credentials } = service('sede');
      const body = JSON.stringify({ username: credentials.clientId, password: credentials.clientSecret });
      let theirs: Promise<unknown> | undefined;
      during(box, '/extension/get?', () => {
        theirs = fetch(`${url}/openapi/v1.0/get_token`, { method: 'POST', body });
      });
      expect((await scenario.apply()).codes).toEqual([]);
      await theirs;
      oracle.expectOurs();
      // Where the second token kills the first, ours has done so to theirs.
      expect(box.sessions()).toBe(secondToken === 'coexists' ? 1 : 0);
      await expectRecovery(scenario, others, box.sessions());
    }),
  );
});

describe.concurrent('a renewed token', () => {
  it.each(['ended', 'kept'] as const)('whose old one is %s is given back', (refreshed) =>
    on(startWork({ settings: { doubts: { refreshed } } }), async (scenario) => {
      const { box, oracle } = scenario;
      const others = oracle.foreign();
      during(box, '/extension/update', box.expireTokens);
      expect((await scenario.apply()).codes).toEqual([]);
      expect(box.requests().counts['/openapi/v1.0/refresh_token']).toBe(1);
      await expectRecovery(scenario, others);
    }),
  );
});

describe.concurrent('an extension that goes between list and details', () => {
  it.each(['skip', 'refuse'] as const)('is missing in a query that would %s it', (unknownInQuery) =>
    on(startWork({ settings: { doubts: { unknownInQuery } } }), async (scenario) => {
      const { box, oracle } = scenario;
      during(box, '/extension/query', () => box.remove('1001', { apply: true }));
      expect((await scenario.apply()).codes).toEqual([]);
      oracle.expectOurs();
      await expectRecovery(scenario, oracle.foreign());
    }),
  );
});

describe.concurrent('an extension that a queue uses', () => {
  const callFlow = { queues: [{ number: '6400', name: 'Ventas', agents: ['2001'] }] };
  const start = (deleteInUse: '70091' | 'succeeds') =>
    startWork({ settings: { callFlow, doubts: { deleteInUse } } });

  it('is deleted where the box lets it go', () =>
    on(start('succeeds'), (scenario) => expectRecovery(scenario, scenario.oracle.foreign())));

  it('stays where the box does not, and the reason is named', () =>
    on(start('70091'), async (scenario) => {
      const { box } = scenario;
      const before = box.saved()['2001'];
      const run = await scenario.apply();
      const [step] = run.steps.filter(({ result }) => result === 'failed');
      expect(step).toMatchObject({
        address: addressOf('2001'),
        written: 'nothing',
        diagnostic: { code: 'unsupported-operation' },
      });
      expect(step?.diagnostic?.params.edition).toMatch(/70091.*queue/);
      expect([box.saved()['2001'], box.sessions()]).toEqual([before, 0]);
    }));
});

describe.concurrent('a number of eight digits', () => {
  const declare = (scenario: Work) => redeclare(scenario, { extension: { number: '20020002' } });
  const secrets = async (scenario: Work) => {
    await scenario.secret('values', 'extensions/sede/20020002/sip', 'Rb6zLm4cPf-x8QjD2tNk');
    await scenario.secret('values', 'extensions/sede/20020002/portal', 'Hn2sYb7dCx-j8GwT5kVq');
  };

  it('is warned of, and created where the box takes it', () =>
    on(startNew({ settings: { doubts: { maxNumber: 8 } } }), async (scenario) => {
      await secrets(scenario);
      await declare(scenario);
      expect((await scenario.apply()).codes).toEqual(['value-too-long']);
      expect(scenario.box.running()['20020002']).toMatchObject({ first_name: 'Almacén' });
      expect(await scenario.changes()).toEqual([]);
    }));

  it('is refused by name where the box does not', () =>
    on(startNew({ settings: { doubts: { maxNumber: 7 } } }), async (scenario) => {
      await secrets(scenario);
      await declare(scenario);
      const [step] = (await scenario.apply()).steps;
      expect(step).toMatchObject({ written: 'nothing', diagnostic: { code: 'value-refused' } });
      expect(step?.diagnostic?.params.evidence).toMatch(/40002.*number/);
      expect(scenario.box.saved()['20020002']).toBeUndefined();
    }));
});

describe.concurrent('a box without a SIP extension', () => {
  it('tells nothing of the keys of its panel: NAT is left to a person, and the rest is done', () =>
    on(startNew({ settings: { extensions: 0, advancedKeys: true } }), async (scenario) => {
      await redeclare(scenario, { extension: { nat: false } });
      const run = await scenario.apply();
      expect(run.codes).toEqual([]);
      expect(scenario.box.running()['2002']).toMatchObject({ first_name: 'Almacén', enb_nat: '1' });
      expect((await scenario.apply()).codes).toEqual([]);
      expect(scenario.box.running()['2002']).toMatchObject({ enb_nat: '0' });
      expect(await scenario.changes()).toEqual([]);
    }));
});
