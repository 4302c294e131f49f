import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { synthesise } from '../../../stacks/index.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const version = '0.0.0-test';
let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'alta-synth-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

function stack(client: string, folder = outdir): string {
  const text = readFileSync(join(folder, 'stacks', client, 'cdk.tf.json'), 'utf8');
  // The state's path climbs from the folder of this test to the workspace.
  return text.replace(/"path": "[^"]*(state\/terraform\/[^"]*)"/, '"path": "../../../$1"');
}

test.each(['talleres-norte', 'academia-lua'])('the stack of %s', async (client) => {
  await synthesise(root, outdir, { clients: [client], version });
  await expect(stack(client)).toMatchFileSnapshot(`../../golden/stacks/${client}/cdk.tf.json`);
});

test('every client has a stack of its own', async () => {
  const { stacks, diagnostics } = await synthesise(root, outdir, { clients: [], version });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(stacks).toEqual(['academia-lua', 'acme', 'grupo-delta', 'hotel-costa', 'talleres-norte']);
  expect(stacks.filter((client) => !existsSync(join(outdir, 'stacks', client, 'cdk.tf.json')))).toEqual([]);
});

test('only the clients asked for are written', async () => {
  const { stacks } = await synthesise(root, outdir, { clients: ['acme'], version });
  expect(stacks).toEqual(['acme']);
  expect(existsSync(join(outdir, 'stacks', 'hotel-costa'))).toBe(false);
});

test('two runs write the same bytes', async () => {
  const again = join(outdir, 'again');
  await synthesise(root, outdir, { clients: ['acme'], version });
  await synthesise(root, again, { clients: ['acme'], version });
  expect(stack('acme', again)).toBe(stack('acme'));
});

test('a client that does not exist is refused before anything is written', async () => {
  const folder = join(outdir, 'none');
  await expect(synthesise(root, folder, { clients: ['nobody'], version })).rejects.toMatchObject({
    code: 'unknown-client',
  });
  expect(existsSync(folder)).toBe(false);
});

test('no ciphertext reaches a stack', async () => {
  await synthesise(root, outdir, { clients: ['talleres-norte'], version });
  expect(stack('talleres-norte')).not.toMatch(/YWdlLWVuY3J5|hmac:/);
});
