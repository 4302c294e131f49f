import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Code, messages } from '../../../engine/model/index.ts';
import { message, words } from '../../../engine/report/index.ts';
import { count } from '../../../engine/report/words.ts';

/** Every text of a language with the path that leads to it. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inside]) => leaves(inside, `${path}.${key}`));
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}

const spanish = new Map(leaves(words.es));

describe('the words of the reports', () => {
  it.each(leaves(words.en))('hold the same placeholders in Spanish: %s', (path, text) => {
    expect(placeholders(spanish.get(path) ?? 'missing')).toEqual(placeholders(text));
  });

  it('count in English and Spanish', () => {
    const forms = words.es.kindCounts.extension;
    expect([1, 2].map((n) => count('es', n, forms))).toEqual(['1 extensión', '2 extensiones']);
  });

  it('use the plural for round millions, for which Spanish has a form of its own', () => {
    expect(count('es', 1_000_000, words.es.kindCounts.extension)).toBe('1000000 extensiones');
  });
});

describe('the messages of the command line', () => {
  const codes = Object.keys(messages) as Code[];

  it.each(codes)('hold the same placeholders in both languages: %s', (code) => {
    const { en, es } = messages[code];
    expect(placeholders(JSON.stringify(es))).toEqual(
      expect.arrayContaining(placeholders(JSON.stringify(en))),
    );
  });

  it('render without a parameter left open', () => {
    const { detail } = message({ code: 'unknown-command', params: { name: 'plna', similar: 'plan' } }, 'es');
    expect(detail).toBe('Alta no tiene el comando `plna`.');
  });
});

it('gives each code one text: two files with the same code would hide one of them', () => {
  const folder = new URL('../../../engine/model/messages/', import.meta.url);
  const codes = readdirSync(folder).flatMap((name) =>
    [...readFileSync(new URL(name, folder), 'utf8').matchAll(/^ {2}'?([a-z][a-z0-9-]*)'?: \{$/gm)].map(
      ([, code]) => code,
    ),
  );
  expect(codes.length).toBeGreaterThan(300);
  expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
});
