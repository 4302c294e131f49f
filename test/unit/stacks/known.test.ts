import { describe, expect, test } from 'vitest';
import { readKnown } from '../../../stacks/synth/known.ts';
import { held, terraformState } from './fixture.ts';

const main = held('main_110', 'main', '110');

describe('a Terraform state', () => {
  test('tells what is called how', () => {
    const { names, occupants, addresses } = readKnown(terraformState([main]), 'x');
    expect([...names]).toEqual([['alta_extension memory:main#extension:110', 'main_110']]);
    expect([...occupants]).toEqual([['alta_extension.main_110', 'memory:main#extension:110']]);
    expect([...addresses]).toEqual([['acme/pbx:main/extension:110', 'memory:main#extension:110']]);
  });

  test('that is empty holds nothing', () => {
    expect(readKnown('\n', 'x').names.size).toBe(0);
  });

  test.each([
    ['a counted resource', { ...main, index_key: 0 }],
    ['what is about to be destroyed', { ...main, deposed: '00000001' }],
    ['another type', { ...main, type: 'aws_instance' }],
    [
      'a null_resource of somebody else',
      { type: 'null_resource', name: 'x', attributes: { id: '1', triggers: null } },
    ],
    ['what has no id yet', { ...main, attributes: {} }],
  ])('passes over %s', (_, resource) => {
    expect(readKnown(terraformState([resource]), 'x').occupants.size).toBe(0);
  });

  test.each([
    ['no JSON', 'Error: no state'],
    ['no JSON object', '[]'],
    ['version 3', '{"version":3}'],
    ['encrypted', '{"serial":1,"lineage":"x","meta":{},"encrypted_data":"…"}'],
  ])('cannot be read: %s', (reason, text) => {
    const failing = () => readKnown(text, 'acme.tfstate');
    expect(failing).toThrow(
      expect.objectContaining({
        code: 'terraform-state-unreadable',
        params: { filename: 'acme.tfstate', reason },
      }),
    );
  });
});
