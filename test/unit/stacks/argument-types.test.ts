import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';

const here = fileURLToPath(new URL('written-by-hand.ts', import.meta.url));
const target = "target: 'acme/pbx:main'";

const right = [
  `new AltaExtension(stack, 'a', { ${target}, number: '110', role: 'user', leave: ['callerId'] })`,
  `new AltaExtension(stack, 'a', { ${target}, number: '110', sipSecret: 'secret:x/sip', sipSecretVersion: '1' })`,
  `new AltaExtension(stack, 'a', { ${target}, number: '110', sipSecretWo: other.registrationName })`,
  `new AltaAccount(stack, 'a', { ${target}, line: 1, registerName: other.registrationName, dependsOn: [other] })`,
  "new AltaProvider(stack, 'a', { client: 'acme', alias: 'b' })",
];

const wrong: readonly (readonly [string, string])[] = [
  ['a number that is not text', `new AltaExtension(stack, 'a', { ${target}, number: 110 })`],
  ['no target', "new AltaExtension(stack, 'a', { number: '110' })"],
  [
    'a field that does not exist',
    `new AltaExtension(stack, 'a', { ${target}, number: '110', callerID: 'x' })`,
  ],
  ['a role that does not exist', `new AltaExtension(stack, 'a', { ${target}, number: '110', role: 'boss' })`],
  [
    'a password in clear',
    `new AltaExtension(stack, 'a', { ${target}, number: '110', sipSecret: 'hunter2' })`,
  ],
  [
    'null for what is left alone',
    `new AltaExtension(stack, 'a', { ${target}, number: '110', callerId: null })`,
  ],
  [
    'Terraform’s spelling',
    `new AltaExtension(stack, 'a', { ${target}, number: '110', leave: ['caller_id'] })`,
  ],
  ['a line that is text', `new AltaAccount(stack, 'a', { ${target}, line: '1' })`],
  ['a PIN of an account', `new AltaAccount(stack, 'a', { ${target}, line: 1, pinSecret: 'unmanaged' })`],
  ['a provider of nobody', "new AltaProvider(stack, 'a', {})"],
];

const head = [
  "import type { TerraformStack } from 'cdktf';",
  "import { AltaAccount, AltaExtension, AltaProvider } from '../../../stacks/constructs/index.ts';",
  'declare const stack: TerraformStack; declare const other: AltaExtension;',
];

/** Numbers of the lines that do not compile, from 0, of an app that is written by hand. */
function mistakesIn(lines: readonly string[]): readonly number[] {
  const configFile = fileURLToPath(new URL('../../../tsconfig.json', import.meta.url));
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [] },
    ts.sys,
    fileURLToPath(new URL('../../..', import.meta.url)),
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  const text = [...head, ...lines].join('\n');
  host.fileExists = (name) => name === here || fileExists(name);
  host.readFile = (name) => (name === here ? text : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === here ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023) : getSourceFile(name, ...rest);
  const program = ts.createProgram([here], { ...options, incremental: false }, host);
  const source = program.getSourceFile(here);
  return program
    .getSemanticDiagnostics(source)
    .map(({ start = 0 }) => (source?.getLineAndCharacterOfPosition(start).line ?? 0) - head.length);
}

describe('arguments of the classes', () => {
  let mistakes: readonly number[];
  beforeAll(() => {
    mistakes = mistakesIn([...right, ...wrong.map(([, line]) => line)]);
  }, 60_000);

  test.each(right.map((line, index) => [line, index] as const))('%s compiles', (_, index) => {
    expect(mistakes).not.toContain(index);
  });

  test.each(wrong.map(([what], index) => [what, right.length + index] as const))(
    '%s does not compile',
    (_, index) => {
      expect(mistakes).toContain(index);
    },
  );
});
