import { describe, expect, it } from 'vitest';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';
import { extension, pbx } from '../../unit/stacks/fixture.ts';
import { openPlace } from './place.ts';

if (missingTerraform !== null) console.warn(`test/real/stacks/moves.test.ts${terraformNote}`);

/** Natural key → label. */
type Labels = Readonly<Record<string, string>>;

/** One PBX for each key, with an extension 110 on it. */
function wanted(labels: Labels) {
  const pairs = Object.entries(labels);
  return {
    targets: pairs.map(([key, label]) => pbx(label, 'api', key)),
    desired: pairs.map(([, label]) => extension(label, '110')),
  };
}

/** Applies until nothing moves any more; how many applies that took. Nothing may be created or destroyed but what `may` says. */
async function settle(before: Labels, after: Labels, may: readonly string[] = []): Promise<number> {
  const keys: Record<string, string> = {};
  const name = (labels: Labels) => {
    for (const [key, label] of Object.entries(labels)) keys[`acme/pbx:${label}`] = key;
  };
  name(before);
  const place = await openPlace(keys);
  expect((await place.run(wanted(before), 'apply', '-auto-approve')).code).toBe(0);
  place.echo.done.length = 0;
  for (const label of Object.keys(keys)) delete keys[label];
  name(after);
  for (let turn = 1; turn < 6; turn += 1) {
    const { code, output, diagnostics } = await place.run(wanted(after), 'apply', '-auto-approve');
    expect(code, output).toBe(0);
    const made = place.echo.done.filter((line) => !line.startsWith('update'));
    expect(made.filter((line) => !may.includes(line))).toEqual([]);
    if (diagnostics.length > 0) continue;
    expect((await place.run(wanted(after), 'plan', '-detailed-exitcode')).code).toBe(0);
    const { occupants } = await place.known();
    const found = [...occupants].map(([label, id]) => [id.replace('#extension:110', ''), label]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.entries(after).map(([key, label]) => [key, `alta_extension.${label}_110`])),
    );
    return turn;
  }
  throw new Error('it moves for ever');
}

describe.skipIf(missingTerraform !== null)(
  `changed labels under real Terraform (provider by a stand-in)${terraformNote}`,
  { timeout: 180_000 },
  () => {
    it.each<[string, Labels, Labels, number]>([
      ['one label', { A: 'a', B: 'b' }, { A: 'c', B: 'b' }, 1],
      ['a chain', { A: 'a', B: 'b' }, { A: 'b', B: 'c' }, 2],
      ['a swap', { A: 'a', B: 'b' }, { A: 'b', B: 'a' }, 3],
      ['a ring of three', { A: 'a', B: 'b', C: 'c' }, { A: 'b', B: 'c', C: 'a' }, 4],
    ])('%s: everything keeps what it is', async (_, before, after, applies) => {
      expect(await settle(before, after)).toBe(applies);
    });

    it('a new PBX under the label of another that got a new one', async () => {
      expect(await settle({ A: 'a' }, { A: 'b', C: 'a' }, ['create C#extension:110'])).toBe(2);
    });

    it('a PBX that takes the label of one that goes', async () => {
      expect(await settle({ A: 'a', B: 'b' }, { A: 'b' }, ['delete B#extension:110'])).toBe(2);
    });
  },
);
