import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import {
  acceptDrift,
  applyWorkspace,
  doctor,
  driftWorkspace,
  formatWorkspace,
  importTarget,
  initWorkspace,
  planWorkspace,
  secretsCheck,
  secretsGenerate,
  secretsRekey,
  secretsSet,
  validateWorkspace,
  verifyWorkspace,
} from '../../../engine/run/index.ts';
import { applyOptions, planOptions, startWorld, type World } from './world.ts';

let world: World;

beforeEach(async () => {
  world = await startWorld([{ name: 'sede', edition: 'v2.0.0', extensions: 3 }]);
});

afterEach(() => world.close());

const errors = (diagnostics: readonly { severity: string; code: string }[]): string[] =>
  diagnostics.filter((d) => d.severity === 'error').map((d) => d.code);

const clientFile = (): Promise<string> => readFile(join(world.root, 'clients/acme/client.yaml'), 'utf8');

describe('import', () => {
  it('writes YAML whose plan has no change, and whose apply proves the secrets', async () => {
    await world.client({ pbx: { sede: world.pbx('sede') } });
    const imported = await importTarget(world.context(), {
      client: 'acme',
      pbx: 'sede',
      numbers: [],
      dryRun: false,
    });
    expect(errors(imported.diagnostics)).toEqual([]);
    expect(await clientFile()).toContain('number: "1000"');
    const plan = await planWorkspace(world.context(), planOptions);
    expect(errors(plan.diagnostics)).toEqual([]);
    expect(plan.plan?.clients[0]?.counts.changes).toBe(0);
    expect(plan.plan?.clients[0]?.foreign).toEqual([]);
    const applied = await applyWorkspace(world.context(), applyOptions);
    expect(applied.report?.clients[0]?.state).toBe('saved');
    const again = await planWorkspace(world.context(), planOptions);
    expect(again.plan?.clients[0]).toMatchObject({ changes: [], counts: { changes: 0 } });
    expect(again.plan?.clients[0]?.unverifiable.filter((u) => u.field === 'sip')).toEqual([]);
  });

  it('takes only the numbers asked for', async () => {
    await world.client({ pbx: { sede: world.pbx('sede') } });
    await importTarget(world.context(), { client: 'acme', pbx: 'sede', numbers: ['1001'], dryRun: false });
    const text = await clientFile();
    expect([text.includes('"1001"'), text.includes('"1000"')]).toEqual([true, false]);
  });

  it('writes nothing in a dry run', async () => {
    await world.client({ pbx: { sede: world.pbx('sede') } });
    const before = await clientFile();
    const result = await importTarget(world.context(), {
      client: 'acme',
      pbx: 'sede',
      numbers: [],
      dryRun: true,
    });
    expect(result.edits).toHaveLength(2);
    expect(await clientFile()).toBe(before);
  });
});

describe('drift', () => {
  beforeEach(async () => {
    await world.client({
      pbx: { sede: world.pbx('sede') },
      extensions: [{ pbx: 'sede', number: '2000', name: 'Recepción' }],
    });
    await world.secret('values', 'extensions/sede/2000/sip', 'Kf7mQ2xRt-p9WbL4hZc6');
    await applyWorkspace(world.context(), applyOptions);
    world.lab.box('sede').edit('2000', { username: 'Mostrador' }, { apply: true });
  });

  it('is seen, and accepted into the YAML', async () => {
    const drift = await driftWorkspace(world.context(), planOptions);
    expect(drift.plan?.clients[0]?.changes).toMatchObject([
      { section: 'drift', fields: [{ field: 'name' }] },
    ]);
    const accepted = await acceptDrift(world.context(), { ...planOptions, dryRun: false });
    expect(accepted.edits).toMatchObject([{ filename: 'clients/acme/client.yaml', created: false }]);
    expect(await clientFile()).toContain('name: Mostrador');
    const plan = await planWorkspace(world.context(), planOptions);
    expect(plan.plan?.clients[0]?.counts.changes).toBe(0);
  });

  it('of what vanished is accepted by taking it out', async () => {
    world.lab.box('sede').remove('2000', { apply: true });
    await acceptDrift(world.context(), { ...planOptions, dryRun: false });
    expect(await clientFile()).not.toContain('"2000"');
  });

  it('of a secret is never accepted', async () => {
    world.lab
      .box('sede')
      .edit('2000', { username: 'Recepción', registerpassword: 'Zq8nT3vYb-k5JdM2wXs7' }, { apply: true });
    const accepted = await acceptDrift(world.context(), { ...planOptions, dryRun: false });
    expect(accepted.edits).toEqual([]);
    expect(accepted.diagnostics.map((d) => d.code)).toContain('accept-secret');
  });
});

