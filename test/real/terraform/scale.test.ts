import { describe, expect, it } from 'vitest';
import { startOffice } from '../../support/scene/office.ts';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';

if (missingTerraform !== null) console.warn(`test/real/terraform/scale.test.ts${terraformNote}`);

const numbers = Array.from({ length: 60 }, (_, index) => String(2000 + index));

describe.skipIf(missingTerraform !== null)(`sixty extensions${terraformNote}`, () => {
  it('are created within the limits of the host, and read at once', async () => {
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
});
