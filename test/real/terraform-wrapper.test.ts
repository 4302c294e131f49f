import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StateServer, startStateServer } from '../support/state-server.ts';
import { missingTerraform, terraformNote } from '../support/terraform.ts';
import { openTerraformDesk, type TerraformDesk } from '../support/terraform-desk.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform-wrapper.test.ts${terraformNote}`);

describe.skipIf(missingTerraform !== null)(`alta terraform with the real Terraform${terraformNote}`, () => {
  const env: Record<string, string> = {};
  let desk: TerraformDesk;

  beforeAll(async () => {
    desk = await openTerraformDesk({ env });
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

  it('gives a login of the environment to the drivers, and to nobody else', async () => {
    const login = desk.password('sede');
    const log = join(desk.folder, 'trace.log');
    Object.assign(env, { SEDE_LOGIN: login, TF_LOG: 'TRACE', TF_LOG_PATH: log });
    const file = 'clients/acme/client.yaml';
    const [, origin] = /url: (\S+)/.exec(await readFile(join(desk.folder, file), 'utf8')) ?? [];
    await desk.edit(file, (text) =>
      text
        .replace(/password:\s+secret: \S+/, 'password: { env: SEDE_LOGIN }')
        .replace('Recepción', 'Entrada'),
    );
    await desk.edit('alta.yaml', (text) =>
      text.replace(
        'secrets:\n',
        `secrets:\n  sources: { env: { SEDE_LOGIN: { use: connect, origin: "${origin}" } } }\n`,
      ),
    );
    expect(await readFile(join(desk.folder, file), 'utf8')).toContain('env: SEDE_LOGIN');
    const { code, out, err } = await desk.terraform('acme', 'apply', '-auto-approve');
    expect([code, out], err).toEqual([0, expect.stringContaining('1 changed')]);
    const trace = await readFile(log, 'utf8');
    expect(trace.length).toBeGreaterThan(10_000);
    expect([out, err, trace].filter((text) => text.includes(login))).toEqual([]);
    delete env.TF_LOG;
  });

  it('destroys', async () => {
    const { code, out } = await desk.terraform(null, 'destroy', '-auto-approve');
    expect([code, out.match(/Destroy complete! Resources: 2 destroyed/g)?.length]).toEqual([0, 2]);
  });

  describe('with states on a server', () => {
    let server: StateServer;

    beforeAll(async () => {
      server = await startStateServer();
      const address = `${server.url}/{client}`;
      const backend = `terraform: { backend: { http: { address: "${address}", retry_max: 0 } } }`;
      await desk.edit('alta.yaml', (text) => `${text}\n${backend}\n`);
      // What was initialised before has the backend of then.
      await rm(join(desk.folder, 'cdktf.out'), { recursive: true });
    });
    afterAll(() => server.close());

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
});
