import { describe, expect, test } from 'vitest';
import type { Desired } from '../../../engine/model/index.ts';
import { account, device, extension, pbx, stack } from './fixture.ts';

function blockFor(over: Partial<Desired>) {
  const [block] = stack([pbx('main')], [extension('main', '110', over)]).stack.blocks;
  if (block === undefined || block.type === 'null_resource') throw new Error('no block');
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
      frozen: false,
    });
  });

  test.each([
    [
      { source: 'declared', name: 'extensions/main/110/sip', marker: '01JGZZW2K8Q7DRJSQ5XYB5JCP2' },
      'secret:extensions/main/110/sip',
      '01JGZZW2K8Q7DRJSQ5XYB5JCP2',
    ],
    [
      { source: 'declared', name: 'extensions/main/110/sip', marker: null },
      'secret:extensions/main/110/sip',
      undefined,
    ],
    [{ source: 'declared', name: 'env:SIP_110', marker: 'hmac:00ff' }, 'env:SIP_110', undefined],
    [{ source: 'declared', name: 'file:sip-110', marker: 'hmac:00ff' }, 'file:sip-110', undefined],
    [{ source: 'pbx', name: 'extensions/main/110/sip', marker: null }, 'pbx', undefined],
    [{ source: 'unmanaged', name: 'extensions/main/110/sip', marker: null }, 'unmanaged', undefined],
  ] as const)('shows of a secret where it comes from and its rev: %j', (sip, source, version) => {
    const given = blockFor({ secrets: { sip } }).arguments;
    expect([given.sip_secret, given.sip_secret_version]).toEqual([source, version]);
    expect(JSON.stringify(given)).not.toContain('hmac');
  });

  test('is protected where the YAML says so', () => {
    expect(blockFor({ protect: true })).toMatchObject({ protect: true, arguments: { protect: true } });
  });

  test('says what is left alone, and what may be taken over', () => {
    expect(blockFor({ leave: ['voicemailToEmail', 'callerId'], adopt: 'secrets' }).arguments).toMatchObject({
      leave: ['caller_id', 'voicemail_to_email'],
      adopt: 'secrets',
    });
  });

  test('says nothing of what a driver fills in from another field', () => {
    const over = { leave: ['email'], values: { number: '110', email: 'a@acme.example' } };
    expect(blockFor(over).arguments).not.toHaveProperty('leave');
  });
});

describe('an account', () => {
  const main = extension('main', '110');

  test('names its line and its extension, and takes over what the PBX computes', () => {
    const { blocks } = stack([pbx('main'), device('recepcion')], [main, account('recepcion', main)]).stack;
    expect(blocks[0]).toMatchObject({
      type: 'alta_account',
      name: 'recepcion_1',
      dependsOn: ['alta_extension.main_110'],
      arguments: {
        target: 'acme/device:recepcion',
        line: 1,
        extension: 'acme/pbx:main/extension:110',
        label: 'Recepción',
        register_name: '${alta_extension.main_110.registration_name}',
      },
    });
  });
});

test('the order of the YAML does not matter', () => {
  const extensions = ['9', '10', '110'].map((number) => extension('main', number));
  const forwards = stack([pbx('main')], extensions).stack;
  expect(stack([pbx('main')], extensions.toReversed()).stack).toEqual(forwards);
});

test('a PBX and a device of one name do not share the names of what people do', () => {
  const on = extension('main', '1');
  const { pending, stack: made } = stack(
    [pbx('main', 'guided'), device('main', 'guided')],
    [on, account('main', on)],
  );
  expect(pending).toHaveLength(2);
  expect(made.reminders.map(({ name }) => name)).toEqual(['account_main_1', 'extension_main_1']);
});
