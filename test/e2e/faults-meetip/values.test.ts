import { describe, expect, it } from 'vitest';
import type { LabMeetipTenant } from '../../../lab/index.ts';
import { on } from '../../support/bench.ts';
import { asked } from './moments.ts';
import { emails, oddText, randomFrom, refused, texts } from './odd.ts';
import { addressOf, extension, secretsOf, startEmpty, type Work } from './scenario.ts';

/** An extension as it is declared, and what the server must hold of it. */
interface Case {
  readonly declared: { readonly number: string } & Readonly<Record<string, unknown>>;
  readonly stored: Readonly<Record<string, string>>;
}

const sip = (number: string) => `Aa7-%$*!@_${number.slice(-3)}xQ%41`;

const pinOf = (number: string) => number.slice(-3).padStart(4, '0');

/** Declares them for the first time: with their secrets. */
async function declare(scenario: Work, cases: readonly Case[]): Promise<void> {
  await redeclare(scenario, cases);
  const secrets = cases.flatMap(({ declared: { number } }) => secretsOf(number, sip(number), pinOf(number)));
  await scenario.seal(...secrets);
}

function redeclare(scenario: Work, cases: readonly Case[]): Promise<void> {
  return scenario.redeclare(
    {},
    cases.map(({ declared }) => declared),
  );
}

/** Everything is stored exactly as declared, and a second plan finds nothing to do. */
async function expectCarried(scenario: Work, cases: readonly Case[]): Promise<void> {
  const run = await scenario.apply();
  expect([run.codes, run.steps.filter(({ result }) => result !== 'done')]).toEqual([[], []]);
  const saved = scenario.box.saved();
  for (const { declared, stored } of cases) expect(saved[declared.number]).toMatchObject(stored);
  expect(await scenario.changes()).toEqual([]);
  expect(scenario.leaks()).toEqual([]);
}

const all = Object.values(texts);
const numberAt = (index: number) => String(200 + index);

/** Each text once: half of them names, the others titles, and the other way round. */
function textCases(swapped: boolean): readonly Case[] {
  return Array.from({ length: Math.ceil(all.length / 2) }, (_, index) => {
    const pair = [all[2 * index] ?? '', all[2 * index + 1] ?? 'Jefa'];
    const [name = '', title = ''] = swapped ? [...pair].reverse() : pair;
    const number = numberAt(index);
    const stored = { name: name.trim(), title: title.trim(), secret: sip(number), pin: pinOf(number) };
    return { declared: extension(number, name, { title }), stored };
  });
}

function fuzzCases(seed: number): readonly Case[] {
  const random = randomFrom(seed);
  return Array.from({ length: 20 }, (_, index) => {
    const [name, title] = [oddText(random, 200), oddText(random, 60)];
    const callerId = `${random() < 0.5 ? '+' : ''}${String(Math.floor(random() * 1e15)).padStart(2, '0')}`;
    const stored = { name: name.trim(), title: title.trim(), callerid: callerId };
    return { declared: extension(numberAt(index), name, { title, callerId }), stored };
  });
}

describe.concurrent('a text', () => {
  it('of any kind is carried as it is, to a new extension and to one that is there', () =>
    on(startEmpty(), async (scenario) => {
      await declare(scenario, textCases(false));
      await expectCarried(scenario, textCases(false));
      await redeclare(scenario, textCases(true));
      await expectCarried(scenario, textCases(true));
    }));

  it('of any kind is carried by API v2, which changes names', () =>
    on(startEmpty({ settings: { edition: 'v2' } }), async (scenario) => {
      const cases = textCases(false);
      const named = cases.map(({ declared: { number }, stored }) => ({
        declared: extension(number, 'Ana'),
        stored: { ...stored, name: 'Ana', title: '' },
      }));
      await declare(scenario, named);
      await expectCarried(scenario, named);
      const renamed = cases.map(({ declared: { number, name }, stored }) => ({
        declared: extension(number, String(name)),
        stored: { name: stored.name ?? '' },
      }));
      await redeclare(scenario, renamed);
      await expectCarried(scenario, renamed);
      expect(asked(scenario.box).filter((one) => one.startsWith('PATCH'))).toHaveLength(renamed.length);
    }));

  it.each([1, 2])('of any letters is carried as it is (seed %i)', (seed) =>
    on(startEmpty(), async (scenario) => {
      const cases = fuzzCases(seed);
      await declare(scenario, cases);
      await expectCarried(scenario, cases);
    }),
  );

  it('is carried in a query too, where a server takes no body', () =>
    on(startEmpty({ settings: { post: false } }), async (scenario) => {
      const cases = textCases(false);
      await declare(scenario, cases);
      await expectCarried(scenario, cases);
    }));
});

