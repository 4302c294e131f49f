import { App, TerraformStack, Testing } from 'cdktf';
import { expect, test } from 'vitest';
import { AltaAccount, AltaExtension, AltaProvider, literal } from '../../../stacks/constructs/index.ts';

/** What a hand-written app comes to. */
function synthesised(build: (stack: TerraformStack) => void) {
  const stack = new TerraformStack(new App({ stackTraces: false }), 'acme');
  build(stack);
  return JSON.parse(Testing.synth(stack));
}

test('a hand-written app uses the classes as any other binding', () => {
  const { resource, provider, terraform } = synthesised((stack) => {
    new AltaProvider(stack, 'alta', { client: 'acme' });
    const extension = new AltaExtension(stack, 'reception', {
      target: 'acme/pbx:main',
      number: '110',
      name: literal('${not a template}'),
      callerId: 'anonymous',
      sipSecret: 'secret:extensions/main/110/sip',
      sipSecretVersion: '1',
      leave: ['voicemailToEmail'],
    });
    new AltaAccount(stack, 'phone', {
      target: 'acme/device:recepcion',
      line: 1,
      registerName: extension.registrationName,
      passwordSecret: 'env:SIP_110',
      adopt: 'values',
      dependsOn: [extension],
      lifecycle: { preventDestroy: true },
    });
  });
  expect(provider.alta).toEqual([{ client: 'acme' }]);
  expect(terraform.required_providers.alta).toEqual({ source: 'terraform.local/alta/alta' });
  expect(resource.alta_extension.reception).toMatchObject({
    target: 'acme/pbx:main',
    number: '110',
    name: '$${not a template}',
    caller_id: 'anonymous',
    sip_secret: 'secret:extensions/main/110/sip',
    sip_secret_version: '1',
    leave: ['voicemail_to_email'],
    lifecycle: { create_before_destroy: true },
  });
  expect(resource.alta_account.phone).toMatchObject({
    line: 1,
    register_name: '${alta_extension.reception.registration_name}',
    password_secret: 'env:SIP_110',
    depends_on: ['alta_extension.reception'],
    lifecycle: { create_before_destroy: true, prevent_destroy: true },
  });
});

test('a second client has a provider of its own', () => {
  const { provider, resource } = synthesised((stack) => {
    new AltaProvider(stack, 'alta', { client: 'acme' });
    const beta = new AltaProvider(stack, 'beta', {
      client: 'beta',
      alias: 'beta',
      workspace: '/srv/telephony',
    });
    new AltaExtension(stack, 'x', { target: 'beta/pbx:main', number: '9', provider: beta });
  });
  expect(provider.alta).toEqual([
    { client: 'acme' },
    { alias: 'beta', client: 'beta', workspace: '/srv/telephony' },
  ]);
  expect(resource.alta_extension.x.provider).toBe('alta.beta');
});

test('wrong arguments are compile errors', () => {
  const wrong = (stack: TerraformStack) => {
    const target = 'acme/pbx:main';
    // @ts-expect-error a number is text
    new AltaExtension(stack, 'a', { target, number: 110 });
    // @ts-expect-error without a target
    new AltaExtension(stack, 'b', { number: '110' });
    // @ts-expect-error no such field
    new AltaExtension(stack, 'c', { target, number: '110', callerID: '910000001' });
    // @ts-expect-error a role that does not exist
    new AltaExtension(stack, 'd', { target, number: '110', role: 'boss' });
    // @ts-expect-error a password in clear where a place is meant
    new AltaExtension(stack, 'e', { target, number: '110', sipSecret: 'hunter2' });
    // @ts-expect-error null is `leave`
    new AltaExtension(stack, 'f', { target, number: '110', callerId: null });
    // @ts-expect-error a line is a number
    new AltaAccount(stack, 'g', { target, line: '1' });
    // @ts-expect-error an account has no PIN
    new AltaAccount(stack, 'h', { target, line: 1, pinSecret: 'unmanaged' });
    // @ts-expect-error a provider answers for a client
    new AltaProvider(stack, 'i', {});
    // @ts-expect-error no field of that name can be left alone
    new AltaExtension(stack, 'j', { target, number: '110', leave: ['caller_id'] });
  };
  expect(wrong).toBeTypeOf('function');
});
