import { describe, expect, it } from 'vitest';
import { apply } from '../../../support/commands.ts';
import { kindOf } from '../../../support/scene/kinds.ts';
import { otherSecret } from '../../../support/site.ts';
import { missingTerraform, terraformNote } from '../../../support/terraform.ts';
import { type Declared, type Desk, openDesk } from './desk.ts';
import { meantBy } from './meant.ts';
import { declarations, events, pairsFor } from './situations.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/agreement${terraformNote}`);

const kinds = ['Yeastar S, API v2.0.0', 'Yeastar P', 'MeetIP, API v1', 'PekePBX, dialect b'];

/** What Alta plans, as Terraform would show it, and what Terraform shows. */
async function compared(desk: Desk, declared: Declared) {
  await desk.declare(declared, 'alta');
  const moved = declared.label !== desk.base.label;
  const adopting = declared.extensions.some(({ adopt }) => adopt === true);
  const alta = meantBy(await desk.alta(), { moved, adopting });
  await desk.declare(declared, 'terraform');
  return { alta, terraform: await desk.terraform() };
}

describe.skipIf(missingTerraform !== null)(`alta plan and terraform plan${terraformNote}`, () => {
  it.each(kinds.map((name, hand) => [name, hand] as const))(
    'agree on every change on %s',
    async (name, hand) => {
      const desk = await openDesk(kindOf(name));
      const { scene, base, kind, box } = desk;
      await desk.declare(base, 'alta');
      await apply(scene);
      await desk.declare(base, 'terraform');
      expect(await scene.ends(0, 'apply', '-auto-approve')).toContain('2 imported, 0 added, 0 changed');
      const found: Record<string, unknown> = {};
      const expected: Record<string, unknown> = {};
      for (const [declaration, event] of pairsFor(hand, kinds.length)) {
        const undo = events[event]?.(desk);
        const { alta, terraform } = await compared(desk, declarations[declaration]?.(desk) ?? base);
        expected[`${declaration}; ${event}`] = alta;
        found[`${declaration}; ${event}`] = terraform;
        undo?.();
      }
      expect(found).toEqual(expected);

      await scene.secret('values', `${kind.number}-sip`, otherSecret);
      const rotated = await compared(desk, base);
      expect(rotated.terraform).toEqual(rotated.alta);
      expect(rotated.alta).toHaveLength(2);
      box.remove(kind.number, { apply: true });
      const gone = await compared(desk, base);
      expect(gone.terraform).toEqual(gone.alta);
      expect(gone.alta).toContain(`create acme/pbx:sede/extension:${kind.number}`);
    },
  );
});
