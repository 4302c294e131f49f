import { afterAll, describe, expect, it } from 'vitest';
import { literal } from '../../../stacks/synth/template.ts';
import { missingTerraform, openStack, type Stack, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/stacks/literal.test.ts${terraformNote}`);

const names = [
  '${file("/etc/hostname")}',
  '$${already}',
  '$$${three}',
  '%{ if true }yes%{ endif }',
  '%%{ for x in y }',
  '"quoted" \\ \'back\' `tick`',
  'two\nlines\ttab\r\u2028',
  '${TfToken[TOKEN.0]}',
  '#{TfToken[TOKEN.0]}',
  '&{TfToken[TOKEN.0]}',
  '$%${TfToken[TOKEN.0]}',
  '-1.8881545897087505e+289',
  '${path.module}',
  '${local.names}',
  '{client} ~} ${~ 1 ~}',
  '<<EOT\nx\nEOT',
  'Recepción 🔔 日本語 العربية',
  '',
];

let stack: Stack | null = null;
afterAll(() => stack?.remove());

describe.skipIf(missingTerraform !== null)(`names in Terraform${terraformNote}`, () => {
  it('come out as they are, every one of them', { timeout: 60_000 }, async () => {
    const output = Object.fromEntries(names.map((name, index) => [`n${index}`, { value: literal(name) }]));
    stack = await openStack({ output });
    expect((await stack.run('apply', '-auto-approve')).code).toBe(0);
    const { output: printed } = await stack.run('output', '-json');
    const found = Object.values(JSON.parse(printed) as Record<string, { value: string }>);
    expect(found.map(({ value }) => value).sort()).toEqual(names.toSorted());
  });
});
