import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AltaError, errorDiagnostic, type Plan, Secret } from '../../../engine/model/index.ts';
import type {
  ApplyOptions,
  ApplyResult,
  PlanResult,
  SecretsSetOptions,
} from '../../../engine/run/contract.ts';
import { change, client, plan } from '../report/build.ts';
import { play } from './stage.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'alta-cli-'));
  writeFileSync(join(cwd, 'alta.yaml'), '');
});
afterAll(() => rmSync(cwd, { recursive: true }));

const changed = plan(client([change('1')]));
const blocked = plan(client([change('1', { action: 'delete', blocked: { code: 'protected', params: {} } })]));
const planned = (made: Plan | null, diagnostics: PlanResult['diagnostics'] = []): PlanResult => {
  return { plan: made, diagnostics, forms: [] };
};
const wrong = errorDiagnostic('secret-missing', { name: 'n', scope: 's' });

describe('plan', () => {
  it.each<[string, Plan | null, string[], number]>([
    ['changes', changed, [], 0],
    ['changes, --detailed-exitcode', changed, ['--detailed-exitcode'], 2],
    ['blocks', blocked, [], 0],
    ['blocks, --detailed-exitcode', blocked, ['--detailed-exitcode'], 3],
    ['nothing, --detailed-exitcode', plan(client([])), ['--detailed-exitcode'], 0],
    ['invalid YAML', null, [], 1],
  ])('exits: %s', async (_, made, flags, code) => {
    const engine = { planWorkspace: async () => planned(made) };
    expect((await play(['plan', ...flags], { cwd, engine })).code).toBe(code);
  });

  it('exits with 1 where a client has an error, although there is a plan', async () => {
    const engine = { planWorkspace: async () => planned(plan(client([], { diagnostics: [wrong] }))) };
    expect((await play(['plan'], { cwd, engine })).code).toBe(1);
  });

  it('hands over what the command line says', async () => {
    const planWorkspace = vi.fn(async () => planned(changed));
    const argv =
      'plan --client a,b --client c --target a/pbx:x --exclude a/pbx:y --since main --no-read --allow-delete 3';
    await play(argv.split(' '), { cwd, engine: { planWorkspace } });
    expect(planWorkspace.mock.calls).toMatchObject([
      [
        { root: cwd, command: 'plan', user: 'tester', parallelism: 10 },
        {
          clients: ['a', 'b', 'c'],
          selection: { targets: ['a/pbx:x'], exclude: ['a/pbx:y'] },
          consent: { allowDelete: 3, recreate: null, overrideLimits: null, acceptOutage: null },
          since: 'main',
          noRead: true,
        },
      ],
    ]);
  });

  it('takes common options before the command too', async () => {
    const engine = { planWorkspace: async () => planned(changed) };
    expect((await play(['--workspace', cwd, 'plan'], { engine })).code).toBe(0);
  });

  it('saves a plan that apply can read', async () => {
    const engine = { planWorkspace: async () => planned(changed) };
    await play(['plan', '-o', 'plan.json'], { cwd, engine });
    expect(JSON.parse(readFileSync(join(cwd, 'plan.json'), 'utf8')).resource_changes).toHaveLength(1);
  });

  it('says where a plan cannot be saved', async () => {
    const engine = { planWorkspace: async () => planned(changed) };
    const { code, err } = await play(['plan', '-o', 'no/such/folder/plan.json'], { cwd, engine });
    expect([code, err]).toEqual([1, expect.stringContaining('[file-unwritable]')]);
  });

  it('is one JSON document although the YAML is invalid', async () => {
    const engine = { planWorkspace: async () => planned(null, [wrong]) };
    const { out, err } = await play(['plan', '--json'], { cwd, engine });
    expect([JSON.parse(out), err]).toMatchObject([
      { errored: true, diagnostics: [{ code: 'secret-missing' }] },
      '',
    ]);
  });

  it('tells GitLab three counts', async () => {
    const engine = { planWorkspace: async () => planned(changed) };
    expect(JSON.parse((await play(['plan', '--format', 'gitlab'], { cwd, engine })).out)).toEqual({
      create: 1,
      update: 0,
      delete: 0,
    });
  });

  it('shows the stack of a defect only with --debug', async () => {
    const engine = { planWorkspace: () => Promise.reject(new TypeError('oops')) };
    const plain = await play(['plan'], { cwd, engine });
    const debug = await play(['plan', '--debug'], { cwd, engine });
    expect([plain.err.includes('    at '), debug.err.includes('    at ')]).toEqual([false, true]);
  });
});

describe('drift', () => {
  it.each<[string, Plan, number]>([
    ['something', changed, 2],
    ['nothing', plan(client([])), 0],
  ])('exits: %s', async (_, made, code) => {
    const engine = { driftWorkspace: async () => planned(made) };
    expect((await play(['drift'], { cwd, engine })).code).toBe(code);
  });
});

