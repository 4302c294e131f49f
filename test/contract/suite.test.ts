import { describe, expect, type RunnerTask, test } from 'vitest';
import { formsOf, leaksIn } from './canary.ts';
import { laws } from './laws/index.ts';
import { startMemory } from './memory.ts';
import { mutants } from './mutants/index.ts';
import { describeContract, prove } from './suite.ts';

/** The ids of the laws that a driver breaks. */
async function broken(driver: (typeof mutants)[number]['driver']): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const law of laws) {
    const kept = await prove(law, () => startMemory('full', driver)).then(
      () => true,
      () => false,
    );
    if (!kept) ids.push(law.id);
  }
  return ids;
}

describe('the suite bites', () => {
  test.concurrent.each(mutants)('$defect → $breaks', { timeout: 20_000 }, async ({ driver, breaks }) => {
    expect(await broken(driver)).toEqual([breaks]);
  });

  test('every law has a mutant that breaks it', () => {
    const caught = new Set(mutants.map(({ breaks }) => breaks));
    expect(laws.filter(({ id }) => !caught.has(id)).map(({ id }) => id)).toEqual([]);
  });
});

describe('laws', () => {
  test('have ids of their own', () => {
    expect(new Set(laws.map(({ id }) => id)).size).toBe(laws.length);
  });

  test('that are essential are these six', () => {
    expect(laws.filter(({ essential }) => essential).map(({ id }) => id)).toEqual([
      'reading-never-writes',
      'absent-only-on-proof',
      'foreign-untouched',
      'failed-write-says-how-much',
      'wrong-credentials-once',
      'no-secret-leaks',
    ]);
  });

  test('fail with a way out where the harness lacks their fault', async () => {
    const harness = startMemory();
    const { hang: _, ...faults } = harness.faults;
    const law = laws.find(({ id }) => id === 'time-limit');
    await expect(law?.run({ ...harness, faults })).rejects.toThrow(/exempt `time-limit` with a reason/);
  });
});

describe('exemptions', () => {
  const reason = 'kept short to show how an exemption looks';
  describeContract('memory without bulk reads', () => startMemory(), [{ law: 'reads-in-bulk', reason }]);

  test('show as a skipped test with the reason in its title', ({ task }) => {
    const skipped = tasksOf(task.file.tasks).filter(({ mode }) => mode === 'skip');
    expect(skipped.map(({ name }) => name)).toEqual([`reading costs pages, not objects (exempt: ${reason})`]);
  });

  test.each(laws.filter(({ essential }) => essential))(
    'from $id are refused while tests are collected',
    ({ id }) => {
      const collect = () => describeContract('x', () => startMemory(), [{ law: id, reason: 'inconvenient' }]);
      expect(collect).toThrow(/essential/);
    },
  );

  test('from a law that does not exist are refused', () => {
    expect(() => describeContract('x', () => startMemory(), [{ law: 'gravity', reason }])).toThrow(/gravity/);
  });

  test('without a reason are refused', () => {
    const blank = [{ law: 'reads-in-bulk', reason: ' ' }];
    expect(() => describeContract('x', () => startMemory(), blank)).toThrow(/no reason/);
  });
});

describe('the leak scan', () => {
  const secret = 'Canary-"Ñ%8';

  test.each(formsOf(secret).map((form, index) => ({ form, index })))('finds form $index', ({ form }) => {
    expect(leaksIn(`before ${form} after`, secret)).toContain(form);
  });

  test.each([0, 1, 2])('finds base64 of a text that holds the secret at offset %i', (offset) => {
    const text = Buffer.from(`${'x'.repeat(offset)}${secret}:y`).toString('base64');
    expect(leaksIn(text, secret).length).toBeGreaterThan(0);
  });

  test('finds nothing in a text without the secret', () => {
    expect(leaksIn('The box refused the password.', secret)).toEqual([]);
  });
});

function tasksOf(tasks: readonly RunnerTask[]): readonly RunnerTask[] {
  return tasks.flatMap((task) => (task.type === 'suite' ? tasksOf(task.tasks) : [task]));
}
