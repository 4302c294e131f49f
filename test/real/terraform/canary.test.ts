import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { filesOf, leaksIn } from '../../e2e/canary/canaries.ts';
import { passesIn, startTap } from '../../e2e/canary/tap.ts';
import { mesa, startOffice } from '../../support/scene/office.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/canary.test.ts${terraformNote}`);

const canaries = {
  sip: 'Qz7kTrinarSol-x4WmVb',
  rotated: 'Hv3pTrinarLuz_k9RdNc',
  portal: 'Jb5wTrinarMar-q8ZfGt',
  pin: '739152846037',
  given: 'Ld6yTrinarRio_s3XhKm',
  drifted: 'Wm2zTrinarSur-b6PqJd',
  wrong: 'Rt4cTrinarPie-n7YkLs',
  web: 'Gq8wTrinarNor7x4WmVb',
} as const;

/** A saved plan is a zip: its members are searched too, each under its own name. */
function membersOf([name, bytes]: readonly [string, Uint8Array]): (readonly [string, Uint8Array])[] {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return [[name, bytes]];
  const members = Object.entries(unzipSync(bytes)).map(
    ([member, part]) => [`${name}!${member}`, part] as const,
  );
  return [[name, bytes], ...members];
}

function leaksAmong(files: Iterable<readonly [string, Uint8Array]>, secrets: object): readonly string[] {
  return [...files].flatMap(membersOf).flatMap(([name, bytes]) => leaksIn(name, bytes, secrets));
}

/** A folder for Terraform's log, and everything in it. */
async function logFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'alta-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const environment = {
    TF_LOG: 'TRACE',
    TF_LOG_PROVIDER: 'TRACE',
    TF_LOG_PATH: join(folder, 'trace.log'),
    TF_VAR_given: canaries.given,
  };
  return { environment, logs: () => filesOf({ root: folder }) };
}

describe('the search itself', () => {
  it('finds what stands in a saved plan', () => {
    const zip = zipSync({ tfplan: strToU8(`x${canaries.sip}x`), 'tfconfig/m-/main.tf': strToU8('none') });
    expect(leaksAmong([['plan.tfplan', zip]], canaries)).toContain('sip raw in plan.tfplan!tfplan');
  });
});

describe.skipIf(missingTerraform !== null)(`no secret is kept or told by Terraform${terraformNote}`, () => {
  it('over the life of a client, TRACE included', async () => {
    const { environment, logs } = await logFolder();
    const phone = { ...mesa, credentials: { username: 'admin', password: canaries.web } };
    const { scene, box, declare } = await startOffice({ apart: true, phones: [phone], environment });
    const [service] = scene.lab.boxes;
    if (service === undefined) throw new Error('no box');
    const tap = await startTap(Number(new URL(service.url).port));
    const tapped = { pbx: { sede: scene.pbx('sede', { url: `http://127.0.0.1:${tap.port}` }) } };
    const devices = [scene.device('mesa', [{ line: 1, extension: 'sede/2000' }])];
    await declare(['2000'], { ...tapped, devices });
    for (const field of ['sip', 'portal', 'pin'] as const) {
      await scene.secret('values', `extensions/sede/2000/${field}`, canaries[field]);
    }
    const said: string[] = [];
    const run = async (code: number, ...args: readonly string[]) =>
      void said.push(await scene.ends(code, ...args));

    await run(2, 'plan', '-detailed-exitcode', '-out=first.tfplan');
    await run(0, 'apply', 'first.tfplan');
    expect(box.running()[2000]).toMatchObject({ registerpassword: canaries.sip, vmsecret: canaries.pin });
    box.edit('2000', { registerpassword: canaries.drifted }, { apply: true });
    await run(2, 'plan', '-detailed-exitcode', '-out=drift.tfplan');
    await scene.secret('values', 'extensions/sede/2000/sip', canaries.rotated);
    box.addFault({ kind: 'phpNotice', match: { path: '/extension/update' } });
    await run(1, 'apply', '-auto-approve');
    await run(0, 'apply', '-auto-approve');
    await run(0, 'show', '-json');
    await scene.secret('connect', 'pbx/sede/password', canaries.wrong);
    await run(1, 'plan');

    const passes = passesIn(tap.said());
    expect(passes.length).toBeGreaterThan(1);
    const secrets = { ...canaries, pbx: service.credentials.password, ...passes };
    const stderr = ['provider', Buffer.from(scene.server.errors())] as const;
    const output = ['output', Buffer.from(said.join('\n'))] as const;
    const written = [...(await filesOf(scene)), ...(await logs())];
    expect(written.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'state/terraform/acme.tfstate',
        'cdktf.out/stacks/acme/first.tfplan',
        'cdktf.out/stacks/acme/drift.tfplan',
        'trace.log',
      ]),
    );
    expect(leaksAmong([...written, stderr, output], secrets)).toEqual([]);
  });

  it('a value that stands in the configuration, through an ephemeral variable; a plain one would be found', async () => {
    const { environment, logs } = await logFolder();
    const { scene, box, declare } = await startOffice({ environment });
    await declare(['2000']);
    const puesto = {
      target: 'acme/pbx:sede',
      number: '2000',
      name: 'Puesto',
      sip_secret_wo: `$\{var.given}`,
    };
    const config = { provider: { alta: [{ client: 'acme' }] }, resource: { alta_extension: { puesto } } };
    const stack = await scene.own({ ...config, variable: { given: { type: 'string', ephemeral: true } } });
    const found = async () => {
      const names = await readdir(stack.folder);
      const files = names
        .filter((name) => /tfstate|tfplan/.test(name))
        .map(async (name) => {
          return [name, await readFile(join(stack.folder, name))] as const;
        });
      return leaksAmong([...(await Promise.all(files)), ...(await logs())], canaries);
    };
    await stack.ends(2, 'plan', '-detailed-exitcode', '-out=wo.tfplan');
    await stack.ends(0, 'apply', 'wo.tfplan');
    await stack.ends(0, 'plan', '-detailed-exitcode');
    expect(box.running()[2000]).toMatchObject({ registerpassword: canaries.given });
    expect(await found()).toEqual([]);

    await stack.write({
      ...config,
      variable: { given: { type: 'string' } },
      output: { planted: { value: `$\{var.given}` } },
    });
    await stack.ends(0, 'apply', '-auto-approve');
    expect(await found()).toEqual(expect.arrayContaining(['given raw in terraform.tfstate']));
  });
});
