import { describe, expect, test } from 'vitest';
import { readKnown } from '../../../stacks/synth/known.ts';
import { account, attestedState, device, extension, pbx, stack, terraformState } from './fixture.ts';

const main = pbx('main', 'guided');
const phone = device('recepcion');
const on = extension('main', '110');
const recepcion = account('recepcion', on);
const attributes = { id: 'mac:recepcion#account:1', target: 'acme/device:recepcion', line: 1 };
const made = readKnown(terraformState([{ type: 'alta_account', name: 'recepcion_1', attributes }]), 'x');

describe('an account on an extension that nobody vouched for', () => {
  test('is left out where Terraform never made it', () => {
    const { stack: written, pending } = stack([main, phone], [on, recepcion]);
    expect(written.blocks).toEqual([]);
    expect(pending.map(({ address }) => address)).toEqual([on.address]);
  });

  test('stays as it is where Terraform made it', () => {
    const { blocks } = stack([main, phone], [on, recepcion], { known: made }).stack;
    expect(blocks).toMatchObject([{ type: 'alta_account', name: 'recepcion_1', frozen: true }]);
  });

  test('is named where the person is reminded', () => {
    const [reminder] = stack([main, phone], [on, recepcion]).stack.reminders;
    expect(reminder?.message).toContain('Waiting for it: acme/device:recepcion/account:1.');
  });

  test('is an error where nobody knows whether Terraform made it', () => {
    const { diagnostics } = stack([main, phone], [on, recepcion], { known: null });
    expect(diagnostics).toMatchObject([
      { severity: 'error', code: 'synth-state-needed', params: { count: 1, on: on.address } },
    ]);
  });

  test('is no error in a stack that is for init only', () => {
    const { diagnostics } = stack([main, phone], [on, recepcion], { known: null, preliminary: true });
    expect(diagnostics).toEqual([]);
  });

  test('is imported from Alta’s own state only when it is planned at all', () => {
    const before = attestedState([main, phone], [recepcion]);
    expect(stack([main, phone], [on, recepcion], { state: before }).stack.imports).toEqual([]);
  });
});

describe('an account on an extension that was vouched for', () => {
  test('comes after that step', () => {
    const state = attestedState([main], [on]);
    const { blocks } = stack([main, phone], [on, recepcion], { state }).stack;
    expect(blocks).toMatchObject([
      { type: 'alta_account', dependsOn: ['null_resource.extension_main_110'], frozen: false },
      { type: 'null_resource' },
    ]);
  });

  test('has what the driver foresees of the registration name, and nothing else', () => {
    const state = attestedState([main], [on]);
    const foreseen = extension('main', '110', { computed: { registrationName: '301110' } });
    const nameOf = (one: typeof on) => {
      const [block] = stack([main, phone], [one, recepcion], { state }).stack.blocks;
      return block?.type === 'alta_account' ? block.arguments.register_name : null;
    };
    expect([nameOf(on), nameOf(foreseen)]).toEqual([undefined, '301110']);
  });
});
