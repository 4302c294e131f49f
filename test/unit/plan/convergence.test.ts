import { expect, it } from 'vitest';
import {
  type ActualView,
  type Change,
  type Desired,
  type State,
  type StateEntry,
  stateKey,
  type Values,
} from '../../../engine/model/index.ts';
import {
  adoptedSecrets,
  type ClientInput,
  type Ended,
  isRemoteChange,
  nextState,
  planClient,
} from '../../../engine/plan/index.ts';
import { actual, declared, desired, entry, fullApi, input, state, view } from './kit.ts';

/** A small seeded generator (mulberry32), so that a failure names the case that shows it again. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const keys = ['10', '11', '12', '13', '14', '15'];

interface Scene {
  readonly desired: readonly Desired[];
  readonly actual: readonly ActualView[];
  readonly state: State;
  readonly can: typeof fullApi;
}

/** Any mixture of declared, present and ours, with drift, rotations, labels that moved, hidden and guided fields. */
function scene(next: () => number): Scene {
  const chance = (p: number): boolean => next() < p;
  const pick = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(next() * items.length)] ?? items[0];
  const values = (key: string): Values => ({
    number: key,
    name: pick(['Ana', 'Bea', 'Eva']),
    ...(chance(0.5) ? { nat: chance(0.5) } : {}),
    ...(chance(0.3) ? { email: pick(['a@acme.example', 'b@acme.example']) } : {}),
  });
  const some = keys.filter(() => chance(0.6));
  const wanted = keys
    .filter(() => chance(0.6))
    .map((key) =>
      desired(key, {
        values: values(key),
        secrets: chance(0.5) ? { sip: declared(`s${key}`, pick(['rev1', 'rev2'])) } : {},
        adopt: pick(['no', 'values', 'secrets']),
        protect: chance(0.2),
      }),
    );
  const present = some.map((key) =>
    actual(key, {
      values: values(key),
      fingerprints: chance(0.5) ? { sip: pick(['f:rev1', 'f:rev2', 'x']) } : {},
    }),
  );
  const owned = keys
    .filter(() => chance(0.5))
    .map((key) =>
      entry(key, {
        values: values(key),
        secrets: chance(0.5) ? { sip: pick([{ marker: 'rev1', readback: 'f:rev1' }, { marker: null }]) } : {},
        ...(chance(0.2) ? { address: `acme/pbx:old/extension:${key}` } : {}),
      }),
    );
  const hidden = chance(0.3) ? { hiddenFields: { extension: ['nat'] } } : {};
  const guided = chance(0.2) ? { guidedFields: { extension: ['nat'] } } : {};
  return { desired: wanted, actual: present, state: state(owned), can: { ...fullApi, ...hidden, ...guided } };
}

function inputOf({ desired: wanted, actual: present, state: known, can }: Scene): ClientInput {
  return input({ desired: wanted, views: [view(present, { can })], state: known });
}

/** A target that does exactly what it is told, and an engine that journals exactly what it did. */
function applied(before: Scene): { after: Scene; changes: readonly Change[] } {
  const plan = planClient(inputOf(before));
  const wanted = new Map(before.desired.map((d) => [d.address, d]));
  const present = new Map(before.actual.map((a) => [a.key, a]));
  const resources: Record<string, StateEntry> = { ...before.state.resources };
  const ended: Ended[] = [];
  for (const change of plan.changes) {
    const want = wanted.get(change.address) ?? null;
    if (change.blocked === null && isRemoteChange(change)) write(change, want, present, resources);
    const id = stateKey(change.targetKey, change.kind, change.key);
    const known = before.state.resources[id] ?? null;
    ended.push({
      change,
      desired: want,
      entry: known,
      actual: present.get(change.key) ?? null,
      result: resultOf(change),
    });
  }
  const facts = { now: 't', commit: null, targets: {}, proven: {} };
  const next = nextState({ ...before.state, resources }, ended, facts);
  return { after: { ...before, actual: [...present.values()], state: next }, changes: plan.changes };
}

