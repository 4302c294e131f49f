import { describe, expect, test } from 'vitest';
import { load } from '../../../engine/load/index.ts';
import { diagnosticsText } from '../../../engine/report/index.ts';
import { file, oneClient, pbxText, workspaceText } from './input.ts';

/** alta.yaml with a backend; what loading says of it. */
function loadedWith(backend: string) {
  const text = `${workspaceText}terraform:\n  verify: true\n  backend: ${backend}\n`;
  return load({ ...oneClient(pbxText), workspace: file('alta.yaml', text) });
}

const codes = (backend: string) => loadedWith(backend).diagnostics.map(({ code }) => code);

describe('a Terraform backend', () => {
  test.each([
    '{ local: { path: "state/tf/{client}.tfstate" } }',
    '{ local: {} }',
    '{ http: { address: "https://state.example.net/{client}", lock_address: "https://state.example.net/{client}/lock" } }',
    '{ http: { address: "https://state.example.net/?key={client}&ref=main", skip_cert_verification: true } }',
    '{ local: { path: "tf/{client}.tfstate", workspace_dir: "tf/{client}" } }',
    '{ remote: { organization: o, workspaces: { prefix: "alta-{client}-" } } }',
    '{ s3: { bucket: states, key: "alta/{client}.tfstate", region: eu-south-2, use_lockfile: true } }',
    '{ s3: { bucket: states, key: "{client}", endpoints: { s3: "https://s3.example.net" }, use_path_style: true } }',
    '{ pg: { conn_str: "postgres://db.example.net/terraform?sslmode=verify-full", schema_name: "alta_{client}" } }',
    '{ pg: { schema_name: "alta_{client}" } }',
    '{ gcs: { bucket: states, prefix: "alta/{client}" } }',
    '{ azurerm: { storage_account_name: a, container_name: b, key: "{client}.tfstate", use_azuread_auth: true } }',
    '{ consul: { path: "alta/{client}", scheme: https } }',
    '{ kubernetes: { secret_suffix: "{client}", namespace: alta } }',
    '{ remote: { hostname: tf.example.net, organization: o, workspaces: { name: "alta-{client}" } } }',
    '{ cloud: { organization: o, workspaces: { name: "alta-{client}", project: telephony } } }',
  ])('%s is taken', (backend) => {
    expect(codes(backend)).toEqual([]);
  });

  test.each([
    ['two at once', '{ local: {}, pg: { schema_name: "{client}" } }', 'value-size'],
    ['none', '{}', 'value-size'],
    ['one that is not known', '{ floppy: {} }', 'unknown-key'],
    ['one place for all clients', '{ s3: { bucket: states, key: alta.tfstate } }', 'value-form'],
    [
      'one lock for all clients',
      '{ http: { address: "https://s.example/{client}", lock_address: "https://s.example/l" } }',
      'value-form',
    ],
    ['a path out of the workspace', '{ local: { path: "../{client}.tfstate" } }', 'value-form'],
    [
      'both a workspace and a prefix of several',
      '{ remote: { organization: o, workspaces: { name: "{client}", prefix: "{client}-" } } }',
      'value-size',
    ],
    [
      'one folder of workspaces for all clients',
      '{ local: { workspace_dir: state/workspaces } }',
      'value-form',
    ],
    ['another placeholder', '{ s3: { bucket: "{clients}", key: "{client}" } }', 'value-form'],
  ])('%s is refused', (_, backend, code) => {
    expect(codes(backend)).toEqual([code]);
  });
});

describe('a login of a Terraform backend', () => {
  test.each([
    ['{ s3: { bucket: b, key: "{client}", access_key: hunter2 } }', 'AWS_ACCESS_KEY_ID'],
    ['{ s3: { bucket: b, key: "{client}", secret_key: hunter2 } }', 'AWS_SECRET_ACCESS_KEY'],
    ['{ http: { address: "https://s.example/{client}", password: hunter2 } }', 'TF_HTTP_PASSWORD'],
    ['{ http: { address: "https://s.example/{client}", username: hunter2 } }', 'TF_HTTP_USERNAME'],
    ['{ http: { address: "https://ana:hunter2@s.example/{client}" } }', 'TF_HTTP_PASSWORD'],
    ['{ http: { address: "https://s.example/{client}?token=hunter2" } }', 'TF_HTTP_PASSWORD'],
    ['{ http: { address: "https://s.example/{client}?a=b&Private_Token=hunter2" } }', 'TF_HTTP_PASSWORD'],
    [
      '{ http: { address: "https://s.example/{client}", lock_address: "https://s.example/{client}?sig=hunter2" } }',
      'TF_HTTP_USERNAME',
    ],
    ['{ http: { address: "https://s.example/?token=hunter2" } }', 'TF_HTTP_PASSWORD'],
    [
      '{ s3: { bucket: b, key: "{client}", endpoints: { s3: "https://ana:hunter2@s.example" } } }',
      'AWS_SECRET_ACCESS_KEY',
    ],
    ['{ pg: { conn_str: "postgres://ana:hunter2@db.example/x", schema_name: "{client}" } }', 'PGPASSWORD'],
    ['{ pg: { conn_str: "host=db password=hunter2", schema_name: "{client}" } }', 'PGPASSWORD'],
    [
      '{ pg: { conn_str: "postgres://db.example/x?password=hunter2", schema_name: "{client}" } }',
      'PGPASSWORD',
    ],
    ['{ gcs: { bucket: b, prefix: "{client}", credentials: hunter2 } }', 'GOOGLE_CREDENTIALS'],
    [
      '{ azurerm: { storage_account_name: a, container_name: b, key: "{client}", access_key: hunter2 } }',
      'ARM_ACCESS_KEY',
    ],
    ['{ consul: { path: "{client}", access_token: hunter2 } }', 'CONSUL_HTTP_TOKEN'],
    ['{ kubernetes: { secret_suffix: "{client}", client_key: hunter2 } }', 'KUBE_CLIENT_KEY_DATA'],
    ['{ remote: { organization: o, workspaces: { name: "{client}" }, token: hunter2 } }', 'TF_TOKEN_<host>'],
  ])('%s belongs into the environment', (backend, variable) => {
    const { diagnostics } = loadedWith(backend);
    expect(diagnostics.map(({ code }) => code)).toEqual(['backend-secret']);
    const shown = diagnosticsText(diagnostics, 'en');
    expect(shown).toContain(variable);
    expect(shown).not.toContain('hunter2');
  });

  test('is hidden in the snippet of another mistake on its line', () => {
    for (const backend of [
      '{ s3: { bucket: 5, key: "{client}", access_key: hunter2 } }',
      '{ http: { retry_max: x, address: "https://s.example/{client}?token=hunter2" } }',
    ])
      expect(diagnosticsText(loadedWith(backend).diagnostics, 'es')).not.toContain('hunter2');
  });
});
