import { describe, expect, it } from 'vitest';
import { AltaError } from '../../../../engine/model/index.ts';
import { askedOf, isShared } from '../../../../stacks/run/command.ts';
import { refuseImpossible } from '../../../../stacks/run/objection.ts';

const words = (line: string): readonly string[] => line.split(' ').filter((word) => word !== '');
const asked = (line: string) => askedOf(words(line));

describe('what Terraform is asked', () => {
  it.each([
    'version',
    '-version',
    '-help',
    '--help',
    'help',
    'plan -help',
    'plan -h',
    'login',
    'logout app.example',
  ])('`%s` concerns no client', (line) => {
    expect(asked(line)).toMatchObject({ general: true, init: false, known: false });
  });

  it.each([
    'plan',
    'apply -auto-approve',
    'destroy',
    'refresh',
    'import alta_extension.x id',
    '-no-color plan',
  ])('`%s` looks at state and files together', (line) => {
    expect(asked(line)).toMatchObject({ general: false, init: true, known: true });
  });

  it.each(['state list', 'output -json', 'show', 'validate', 'console', 'force-unlock -force id'])(
    '`%s` needs a stack, and no moves',
    (line) => {
      expect(asked(line)).toMatchObject({ general: false, init: true, known: false });
    },
  );

  it('runs no init of its own before `init`', () => {
    expect(asked('init -migrate-state')).toMatchObject({ general: false, init: false });
  });

  it('keeps every word as it was', () => {
    const args = ['plan', '-var', 'a=b c', '--', '-x', '"$(y)"', ''];
    expect(askedOf(args).args).toEqual(args);
  });
});

describe('the plan file', () => {
  it.each([
    ['plan -out=a.tfplan', 'a.tfplan'],
    ['plan -out a.tfplan', 'a.tfplan'],
    ['plan --out=a.tfplan -detailed-exitcode', 'a.tfplan'],
    ['plan', null],
    ['plan -var-file x.tfvars', null],
    ['apply a.tfplan', 'a.tfplan'],
    ['apply -auto-approve a.tfplan', 'a.tfplan'],
    ['apply -parallelism 5 a.tfplan', 'a.tfplan'],
    ['apply -var x=y', null],
    ['apply -target alta_extension.main_10', null],
    ['show a.tfplan', 'a.tfplan'],
    ['destroy x', null],
  ])('of `%s` is %s', (line, file) => {
    expect(asked(line).planFile).toBe(file);
  });

  it.each([
    ['a.tfplan', false],
    ['./plans/a.tfplan', false],
    ['plans/../a.tfplan', false],
    ['..a.tfplan', false],
    ['../a.tfplan', true],
    ['plans/../../a.tfplan', true],
    ['/tmp/a.tfplan', true],
  ])('%s shared by all stacks: %s', (file, shared) => {
    expect(isShared(file)).toBe(shared);
  });
});

describe('a question to a person', () => {
  it.each([
    ['apply', true],
    ['destroy', true],
    ['apply -var x=y', true],
    ['apply -auto-approve=false', true],
    ['apply -auto-approve', false],
    ['destroy --auto-approve=true', false],
    ['apply a.tfplan', false],
    ['plan', false],
  ])('`%s`: %s', (line, asks) => {
    expect(asked(line).asks).toBe(asks);
  });
});

describe('what is refused', () => {
  const codeOf = (line: string, clients: readonly string[]): string | null => {
    try {
      refuseImpossible(asked(line), clients);
      return null;
    } catch (error) {
      return error instanceof AltaError ? error.code : String(error);
    }
  };

  it.each([
    ['', ['acme'], 'missing-argument'],
    ['-chdir=x plan', ['acme'], 'terraform-chdir'],
    ['apply', ['acme'], null],
    ['apply', ['acme', 'beta'], 'terraform-consent'],
    ['destroy', ['acme', 'beta'], 'terraform-consent'],
    ['apply -auto-approve', ['acme', 'beta'], null],
    ['apply a.tfplan', ['acme', 'beta'], null],
    ['apply /tmp/a.tfplan', ['acme', 'beta'], 'terraform-shared-file'],
    ['plan -out=../a.tfplan', ['acme', 'beta'], 'terraform-shared-file'],
    ['plan -out=/tmp/a.tfplan', ['acme'], null],
    ['plan -out=a.tfplan', ['acme', 'beta'], null],
  ] as const)('`%s` for %j: %s', (line, clients, code) => {
    expect(codeOf(line, clients)).toBe(code);
  });
});
