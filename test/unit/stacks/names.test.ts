import { describe, expect, test } from 'vitest';
import { type Known, readKnown } from '../../../stacks/synth/known.ts';
import { settleNames, type Wanted } from '../../../stacks/synth/names.ts';
import { held, terraformState } from './fixture.ts';

const want = (id: string, name: string): Wanted => {
  return { address: `acme/pbx:${name}`, type: 'alta_extension', id: `memory:${id}#extension:1`, name };
};
const known = (names: Readonly<Record<string, string>>): Known =>
  readKnown(terraformState(Object.entries(names).map(([name, id]) => held(name, id, '1'))), 'acme.tfstate');

/** Name in the state → natural key; what the YAML wants likewise. Answers names now, and moves. */
function settled(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) {
  const wanted = Object.entries(after).map(([name, id]) => want(id, name));
  const { names, moved, diagnostics } = settleNames(wanted, known(before));
  return {
    names: Object.fromEntries(wanted.map(({ id }) => [names.get(`alta_extension ${id}`), id.slice(7, 8)])),
    moved: moved.map(({ from, to }) => `${from} → ${to}`.replaceAll('alta_extension.', '')),
    codes: diagnostics.map(({ code }) => code),
  };
}

describe('names', () => {
  test('stay', () => {
    expect(settled({ a: 'A', b: 'B' }, { a: 'A', b: 'B' })).toEqual({
      names: { a: 'A', b: 'B' },
      moved: [],
      codes: [],
    });
  });

  test('move where the new one is free', () => {
    const { names, moved, codes } = settled({ a: 'A', b: 'B' }, { c: 'A', b: 'B' });
    expect({ names, moved, codes }).toEqual({ names: { c: 'A', b: 'B' }, moved: ['a → c'], codes: [] });
  });

  test('are those of the YAML where nobody could look at the state', () => {
    const { moved, names } = settleNames([want('A', 'c')], null);
    expect([...names.values(), moved]).toEqual(['c', []]);
  });

  test('wait in a chain until the one before has gone', () => {
    expect(settled({ a: 'A', b: 'B' }, { b: 'A', c: 'B' })).toEqual({
      names: { a: 'A', c: 'B' },
      moved: ['b → c'],
      codes: ['synth-move-waits'],
    });
  });

  test('wait until what had the name is destroyed', () => {
    expect(settled({ a: 'A', b: 'B' }, { b: 'A' })).toEqual({
      names: { a: 'A' },
      moved: [],
      codes: ['synth-move-waits'],
    });
  });

  test('of something new are for the time being where something else still has them', () => {
    expect(settled({ a: 'A' }, { b: 'A', a: 'C' })).toEqual({
      names: { b: 'A', a_next: 'C' },
      moved: ['a → b'],
      codes: ['synth-name-taken'],
    });
  });
});

describe('a ring', () => {
  test.each([
    ['two', { a: 'A', b: 'B' }, { b: 'A', a: 'B' }],
    ['three', { a: 'A', b: 'B', c: 'C' }, { b: 'A', c: 'B', a: 'C' }],
    ['two rings', { a: 'A', b: 'B', c: 'C', d: 'D' }, { b: 'A', a: 'B', d: 'C', c: 'D' }],
    ['a ring with a tail', { a: 'A', b: 'B', c: 'C' }, { b: 'A', a: 'B', d: 'C' }],
    ['a new one in the place of a chain', { a: 'A', b: 'B' }, { b: 'A', c: 'B', a: 'D' }],
  ] as const)('of %s comes right, apply after apply', (_, before, after) => {
    let now: Readonly<Record<string, string>> = before;
    const seen: string[] = [];
    for (let turn = 0; turn < 6 && JSON.stringify(sorted(now)) !== JSON.stringify(sorted(after)); turn += 1) {
      const { names, moved } = settled(now, after);
      const declared = new Set(Object.keys(names));
      // What Terraform 1.11 refuses, and what it leaves undone without an error.
      for (const move of moved) {
        const [from = '', to = ''] = move.split(' → ');
        expect(declared.has(from), `${from} is still declared`).toBe(false);
        expect(now[to], `${to} is taken`).toBeUndefined();
      }
      seen.push(JSON.stringify(names));
      now = names;
    }
    expect(sorted(now)).toEqual(sorted(after));
    expect(new Set(seen).size).toBe(seen.length);
  });
});

const sorted = (names: Readonly<Record<string, string>>) => Object.entries(names).sort();
