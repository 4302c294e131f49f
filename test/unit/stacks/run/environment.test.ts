import { describe, expect, it } from 'vitest';
import {
  generalEnvironment,
  terraformEnvironment,
  withoutSecrets,
} from '../../../../stacks/run/environment.ts';

describe('what Terraform may hold', () => {
  const env = {
    PATH: '/bin',
    AWS_ACCESS_KEY_ID: 'backend',
    PBX_KEY: 'canary',
    ALTA_AGE_KEY: 'canary',
    ALTA_IDENTITY: '/keys/identity.txt',
    HTTPS_PROXY: 'http://proxy.example.com',
    EMPTY: undefined,
  };

  it('is everything but what the vault takes', () => {
    expect(withoutSecrets(env, ['PBX_KEY', 'NOT_SET'])).toEqual({
      PATH: '/bin',
      AWS_ACCESS_KEY_ID: 'backend',
      HTTPS_PROXY: 'http://proxy.example.com',
    });
  });

  it('leaves the environment of this process as it was', () => {
    withoutSecrets(env, ['PBX_KEY']);
    expect(env.PBX_KEY).toBe('canary');
  });
});

it('where no client is concerned Terraform holds its own settings, and nothing else', () => {
  const kept = {
    PATH: '/bin',
    LC_ALL: 'C',
    TF_CLI_CONFIG_FILE: '/t.rc',
    TF_TOKEN_app_example: 'of Terraform itself',
    CHECKPOINT_DISABLE: '1',
    https_proxy: 'http://proxy.example',
    NO_PROXY: 'example.com',
    SSL_CERT_FILE: '/ca.pem',
  };
  const dropped = {
    PBX_KEY: 'canary',
    ALTA_AGE_KEY: 'canary',
    AWS_SECRET_ACCESS_KEY: 'canary',
    TF_VAR_login: 'canary',
    MY_PROXY_PASSWORD: 'canary',
  };
  expect(generalEnvironment({ ...kept, ...dropped, EMPTY: undefined })).toEqual(kept);
});

describe('what Terraform is told', () => {
  const told = {
    client: 'acme',
    reattach: { Protocol: 'grpc' },
    program: '/tmp/x/alta',
    workspace: '/w',
    mayAsk: true,
  };

  it('where the drivers are served, and how to start Alta', () => {
    expect(terraformEnvironment({ PATH: '/bin' }, told)).toEqual({
      PATH: '/bin',
      TF_IN_AUTOMATION: 'alta',
      TF_REATTACH_PROVIDERS: '{"terraform.local/alta/alta":{"Protocol":"grpc"}}',
      ALTA_PROGRAM: '/tmp/x/alta',
      ALTA_WORKSPACE: '/w',
    });
  });

  it('keeps providers that somebody else serves', () => {
    const base = { TF_REATTACH_PROVIDERS: '{"example.com/x/y":{"Pid":1}}' };
    expect(JSON.parse(terraformEnvironment(base, told).TF_REATTACH_PROVIDERS ?? '')).toEqual({
      'example.com/x/y': { Pid: 1 },
      'terraform.local/alta/alta': { Protocol: 'grpc' },
    });
  });

  it.each(['', 'no json', '[', 'null'])('survives TF_REATTACH_PROVIDERS=%s', (text) => {
    const { TF_REATTACH_PROVIDERS } = terraformEnvironment({ TF_REATTACH_PROVIDERS: text }, told);
    expect(TF_REATTACH_PROVIDERS).toBe('{"terraform.local/alta/alta":{"Protocol":"grpc"}}');
  });

  it('asks nobody where nobody could answer', () => {
    expect(terraformEnvironment({}, { ...told, mayAsk: false }).TF_INPUT).toBe('0');
    expect(terraformEnvironment({}, told).TF_INPUT).toBeUndefined();
  });

  it('gives each stack a data folder of its own', () => {
    expect(terraformEnvironment({ TF_DATA_DIR: '/data' }, told).TF_DATA_DIR).toBe('/data/acme');
    expect(terraformEnvironment({ TF_DATA_DIR: 'data' }, told).TF_DATA_DIR).toBe('data');
  });
});
