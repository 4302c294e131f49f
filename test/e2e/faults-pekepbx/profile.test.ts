/** Where the profile is what is wrong: guesses, a server that changed, a name that is another one there. */
import { describe, expect, it } from 'vitest';
import type { Code } from '../../../engine/model/index.ts';
import { on } from '../../support/bench.ts';
import { expectRecovery } from '../../support/matrix.ts';
import { dialects, startNew, startWork, type Variant, type Work } from './scenario.ts';

const writesTo = ({ box }: Work) =>
  box.requests().entries.filter(({ method, path }) => method !== 'GET' && path.includes('/extension'));

const line = (text: string, more: string) => (yaml: string) => yaml.replace(text, `${text}${more}`);

const marked = 'verify: true, ';
const markedBelow = '    verify: true\n';

/** What is marked, and which steps of the three need it. A deletion waits for all else. */
const guesses: readonly (readonly [string, string, RegExp, readonly string[]])[] = [
  ['a field that two of three steps send', 'name', /path: (full_name|user\.fullName)\n/, ['30', '32']],
  ['what all of them need', 'identity.id', /\{ (?=path: (id|uuid) \}\n +(number|# The))/, ['30', '32', '31']],
  ['a call', 'delete', /delete: \{ /, ['31']],
];

describe.concurrent.each(dialects)('a profile of dialect %s', (dialect) => {
  it.each(guesses)('that marks %s (%s) plans, and writes only what does not need it', (_, _2, at, blocked) =>
    on(startWork(dialect), async (scenario) => {
      const { box, oracle } = scenario;
      const others = oracle.foreign();
      await scenario.profile((yaml) =>
        yaml.replace(at, (found) => `${found}${found.endsWith('\n') ? markedBelow : marked}`),
      );
      await scenario.redeclare({ profile: 'nube' });
      const before = oracle.stored();
      expect(await scenario.changes()).toHaveLength(3);
      const run = await scenario.apply();
      const refused = run.steps.filter(({ diagnostic }) => diagnostic?.code === 'profile-unverified');
      const numbers = refused.map(({ address }) => address.slice(-2));
      expect(numbers.filter((number) => !blocked.includes(number))).toEqual([]);
      expect(numbers.length).toBeGreaterThan(0);
      expect(refused.every(({ written }) => written === 'nothing')).toBe(true);
      for (const number of blocked) {
        const address = `acme/pbx:nube/extension:${number}`;
        expect(oracle.stored()[address]).toBe(before[address]);
      }
      expect(writesTo(scenario)).toHaveLength(blocked.length === 1 ? 2 : 0);
      expect([box.sessions(), scenario.leaks()]).toEqual([0, []]);
      await scenario.redeclare({ profile: `pekepbx-lab-${dialect}` });
      await expectRecovery(scenario, others);
    }),
  );

  it.each<[string, (yaml: string) => string]>([
    ['a key is there that was not', (yaml) => yaml.replace(/ {4}(email|user\.mail): string\n/, '')],
    ['a key is gone', line('  keys:\n', '    plan: string\n')],
    [
      'a key holds something else',
      (yaml) => yaml.replace(/(only_internal|limits\.internalOnly): \w+/, '$1: array'),
    ],
  ])('whose fingerprint says otherwise (%s) plans with a warning, and writes nothing', (_, change) =>
    on(startWork(dialect), async (scenario) => {
      const { box, oracle } = scenario;
      const others = oracle.foreign();
      await scenario.profile(change);
      await scenario.redeclare({ profile: 'nube' });
      const before = oracle.stored();
      expect(await scenario.changes()).toHaveLength(3);
      const run = await scenario.apply();
      expect(run.codes[0]).toBe('profile-changed');
      const [step] = run.steps;
      expect(step).toMatchObject({ written: 'nothing', diagnostic: { code: 'profile-changed' } });
      expect([oracle.stored(), writesTo(scenario), box.sessions()]).toEqual([before, [], 0]);
      await scenario.redeclare({ profile: `pekepbx-lab-${dialect}` });
      await expectRecovery(scenario, others);
    }),
  );
});

/** Two rows of a page, so that paging shows. */
const short: Variant = { settings: { maxPageSize: 2 }, company: { extensions: 5, queues: {} } };

/** A name that is another one there → where the run ends, and what of the profile it names. */
const wrong: readonly (readonly [string, 'a' | 'b', Variant, (yaml: string) => string, Code, RegExp])[] = [
  [
    'forgets the company: rows of another one come in',
    'a',
    {},
    (yaml) => yaml.replace('- { by: query, name: companyId }', '- { by: query, name: empresa }'),
    'profile-outdated',
    /tenant\.scopes\.0/,
  ],
  [
    'sends the digits where calls carry the key',
    'b',
    {},
    (yaml) => yaml.replace('  key: { path: uuid }\n', ''),
    'profile-outdated',
    /resources\.did\.list/,
  ],
  [
    'asks for pages by another name: the first comes again',
    'a',
    short,
    (yaml) => yaml.replace('parameter: page\n', 'parameter: pagina\n'),
    'strange-answer',
    /repeats.*list\.pager/,
  ],
  [
    'asks for cursors by another name',
    'b',
    short,
    (yaml) => yaml.replace('parameter: cursor', 'parameter: after'),
    'strange-answer',
    /repeats.*list\.pager/,
  ],
  [
    'looks for the rows elsewhere',
    'b',
    {},
    (yaml) => yaml.replace('results: { path: results }', 'results: { path: items }'),
    'profile-outdated',
    /list\.results/,
  ],
  [
    'looks for the total elsewhere',
    'a',
    {},
    (yaml) => yaml.replace('total: meta.total', 'total: meta.count'),
    'profile-outdated',
    /list\.pager/,
  ],
  [
    'looks for the number elsewhere',
    'b',
    {},
    (yaml) => yaml.replace('number: { path: sip.name,', 'number: { path: sip.user,'),
    'profile-outdated',
    /identity\.number/,
  ],
  [
    'strips what does not stand there',
    'b',
    {},
    (yaml) => yaml.replace('strip: "ext{companyId}", maxLength', 'strip: "usr{companyId}", maxLength'),
    'profile-outdated',
    /identity\.number/,
  ],
  [
    'looks for the token elsewhere',
    'a',
    {},
    (yaml) => yaml.replace('token: { path: token }', 'token: { path: access_token }'),
    'profile-outdated',
    /auth\.token/,
  ],
  [
    'asks at another address',
    'a',
    {},
    (yaml) => yaml.replace('list: { path: /extension }', 'list: { path: /users }'),
    'profile-outdated',
    /resources\.extension\.list/,
  ],
];

describe.concurrent('a profile that', () => {
  it.each(wrong)('%s ends the run by name', (_, dialect, variant, change, code, place) =>
    on(startNew(dialect, variant), async (scenario) => {
      const { box, oracle } = scenario;
      const others = oracle.foreign();
      await scenario.profile(change);
      await scenario.redeclare({ profile: 'nube' });
      const before = oracle.stored();
      const run = await scenario.apply();
      expect(run.codes[0]).toBe(code);
      const told = run.result?.planned.plan?.clients.flatMap(({ diagnostics }) => diagnostics) ?? [];
      const params = told.find((one) => one.code === code)?.params;
      expect(`${String(params?.evidence)} ${String(params?.mark)}`).toMatch(place);
      expect([oracle.stored(), writesTo(scenario), scenario.leaks()]).toEqual([before, [], []]);
      if (!place.test('auth.token')) expect(box.sessions()).toBe(0);
      await scenario.redeclare({ profile: `pekepbx-lab-${dialect}` });
      await expectRecovery(scenario, others, box.sessions());
    }),
  );
});
