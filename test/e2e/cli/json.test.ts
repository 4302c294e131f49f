import { readFile } from 'node:fs/promises';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from './alta.ts';
import { type Desk, password } from './desk.ts';
import { busyDesk } from './scene.ts';

let desk: Desk;
let valid: (document: unknown, schema: string) => string[];

beforeAll(async () => {
  [desk, valid] = await Promise.all([busyDesk(), validator()]);
});

afterAll(() => desk.close());

/** What the schemas complain about. */
async function validator(): Promise<typeof valid> {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  for (const name of ['common', 'plan', 'report']) {
    ajv.addSchema(JSON.parse(await readFile(`schemas/${name}.schema.json`, 'utf8')) as AnySchema);
  }
  return (document, schema) => {
    const check = ajv.getSchema(`https://alta.example/schemas/${schema}.schema.json`);
    if (check === undefined) throw new Error(`no schema ${schema}`);
    check(document);
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

/** The one document on standard output; throws where there is anything else. */
function documentOf({ out }: Ended): Record<string, unknown> {
  return JSON.parse(out) as Record<string, unknown>;
}

const json = (line: string, stdin = ''): Promise<Ended> =>
  desk.run([...line.split(' '), '--json'], { stdin });

/** In an order in which each still finds what it needs. Schema `-`: a document of its own. */
const commands: readonly [line: string, code: number, schema: string][] = [
  ['init nuevo', 0, '-'],
  ['validate', 0, '-'],
  ['fmt --check', 2, '-'],
  ['plan', 0, 'plan'],
  ['plan --detailed-exitcode', 3, 'plan'],
  ['plan --no-read', 0, 'plan'],
  ['plan --client acme --target acme/pbx:sede', 0, 'plan'],
  ['drift', 2, 'plan'],
  ['verify --wait 0', 7, 'report'],
  ['doctor', 0, '-'],
  ['trust', 0, '-'],
  ['accept --dry-run', 0, '-'],
  ['import acme/pbx:sede --dry-run', 0, '-'],
  ['secrets check', 0, '-'],
  ['secrets init', 0, '-'],
  ['secrets generate --client acme', 0, '-'],
  ['secrets rekey', 0, '-'],
  ['attest', 0, '-'],
  ['drivers', 0, '-'],
  ['apply --yes', 3, 'report'],
  ['apply --yes --client nobody', 1, '-'],
  ['attest acme/pbx:sede', 1, '-'],
];

const documented = commands.filter(([, , schema]) => schema !== '-');
const seen = new Map<string, Ended>();

describe.each(commands)('%s --json', (line, code) => {
  beforeAll(async () => {
    seen.set(line, await json(line));
  });

  it('is one document on standard output', () => {
    const ended = seenOf(line);
    expect(documentOf(ended)).toMatchObject({ format_version: '1.0' });
    expect(ended.code).toBe(code);
  });

  it('has no colour, and no complaint beside it', () => {
    const { out, err } = seenOf(line);
    expect([out + err, err]).toEqual([
      expect.not.stringContaining('\u001b'),
      expect.not.stringMatching(/error:/),
    ]);
  });
});

it.each(documented)('%s --json follows its schema', (line, _, schema) => {
  expect(valid(documentOf(seenOf(line)), schema)).toEqual([]);
});

function seenOf(line: string): Ended {
  const ended = seen.get(line);
  if (ended === undefined) throw new Error(`${line} was not run`);
  return ended;
}

/** What can be asked for in a folder without a workspace, or wrongly: each fails before there is a document of its own. */
const failures: readonly [line: string, error: string][] = [
  ['validate', 'no-workspace'],
  ['fmt', 'no-workspace'],
  ['plan', 'no-workspace'],
  ['apply --yes', 'no-workspace'],
  ['apply nowhere.json', 'file-unreadable'],
  ['apply', 'confirmation-impossible'],
  ['verify', 'no-workspace'],
  ['drift', 'no-workspace'],
  ['accept', 'no-workspace'],
  ['import acme', 'argument-value'],
  ['import', 'missing-argument'],
  ['attest', 'no-workspace'],
  ['secrets init', 'no-workspace'],
  ['secrets set x', 'secret-not-given'],
  ['secrets generate', 'no-workspace'],
  ['secrets check', 'no-workspace'],
  ['secrets rekey', 'no-workspace'],
  ['doctor', 'no-workspace'],
  ['lab --boxes Ñ', 'option-value'],
  ['init --client Ñ', 'client-id-invalid'],
  ['plan --paralelism 3', 'unknown-option'],
  ['aply', 'unknown-command'],
];

describe('a failure', () => {
  it.concurrent.each(failures)('of %s is one document: %s', async (line, error) => {
    const ended = await desk.run([...line.split(' '), '--json'], { cwd: '/' });
    expect(documentOf(ended)).toMatchObject({
      format_version: '1.0',
      errored: true,
      error_count: 1,
      diagnostics: [
        { severity: 'error', code: error, summary: expect.any(String), detail: expect.any(String) },
      ],
    });
    expect([ended.code, ended.err]).toEqual([1, '']);
  });

  it('of a broken file has the place and the line, as Terraform has them', async () => {
    const before = await desk.read('clients/acme/client.yaml');
    await desk.write('clients/acme/client.yaml', before.replace('name: Almacén', 'nmae: Almacén'));
    const { diagnostics } = documentOf(await json('plan')) as { diagnostics: object[] };
    await desk.write('clients/acme/client.yaml', before);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'misspelt-key',
        range: {
          filename: 'clients/acme/client.yaml',
          start: { line: expect.any(Number), column: 5, byte: expect.any(Number) },
          end: { line: expect.any(Number), column: 9, byte: expect.any(Number) },
        },
        snippet: expect.objectContaining({ code: '    nmae: Almacén', highlight_start_offset: 4 }),
      }),
    );
  });
});

describe('the documents', () => {
  it('call a plan’s changes as Terraform does', async () => {
    const { resource_changes: changes } = documentOf(await json('plan')) as { resource_changes: object[] };
    expect(changes).toContainEqual(
      expect.objectContaining({
        address: 'acme/pbx:vieja/extension:3000',
        mode: 'managed',
        type: 'alta_extension',
        name: '3000',
        provider_name: 'alta/yeastar',
        change: expect.objectContaining({
          actions: ['create'],
          before: null,
          after_sensitive: { sip: true },
        }),
      }),
    );
  });

  it('of secrets set names the secret and not its value', async () => {
    const ended = await json('secrets set extensions/sede/2002/sip --client acme', password);
    expect(documentOf(ended)).toMatchObject({ edits: [{ summary: ['~ extensions/sede/2002/sip'] }] });
    expect(ended.out + ended.err).not.toContain(password);
  });

  it('of a plan that was not carried out is the plan', async () => {
    const ended = await json('apply --yes --allow-delete 5');
    expect([ended.code, valid(documentOf(ended), 'report')]).toEqual([3, []]);
  });
});
