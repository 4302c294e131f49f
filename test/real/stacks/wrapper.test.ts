import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Serving, serve } from '../../../stacks/plugin/index.ts';
import { nullAddress, nullProvider } from '../../support/null-provider.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';
import { openTerraformDesk, type TerraformDesk } from '../../support/terraform-desk.ts';

if (missingTerraform !== null) console.warn(`test/real/stacks/wrapper.test.ts${terraformNote}`);

const env: Record<string, string> = {};
let nulls: Serving;
let desk: TerraformDesk;

describe.skipIf(missingTerraform !== null)(
  `hand-offs and the gate under alta terraform (null_resource by a stand-in)${terraformNote}`,
  { timeout: 180_000 },
  () => {
    beforeAll(async () => {
      nulls = await serve(nullProvider);
      env.TF_REATTACH_PROVIDERS = JSON.stringify({ [nullAddress]: nulls.reattach });
      desk = await openTerraformDesk({ env });
      await desk.edit('clients/acme/client.yaml', (text) =>
        text
          .replace(/^pbx:\n/m, 'pbx:\n  panel: { driver: yeastar, mode: guided }\n')
          .replace(/^extensions:\n/m, 'extensions:\n  - { pbx: panel, number: "20", name: Almacén }\n'),
      );
      await desk.alta('secrets', 'generate', '--client', 'acme');
    }, 180_000);
    afterAll(async () => {
      await desk?.close();
      await nulls?.close();
    });

    const address = 'acme/pbx:panel/extension:20';

    it('the rest goes on while a person is waited for, and every run says so', async () => {
      const { code, out } = await desk.terraform('acme', 'apply', '-auto-approve');
      expect([code, out]).toEqual([0, expect.stringContaining('Resources: 2 added')]);
      expect(out).toMatch(new RegExp(`Once done: +alta attest ${address}`));
    });

    it('a step that was vouched for is in the state', async () => {
      expect((await desk.alta('attest', address)).code).toBe(0);
      const { code, out } = await desk.terraform('acme', 'apply', '-auto-approve');
      expect([code, out]).toEqual([0, expect.stringContaining('Resources: 1 added')]);
      expect(out).toContain('null_resource.extension_panel_20: Creation complete');
      expect(out).not.toContain('alta attest');
    });

    it('the gate runs alta verify with the keys that Terraform has not, once', async () => {
      await desk.edit('alta.yaml', (text) => `${text}\nterraform: { verify: true }\n`);
      // As a job of CI has it: the key is in the environment, and nowhere else.
      const identity = join(desk.folder, '.alta', 'identity.txt');
      env.ALTA_AGE_KEY = (await readFile(identity, 'utf8')).split('\n').at(-2) ?? '';
      await rm(identity);
      const { code, out } = await desk.terraform('acme', 'apply', '-auto-approve');
      expect([code, out]).toEqual([0, expect.stringContaining('null_resource.verified: Creation complete')]);
      expect(out).toMatch(/✓ passed {2}acme\/pbx:sede\/extension:110/);
      expect((await desk.terraform('acme', 'plan', '-detailed-exitcode')).code).toBe(0);
    });
  },
);
