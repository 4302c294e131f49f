import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatFile, upsertExtensions } from '../../../engine/edit/index.ts';
import { seeded } from '../load/input.ts';

const path = fileURLToPath(
  new URL('../../golden/load/design-example/input/clients/acme/client.yaml', import.meta.url),
);
const source = formatFile('client', readFileSync(path, 'utf8'));

/** The file with a numbered comment above or behind some of its lines, and some blank lines. */
function commented(text: string, random: () => number): { text: string; comments: string[] } {
  const comments: string[] = [];
  const lines = text.split('\n').flatMap((line) => {
    if (line === '' || random() < 0.7) return [line];
    const comment = `# note ${comments.length};`;
    comments.push(comment);
    const indent = /^ */.exec(line)?.[0] ?? '';
    const kind = random();
    if (kind < 0.5) return [`${indent}${comment}`, line];
    return kind < 0.8 && !line.startsWith('#') ? [`${line} ${comment}`] : ['', `${indent}${comment}`, line];
  });
  return { text: lines.join('\n'), comments };
}

const seeds = Array.from({ length: 60 }, (_, i) => i + 1);

describe('comments in any place', () => {
  test.each(seeds)('survive fmt, which does not move them a second time (seed %i)', (seed) => {
    const { text, comments } = commented(source, seeded(seed));
    const once = formatFile('client', text);
    expect(comments.filter((comment) => once.split(comment).length !== 2)).toEqual([]);
    expect(formatFile('client', once)).toBe(once);
    expect(parse(once)).toEqual(parse(source));
  });

  test.each(seeds)('survive an added extension (seed %i)', (seed) => {
    const { text, comments } = commented(source, seeded(seed));
    const added = upsertExtensions(text, [{ pbx: 'main', number: '050', name: 'Nueva' }]);
    expect(comments.filter((comment) => added.split(comment).length !== 2)).toEqual([]);
    expect(parse(added).extensions).toHaveLength(3);
  });
});

test('comments of a file with Windows line ends stay comments', () => {
  expect(formatFile('client', '# head\r\nkind: Client # why\r\n')).toBe('# head\nkind: Client # why\n');
});
