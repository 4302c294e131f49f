import assert from 'node:assert/strict';
import type { Desired } from '../../../engine/model/index.ts';
import type { GuidedChange } from '../../../providers/contract.ts';
import type { ContractHarness, Sample } from '../harness.ts';
import { fieldsOf, keyFields, mutated, sampleAt } from '../scenario.ts';
import type { Law } from './law.ts';

/** The samples, and the first of them with every mutation. */
function validSamples(harness: ContractHarness): readonly Sample[] {
  return [...harness.samples, mutated(sampleAt(harness, 0), harness.mutations)];
}

async function normaliseIdempotent(harness: ContractHarness): Promise<void> {
  const { driver, target } = harness;
  for (const { desired } of validSamples(harness)) {
    const untouched = structuredClone(desired);
    const once = driver.normalise(desired, target);
    assert.deepEqual(driver.normalise(once, target), once, 'normalising twice is not normalising once');
    assert.deepEqual(desired, untouched, 'normalise changed what it was given');
  }
}

async function checkFindsProblems(harness: ContractHarness): Promise<void> {
  const { driver, target } = harness;
  const errorsOf = (desired: Desired) =>
    driver.check(desired, target).filter((one) => one.severity === 'error');
  for (const { desired } of validSamples(harness)) {
    assert.deepEqual(errorsOf(desired), [], 'check refuses a valid sample');
  }
  const { desired } = sampleAt(harness, 0);
  const fixed = Object.entries(fieldsOf(harness)).filter(([, fact]) => fact.write === 'no' && !fact.secret);
  for (const field of ['noSuchField', ...fixed.map(([name]) => name)]) {
    const found = errorsOf({ ...desired, values: { ...desired.values, [field]: 'x' } });
    assert.ok(
      found.some(({ params }) => params.field === field),
      `check accepts \`${field}\`, which cannot be set`,
    );
  }
  for (const [field, fact] of Object.entries(fieldsOf(harness))) {
    if (!fact.requiredOnCreate || keyFields.includes(field)) continue;
    const found = errorsOf(without(desired, field));
    assert.ok(
      found.some(({ params }) => params.field === field),
      `check does not miss \`${field}\``,
    );
  }
}

function without(desired: Desired, field: string): Desired {
  const left = <T>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => name !== field));
  const { values, secrets, references } = desired;
  return { ...desired, values: left(values), secrets: left(secrets), references: left(references) };
}

async function formSaysAll(harness: ContractHarness): Promise<void> {
  const { driver, target } = harness;
  for (const { desired, secrets } of harness.samples) {
    const { kind, key, values } = driver.normalise(desired, target);
    const names = Object.fromEntries(
      Object.keys(secrets).map((field) => [field, `${desired.address}/${field}`]),
    );
    const change: GuidedChange = { action: 'create', kind, key, values, secrets: names };
    const lines = driver.form(change, target);
    const asked = lines.flatMap((line) => (line.do === 'secret' ? [line.name] : []));
    assert.deepEqual(
      asked.sort(),
      Object.values(names).sort(),
      'the form does not ask for every secret by name',
    );
    const set = lines.flatMap((line) => (line.do === 'set' ? [line.value] : []));
    assert.ok(set.length >= Object.keys(values).length, 'the form leaves values out');
    assert.ok(
      lines.some((line) => line.do === 'press'),
      'the form ends in a button',
    );
    assert.ok(driver.form({ ...change, action: 'delete' }, target).some((line) => line.do === 'press'));
  }
}

/** Laws of the pure functions. */
export const pureLaws: readonly Law[] = [
  {
    id: 'normalise-idempotent',
    title: 'normalise is idempotent and pure',
    essential: false,
    run: normaliseIdempotent,
  },
  {
    id: 'check-finds-problems',
    title: 'check accepts what is valid and names what the target cannot hold',
    essential: false,
    run: checkFindsProblems,
  },
  {
    id: 'form-says-all',
    title: 'the form asks for every value and every secret',
    essential: false,
    run: formSaysAll,
  },
];
