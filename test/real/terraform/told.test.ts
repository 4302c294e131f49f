import { describe, expect, it } from 'vitest';
import { startOffice } from '../../support/scene/office.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/told.test.ts${terraformNote}`);

/** A reference to a data source. */
const of = (what: string) => `$\{data.${what}}`;

describe.skipIf(missingTerraform !== null)(`what Terraform is told${terraformNote}`, () => {
  it('of a PBX: what it says it is, and what on it belongs to nobody here', async () => {
    const { scene, declare } = await startOffice({ box: { firstNumber: 1000 } });
    await declare(['2000']);
    await scene.ends(0, 'apply', '-auto-approve');
    const target = 'acme/pbx:sede';
    const stack = await scene.own({
      provider: { alta: [{ client: 'acme' }] },
      data: { alta_tenant: { sede: { target } }, alta_foreign_extensions: { sede: { target } } },
      output: {
        tenant: { value: of('alta_tenant.sede') },
        foreign: { value: of('alta_foreign_extensions.sede.extensions') },
      },
    });
    await stack.ends(0, 'apply', '-auto-approve');
    const { output } = await stack.run('output', '-json');
    const { tenant, foreign } = JSON.parse(output);
    expect(tenant.value).toMatchObject({ driver: 'yeastar', numbers: ['1000', '1001', '2000'] });
    expect(foreign.value.map(({ number }: { number: string }) => number)).toEqual(['1000', '1001']);
  });

  it('in Spanish, where that is asked for', async () => {
    const there = { number: '2000', username: 'Antes' };
    const { scene, declare } = await startOffice({ lang: 'es', box: { seed: [there] } });
    await declare(['2000']);
    const said = await scene.ends(1, 'plan');
    expect(said).toContain('Error: Bloqueado');
    expect(said).toContain('existe allí con otros valores');
    await scene.secret('connect', 'pbx/sede/password', 'wrong-Password-1');
    expect(await scene.ends(1, 'plan')).toContain('redenciales');
  });

  it('that a path of a workspace is absolute, that there is one, and whose client it is', async () => {
    const { scene, declare } = await startOffice();
    await declare(['2000']);
    const ask = async (alta: object) => {
      const target = 'acme/pbx:sede';
      const stack = await scene.own({
        provider: { alta: [alta] },
        data: { alta_tenant: { sede: { target } } },
      });
      return stack.ends(1, 'plan');
    };
    expect(await ask({ client: 'acme', workspace: './here' })).toContain('[provider-relative-workspace]');
    expect(await ask({ client: 'acme', workspace: '/nowhere' })).toContain('[not-a-workspace]');
    expect(await ask({ client: 'nobody' })).toContain('[unknown-client]');
    await declare(['2000'], { engine: 'alta' });
    expect(await ask({ client: 'acme' })).toContain('[engine-alta]');
  });
});
