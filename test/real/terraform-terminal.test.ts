import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasTerminal } from '../e2e/cli/terminal.ts';
import { missingTerraform, terraformNote } from '../support/terraform.ts';
import { openTerraformDesk, type TerraformDesk } from '../support/terraform-desk.ts';

const terminalNote = hasTerminal ? '' : ': SKIPPED, no script of util-linux';
for (const note of [terraformNote, terminalNote].filter((text) => text !== ''))
  console.warn(`test/real/terraform-terminal.test.ts${note}`);

let desk: TerraformDesk;

const states = () => join(desk.folder, 'state', 'terraform');
const called = (from: string, to: string) =>
  desk.edit('clients/acme/client.yaml', (text) => text.replace(from, to));

describe.skipIf(missingTerraform !== null)(`alta terraform interrupted${terraformNote}`, () => {
  beforeAll(async () => {
    desk = await openTerraformDesk({ latency: 150 });
  });
  afterAll(() => desk.close());

  it('hands SIGTERM on, keeps serving until Terraform has ended, and the next run goes on', async () => {
    const running = await desk.start('terraform', '--client', 'acme', '--', 'apply', '-auto-approve');
    await running.seen(/Creating\.\.\./);
    running.send('SIGTERM');
    const { code, out } = await running.ended;
    expect(code, out).toBe(1);
    expect(out).toContain('Interrupt received.');
    expect(out).not.toMatch(/Plugin did not respond/);
    const state = await readFile(join(states(), 'acme.tfstate'), 'utf8').catch(() => '{}');
    expect(() => JSON.parse(state)).not.toThrow();
    expect(await desk.terraform('acme', 'apply', '-auto-approve')).toMatchObject({ code: 0 });
    expect(await desk.terraform('acme', 'plan', '-detailed-exitcode')).toMatchObject({ code: 0 });
  });

  describe.skipIf(!hasTerminal)(`with a person at the terminal${terminalNote}`, () => {
    it('gives Terraform one Ctrl-C, serves it to its end, and the next run goes on', async () => {
      await called('Recepción', 'Entrada');
      const session = await desk.onTerminal('terraform', '--client', 'acme', '--', 'apply', '-auto-approve');
      await session.seen(/Modifying\.\.\./);
      session.type('\u0003');
      const { code, out } = await session.ended;
      expect(code, out).toBe(1);
      expect(out.match(/Interrupt received\./g)).toHaveLength(1);
      expect(out).not.toMatch(/Two interrupts|Plugin did not respond/);
    });

    it('lets Terraform ask, and passes the answer on', async () => {
      await called('Entrada', 'Mostrador');
      const session = await desk.onTerminal('terraform', '--client', 'acme', '--', 'apply');
      await session.seen(/Enter a value:/);
      session.type('yes\n');
      const { code, out } = await session.ended;
      expect(code, out).toBe(0);
      expect(out).toContain('Apply complete!');
      expect(out, 'colours').toContain('\u001b[');
    });

    it('refuses what a person does not confirm', async () => {
      const session = await desk.onTerminal('terraform', '--client', 'beta', '--', 'apply');
      await session.seen(/Enter a value:/);
      session.type('no\n');
      expect((await session.ended).code).toBe(1);
    });

    it('lets Terraform end in order where the terminal closes, and serves it to its end', async () => {
      const session = await desk.onTerminal('terraform', '--client', 'beta', '--', 'apply', '-auto-approve');
      await session.seen(/Creating\.\.\./);
      const lock = '.beta.tfstate.lock.info';
      expect(await readdir(states())).toContain(lock);
      await session.hangUp();
      expect(await readdir(states()), 'Terraform gave its lock back').not.toContain(lock);
      const state = await readFile(join(states(), 'beta.tfstate'), 'utf8');
      expect(JSON.parse(state)).toMatchObject({ version: 4 });
      expect(await desk.terraform('beta', 'apply', '-auto-approve')).toMatchObject({ code: 0 });
      expect(await desk.terraform('beta', 'plan', '-detailed-exitcode')).toMatchObject({ code: 0 });
    });
  });
});