describe('apply', () => {
  const nothingDone = (declined: boolean): ApplyResult => {
    return { planned: planned(changed), report: null, declined, diagnostics: [] };
  };
  const asking = vi.fn(async (_: unknown, options: ApplyOptions) =>
    nothingDone(!(await options.confirm(planned(changed)))),
  );

  it('refuses without a terminal and without --yes, before anything is read', async () => {
    const { code, err } = await play(['apply'], { cwd });
    expect([code, err]).toEqual([1, expect.stringContaining('[confirmation-impossible]')]);
  });

  it.each(['--yes', '-y', '--auto-approve'])('does not ask with %s', async (flag) => {
    expect((await play(['apply', flag], { cwd, engine: { applyWorkspace: asking } })).code).toBe(0);
  });

  it('shows the plan on standard error with --json', async () => {
    const { out, err } = await play(['apply', '--yes', '--json'], {
      cwd,
      engine: { applyWorkspace: asking },
    });
    expect([JSON.parse(out).declined, err]).toEqual([false, expect.stringContaining('1 to create')]);
  });

  it('takes consent and selection from an approved plan', async () => {
    const engine = { planWorkspace: async () => planned(changed), applyWorkspace: asking };
    await play(['plan', '-o', 'approved.json', '--allow-delete', '4', '--target', 'acme'], { cwd, engine });
    asking.mockClear();
    await play(['apply', 'approved.json', '--lock-timeout', '5m'], { cwd, engine });
    expect(asking.mock.calls[0]?.[1]).toMatchObject({
      consent: { allowDelete: 4 },
      selection: { targets: ['acme'] },
      clients: ['acme'],
      approval: { filename: 'approved.json' },
      lockTimeoutMs: 300_000,
    });
  });

  it('refuses a file that is no plan', async () => {
    writeFileSync(join(cwd, 'no-plan.json'), '{}');
    const { code, err } = await play(['apply', 'no-plan.json'], { cwd });
    expect([code, err]).toEqual([1, expect.stringContaining('[approval-invalid]')]);
  });

  it('exits with 4 for a stale plan', async () => {
    const stale = new AltaError('stale-changes', { file: 'plan.json', addresses: [] });
    const engine = { applyWorkspace: () => Promise.reject(stale) };
    expect((await play(['apply', '--yes'], { cwd, engine })).code).toBe(4);
  });

  it('tells what is wrong with the YAML', async () => {
    const invalid = { planned: planned(null, [wrong]), report: null, declined: false, diagnostics: [] };
    const { code, err } = await play(['apply', '--yes'], {
      cwd,
      engine: { applyWorkspace: async () => invalid },
    });
    expect([code, err]).toEqual([1, expect.stringContaining('[secret-missing]')]);
  });

  it('shows each problem of the plan once', async () => {
    const ill = planned(plan(client([], { diagnostics: [wrong] })));
    const applyWorkspace = async (_: unknown, { confirm }: ApplyOptions) => {
      await confirm(ill);
      return { planned: ill, report: null, declined: false, diagnostics: [] };
    };
    const { err } = await play(['apply', '--yes'], { cwd, engine: { applyWorkspace } });
    expect(err.match(/secret-missing/g)).toHaveLength(1);
  });

  it('exits with 1 where the answer was no', async () => {
    const engine = { applyWorkspace: async () => nothingDone(true) };
    expect((await play(['apply', '--yes'], { cwd, engine })).code).toBe(1);
  });
});

describe('fmt', () => {
  it.each<[string[], number]>([
    [['fmt'], 0],
    [['fmt', '--check'], 2],
  ])('%j exits with %i where something is out of form', async (argv, code) => {
    const edits = [{ filename: 'alta.yaml', created: false, summary: [] }];
    const engine = { formatWorkspace: async () => ({ edits, diagnostics: [] }) };
    expect((await play(argv, { cwd, engine })).code).toBe(code);
  });
});

describe('secrets set', () => {
  const secretsSet = vi.fn(async (_: unknown, __: SecretsSetOptions) => ({ edits: [], diagnostics: [] }));

  it('takes the value from standard input, without its line end', async () => {
    secretsSet.mockClear();
    const stdin = 'invented-value\n';
    await play(['secrets', 'set', 'extensions/main/110/sip', '--client', 'acme'], {
      cwd,
      stdin,
      engine: { secretsSet },
    });
    const options = secretsSet.mock.calls[0]?.[1];
    expect([options?.client, options?.group, options && Secret.open(options.value)]).toEqual([
      'acme',
      'values',
      'invented-value',
    ]);
  });

  it('puts a login into the other group', async () => {
    secretsSet.mockClear();
    await play(['secrets', 'set', 'pbx/main/password'], { cwd, stdin: 'x', engine: { secretsSet } });
    expect(secretsSet.mock.calls[0]?.[1]).toMatchObject({ client: null, group: 'connect' });
  });

  it('refuses an empty value', async () => {
    const { code, err } = await play(['secrets', 'set', 'x'], { cwd, stdin: '\n' });
    expect([code, err]).toEqual([1, expect.stringContaining('[secret-not-given]')]);
  });

  it('never shows the value', async () => {
    const stdin = 'invented-value';
    const { out, err } = await play(['secrets', 'set', 'x', '--debug'], {
      cwd,
      stdin,
      engine: { secretsSet },
    });
    expect(`${out}${err}`).not.toContain('invented-value');
  });

  it('does not take it as an argument', async () => {
    const { code, err } = await play(['secrets', 'set', 'x', 'invented-value'], { cwd });
    expect([code, err]).toEqual([1, expect.stringContaining('[excess-arguments]')]);
  });
});

describe('import', () => {
  it.each(['acme/pbx:sede', 'acme/sede'])('understands %s', async (address) => {
    const importTarget = vi.fn(async () => ({ edits: [], diagnostics: [] }));
    await play(['import', address, '110', '12*', '--dry-run'], { cwd, engine: { importTarget } });
    expect(importTarget.mock.calls).toMatchObject([
      [{}, { client: 'acme', pbx: 'sede', numbers: ['110', '12*'], dryRun: true }],
    ]);
  });
});

describe('drivers', () => {
  it('lists what every driver knows of every field', async () => {
    const { drivers } = JSON.parse((await play(['drivers', '--json'])).out);
    expect(drivers.map(({ name }: { name: string }) => name)).toContain('yeastar');
  });

  it('is a table in Spanish', async () => {
    const { out } = await play(['drivers', '--format', 'markdown', '--lang', 'es']);
    expect(out).toContain('| Campo | Allí | Leer | Escribir | Se sabe por | Nota |');
  });
});
