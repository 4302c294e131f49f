import { describe, expect, it } from 'vitest';
import { Secret } from '../../../engine/model/index.ts';
import { sealSecret } from '../../../engine/secrets/index.ts';
import { type Papers, trustIn } from '../../support/papers.ts';
import { startScene } from '../../support/scene/index.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/aliases.test.ts${terraformNote}`);

/** Seals a secret for the whole workspace. */
async function share({ recipients, shared, write }: Papers, name: string, value: string): Promise<void> {
  const sealed = { scope: '_workspace', group: 'connect', name, value: new Secret(value) } as const;
  const entry = await sealSecret({ ...sealed, recipients, now: Date.now() });
  const connect = { ...shared.connect, [name]: entry };
  await write('secrets.yaml', { apiVersion: 'alta/v1', kind: 'Secrets', connect });
}

/** Two clients, each with a tenant of its own on one MeetIP platform that both share. */
async function startShared() {
  const tenants = [
    { code: '301', name: 'Acme S.L.', extensions: 1 },
    { code: '302', name: 'Beta S.L.', extensions: 1 },
  ];
  const scene = await startScene({ boxes: [{ driver: 'meetip', name: 'sip17', tenants, tls: false }] });
  const [service] = scene.lab.boxes;
  if (service === undefined) throw new Error('no platform');
  const key = { apiKey: { secret: 'sip17/key' } };
  await share(scene.papers, 'sip17/key', service.credentials.apiKey);
  await scene.papers.workspace({
    platforms: {
      sip17: {
        driver: 'meetip',
        url: service.url,
        sip: service.sip,
        credentials: key,
        ...trustIn(service as never),
      },
    },
  });
  for (const [client, tenant, sip] of [
    ['acme', '301', goodSecret],
    ['beta', '302', otherSecret],
  ] as const) {
    scene.client = client;
    await scene.secret('values', 'extensions/main/160/sip', sip);
    await scene.secret('values', 'extensions/main/160/pin', '4071');
    await scene.declare({
      pbx: { main: { platform: 'sip17', tenant } },
      extensions: [{ pbx: 'main', number: '160', name: `De ${client}`, email: `ext160@${client}.example` }],
    });
  }
  return { scene, box: scene.lab.box('sip17') };
}

const resource = (client: string, provider: string, target = client) => ({
  provider,
  target: `${target}/pbx:main`,
  number: '160',
  name: `De ${client}`,
  email: `ext160@${client}.example`,
  sip_secret: 'secret:extensions/main/160/sip',
  pin_secret: 'secret:extensions/main/160/pin',
});

const alta = [{ client: 'acme' }, { client: 'beta', alias: 'beta' }];

describe.skipIf(missingTerraform !== null)(`two clients in one stack${terraformNote}`, () => {
  it('each alias writes to its own tenant', async () => {
    const { scene, box } = await startShared();
    const stack = await scene.own({
      provider: { alta },
      resource: { alta_extension: { acme: resource('acme', 'alta'), beta: resource('beta', 'alta.beta') } },
    });
    await stack.ends(0, 'apply', '-auto-approve');
    expect(box.tenant('301').running()[160]).toMatchObject({ name: 'De acme', secret: goodSecret });
    expect(box.tenant('302').running()[160]).toMatchObject({ name: 'De beta', secret: otherSecret });
    await stack.ends(0, 'plan', '-detailed-exitcode');
    await stack.ends(0, 'destroy', '-auto-approve');
    expect(box.tenant('301').saved()[160] ?? box.tenant('302').saved()[160]).toBeUndefined();
  });

  it("an alias is refused another client's target", async () => {
    const { scene, box } = await startShared();
    const stack = await scene.own({
      provider: { alta },
      resource: { alta_extension: { crossed: resource('beta', 'alta', 'beta') } },
    });
    expect(await stack.ends(1, 'plan')).toContain('[target-of-other-client');
    expect(box.requests().total).toBe(0);
  });
});