describe('secrets', () => {
  it('are generated for what the YAML takes for granted, and leave a plan with one change', async () => {
    await world.client({
      pbx: { sede: world.pbx('sede') },
      extensions: [{ pbx: 'sede', number: '2000', name: 'Recepción' }],
    });
    const made = await secretsGenerate(world.context(), { client: 'acme', names: 'all', rotate: false });
    expect(made.edits).toMatchObject([{ filename: 'clients/acme/secrets.yaml' }]);
    const applied = await applyWorkspace(world.context(), applyOptions);
    expect(applied.report?.clients[0]?.steps.map((s) => s.result)).toEqual(['done']);
    const rekeyed = await secretsRekey(world.context(), { clients: [] });
    expect(rekeyed.edits.length).toBeGreaterThan(0);
    const plan = await planWorkspace(world.context(), planOptions);
    expect(plan.plan?.clients[0]?.changes).toEqual([]);
    await secretsGenerate(world.context(), {
      client: 'acme',
      names: ['extensions/sede/2000/sip'],
      rotate: true,
    });
    const rotated = await planWorkspace(world.context(), planOptions);
    expect(rotated.plan?.clients[0]?.changes).toMatchObject([
      { action: 'update', fields: [{ field: 'sip' }] },
    ]);
  });

  it('are set by value and checked', async () => {
    await world.client({ pbx: { sede: world.pbx('sede') } });
    await secretsSet(world.context(), {
      client: 'acme',
      name: 'pbx/sede/extra',
      group: 'connect',
      value: new Secret('x'),
    });
    const checked = await secretsCheck(world.context());
    expect(errors(checked.diagnostics)).toEqual([]);
  });
});

describe('verify and doctor', () => {
  beforeEach(async () => {
    await world.client({
      pbx: { sede: world.pbx('sede') },
      extensions: [{ pbx: 'sede', number: '2000', name: 'Recepción' }],
    });
    await world.secret('values', 'extensions/sede/2000/sip', 'Kf7mQ2xRt-p9WbL4hZc6');
    await applyWorkspace(world.context(), applyOptions);
  });

  const registration = async (): Promise<string | undefined> => {
    const verified = await verifyWorkspace(world.context(), planOptions);
    const checks = verified.report?.clients[0]?.checks ?? [];
    return checks.find((check) => check.check === 'registration')?.result;
  };

  it('says what is registered, and what nobody expects to be', async () => {
    expect(await registration()).toBe('not-expected');
    world.lab.box('sede').register('2000', 'Kf7mQ2xRt-p9WbL4hZc6');
    expect(await registration()).toBe('passed');
  });

  it('proves the configuration and lists what a person must look at', async () => {
    const verified = await verifyWorkspace(world.context(), planOptions);
    const results = verified.report?.clients[0]?.checks.map((c) => `${c.check} ${c.result}`);
    expect(results).toEqual(
      expect.arrayContaining(['configuration passed', 'call manual', 'outbound-caller-id manual']),
    );
  });

  it('shows the pin of a certificate that nobody trusts yet, having sent nothing', async () => {
    const box = world.lab.box('sede');
    await world.client({ pbx: { sede: world.pbx('sede', { tls: {} }) } });
    box.resetRequests();
    const found = await doctor(world.context(), planOptions);
    expect(errors(found.diagnostics)).toEqual(['tls-untrusted']);
    const pin = world.lab.services[0]?.pins.spki.replace(/=$/, '');
    expect(found.findings).toContainEqual({ address: 'acme/pbx:sede', code: 'doctor-pin', params: { pin } });
    expect(box.requests().total).toBe(0);
  });

  it('finds what works and what could be better', async () => {
    const found = await doctor(world.context(), planOptions);
    expect(errors(found.diagnostics)).toEqual([]);
    expect(found.findings.map((f) => f.code)).toEqual([
      'doctor-key',
      'doctor-key',
      'doctor-no-git',
      'doctor-read',
      'doctor-serial',
    ]);
  });
});

describe('init, fmt and validate', () => {
  it('make a workspace that is valid and canonical', async () => {
    const root = await mkdtemp(join(tmpdir(), 'alta-init-'));
    try {
      const context = world.context({ root, env: { XDG_CONFIG_HOME: join(root, 'config') } });
      const made = await initWorkspace(context, { client: 'acme', name: 'Acme S.L.' });
      expect(made.edits.map((e) => e.filename)).toEqual(
        expect.arrayContaining(['alta.yaml', 'secrets.yaml', '.gitignore', 'clients/acme/client.yaml']),
      );
      const valid = await validateWorkspace({ ...context, env: {} });
      expect([valid.clients, valid.diagnostics]).toEqual([1, []]);
      expect((await formatWorkspace(context, { check: true })).edits).toEqual([]);
      await expect(initWorkspace(context, {})).rejects.toMatchObject({ code: 'workspace-exists' });
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});
