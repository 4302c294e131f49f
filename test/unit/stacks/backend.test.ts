import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { TerraformBackend } from '../../../engine/model/input.ts';
import { backendOf, localStateOf, seenFrom } from '../../../stacks/synth/backend.ts';
import { writeStacks } from '../../../stacks/synth/write.ts';
import { extension, pbx, stack } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'alta-backend-'));
afterAll(() => rmSync(folder, { recursive: true }));

const of = (backend: TerraformBackend | undefined, client = 'acme') =>
  backendOf(
    {
      apiVersion: 'alta/v1',
      kind: 'Workspace',
      ...(backend === undefined ? {} : { terraform: { backend } }),
    },
    client,
  );

test.each<[TerraformBackend | undefined, string, object]>([
  [undefined, 'local', { path: 'state/terraform/acme.tfstate' }],
  [{ local: {} }, 'local', { path: 'state/terraform/acme.tfstate' }],
  [{ local: { path: 'tf/{client}.json' } }, 'local', { path: 'tf/acme.json' }],
  [
    {
      s3: {
        bucket: 'b',
        key: '{client}/{client}',
        use_lockfile: true,
        endpoints: { s3: 'https://{client}.example' },
      },
    },
    's3',
    { bucket: 'b', key: 'acme/acme', use_lockfile: true, endpoints: { s3: 'https://acme.example' } },
  ],
  [{ pg: { schema_name: 'alta_{client}' } }, 'pg', { schema_name: 'alta_acme' }],
])('%j is the client’s own', (backend, name, settings) => {
  expect(of(backend)).toEqual({ name, settings });
});

test('a local path climbs from the stack to the workspace', () => {
  const backend = seenFrom('/ws/cdktf.out/stacks/acme', '/ws', of(undefined));
  expect(backend.settings).toEqual({ path: '../../../state/terraform/acme.tfstate' });
});

test('so does the folder of the states of other workspaces', () => {
  const both = of({ local: { path: 'tf/{client}.json', workspace_dir: 'tf/{client}' } });
  const backend = seenFrom('/ws/cdktf.out/stacks/acme', '/ws', both);
  expect(backend.settings).toEqual({ path: '../../../tf/acme.json', workspace_dir: '../../../tf/acme' });
});

describe('the state file of a client', () => {
  const local = of({ local: { path: 'tf/{client}.json' } });

  test.each([undefined, '', 'default'])(
    'is that of the workspace default, also for TF_WORKSPACE=%s',
    (name) => {
      expect(localStateOf(local, { TF_WORKSPACE: name })).toBe('tf/acme.json');
    },
  );

  test('says nothing of another workspace of Terraform', () => {
    expect(() => localStateOf(local, { TF_WORKSPACE: 'prod' })).toThrow(
      expect.objectContaining({ code: 'terraform-workspace-other' }),
    );
  });

  test('is that of another workspace of Terraform where those have a folder', () => {
    const folder = of({ local: { workspace_dir: 'tf/{client}' } });
    expect(localStateOf(folder, { TF_WORKSPACE: 'prod' })).toBe('tf/acme/prod/terraform.tfstate');
    expect(localStateOf(folder, {})).toBe('state/terraform/acme.tfstate');
  });

  test('is nowhere here where the backend is another, whatever the workspace', () => {
    expect(
      localStateOf(of({ http: { address: 'https://s.example/{client}' } }), { TF_WORKSPACE: 'prod' }),
    ).toBeNull();
  });
});

/** `terraform` of a written stack. */
function written(backend: TerraformBackend): Record<string, unknown> {
  const made = stack([pbx('main')], [extension('main', '110')], { backend: of(backend) });
  writeStacks([made.stack], folder);
  const text = readFileSync(join(folder, 'stacks', 'acme', 'cdk.tf.json'), 'utf8');
  const { required_providers: _, ...settings } = JSON.parse(text).terraform;
  return settings;
}

test.each<[TerraformBackend, object]>([
  [
    { http: { address: 'https://s.example/{client}', lock_method: 'POST' } },
    { backend: { http: { address: 'https://s.example/acme', lock_method: 'POST' } } },
  ],
  [
    { remote: { organization: 'o', workspaces: { name: 'alta-{client}' } } },
    { backend: { remote: { organization: 'o', workspaces: { name: 'alta-acme' } } } },
  ],
  [
    { cloud: { organization: 'o', workspaces: { name: 'alta-{client}' } } },
    { cloud: { organization: 'o', workspaces: { name: 'alta-acme' } } },
  ],
])('%j is written, and nothing else', (backend, settings) => {
  expect(written(backend)).toEqual(settings);
});
