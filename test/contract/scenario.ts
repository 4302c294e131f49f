/** Steps that laws are made of. They assert only what every law needs to go on. */
import assert from 'node:assert/strict';
import type { Actual, Desired, Kind, Scalar, Values } from '../../engine/model/index.ts';
import { AltaError, reveal, Secret } from '../../engine/model/index.ts';
import type { Capabilities, FieldFact, PoweredSession, Reading, Write } from '../../providers/contract.ts';
import type { ContractHarness, Mutation, Opening, Sample } from './harness.ts';

/** The sample at an index; without one the harness is incomplete. */
export function sampleAt(harness: ContractHarness, index: number): Sample {
  const sample = harness.samples[index];
  assert.ok(sample, `the harness gives at least ${index + 1} samples`);
  return sample;
}

/** The kind that the samples are of. */
export function kindOf(harness: ContractHarness): Kind {
  return sampleAt(harness, 0).desired.kind;
}

/** The facts of the kind that the samples are of. */
export function fieldsOf(harness: ContractHarness): Readonly<Record<string, FieldFact>> {
  const kind = harness.driver.facts.kinds[kindOf(harness)];
  assert.ok(kind, 'the facts know the kind of the samples');
  return kind.fields;
}

/** Fields that repeat a resource's key: a sample may leave them out of its values. */
export const keyFields: readonly string[] = ['number', 'line'];

/** Opens a session, uses it, closes it. Close runs whatever happens. Ids are handed on as the engine does. */
export async function withSession<T>(
  harness: ContractHarness,
  purpose: 'read' | 'write',
  use: (session: PoweredSession) => Promise<T>,
  opening: Opening = {},
): Promise<T> {
  const session = await harness.open(purpose, opening);
  try {
    return await use(withIds(session));
  } finally {
    await session.close();
  }
}

/** The session with the vendor's ids, as far as its own readings and writes have told them, in each write. */
function withIds(session: PoweredSession): PoweredSession {
  const ids = new Map<string, string | undefined>();
  return {
    ...session,
    read: async (scope) => {
      const reading = await session.read(scope);
      for (const { key, id } of reading.resources) ids.set(key, id);
      return reading;
    },
    apply: async (write) => {
      const id = ids.get(write.key);
      const known = write.action === 'create' || id === undefined ? write : { ...write, id };
      const written = await session.apply(known);
      if (write.action !== 'update') ids.set(write.key, written.id);
      return written;
    },
  };
}

/** The desired resource in the form the target gives back. */
export function normalised(harness: ContractHarness, sample: Sample): Desired {
  return harness.driver.normalise(sample.desired, harness.target);
}

/** The write that makes a sample. */
export function creation(harness: ContractHarness, sample: Sample): Write {
  const { kind, key, address, values } = normalised(harness, sample);
  return { action: 'create', kind, key, address, values, secrets: wrapped(sample.secrets) };
}

/** The write that brings the mutations to a sample. Values go through normalise, as the engine does. */
export function change(harness: ContractHarness, sample: Sample, mutations: readonly Mutation[]): Write {
  const { kind, key, address, values: before } = normalised(harness, sample);
  const after = normalised(harness, mutated(sample, mutations));
  const named = mutations.flatMap((one) => ('value' in one ? [one.field] : []));
  const values = Object.fromEntries(Object.entries(after.values).filter(([field]) => named.includes(field)));
  const secrets = mutations.flatMap((one) => ('secret' in one ? [[one.field, one.secret] as const] : []));
  return {
    action: 'update',
    kind,
    key,
    address,
    values,
    secrets: wrapped(Object.fromEntries(secrets)),
    before,
  };
}

/** The write that removes a sample. */
export function deletion(sample: Sample): Write {
  const { kind, key, address } = sample.desired;
  return { action: 'delete', kind, key, address };
}

/** The sample with other values. Secrets of the result are clear, as in the sample. */
export function mutated(sample: Sample, mutations: readonly Mutation[]): Sample {
  const values: Record<string, Scalar> = { ...sample.desired.values };
  const secrets: Record<string, string> = { ...sample.secrets };
  for (const one of mutations) {
    if ('value' in one) values[one.field] = one.value;
    else secrets[one.field] = one.secret;
  }
  return { desired: { ...sample.desired, values }, secrets };
}

/** The mutations that the driver itself can carry out on this box. */
export function writable(harness: ContractHarness, can: Capabilities): readonly Mutation[] {
  const guided = can.guidedFields[kindOf(harness)] ?? [];
  return harness.mutations.filter(({ field }) => !guided.includes(field));
}

/** Writes to the target and makes it running. */
export async function write(session: PoweredSession, writes: readonly Write[]): Promise<void> {
  for (const one of writes) await session.apply(one);
  await session.commit?.();
}

/** Reads everything of the samples' kind, once the settle time is over. */
export async function readAll(harness: ContractHarness, session: PoweredSession): Promise<Reading> {
  await harness.clock.sleep(harness.driver.facts.settleMs);
  return session.read({ kinds: [kindOf(harness)] });
}

/** The resource of a key, which the reading must hold exactly once. */
export function actualOf(reading: Reading, key: string): Actual {
  const found = reading.resources.filter((one) => one.key === key);
  assert.equal(found.length, 1, `the reading holds ${key} exactly once`);
  return found[0] as Actual;
}

/** What a small engine would still change: fields whose value there is not the desired one. Hidden fields never count. */
export function differences(harness: ContractHarness, sample: Sample, reading: Reading): readonly string[] {
  const { key, kind, values } = normalised(harness, sample);
  const actual = actualOf(reading, key);
  const shown = (field: string) => isShown(fieldsOf(harness)[field], field, reading.can, kind);
  return [
    ...Object.keys(values).filter((field) => shown(field) && actual.values[field] !== values[field]),
    ...Object.keys(sample.secrets).filter((field) => {
      const there = actual.secrets[field];
      return shown(field) && (there === undefined || reveal(there) !== sample.secrets[field]);
    }),
  ];
}

/** Whether this box shows a field. */
export function isShown(fact: FieldFact | undefined, field: string, can: Capabilities, kind: Kind): boolean {
  if (fact === undefined || fact.read === 'no' || fact.read === 'unknown') return false;
  return !(can.hiddenFields[kind] ?? []).includes(field);
}

/** What the target has under these keys, as text to compare. */
export async function snapshot(harness: ContractHarness, keys: readonly string[]): Promise<string> {
  const found: unknown[] = [];
  for (const key of keys) {
    found.push([key, await harness.oracle.saved(key), await harness.oracle.running(key)]);
  }
  return JSON.stringify(found, null, 1);
}

/** The error of a promise that must fail, which must be an AltaError. */
export async function failure(promise: Promise<unknown>, what: string): Promise<AltaError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(outcome !== undefined, `${what} must fail, and succeeded`);
  assert.ok(outcome instanceof AltaError, `${what} must fail with an AltaError, not ${String(outcome)}`);
  return outcome;
}

/** Fails when a promise is not settled in time, whatever it holds. */
export async function within<T>(ms: number, promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new assert.AssertionError({ message: `${what}: not within ${ms} ms` })),
      ms,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A value of a sample that a mutation changes, to put it back. */
export function originalOf(values: Values, mutation: Mutation): Mutation | undefined {
  const value = values[mutation.field];
  return 'value' in mutation && value !== undefined ? { field: mutation.field, value } : undefined;
}

function wrapped(secrets: Readonly<Record<string, string>>): Readonly<Record<string, Secret>> {
  return Object.fromEntries(Object.entries(secrets).map(([field, clear]) => [field, new Secret(clear)]));
}
