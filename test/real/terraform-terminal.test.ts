import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasTerminal } from '../e2e/cli/terminal.ts';
import { missingTerraform, terraformNote } from '../support/terraform.ts';
import { openTerraformDesk, type TerraformDesk } from '../support/terraform-desk.ts';

const missing = missingTerraform !== null || !hasTerminal;
const note = missingTerraform === null && !hasTerminal ? ': SKIPPED, no script of util-linux' : terraformNote;
if (missing) console.warn(`test/real/terraform-terminal.test.ts${note}`);

describe.skipIf(missing)(`alta terraform with a person at the terminal${note}`, () => {
  let desk: TerraformDesk;

  beforeAll(async () => {
    desk = await openTerraformDesk({ latency: 150 });
  });
  afterAll(() => desk.close());

  it('gives Terraform one Ctrl-C, serves it to its end, and the next run goes on', async () => {
    const session = await desk.onTerminal('terraform', '--client', 'acme', '--', 'apply', '-auto-approve');
    await session.seen(/Creating\.\.\./);
    session.type('\u0003');
    const { code, out } = await session.ended;
    expect(code, out).toBe(1);
    expect(out.match(/Interrupt received\./g)).toHaveLength(1);
    expect(out).not.toMatch(/Two interrupts|Plugin did not respond/);
  });

  it('lets Terraform ask, and passes the answer on', async () => {
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
    const states = join(desk.folder, 'state', 'terraform');
    expect(await readdir(states)).toContain('.beta.tfstate.lock.info');
    await session.hangUp();
    expect(await readdir(states), 'Terraform gave its lock back').not.toContain('.beta.tfstate.lock.info');
    expect(JSON.parse(await readFile(join(states, 'beta.tfstate'), 'utf8'))).toMatchObject({ version: 4 });
    expect(await desk.terraform('beta', 'apply', '-auto-approve')).toMatchObject({ code: 0 });
    expect(await desk.terraform('beta', 'plan', '-detailed-exitcode')).toMatchObject({ code: 0 });
  });
});
