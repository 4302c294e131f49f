import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { load } from '../../../engine/load/index.ts';
import { oneClient, seeded } from './input.ts';

const golden = fileURLToPath(new URL('../../golden/load/', import.meta.url));
const seeds = readdirSync(golden, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('client.yaml'))
  .map((path) => readFileSync(golden + path));

const PIECES = [
  '\t',
  '\n',
  ' ',
  ':',
  '- ',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '#',
  '&a ',
  '*a ',
  '!x ',
  '|',
  '>',
  '%',
  '\u0000',
  '\\',
  '010',
  'null',
  '~',
  '\uFEFF',
  '😀',
  '<<: ',
  '__proto__: ',
];

/** A file with a few bytes cut, doubled, replaced or slipped in. */
function mutated(source: Uint8Array, random: () => number): Uint8Array {
  let text = Buffer.from(source).toString('latin1');
  const times = 1 + Math.floor(random() * 4);
  for (let i = 0; i < times; i += 1) text = mutatedOnce(text, random);
  return Buffer.from(text, 'latin1');
}

function mutatedOnce(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const end = at + Math.floor(random() * 30);
  const choice = Math.floor(random() * 4);
  if (choice === 0) return text.slice(0, at) + text.slice(end);
  if (choice === 1) return text.slice(0, end) + text.slice(at);
  const piece = Buffer.from(PIECES[Math.floor(random() * PIECES.length)] ?? '').toString('latin1');
  return text.slice(0, at) + piece + text.slice(choice === 2 ? at : at + 1);
}

describe('changed files never throw, and every diagnostic has its place', () => {
  test.each(Array.from({ length: 20 }, (_, i) => i + 1))('seed %i', (seed) => {
    const random = seeded(seed);
    const misplaced = Array.from({ length: 60 }, () => {
      const source = seeds[Math.floor(random() * seeds.length)] ?? new Uint8Array();
      return load(oneClient(mutated(source, random))).diagnostics;
    })
      .flat()
      .filter(({ range, snippet }) => range === undefined || snippet === undefined || range.start.line < 1);
    expect(misplaced).toEqual([]);
  });
});

/** What may stand where something else belongs. */
const JUNK: readonly unknown[] = [
  null,
  true,
  5,
  1.5,
  -1,
  '',
  'x',
  'toString',
  '010',
  [],
  [null],
  ['x'],
  {},
  { x: 1 },
  { secret: 'a/b' },
  [{}],
];

/** The same data with one value somewhere replaced. */
function replacedOnce(data: unknown, random: () => number): unknown {
  const stop = random() < 0.15;
  if (stop || typeof data !== 'object' || data === null) return JUNK[Math.floor(random() * JUNK.length)];
  const keys = Object.keys(data);
  const chosen = keys[Math.floor(random() * keys.length)];
  const entries = Object.entries(data).map(([key, value]): [string, unknown] => [
    key,
    key === chosen ? replacedOnce(value, random) : value,
  ]);
  return Array.isArray(data) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

const names = [
  'design-example',
  'secret-references',
  'references',
  'registrations',
  'pbx-shapes',
  'claimed-twice',
];
const read = (name: string, file: string) =>
  parse(readFileSync(`${golden}${name}/input/${file}`, 'utf8')) as unknown;

describe('wrong values in any place never throw', () => {
  test.each(Array.from({ length: 20 }, (_, i) => i + 1))('seed %i', (seed) => {
    const random = seeded(seed);
    const results = Array.from({ length: 60 }, () => {
      const name = names[Math.floor(random() * names.length)] ?? '';
      const client = replacedOnce(replacedOnce(read(name, 'clients/acme/client.yaml'), random), random);
      const workspace = replacedOnce(read(name, 'alta.yaml'), random);
      const input = oneClient(Buffer.from(stringify(client)));
      const { diagnostics } = load({
        ...input,
        workspace: { filename: 'alta.yaml', bytes: Buffer.from(stringify(workspace)) },
      });
      return diagnostics.every(({ range }) => range !== undefined);
    });
    expect(results).toEqual(Array(60).fill(true));
  });
});
