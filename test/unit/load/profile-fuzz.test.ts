import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadProfile } from '../../../engine/load/index.ts';
import { seeded } from './input.ts';

const path = fileURLToPath(new URL('../../../profiles/pekepbx-v36.yaml', import.meta.url));
const text = readFileSync(path, 'utf8');
const junk: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  '',
  'x',
  '{who}',
  '$',
  '../x',
  true,
  [],
  [null],
  [[1]],
  {},
  { path: 1 },
  { verify: 1 },
];

/** Every place of a document. */
function placesIn(part: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof part !== 'object' || part === null) return [path];
  return [path, ...Object.entries(part).flatMap(([key, value]) => placesIn(value, [...path, key]))];
}

function replaced(part: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(part) ? [...part] : { ...(part as object) };
  Reflect.set(copy, first, replaced(Reflect.get(copy, first), rest, value));
  return copy;
}

test('a document with anything in any place is refused or accepted, never thrown at', () => {
  const { profile } = loadProfile('profiles/pekepbx-v36.yaml', text);
  const random = seeded(2036);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const places = placesIn(profile);
  let refused = 0;
  for (let round = 0; round < 150; round += 1) {
    const spoils = 1 + Math.floor(random() * 3);
    let document: unknown = profile;
    for (let spoil = 0; spoil < spoils; spoil += 1) document = replaced(document, pick(places), pick(junk));
    const loaded = loadProfile('profiles/pekepbx-v36.yaml', JSON.stringify(document));
    expect(loaded.profile === null).toBe(loaded.diagnostics.some(({ severity }) => severity === 'error'));
    if (loaded.profile === null) refused += 1;
  }
  expect(refused).toBeGreaterThan(100);
});

test('text with anything in any place is as well', () => {
  const random = seeded(2037);
  const signs = ['\t', '{', '}', ':', '"', '\u0000', '&a ', '*a', '- ', '\n', '#', '<<: x'];
  for (let round = 0; round < 60; round += 1) {
    const at = Math.floor(random() * text.length);
    const spoilt =
      text.slice(0, at) +
      signs[Math.floor(random() * signs.length)] +
      text.slice(at + Math.floor(random() * 9));
    expect(() => loadProfile('profiles/pekepbx-v36.yaml', spoilt)).not.toThrow();
  }
});
