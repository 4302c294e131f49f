import { describe, expect, test } from 'vitest';
import { readKnown } from '../../../stacks/synth/known.ts';
import { stackOf } from '../../../stacks/synth/stack.ts';
import { attestedState, compiled, extension, held, input, pbx, stack, terraformState } from './fixture.ts';

const main = pbx('main');
const known = readKnown(terraformState([held('main_110', 'main', '110')]), 'x');
const importsOf = (...given: Parameters<typeof stack>) => stack(...given).stack.imports;

describe('imports', () => {
  const adopting = extension('main', '110', { adopt: 'values' });

  test('what the YAML takes over, by its natural key', () => {
    expect(importsOf([main], [adopting])).toEqual([
      { to: 'alta_extension.main_110', id: 'memory:main#extension:110' },
    ]);
  });

  test('what was Alta’s before the client moved over', () => {
    const state = attestedState([main], [extension('main', '110')]);
    const others = [extension('main', '110'), extension('main', '111')];
    expect(importsOf([main], others, { state })).toHaveLength(1);
  });

  test('what was done by hand until the PBX got an API', () => {
    const before = readKnown(
      terraformState([
        {
          type: 'null_resource',
          name: 'extension_main_110',
          attributes: { id: '1', triggers: { key: 'memory:main#extension:110', digest: 'sha256:110' } },
        },
      ]),
      'x',
    );
    const state = attestedState([pbx('main', 'guided')], [extension('main', '110')]);
    const made = stack([main], [extension('main', '110')], { state, known: before }).stack;
    expect(made.imports).toHaveLength(1);
    expect([made.moved, made.blocks.map(({ type }) => type)]).toEqual([[], ['alta_extension']]);
  });

  test('nothing that Terraform has already', () => {
    expect(importsOf([main], [adopting], { known })).toEqual([]);
  });

  test('what it may not have, where nobody could look', () => {
    expect(importsOf([main], [adopting], { known: null })).toHaveLength(1);
  });

  test('a key that looks like a template as it is', () => {
    const strange = pbx('main', 'api', 'memory:${file("/etc/hostname")}');
    expect(importsOf([strange], [adopting])[0]?.id).toBe('memory:$${file("/etc/hostname")}#extension:110');
  });
});

describe('releases', () => {
  const releasing = (address: string, targets = [main], state: typeof known | null = known) => {
    const given = { ...compiled(targets, []), released: new Set([address]) };
    return stackOf(input({ compiled: given, known: state })).stack.removed;
  };

  test('forget what Terraform’s state has', () => {
    expect(releasing('acme/pbx:main/extension:110')).toEqual(['alta_extension.main_110']);
  });

  test('forget it under the name that it has there', () => {
    const other = readKnown(terraformState([held('antes_110', 'antes', '110', 'memory:main')]), 'x');
    expect(releasing('acme/pbx:main/extension:110', [main], other)).toEqual(['alta_extension.antes_110']);
  });

  test('forget what is on a target that no longer stands in the YAML', () => {
    expect(releasing('acme/pbx:main/extension:110', [])).toEqual(['alta_extension.main_110']);
  });

  test('say nothing of what Terraform never had', () => {
    expect(releasing('acme/pbx:main/extension:999')).toEqual([]);
  });

  test('forget what a person looks after from now on, and nothing that nobody declares there', () => {
    const guided = pbx('main', 'guided');
    expect(stack([guided], [extension('main', '110')], { known }).stack.removed).toEqual([
      'alta_extension.main_110',
    ]);
    expect(stack([guided], [], { known }).stack.removed).toEqual([]);
  });

  test('go by the name it would have where nobody could look', () => {
    expect(releasing('acme/device:recepcion/account:1', [main], null)).toEqual([]);
    expect(releasing('acme/pbx:main/extension:110', [main], null)).toEqual(['alta_extension.main_110']);
  });
});

describe('moves', () => {
  test('follow a changed label', () => {
    const key = 'platform:meetip/301';
    const before = readKnown(terraformState([held('main_110', 'main', '110', key)]), 'x');
    const { stack: made } = stack([pbx('central', 'api', key)], [extension('central', '110')], {
      known: before,
    });
    expect(made.moved).toEqual([{ from: 'alta_extension.main_110', to: 'alta_extension.central_110' }]);
    expect(made.blocks).toMatchObject([{ name: 'central_110', arguments: { target: 'acme/pbx:central' } }]);
  });

  test('follow a person’s steps too', () => {
    const key = 'platform:meetip/301';
    const target = pbx('central', 'guided', key);
    const triggers = { key: `${key}#extension:110`, digest: 'sha256:110' };
    const resource = { type: 'null_resource', name: 'extension_main_110', attributes: { id: '1', triggers } };
    const { moved } = stack([target], [extension('central', '110')], {
      state: attestedState([target], [extension('central', '110')]),
      known: readKnown(terraformState([resource]), 'x'),
    }).stack;
    expect(moved).toEqual([
      { from: 'null_resource.extension_main_110', to: 'null_resource.extension_central_110' },
    ]);
  });
});
