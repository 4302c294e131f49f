import { describe, expect, it } from 'vitest';
import { withoutColour } from '../../../../stacks/run/colour.ts';
import { askedOf } from '../../../../stacks/run/index.ts';

const said = (line: string, env: Record<string, string> = {}) =>
  withoutColour(askedOf(line.split(' ')), env).join(' ');

describe('where nobody wants colours, Terraform is told', () => {
  it.each([
    ['plan', 'plan -no-color'],
    ['plan -out=x', 'plan -no-color -out=x'],
    ['apply change.tfplan', 'apply -no-color change.tfplan'],
    ['-version=1 show', '-version=1 show -no-color'],
    ['state list', 'state list -no-color'],
    ['state show alta_extension.main_110', 'state show -no-color alta_extension.main_110'],
    ['workspace list', 'workspace list -no-color'],
  ])('%s', (line, expected) => {
    expect(said(line)).toBe(expected);
  });

  it.each(['plan -no-color', 'plan --no-color -out=x', 'state', 'providers lock', 'unheard-of', '-help'])(
    'not twice, nor where it might not be understood: %s',
    (line) => {
      expect(said(line)).toBe(line);
    },
  );

  it.each([
    ['TF_CLI_ARGS', 'plan'],
    ['TF_CLI_ARGS_plan', 'plan'],
    ['TF_CLI_ARGS_force_unlock', 'force-unlock 1'],
    ['TF_CLI_ARGS_state_list', 'state list'],
  ])('not where %s says so', (variable, line) => {
    expect(said(line, { [variable]: '-lock=false -no-color' })).toBe(line);
    expect(said(line, { [variable]: '-lock=false' })).toContain('-no-color');
  });
});
