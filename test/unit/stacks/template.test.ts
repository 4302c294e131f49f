import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { literal } from '../../../stacks/synth/template.ts';
import { writeStacks } from '../../../stacks/synth/write.ts';
import { extension, pbx, stack } from './fixture.ts';

describe('literal', () => {
  test.each([
    ['${file("/etc/hostname")}', '$${file("/etc/hostname")}'],
    ['%{ if true }x%{ endif }', '%%{ if true }x%%{ endif }'],
    ['$${already}', '$$${already}'],
    ['${TfToken[TOKEN.0]}', '${"$"}{TfToken[TOKEN.0]}'],
    ['#{TfToken[TOKEN.0]}', '${"#"}{TfToken[TOKEN.0]}'],
    ['$%${TfToken[TOKEN.0]}', '${"$%$"}{TfToken[TOKEN.0]}'],
    ['&{TfToken[TOKEN.0]}', '${"&"}{TfToken[TOKEN.0]}'],
    ['-1.8881545897087505e+289', '-1.8881545897087505e${""}+289'],
    ['50 % {x} $ {y} $1 $& $$', '50 % {x} $ {y} $1 $& $$'],
    ['', ''],
  ])('%s', (text, template) => {
    expect(literal(text)).toBe(template);
  });
});

describe('names that look like templates, in a written stack', () => {
  const names = [
    '${file("/etc/hostname")}',
    '%{ for x in y }',
    '"quoted" \\ \'back\'',
    'two\nlines\ttab',
    '${TfToken[TOKEN.0]}',
    '#{TfToken[TOKEN.0]}',
    '&{TfToken[TOKEN.0]}',
    '-1.8881545897087505e+289',
    '${alta_extension.main_0.name}',
  ];
  const folder = mkdtempSync(join(tmpdir(), 'alta-stacks-'));
  let written: Record<string, { name: string }>;

  beforeAll(() => {
    const extensions = names.map((name, index) =>
      extension('main', String(index), { values: { number: String(index), name } }),
    );
    writeStacks([stack([pbx('main')], extensions).stack], folder);
    const text = readFileSync(join(folder, 'stacks', 'acme', 'cdk.tf.json'), 'utf8');
    written = JSON.parse(text).resource.alta_extension;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(names.map((name, index) => [name, index] as const))('%j stays text', (name, index) => {
    expect(written[`main_${index}`]?.name).toBe(literal(name));
  });
});
