import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { load } from '../../../engine/load/index.ts';
import type { Diagnostic } from '../../../engine/model/index.ts';
import { readWorkspace } from './workspace.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const cases = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** Drivers that the cases take as built. */
const knownDrivers = ['pekepbx', 'meetip', 'yeastar', 'yealink', 'microsip'];

describe('every case folder yields exactly the diagnostics of its expected.json (UPDATE_GOLDEN=1 rewrites them)', () => {
  test.each(cases.map(({ name }) => name))('%s', (name) => {
    const { diagnostics } = load(readWorkspace(`${here}${name}/input`), { knownDrivers });
    const found = diagnostics.map(summary);
    const path = `${here}${name}/expected.json`;
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(path, 'utf8')));
  });
});

test('fifteen mistakes are fifteen diagnostics', () => {
  const { diagnostics } = load(readWorkspace(`${here}fifteen-mistakes/input`), { knownDrivers });
  expect(diagnostics.map(({ severity }) => severity)).toEqual(Array(15).fill('error'));
});

/** A diagnostic as the golden files keep it; `shows` is the text that the caret underlines. */
function summary({ severity, code, params, range, snippet }: Diagnostic) {
  return {
    severity,
    code,
    file: range?.filename ?? null,
    line: range?.start.line ?? null,
    column: range?.start.column ?? null,
    shows: snippet === undefined ? null : snippet.code.slice(snippet.highlightStart, snippet.highlightEnd),
    params,
  };
}