const departments = { '4': 'Ventas', '6': 'I+D & "Norte" / 100%', '9': "L'Hospitalet <Sur>", '11': '0123' };
const uads = [
  { id: '50', name: 'generic_sip', fullname: 'Generic SIP' },
  { id: '61', name: 'odd', fullname: 'T46 "S" & <U> +1' },
];

const choices: readonly Case[] = [
  ...Object.entries(departments).map(([id, department], index) => ({
    declared: extension(String(300 + index), 'Ana', { department }),
    stored: { department: id },
  })),
  ...['generic-sip', 'Generic SIP', 'generic_sip', 'GENERIC SIP', 'T46 "S" & <U> +1'].map(
    (userAgent, index) => ({
      declared: extension(String(310 + index), 'Ana', { userAgent }),
      stored: { ua: userAgent.startsWith('T46') ? '61' : '50' },
    }),
  ),
  ...emails.map((email, index) => ({
    declared: extension(String(320 + index), 'Ana', { email }),
    stored: { email },
  })),
  ...['000', '007', '010', '099', '999'].map((number) => ({
    declared: extension(number, 'Ana'),
    stored: { ext: number },
  })),
  ...['00', '112', '+34910000001', '0034910000001', '12345678901234567890'].map((callerId, index) => ({
    declared: extension(String(330 + index), 'Ana', { callerId, emergencyCallerId: callerId }),
    stored: { callerid: callerId, emergencycid: callerId, callerid_sent: callerId },
  })),
  { declared: extension('340', 'Ana', { callerIdName: 'Sala "Sur"' }), stored: { name: 'Sala "Sur"' } },
];

describe.concurrent('a choice, an address or a number', () => {
  it('of any kind is carried as it is', () =>
    on(startEmpty({ tenant: { departments, uads } }), async (scenario) => {
      await declare(scenario, choices);
      await expectCarried(scenario, choices);
    }));

  it.each([2, 4, 10, 16])('of an extension with %i digits is carried as it is', (extLength) => {
    const tenant: Partial<LabMeetipTenant> = { extLength, extensions: 0, seed: [] };
    const numbers = ['0', '01', '12345678901234567', '9'.repeat(16)].map((text) =>
      text.slice(-extLength).padStart(extLength, '0'),
    );
    const cases = [...new Set(numbers)].map((number) => ({
      declared: extension(number, 'Ana'),
      stored: { ext: number },
    }));
    return on(startEmpty({ tenant }), async (scenario) => {
      await declare(scenario, cases);
      await expectCarried(scenario, cases);
    });
  });
});

describe.concurrent('a value that this kind of server does not take', () => {
  it('is refused at its field, before anything is sent', () =>
    on(startEmpty(), async (scenario) => {
      const extensions = refused.map(([field, value], index) =>
        extension(numberAt(index), 'Ana', { [field]: value }),
      );
      await scenario.redeclare({}, extensions);
      const { plan, diagnostics } = await scenario.plan();
      const told = refused.map(([field], index) =>
        diagnostics.some(({ address, severity, params }) => {
          const named = String(params.field ?? '');
          return address === addressOf(numberAt(index)) && severity === 'error' && named.endsWith(field);
        }),
      );
      expect(refused.filter((_, index) => !told[index])).toEqual([]);
      expect([plan, scenario.box.requests().total]).toEqual([null, 0]);
    }));

  it.each([
    ['sip', 'secret-too-short', 'Aa7-xyz'],
    ['sip', 'secret-characters', 'Abcdefgh7'],
    ['sip', 'secret-characters', 'Abcdef-7&secret=x'],
    ['sip', 'secret-characters', 'Abcdef-7 +ñ'],
    ['sip', 'secret-too-long', `Aa7-${'x'.repeat(125)}`],
    ['pin', 'secret-characters', '12a4'],
    ['pin', 'secret-too-long', '12345'],
    ['portal', 'secret-characters', 'Panel & más'],
  ])('is a %s that is refused (%s), and nothing of the extension is sent', (field, code, value) =>
    on(startEmpty(), async (scenario) => {
      await scenario.redeclare({}, [extension('200', 'Ana')]);
      await scenario.seal(...secretsOf('200', sip('200'), '0200'), {
        name: `extensions/sede/200/${field}`,
        value,
      });
      const run = await scenario.apply();
      expect(run.steps).toMatchObject([{ result: 'failed', written: 'nothing', diagnostic: { code } }]);
      expect(scenario.box.saved()['200']).toBeUndefined();
      expect(JSON.stringify(run)).not.toContain(value);
      expect(scenario.leaks()).toEqual([]);
    }),
  );
});
