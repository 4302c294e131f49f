import { expect, it } from 'vitest';
import { type ClientInput, planClient, resolveReferences } from '../../../engine/plan/index.ts';
import { actual, declared, desired, entry, input, state, target, view } from './kit.ts';

/** A client of n extensions and as many phones. All secrets are new; where `existing`, everything else differs too. */
function client(n: number, existing: boolean): ClientInput {
  const numbers = Array.from({ length: n }, (_, index) => String(10_000 + index));
  const pbx = existing ? numbers.map((key) => actual(key, { values: { number: key, name: 'Otro' } })) : [];
  const shown = existing ? [actual('1', { kind: 'account', values: { label: 'x', userName: 'x' } })] : [];
  const phones = numbers.map((id) =>
    target(id, { address: `acme/device:${id}`, kind: 'device', key: `mac:${id}` }),
  );
  const base = (id: string) => {
    const dependsOn = [`acme/pbx:main/extension:${id}`];
    return {
      address: `acme/device:${id}/account:1`,
      kind: 'account',
      values: { label: id },
      dependsOn,
    } as const;
  };
  const accounts = numbers.map((id) =>
    desired('1', {
      ...base(id),
      secrets: { password: declared(id, 'new') },
      references: { userName: { address: `acme/pbx:main/extension:${id}`, field: 'registrationName' } },
    }),
  );
  const secrets = (field: string) => ({ [field]: { marker: 'old' } });
  const entries = numbers.flatMap((id) => [
    entry(id, { secrets: secrets('sip') }),
    entry('1', { ...base(id), targetKey: `mac:${id}`, secrets: secrets('password') }),
  ]);
  return input({
    desired: [...numbers.map((key) => desired(key, { secrets: { sip: declared(key, 'new') } })), ...accounts],
    views: [...phones.map((phone) => view(shown, { target: phone })), view(pbx)],
    state: state(existing ? entries : []),
  });
}

/** The same object, and everything below it, counting every time that something is read from it. */
function counted<T extends object>(whole: T, count: () => void): T {
  const known = new WeakMap<object, object>();
  const wrap = <U extends object>(one: U): U => {
    const before = known.get(one);
    if (before !== undefined) return before as U;
    const watched = new Proxy(one, {
      get: (from, name) => {
        count();
        const found: unknown = Reflect.get(from, name);
        const plain = typeof found === 'object' && found !== null;
        return plain && !(found instanceof Map || found instanceof Set) ? wrap(found) : found;
      },
    });
    known.set(one, watched);
    return watched;
  };
  return wrap(whole);
}

/** How often anything of its input is looked at while a plan is made. */
function work(n: number, existing: boolean): number {
  let looks = 0;
  const watched = counted(client(n, existing), () => {
    looks += 1;
  });
  const wanted = resolveReferences(watched.desired, watched.views, watched.state);
  const { changes } = planClient({ ...watched, desired: wanted });
  expect(changes).toHaveLength(2 * n);
  return looks;
}

it.each([
  ['is created', false],
  ['exists and differs', true],
])('ten times as many extensions and phones are ten times the work, where all of it %s', (_, existing) => {
  expect(work(2_000, existing) / work(200, existing)).toBeLessThan(11);
});
