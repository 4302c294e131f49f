import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startScene } from '../../support/scene/index.ts';
import { type PbxKind, pbxKinds } from '../../support/scene/kinds.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/life.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;
const account = 'acme/device:mesa/account:1';

/** A client with one extension and a phone on it, before anything is declared. */
async function startLife({ box, pbx, secrets, extension, ...kind }: PbxKind) {
  const mesa = { name: 'mesa', generation: 'c', model: 'T54W', firmware: '96.86.0.70', tls: false } as const;
  const scene = await startScene({ boxes: [box], phones: [mesa] });
  const [sede, phone] = [scene.lab.box('sede'), scene.lab.phone('mesa')];
  const sealed = Object.entries({ ...secrets, sip: goodSecret });
  for (const [field, value] of sealed) await scene.secret('values', `uno-${field}`, value);
  const named = Object.fromEntries(sealed.map(([field]) => [field, { secret: `uno-${field}` }]));
  const ours = [kind.number, kind.other];
  const rest = (all: object) => Object.entries(all).filter(([number]) => !ours.includes(number));
  return {
    scene,
    box: sede,
    declare: (number = kind.number, label = 'sede') =>
      scene.declare({
        pbx: { [label]: scene.pbx('sede', pbx) },
        extensions: [{ pbx: label, number, name: 'Puesto', ...extension(number), secrets: named }],
        devices: [scene.device('mesa', [{ line: 1, extension: `${label}/${number}` }])],
      }),
    /** `update acme/pbx:sede/extension:10` */
    changes: async () => (await scene.changes()).map(({ actions, address }) => `${actions} ${address}`),
    /** Everything on the box that is not ours, stored and in effect. */
    foreign: () => JSON.stringify([rest(sede.saved()), rest(sede.running())]),
    /** Everything on the box and on the phone. */
    whole: () => JSON.stringify([sede.saved(), sede.running(), phone.settings()]),
    registered: (number = kind.number) =>
      (sede.contacts()[number] ?? []).map(({ holder, line }) => `${holder}:${line}`),
  };
}

describe.skipIf(missingTerraform !== null)(`the life of a client under Terraform${terraformNote}`, () => {
  it.each(Object.entries(pbxKinds))('%s', async (_, kind) => {
    const { scene, box, declare, changes, foreign, whole, registered } = await startLife(kind);
    const { number, other, native } = kind;
    const before = foreign();
    const extension = `acme/pbx:sede/extension:${number}`;

    // Created, the phone with its extension in the same apply.
    await declare();
    expect(await changes()).toEqual([`create ${account}`, `create ${extension}`]);
    expect(box.saved()[number]).toBeUndefined();
    await scene.ends(0, ...apply);
    expect(box.running()[number]).toMatchObject({ [native.name]: 'Puesto', [native.sip]: goodSecret });
    expect(registered()).toEqual(['mesa:1']);
    await scene.ends(0, ...plan);

    // Changed by somebody, and put back.
    box.edit(number, { [native.name]: 'Colega' }, { apply: true });
    expect(await changes()).toEqual([`update ${extension}`]);
    await scene.ends(0, ...apply);
    expect(box.running()[number]).toMatchObject({ [native.name]: 'Puesto' });

    // Rotated: the PBX and the phone have the new secret.
    await scene.secret('values', 'uno-sip', otherSecret);
    expect(await changes()).toEqual([`update ${account}`, `update ${extension}`]);
    await scene.ends(0, ...apply);
    expect(box.running()[number]).toMatchObject({ [native.sip]: otherSecret });
    expect(registered()).toEqual(['mesa:1']);
    await scene.ends(0, ...plan);

    // Called otherwise: nothing is written.
    const kept = whole();
    await declare(number, 'central');
    expect(await scene.ends(0, ...apply)).toMatch(/moved from alta_extension\.sede_/);
    expect(whole()).toBe(kept);
    await scene.ends(0, ...plan);

    // Another number.
    await declare(other, 'central');
    expect(await changes()).toEqual([
      `update ${account}`,
      `delete acme/pbx:central/extension:${number}`,
      `create acme/pbx:central/extension:${other}`,
    ]);
    await scene.ends(0, ...apply);
    expect(box.saved()[number]).toBeUndefined();
    expect(registered(other)).toEqual(['mesa:1']);
    await scene.ends(0, ...plan);

    // The state is lost, and what is there taken over again: only Terraform's memory is written.
    await rm(join(scene.root, 'state/terraform'), { recursive: true });
    const there = whole();
    await scene.ends(0, 'import', `alta_extension.central_${other}`, `acme/pbx:central/extension:${other}`);
    await scene.ends(0, 'import', 'alta_account.mesa_1', account);
    expect(await scene.ends(0, ...apply)).toContain('0 added');
    expect(whole()).toBe(there);
    await scene.ends(0, ...plan);

    await scene.ends(0, 'destroy', '-auto-approve');
    expect(box.saved()[other]).toBeUndefined();
    expect(foreign()).toBe(before);
  });
});
