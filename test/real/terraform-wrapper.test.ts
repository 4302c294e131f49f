import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Serving, serve } from '../../stacks/plugin/index.ts';
import { nullAddress, nullProvider } from '../support/null-provider.ts';
import { type StateServer, startStateServer } from '../support/state-server.ts';
import { missingTerraform, terraformNote } from '../support/terraform.ts';
import { openTerraformDesk, type TerraformDesk } from '../support/terraform-desk.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform-wrapper.test.ts${terraformNote}`);

describe.skipIf(missingTerraform !== null)(`alta terraform with the real Terraform${terraformNote}`, () => {
  let desk: TerraformDesk;

  beforeAll(async () => {
    desk = await openTerraformDesk();
  });
  afterAll(() => desk.close());

  it('passes on what concerns no client', async () => {
    expect(await desk.alta('terraform', '--', 'version', '-json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('"terraform_version"'),
    });
  });

  it('plans for both clients, each line behind its name', async () => {
    const { code, out } = await desk.terraform(null, 'plan', '-detailed-exitcode');
    expect(code, out).toBe(2);
    expect(out).toMatch(/^acme │ Plan: 2 to add/m);
    expect(out).toMatch(/^beta │ Plan: 2 to add/m);
    expect(out).toMatch(/2 clients:\n {2}acme: changes\n {2}beta: changes\n$/);
  });

  it('gives one client the exit code and the words of Terraform', async () => {
    const { code, out } = await desk.terraform('acme', 'plan', '-detailed-exitcode');
    expect([code, /^Plan: 2 to add/m.test(out)]).toEqual([2, true]);
    expect(await desk.terraform('acme', 'plan')).toMatchObject({ code: 0 });
    expect(await desk.terraform('acme', 'plan', '-no-such-option')).toMatchObject({ code: 1 });
  });

  it('does not let Terraform ask twice at once', async () => {
    const { code, err } = await desk.terraform(null, 'apply');
    expect([code, /2 clients \(acme, beta\)/.test(err)]).toEqual([1, true]);
  });

  it('applies what was planned, and refuses it once the files are others', async () => {
    expect(await desk.terraform(null, 'plan', '-out=first.tfplan')).toMatchObject({ code: 0 });
    await desk.edit('clients/beta/client.yaml', (text) => text.replace('Almacén', 'Taller'));
    const { code, out, err } = await desk.terraform(null, 'apply', 'first.tfplan');
    expect(code, out + err).toBe(4);
    expect(out).toMatch(/^acme │ Apply complete! Resources: 2 added/m);
    expect(out).toMatch(/acme: done\n {2}beta: not done/);
    expect(err).toContain('Saved plan of other files');
  });

  it('leaves a plan that was applied to Terraform', async () => {
    const { code, err } = await desk.terraform('acme', 'apply', 'first.tfplan');
    expect([code, /Saved plan is stale/.test(err)]).toEqual([1, true]);
  });

  it('says with the worst exit code what remains', async () => {
    const { code, out } = await desk.terraform(null, 'plan', '-detailed-exitcode');
    expect(code, out).toBe(2);
    expect(out).toMatch(/acme: done\n {2}beta: changes\n$/);
  });

  it('applies for both, and then finds nothing to do', async () => {
    const applied = await desk.terraform(null, 'apply', '-auto-approve');
    expect(applied.code, applied.out + applied.err).toBe(0);
    const { code, out } = await desk.terraform(null, 'plan', '-detailed-exitcode');
    expect([code, out.match(/No changes\./g)?.length]).toEqual([0, 2]);
  });

  it('knows a PBX by what it is: a new label moves what stands under it', async () => {
    const called = (from: string, to: string) =>
      desk.edit('clients/acme/client.yaml', (text) =>
        text.replaceAll(`pbx: ${from}`, `pbx: ${to}`).replace(`  ${from}:`, `  ${to}:`),
      );
    await called('sede', 'central');
    const { code, out, err } = await desk.terraform('acme', 'plan').finally(() => called('central', 'sede'));
    expect(code, out + err).toBe(0);
    expect(out).toContain('(moved from alta_extension.sede_110)');
    expect(out).toMatch(/Plan: 0 to add, \d to change, 0 to destroy|No changes/);
  });

  it('shows mistakes of the YAML with their line, and does not start Terraform', async () => {
    await desk.edit('clients/acme/client.yaml', (text) => text.replace('number: "110"', 'number: "11O"'));
    const { code, out, err } = await desk.terraform(null, 'plan');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/clients\/acme\/client\.yaml:\d+:\d+/);
    await desk.edit('clients/acme/client.yaml', (text) => text.replace('number: "11O"', 'number: "110"'));
  });

  it('leaves clients of the other engine alone', async () => {
    await desk.edit('clients/acme/client.yaml', (text) => text.replace('engine: terraform', 'engine: alta'));
    expect(await desk.terraform('acme', 'plan')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Client belongs to Alta itself'),
    });
    expect(await desk.terraform(null, 'plan')).toMatchObject({
      code: 0,
      out: expect.not.stringContaining('acme'),
    });
    await desk.edit('clients/acme/client.yaml', (text) => text.replace('engine: alta', 'engine: terraform'));
  });

  it('answers in one JSON document', async () => {
    const { code, out } = await desk.alta('terraform', '--json', '--', 'plan', '-detailed-exitcode');
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      {
        command: 'terraform',
        errored: false,
        clients: [{ client: 'acme', exit_code: 0, result: 'done' }, { client: 'beta' }],
      },
    ]);
  });

  it('destroys', async () => {
    const { code, out } = await desk.terraform('beta', 'destroy', '-auto-approve');
    expect([code, out.includes('Destroy complete! Resources: 2 destroyed')]).toEqual([0, true]);
  });
});

