import assert from 'node:assert/strict';
import type { Capabilities, PoweredSession, Write } from '../../../providers/contract.ts';
import type { ContractHarness, Mutation, Sample } from '../harness.ts';
import {
  change,
  creation,
  deletion,
  differences,
  failure,
  fieldsOf,
  isShown,
  keyFields,
  kindOf,
  mutated,
  normalised,
  readAll,
  sampleAt,
  withSession,
  writable,
  write,
} from '../scenario.ts';
import type { Law } from './law.ts';

async function fieldsRoundTrip(harness: ContractHarness): Promise<void> {
  const sample = sampleAt(harness, 0);
  await withSession(harness, 'write', async (session) => {
    await write(session, [creation(harness, sample)]);
    const { can } = await readAll(harness, session);
    const byField = new Map(writable(harness, can).map((one) => [one.field, one]));
    const guided = can.guidedFields[kindOf(harness)] ?? [];
    for (const [field, fact] of Object.entries(fieldsOf(harness))) {
      const set = fact.write === 'yes' || fact.write === 'sometimes';
      if (!set || fact.immutable || keyFields.includes(field) || guided.includes(field)) continue;
      const mutation = byField.get(field);
      assert.ok(mutation, `the harness has no mutation for \`${field}\`, which the facts call writable`);
      await roundTrip(harness, session, sample, mutation);
    }
    for (const [field, fact] of Object.entries(fieldsOf(harness))) {
      const fixed = fact.immutable && fact.write === 'yes' && !keyFields.includes(field);
      if (fixed) declaredSomewhere(harness, field);
    }
  });
}

/** One field goes there, and comes back where the target shows it; the oracle sees it in any case. */
async function roundTrip(
  harness: ContractHarness,
  session: PoweredSession,
  sample: Sample,
  mutation: Mutation,
): Promise<void> {
  const { field } = mutation;
  const { key, kind } = sample.desired;
  const before = JSON.stringify(await harness.oracle.saved(key));
  await write(session, [change(harness, sample, [mutation])]);
  assert.notEqual(JSON.stringify(await harness.oracle.saved(key)), before, `\`${field}\` was not written`);
  const reading = await readAll(harness, session);
  if (!isShown(fieldsOf(harness)[field], field, reading.can, kind)) return;
  const left = differences(harness, mutated(sample, [mutation]), reading);
  assert.ok(!left.includes(field), `\`${field}\` does not read back as written`);
}

function declaredSomewhere(harness: ContractHarness, field: string): void {
  const declared = harness.samples.some((sample) => field in normalised(harness, sample).values);
  assert.ok(declared, `no sample declares \`${field}\`, which can only be set on create`);
}

async function capabilitiesHonest(harness: ContractHarness): Promise<void> {
  const kind = kindOf(harness);
  await withSession(harness, 'write', async (session) => {
    await write(
      session,
      harness.samples.map((sample) => creation(harness, sample)),
    );
    const { can, resources } = await readAll(harness, session);
    for (const { values, secrets } of resources) {
      const shown = Object.keys({ ...values, ...secrets });
      const hidden = shown.filter((field) => !isShown(fieldsOf(harness)[field], field, can, kind));
      assert.deepEqual(hidden, [], 'fields shown that the facts or the capabilities call hidden');
    }
    assert.deepEqual(disagreements(harness, can), [], 'the facts say otherwise than the capabilities');
    const before = await harness.oracle.writes();
    for (const step of guidedSteps(harness, can.guidedActions[kind] ?? [], can.guidedFields[kind] ?? [])) {
      const error = await failure(session.apply(step), `a guided ${step.action}`);
      assert.equal(error.code, 'unsupported-operation', 'what only a person can do is not tried');
      assert.equal(error.written, 'nothing');
    }
    assert.equal(await harness.oracle.writes(), before, 'a guided step wrote');
  });
}

/** What the facts call settled and this box calls otherwise. `sometimes` and `unknown` leave it to the box. */
function disagreements(harness: ContractHarness, can: Capabilities): readonly string[] {
  const kind = kindOf(harness);
  const guided = can.guidedFields[kind] ?? [];
  const hidden = can.hiddenFields[kind] ?? [];
  const fields = Object.entries(fieldsOf(harness)).filter(([field, { read, write, secret }]) => {
    const wrongWrite = guided.includes(field) ? write === 'yes' || write === 'no' : write === 'guided';
    const wrongRead = hidden.includes(field) ? read === 'yes' : read === 'no' && !secret;
    return wrongWrite || wrongRead;
  });
  const facts = harness.driver.facts.kinds[kind];
  const actions = (['create', 'update', 'delete'] as const).filter((action) =>
    can.guidedActions[kind]?.includes(action) ? facts?.[action] === 'yes' : facts?.[action] === 'guided',
  );
  return [...fields.map(([field]) => field), ...actions];
}

function guidedSteps(
  harness: ContractHarness,
  actions: readonly string[],
  fields: readonly string[],
): readonly Write[] {
  const sample = sampleAt(harness, 0);
  const guided = harness.mutations.filter(({ field }) => fields.includes(field));
  const missing = fields.filter((field) => !guided.some((one) => one.field === field));
  assert.deepEqual(missing, [], 'guided fields without a mutation in the harness');
  const anyField = harness.mutations.filter(({ field }) => !fields.includes(field)).slice(0, 1);
  const every = [creation(harness, sample), change(harness, sample, anyField), deletion(sample)];
  return [
    ...every.filter(({ action }) => actions.includes(action)),
    ...guided.map((one) => change(harness, sample, [one])),
  ];
}

/** Laws of what a driver says that its target can do. */
export const factsLaws: readonly Law[] = [
  {
    id: 'fields-round-trip',
    title: 'every field of the facts round-trips, or is declared hidden, guided or fixed',
    essential: false,
    run: fieldsRoundTrip,
  },
  {
    id: 'capabilities-honest',
    title: 'what the capabilities call hidden is not shown, and what they call guided is not tried',
    essential: false,
    run: capabilitiesHonest,
  },
];
