import { describe, expect, it } from 'vitest';
import type { Desired } from '../../../engine/model/index.ts';
import type { ContractHarness, Sample } from '../../contract/harness.ts';
import { startPekepbx } from '../../contract/pekepbx.ts';
import { samples } from '../../contract/pekepbx-samples.ts';
import { creation, differences, mutated, readAll, withSession } from '../../contract/scenario.ts';
import { on } from '../../support/bench.ts';
import { noNames, oddText, oneOf, randomFrom, texts } from './odd.ts';
import { dialects, extension, startEmpty, type Work } from './scenario.ts';

/** An extension as it is declared, and what the platform must hold of it. */
interface Case {
  readonly declared: { readonly number: string } & Readonly<Record<string, unknown>>;
  readonly stored: Readonly<Record<string, string>>;
}

const sip = 'Aa7-{companyId}"\\%$&xQ';

/** All of them have the same two passwords: what is tried here is the rest. */
const secrets = {
  sip: { secret: 'extensions/nube/90/sip' },
  portal: { secret: 'extensions/nube/90/portal' },
};

function caseOf(index: number, declared: object, stored: Case['stored'], name = 'Ana'): Case {
  const number = String(200 + index);
  return { declared: extension(number, name, { secrets, ...declared }), stored: { name, ...stored } };
}

const named = (swapped: boolean) =>
  texts.map((_, index) => {
    const name = texts[swapped ? texts.length - 1 - index : index] ?? '';
    return caseOf(index, {}, { sipPassword: sip }, name);
  });

const switches = ['internalOnly', 'voicemail', 'callRecording'] as const;
const kept = { internalOnly: 'internalOnly', voicemail: 'voicemail', callRecording: 'recording' } as const;

const others: readonly Case[] = [
  ...['a+b@acme.example', 'A.B_c%d-e@Acme-Sur.Example', "o'brien@acme.example", '_@a.b.c.example'].map(
    (email) => [{ email }, { email }] as const,
  ),
  ...['+34600000001', '00', '112', '+999999999999999', '123456789012345'].map(
    (mobile) => [{ mobile }, { mobile }] as const,
  ),
  ...['0', '007', '1234567890'].map((mobileExtension) => [{ mobileExtension }, { mobileExtension }] as const),
  ...switches.flatMap((field) =>
    [true, false].map((value) => [{ [field]: value }, { [kept[field]]: String(value) }] as const),
  ),
  ...['+34910000001', '+34910000002'].map((callerId) => [{ callerId }, { callerId }] as const),
  [{ callerId: 'anonymous' }, { callerId: '' }] as const,
  ...(['user', 'admin'] as const).map((role) => [{ role }, { role }] as const),
  [{ callerIdName: 'Sala "Sur"' }, { name: 'Sala "Sur"' }] as const,
].map(([declared, stored], index) => caseOf(index, declared, stored));

const numbers: readonly Case[] = ['0', '7', '007', '90001', '999999'].map((number) => ({
  declared: extension(number, 'Ana', { secrets }),
  stored: { number, sipUser: `ext90001${number}` },
}));

async function start(dialect: 'a' | 'b'): Promise<Work> {
  const scenario = await startEmpty(dialect, { company: { quota: 500 } });
  await scenario.secret('values', 'extensions/nube/90/sip', sip);
  await scenario.secret('values', 'extensions/nube/90/portal', 'Clave ñ {number} "x"');
  return scenario;
}

/** Everything is stored exactly as declared, and a second plan finds nothing to do. */
async function expectCarried(scenario: Work, cases: readonly Case[]): Promise<void> {
  await scenario.redeclare(
    {},
    cases.map(({ declared }) => declared),
  );
  const run = await scenario.apply();
  expect([run.codes, run.steps.filter(({ result }) => result !== 'done')]).toEqual([[], []]);
  const saved = scenario.box.saved();
  for (const { declared, stored } of cases) expect(saved[declared.number]).toMatchObject(stored);
  expect(await scenario.changes()).toEqual([]);
  expect([scenario.box.sessions(), scenario.leaks()]).toEqual([0, []]);
}

/** By field: what the schema lets through, and the platform does not take. */
const refused: readonly (readonly [field: string, value: unknown, code: string])[] = [
  ['name', 'x'.repeat(101), 'value-too-long'],
  ['callerIdName', 'x'.repeat(101), 'value-too-long'],
  ...noNames.slice(0, 4).map((name) => ['name', name, 'value-characters'] as const),
  ['mobile', '1234567890123456', 'value-characters'],
  ['mobileExtension', '12345678901', 'value-too-long'],
  ['number', '1234567', 'value-too-long'],
  ['callerId', 'internal', 'value-unsupported'],
  ['nat', true, 'field-unsupported'],
  ['registrationName', 'ext90001', 'field-read-only'],
];