describe.skipIf(missingTerraform !== null)(`alta terraform with a gate that verifies${terraformNote}`, () => {
  let desk: TerraformDesk;
  let serving: Serving;

  beforeAll(async () => {
    serving = await serve(nullProvider);
    const env: Record<string, string> = {
      TF_REATTACH_PROVIDERS: JSON.stringify({ [nullAddress]: serving.reattach }),
    };
    desk = await openTerraformDesk({ env });
    await desk.edit('alta.yaml', (text) => `${text}\nterraform: { verify: true }\n`);
    // As a job of CI has it: the key is in the environment, and nowhere else.
    const identity = join(desk.folder, '.alta', 'identity.txt');
    env.ALTA_AGE_KEY = (await readFile(identity, 'utf8')).split('\n').at(-2) ?? '';
    await rm(identity);
  });
  afterAll(async () => {
    await desk.close();
    await serving.close();
  });

  it('starts alta verify, which has the keys that Terraform has not', async () => {
    const { code, out, err } = await desk.terraform('acme', 'apply', '-auto-approve');
    expect(code, out + err).toBe(0);
    expect(out).toMatch(/null_resource\.verified \(local-exec\)/);
    expect(await desk.terraform('acme', 'plan', '-detailed-exitcode')).toMatchObject({ code: 0 });
  });
});

describe.skipIf(missingTerraform !== null)(`alta terraform with states on a server${terraformNote}`, () => {
  let desk: TerraformDesk;
  let server: StateServer;

  beforeAll(async () => {
    server = await startStateServer();
    desk = await openTerraformDesk();
    const address = `${server.url}/{client}`;
    await desk.edit(
      'alta.yaml',
      (text) => `${text}\nterraform: { backend: { http: { address: "${address}" } } }\n`,
    );
  });
  afterAll(async () => {
    await desk.close();
    await server.close();
  });

  it('keeps one for each client, and asks Terraform for it before moves are written', async () => {
    const applied = await desk.terraform(null, 'apply', '-auto-approve');
    expect(applied.code, applied.out + applied.err).toBe(0);
    expect([...server.states.keys()].sort()).toEqual(['/acme', '/beta']);
    await desk.edit('clients/acme/client.yaml', (text) =>
      text.replaceAll('pbx: sede', 'pbx: central').replace('  sede:', '  central:'),
    );
    const { code, out, err } = await desk.terraform(null, 'plan');
    expect(code, out + err).toBe(0);
    expect(out).toContain('(moved from alta_extension.sede_110)');
    expect(await desk.terraform('acme', 'apply', '-auto-approve')).toMatchObject({ code: 0 });
    expect(await desk.terraform(null, 'plan', '-detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it('says what init said where the server is not there', async () => {
    await server.close();
    const { code, err } = await desk.terraform('acme', 'plan');
    expect([code, err.includes('connection refused')]).toEqual([1, true]);
    expect(err).toContain('Terraform could not prepare the stack');
  });
});

describe.skipIf(missingTerraform !== null)(
  `alta terraform with a login in the environment${terraformNote}`,
  () => {
    it('gives it to the drivers, and to nobody else', async () => {
      const env: Record<string, string> = {};
      const desk = await openTerraformDesk({ env });
      try {
        const login = desk.password('sede');
        const log = join(desk.folder, 'trace.log');
        Object.assign(env, { SEDE_LOGIN: login, TF_LOG: 'TRACE', TF_LOG_PATH: log });
        const paper = await readFile(join(desk.folder, 'clients/acme/client.yaml'), 'utf8');
        const origin = /url: (\S+)/.exec(paper)?.[1] ?? '';
        await desk.edit('clients/acme/client.yaml', (text) =>
          text.replace(/password:\s+secret: \S+/, 'password: { env: SEDE_LOGIN }'),
        );
        await desk.edit('alta.yaml', (text) =>
          text.replace(
            'secrets:\n',
            `secrets:\n  sources: { env: { SEDE_LOGIN: { use: connect, origin: "${origin}" } } }\n`,
          ),
        );
        expect(await readFile(join(desk.folder, 'clients/acme/client.yaml'), 'utf8')).toContain(
          'env: SEDE_LOGIN',
        );
        const { code, out, err } = await desk.terraform('acme', 'apply', '-auto-approve');
        expect(code, out + err).toBe(0);
        const trace = await readFile(log, 'utf8');
        expect(trace.length).toBeGreaterThan(10_000);
        expect([out, err, trace].filter((text) => text.includes(login))).toEqual([]);
      } finally {
        await desk.close();
      }
    });
  },
);

describe.skipIf(missingTerraform !== null)(`alta terraform interrupted${terraformNote}`, () => {
  it('hands SIGTERM on, keeps serving until Terraform has ended, and the next run goes on', async () => {
    const desk = await openTerraformDesk({ latency: 150 });
    try {
      const running = await desk.start('terraform', '--client', 'acme', '--', 'apply', '-auto-approve');
      await running.seen(/Creating\.\.\./);
      running.send('SIGTERM');
      const { code, out } = await running.ended;
      expect(code).toBe(1);
      expect(out).toContain('Interrupt received.');
      expect(out).not.toMatch(/Plugin did not respond/);
      const state = await readFile(join(desk.folder, 'state/terraform/acme.tfstate'), 'utf8').catch(
        () => '{}',
      );
      expect(() => JSON.parse(state)).not.toThrow();
      expect(await desk.terraform('acme', 'apply', '-auto-approve')).toMatchObject({ code: 0 });
      expect(await desk.terraform('acme', 'plan', '-detailed-exitcode')).toMatchObject({ code: 0 });
    } finally {
      await desk.close();
    }
  });
});