function resultOf(change: Change): Ended['result'] {
  if (change.blocked !== null) return 'blocked';
  if (change.action === 'record' || change.action === 'forget') return 'recorded';
  return isRemoteChange(change) ? 'done' : 'pending';
}

function write(
  change: Change,
  want: Desired | null,
  present: Map<string, ActualView>,
  resources: Record<string, StateEntry>,
): void {
  const id = stateKey(change.targetKey, change.kind, change.key);
  if (want === null) {
    present.delete(change.key);
    delete resources[id];
    return;
  }
  const known = present.get(change.key);
  const done = change.fields.filter((field) => !field.guided);
  const plain = done.flatMap((f) => (f.sensitive || f.after === null ? [] : [[f.field, f.after] as const]));
  const sensitive = done.filter((field) => field.sensitive).map((field) => field.field);
  const prints = sensitive.map((field) => [field, `f:${change.revs[field]}`] as const);
  present.set(
    change.key,
    actual(change.key, {
      values: { ...known?.values, ...Object.fromEntries(plain) },
      fingerprints: { ...known?.fingerprints, ...Object.fromEntries(prints) },
    }),
  );
  const guided = new Set(change.fields.filter((field) => field.guided).map((field) => field.field));
  const secrets = sensitive.map(
    (f) => [f, { marker: change.revs[f] ?? null, readback: `f:${change.revs[f]}` }] as const,
  );
  resources[id] = entry(change.key, {
    address: change.address,
    values: Object.fromEntries(Object.entries(want.values).filter(([field]) => !guided.has(field))),
    secrets: {
      ...(resources[id]?.secrets ?? adoptedSecrets(want, known ?? null)),
      ...Object.fromEntries(secrets),
    },
    ...(want.protect ? { protect: true } : {}),
  });
}

/** What the second plan may still hold: nothing that would write, but for what was blocked. */
function leftOver(second: readonly Change[]): readonly string[] {
  return second
    .filter((change) => change.blocked === null)
    .filter((change) => isRemoteChange(change) || change.action === 'record' || change.action === 'forget')
    .map((change) => `${change.action} ${change.section} ${change.address}`);
}

const cases = Array.from({ length: 40 }, (_, index) => index * 50);

it.each(cases)('converges in one apply, cases %i and the 49 after it', (first) => {
  for (let seed = first; seed < first + 50; seed += 1) {
    const before = scene(random(seed));
    const { after } = applied(before);
    const second = planClient(inputOf(after)).changes;
    expect({ seed, left: leftOver(second) }).toEqual({ seed, left: [] });
  }
});

it.each(cases)('touches nothing foreign and nothing blocked, cases %i and the 49 after it', (first) => {
  for (let seed = first; seed < first + 50; seed += 1) {
    const before = scene(random(seed));
    const { after, changes } = applied(before);
    const blocked = new Set(changes.filter((change) => change.blocked !== null).map((change) => change.key));
    const named = new Set(changes.map((change) => change.key));
    const untouched = before.actual.filter((a) => blocked.has(a.key) || !named.has(a.key));
    expect({ seed, kept: untouched.every((a) => after.actual.includes(a)) }).toEqual({ seed, kept: true });
  }
});

it.each(cases)(
  'never replaces the secret of something adopted without consent, cases %i and the 49 after',
  (first) => {
    for (let seed = first; seed < first + 50; seed += 1) {
      const { changes } = applied(scene(random(seed)));
      const adoptions = changes.filter((change) => change.section === 'adopted' && change.blocked === null);
      const wanted = new Map(scene(random(seed)).desired.map((d) => [d.address, d]));
      const replacing = adoptions.filter((change) => change.fields.some((field) => field.sensitive));
      const consented = replacing.filter((change) => wanted.get(change.address)?.adopt === 'secrets');
      expect({ seed, replacing: replacing.length }).toEqual({ seed, replacing: consented.length });
    }
  },
);
