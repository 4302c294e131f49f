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
