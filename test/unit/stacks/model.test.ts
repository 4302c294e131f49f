import { describe, expect, test } from 'vitest';
import type { Desired } from '../../../engine/model/index.ts';
import { stackOf } from '../../../stacks/model.ts';
import { compiled, extension, pbx } from './fixture.ts';

function blockFor(over: Partial<Desired>, mode: 'api' | 'guided' = 'api') {
  const [block] = stackOf(compiled([pbx('main', mode)], [extension('main', '110', over)])).resources;
  if (block === undefined) throw new Error('no block');
  return block;
}

describe('an extension on a PBX with an API', () => {
  test('becomes a resource of the provider with its values in snake case', () => {
    expect(blockFor({ values: { number: '110', callerId: '34910000001', nat: true } })).toEqual({
      type: 'alta_extension',
      name: 'main_110',
      arguments: { target: 'acme/pbx:main', number: '110', caller_id: '34910000001', nat: true },
      dependsOn: [],
      protect: false,
    });
  });

  test('shows of a secret its name, its source and its rev', () => {
    const sip = {
      name: 'extensions/main/110/sip',
      source: 'declared',
      marker: '01JGZZW2K8Q7DRJSQ5XYB5JCP2',
    } as const;
    expect(blockFor({ secrets: { sip } })).toMatchObject({
      arguments: {
        secrets: {
          sip: { name: 'extensions/main/110/sip', source: 'declared', version: '01JGZZW2K8Q7DRJSQ5XYB5JCP2' },
        },
      },
    });
  });

  test('leaves the fingerprint of a secret out', () => {
    const sip = { name: 'env:SIP_110', source: 'declared', marker: 'hmac:00ff' } as const;
    expect(JSON.stringify(blockFor({ secrets: { sip } }))).not.toContain('hmac');
  });

  test('is protected where the YAML says so', () => {
    expect(blockFor({ protect: true })).toMatchObject({ protect: true, arguments: { protect: true } });
  });
});

describe('an extension on a guided PBX', () => {
  test('becomes a step for a person', () => {
    expect(blockFor({}, 'guided')).toMatchObject({
      type: 'null_resource',
      name: 'main_110',
      triggers: {
        address: 'acme/pbx:main/extension:110',
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      },
    });
  });

  test('asks again when a value changes', () => {
    const digests = ['Ventas', 'Compras'].map((name) => triggers({ values: { number: '110', name } }).digest);
    expect(digests[0]).not.toBe(digests[1]);
  });

  test('asks again when a secret gets a new rev', () => {
    const digests = ['01JGZZW2K8Q7DRJSQ5XYB5JCP2', '01JGZZW3JGXWHWMZ7BAZ028KQC'].map(
      (marker) => triggers({ secrets: { sip: { name: 'x/sip', source: 'declared', marker } } }).digest,
    );
    expect(digests[0]).not.toBe(digests[1]);
  });

  test('takes nothing from the value of a secret', () => {
    const digests = ['hmac:00ff', 'hmac:ff00', null].map(
      (marker) => triggers({ secrets: { pin: { name: 'env:PIN', source: 'declared', marker } } }).digest,
    );
    expect(new Set(digests).size).toBe(1);
  });

  function triggers(over: Partial<Desired>): Readonly<Record<string, string>> {
    const block = blockFor(over, 'guided');
    return block.type === 'null_resource' ? block.triggers : {};
  }
});

describe('dependencies', () => {
  const first = extension('main', '110');

  test('become references to the blocks of the stack', () => {
    const second = extension('main', '111', { dependsOn: [first.address] });
    const { resources } = stackOf(compiled([pbx('main')], [second, first]));
    expect(resources.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
      ['main_110', []],
      ['main_111', ['alta_extension.main_110']],
    ]);
  });

  test('hand over what another resource computes', () => {
    const references = { registrationName: { address: first.address, field: 'registrationName' } };
    const { resources } = stackOf(compiled([pbx('main')], [first, extension('main', '111', { references })]));
    expect(resources[1]).toMatchObject({
      arguments: { registration_name: '${alta_extension.main_110.registration_name}' },
      dependsOn: ['alta_extension.main_110'],
    });
  });

  test('leave out what only a panel shows', () => {
    const references = { registrationName: { address: first.address, field: 'registrationName' } };
    const other = extension('api', '111', { references });
    const { resources } = stackOf(compiled([pbx('main', 'guided'), pbx('api')], [first, other]));
    expect(resources[0]).toMatchObject({ name: 'api_111', dependsOn: ['null_resource.main_110'] });
    expect(resources[0]).not.toHaveProperty('arguments.registration_name');
  });
});

test('the order of the YAML does not matter', () => {
  const extensions = ['9', '10', '110'].map((number) => extension('main', number));
  const stack = stackOf(compiled([pbx('main')], extensions));
  expect(stackOf(compiled([pbx('main')], extensions.toReversed()))).toEqual(stack);
});