describe.concurrent.each(dialects)('in dialect %s', (dialect) => {
  it('a name of any kind is carried as it is, to a new extension and to one that is there', () =>
    on(start(dialect), async (scenario) => {
      await expectCarried(scenario, named(false));
      await expectCarried(scenario, named(true));
    }));

  it('any other value and number is carried as it is', () =>
    on(start(dialect), async (scenario) => {
      await expectCarried(scenario, [...others, ...numbers]);
    }));

  it('what cannot be held is said with its field, and nothing is sent', () =>
    on(start(dialect), async (scenario) => {
      for (const [field, value, code] of refused) {
        await scenario.redeclare({}, [extension('32', 'Ana', { secrets, [field]: value })]);
        const { plan, diagnostics } = await scenario.plan();
        const found = diagnostics.filter(({ severity }) => severity === 'error');
        expect(found, String(value)).toMatchObject([{ code, params: { field } }]);
        expect(plan).toBeNull();
      }
      expect(scenario.box.requests().total).toBe(0);
    }));

  it.each([
    ['sip', 'Corta-7', 'secret-too-short'],
    ['sip', 'x'.repeat(65), 'secret-too-long'],
    ['sip', 'Contraseña-larga-1', 'secret-characters'],
    ['sip', 'con blancos dentro', 'secret-characters'],
    ['portal', 'Corta-7', 'secret-too-short'],
  ])(
    'a secret %s that is refused (%#) is not sent, and does not keep the next one out',
    (field, word, code) =>
      on(start(dialect), async (scenario) => {
        const others = scenario.oracle.foreign();
        await scenario.redeclare({}, [extension('32', 'Ana', { secrets })]);
        await scenario.secret('values', `extensions/nube/90/${field}`, word);
        expect((await scenario.apply()).steps).toMatchObject([
          { written: 'nothing', diagnostic: { code, params: { field } } },
        ]);
        expect(scenario.oracle.foreign()).toBe(others);
        await scenario.secret('values', `extensions/nube/90/${field}`, 'Hn2sYb7dCx-j8GwT5kVq');
        expect((await scenario.apply()).codes).toEqual([]);
        expect([await scenario.changes(), scenario.leaks()]).toEqual([[], []]);
      }),
  );
});

/** Values of every field, of which some cannot be held. */
function anything(random: () => number): Desired['values'] {
  const digits = (most: number) => String(Math.floor(random() * 10 ** Math.ceil(random() * most)));
  const all: Desired['values'] = {
    name: oddText(random, 110),
    email: `a${digits(9)}@acme.example`,
    role: oneOf(random, ['user', 'admin', 'guest']),
    internalOnly: random() < 0.5,
    callerId: oneOf(random, ['anonymous', 'internal', '+34910000001', '+34910000002', digits(9)]),
    mobile: `${oneOf(random, ['+', ''])}${digits(17)}`,
    mobileExtension: digits(12),
    voicemail: random() < 0.5,
    callRecording: random() < 0.5,
  };
  const named = Object.entries(all).filter(([field]) => ['name', 'email'].includes(field) || random() < 0.7);
  return Object.fromEntries(named);
}

/** Each sample is refused by check or by what was read, or created, changed and read back exactly. */
async function expectTold(harness: ContractHarness, random: () => number): Promise<number> {
  const { driver, target, oracle } = harness;
  const [first] = samples;
  if (first === undefined) throw new Error('no samples');
  let carried = 0;
  await withSession(harness, 'write', async (session) => {
    const facts = await readAll(harness, session);
    for (let round = 0; round < 40; round += 1) {
      const key = String(100 + round);
      const values: Desired['values'] = { number: key, ...anything(random) };
      const sample: Sample = { ...first, desired: { ...first.desired, key, values } };
      const found = [
        ...driver.check(sample.desired, target),
        ...(driver.checkReading?.(sample.desired, target, facts) ?? []),
      ];
      if (found.length > 0) continue;
      carried += 1;
      await session.apply(creation(harness, sample));
      const reading = await readAll(harness, session);
      expect(differences(harness, mutated(sample, []), reading), JSON.stringify(values)).toEqual([]);
      expect(await oracle.saved(key)).toMatchObject({ name: values.name });
    }
  });
  return carried;
}

describe.concurrent.each(dialects)('anything at all in dialect %s', (dialect) => {
  it.each([1, 2])('is refused before it is sent, or read back as it was declared (seed %i)', async (seed) => {
    const harness = await startPekepbx({ edition: dialect, maxPageSize: 100 }, 'tenant');
    try {
      expect(await expectTold(harness, randomFrom(seed))).toBeGreaterThan(8);
    } finally {
      await harness.stop();
    }
  });
});
