import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { synthesise } from '../../../stacks/index.ts';
import { held, terraformState } from './fixture.ts';
import { terraformWorkspace } from './workspace.ts';

const version = '0.0.0-test';
const everyone = ['academia-lua', 'acme', 'grupo-delta', 'hotel-costa', 'talleres-norte'];
let root: string;
let outdir: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'alta-synth-'));
  outdir = join(root, 'cdktf.out');
});
afterEach(() => rmSync(root, { recursive: true }));

function written(client: string, folder = outdir): string {
  return readFileSync(join(folder, 'stacks', client, 'cdk.tf.json'), 'utf8');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const codesOf = ({ diagnostics }: { diagnostics: readonly { code: string; severity: string }[] }) =>
  diagnostics.map(({ code, severity }) => `${severity} ${code}`);

test.each(['talleres-norte', 'academia-lua'])('the stack of %s', async (client) => {
  terraformWorkspace(root, everyone, 'terraform: { verify: true }\n');
  await synthesise(root, outdir, { clients: [client], version });
  await expect(written(client)).toMatchFileSnapshot(`../../golden/stacks/${client}/cdk.tf.json`);
});

describe('whose stack is written', () => {
  test('that of every client of Terraform, and of no other', async () => {
    terraformWorkspace(root, ['acme', 'hotel-costa']);
    const result = await synthesise(root, outdir, { clients: [], version });
    expect(result.stacks).toEqual(['acme', 'hotel-costa']);
    expect(codesOf(result)).toEqual([]);
    expect(everyone.filter((client) => existsSync(join(outdir, 'stacks', client)))).toEqual(result.stacks);
  });

  test('that of those asked for', async () => {
    terraformWorkspace(root, everyone);
    const { stacks } = await synthesise(root, outdir, { clients: ['acme'], version });
    expect(stacks).toEqual(['acme']);
    expect(existsSync(join(outdir, 'stacks', 'hotel-costa'))).toBe(false);
  });

  test('not that of a client of Alta, also by name', async () => {
    terraformWorkspace(root, ['hotel-costa']);
    const result = await synthesise(root, outdir, { clients: ['acme'], version });
    expect(result.stacks).toEqual([]);
    expect(codesOf(result)).toEqual(['error engine-alta']);
    expect(existsSync(outdir)).toBe(false);
  });

  test('nobody’s, which is said', async () => {
    terraformWorkspace(root, []);
    const result = await synthesise(root, outdir, { clients: [], version });
    expect(result.stacks).toEqual([]);
    expect(codesOf(result)).toEqual(['warning synth-nothing']);
  });

  test('nobody’s where a client is asked for that does not exist', async () => {
    terraformWorkspace(root, everyone);
    await expect(synthesise(root, outdir, { clients: ['nobody'], version })).rejects.toMatchObject({
      code: 'unknown-client',
    });
    expect(existsSync(outdir)).toBe(false);
  });
});

describe('with TF_WORKSPACE', () => {
  test.each([
    [
      'a local state is refused: it would be that of another workspace',
      '',
      ['error terraform-workspace-other'],
    ],
    [
      'a state elsewhere is unknown as ever',
      'terraform: { backend: { http: { address: "https://s.example/{client}" } } }\n',
      [],
    ],
  ])('%s', async (_what, settings, codes) => {
    terraformWorkspace(root, ['acme'], settings);
    vi.stubEnv('TF_WORKSPACE', 'prod');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(codesOf(await synthesise(root, outdir, { clients: ['acme'], version }))).toEqual(codes);
  });

  test('a state that is given counts', async () => {
    terraformWorkspace(root, ['acme']);
    vi.stubEnv('TF_WORKSPACE', 'prod');
    onTestFinished(() => void vi.unstubAllEnvs());
    const known = new Map([['acme', '']]);
    const { stacks } = await synthesise(root, outdir, { clients: ['acme'], version, known });
    expect(stacks).toEqual(['acme']);
  });
});

test.each(['true', '1'])('HCL is refused, which cdktf would write for SYNTH_HCL_OUTPUT=%s', async (value) => {
  terraformWorkspace(root, everyone);
  vi.stubEnv('SYNTH_HCL_OUTPUT', value);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(synthesise(root, outdir, { clients: [], version })).rejects.toMatchObject({
    code: 'synth-hcl',
  });
  expect(existsSync(outdir)).toBe(false);
});

describe('the bytes', () => {
  test('are the same every time', async () => {
    terraformWorkspace(root, everyone);
    const again = join(root, 'again');
    await synthesise(root, outdir, { clients: ['acme'], version });
    await synthesise(root, again, { clients: ['acme'], version });
    expect(written('acme', again)).toBe(written('acme'));
  });

  test('name no path of this machine and no ciphertext', async () => {
    terraformWorkspace(root, everyone);
    await synthesise(root, outdir, { clients: [], version });
    const all = everyone.map((client) => written(client)).join('\n');
    expect(all).not.toContain(root);
    expect(all).not.toMatch(/YWdlLWVuY3J5|hmac:/);
    expect(all).toContain('"path": "../../../state/terraform/acme.tfstate"');
  });
});

describe('the state of Terraform', () => {
  const settings = 'terraform: { backend: { s3: { bucket: b, key: "alta/{client}", region: r } } }\n';
  const renamed = terraformState([held('antes_10', 'antes', '10', 'x', 'talleres-norte')]);

  test('is the local file', async () => {
    terraformWorkspace(root, everyone);
    write('state/terraform/talleres-norte.tfstate', '{ not JSON');
    const result = await synthesise(root, outdir, { clients: [], version });
    expect(codesOf(result)).toEqual(['error terraform-state-unreadable']);
    expect(result.stacks).toEqual(everyone.filter((client) => client !== 'talleres-norte'));
  });

  test('is what is given, where it is given', async () => {
    terraformWorkspace(root, everyone, settings);
    const known = new Map([['talleres-norte', 'nonsense']]);
    const result = await synthesise(root, outdir, { clients: ['talleres-norte'], version, known });
    expect(codesOf(result)).toEqual(['error terraform-state-unreadable']);
    const other = new Map([['talleres-norte', renamed]]);
    expect(codesOf(await synthesise(root, outdir, { clients: [], version, known: other }))).toEqual([]);
  });

  test('is asked for where what it holds decides, and it is kept elsewhere', async () => {
    terraformWorkspace(root, everyone, settings);
    const guided = join(root, 'clients/talleres-norte/client.yaml');
    const text = readFileSync(guided, 'utf8');
    writeFileSync(guided, text.replace(/^( +)driver: yeastar\n/m, '$1driver: yeastar\n$1mode: guided\n'));
    const result = await synthesise(root, outdir, { clients: ['talleres-norte'], version });
    expect(codesOf(result)).toEqual(['error synth-state-needed']);
    expect(result.stacks).toEqual([]);
    const options = { clients: ['talleres-norte'], version } as const;
    const preliminary = await synthesise(root, outdir, { ...options, known: null });
    expect([preliminary.stacks, codesOf(preliminary)]).toEqual([['talleres-norte'], []]);
    const empty = await synthesise(root, outdir, { ...options, known: new Map() });
    expect([empty.stacks, codesOf(empty)]).toEqual([['talleres-norte'], []]);
    expect(JSON.parse(written('talleres-norte')).resource).toBeUndefined();
  });
});
