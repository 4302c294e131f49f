import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
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
