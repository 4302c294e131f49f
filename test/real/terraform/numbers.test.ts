import { describe, expect, it } from 'vitest';
import { byHand, writtenOut } from '../../support/scene/by-hand.ts';
import { at, startOffice } from '../../support/scene/office.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/numbers.test.ts${terraformNote}`);

const plan = ['plan', '-detailed-exitcode'] as const;
const apply = ['apply', '-auto-approve'] as const;

describe.skipIf(missingTerraform !== null)(`another number${terraformNote}`, () => {
  it('under protection it is refused when it is planned, and nothing is created', async () => {
    const { scene, box, declare, asked } = await startOffice();
    await declare(['2000', '2001']);
    const config = (number: string, more: object) =>
      byHand({ puesto: { lifecycle: { create_before_destroy: true }, number, ...writtenOut, ...more } });
    const stack = await scene.own(config('2000', { protect: true }));
    await stack.ends(0, ...apply);
    await stack.write(config('2001', {}));
    expect(await stack.ends(1, ...plan)).toContain(`[provider-protected · ${at('2001')}]`);
    await stack.ends(1, ...apply);
    expect(asked('/extension/add')).toBe(1);
    expect(box.saved()[2000]).toMatchObject({ username: 'Puesto' });
  });

  it('the old one stays where the new one cannot be made', async () => {
    const { scene, box, declare } = await startOffice();
    await declare(['2000']);
    await scene.ends(0, ...apply);
    await declare(['2001']);
    for (const kind of ['latency', 'status'] as const) {
      box.addFault({ kind, ms: 400, match: { path: '/extension/add' } });
    }
    expect(await scene.ends(1, ...apply)).toContain(`[deletes-wait · ${at('2000')}]`);
    expect(box.saved()[2000]).toMatchObject({ username: 'Puesto' });
    expect(box.saved()[2001]).toBeUndefined();
  });
});
