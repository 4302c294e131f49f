import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { builtProduct } from '../../support/build.ts';
import { terraformWorkspace } from './workspace.ts';

let product: string;
let folder: string;

beforeAll(async () => {
  product = await builtProduct();
}, 60_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alta-main-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** No PATH: there is no terraform to be found. */
function run(cwd: string, args: readonly string[], env: Record<string, string> = {}) {
  const options = { cwd, encoding: 'utf8', env: { PATH: '', ...env } } as const;
  return spawnSync(process.execPath, [join(product, 'stacks', 'main.js'), ...args], options);
}

test('writes the stacks where cdktf wants them and prints their paths', () => {
  terraformWorkspace(folder, ['acme', 'hotel-costa']);
  const outdir = join(folder, 'out');
  const { status, stdout } = run(join(folder, 'clients'), ['acme'], { CDKTF_OUTDIR: outdir });
  const path = join(outdir, 'stacks', 'acme', 'cdk.tf.json');
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${path}\n` });
  expect(JSON.parse(readFileSync(path, 'utf8')).provider.alta).toEqual([{ client: 'acme' }]);
});

test('writes into cdktf.out of the workspace otherwise', () => {
  writeFileSync(join(folder, 'alta.yaml'), 'apiVersion: alta/v1\nkind: Workspace\n');
  expect(run(folder, []).status).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, 'cdktf.out', 'manifest.json'), 'utf8'))).toMatchObject({
    stacks: {},
  });
});

test.each([
  ['a workspace with errors', 'kind: Workspace\n', {}],
  ['HCL', 'apiVersion: alta/v1\nkind: Workspace\n', { SYNTH_HCL_OUTPUT: 'true' }],
])('refuses %s', (_what, text, env) => {
  writeFileSync(join(folder, 'alta.yaml'), text);
  const { status, stdout, stderr } = run(folder, [], env);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^error: /);
});
