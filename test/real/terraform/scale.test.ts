import { describe, expect, it } from 'vitest';
import { startScene } from '../../support/scene/index.ts';
import { pbxKinds } from '../../support/scene/kinds.ts';
import { startOffice } from '../../support/scene/office.ts';
import { goodSecret, otherSecret } from '../../support/site.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/scale.test.ts${terraformNote}`);

const numbers = Array.from({ length: 60 }, (_, index) => String(2000 + index));

describe.skipIf(missingTerraform !== null)(`many extensions${terraformNote}`, () => {
  it('sixty are created within the limits of the host, and read at once', async () => {
    const { scene, box, declare, asked } = await startOffice();
    await declare(numbers);
    await scene.ends(0, 'apply', '-auto-approve', '-parallelism=200');
    expect(box.requests().peak).toBe(1);
    expect(asked('/extension/add')).toBe(60);
    box.resetRequests();
    await scene.ends(0, 'plan', '-detailed-exitcode', '-parallelism=200');
    expect(asked('/extension/')).toBe(2);
    expect(box.requests().peak).toBe(1);
  });

  // What a session that writes shows beside what it wrote must not make the plan of the next one stale.
  it.each(Object.entries(pbxKinds))(
    'one after the other on %s: none makes the next one stale',
    async (_, kind) => {
      const scene = await startScene({ boxes: [kind.box] });
      const sealed = Object.entries({ ...kind.secrets, sip: goodSecret });
      const declare = (name: string) =>
        scene.declare({
          pbx: { sede: scene.pbx('sede', kind.pbx) },
          extensions: [kind.number, kind.other].map((number) => ({
            pbx: 'sede',
            number,
            name,
            ...kind.extension(number),
          })),
        });
      const seal = async (field: string, value: string) => {
        for (const number of [kind.number, kind.other]) {
          await scene.secret('values', `extensions/sede/${number}/${field}`, value);
        }
      };
      for (const [field, value] of sealed) await seal(field, value);
      await declare('Puesto');
      await scene.ends(0, 'apply', '-auto-approve', '-parallelism=1');
      await seal('sip', otherSecret);
      await declare('Otro');
      expect(await scene.ends(0, 'apply', '-auto-approve', '-parallelism=1')).toContain('2 changed');
      await scene.ends(0, 'plan', '-detailed-exitcode');
      await declare('Puesto');
      expect(await scene.ends(0, 'apply', '-auto-approve', '-parallelism=1')).toContain('2 changed');
      await scene.ends(0, 'destroy', '-auto-approve', '-parallelism=1');
    },
  );
});
