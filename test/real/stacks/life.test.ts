import { describe, expect, it } from 'vitest';
import { missingTerraform, terraformNote } from '../../support/terraform.ts';
import { account, attestedState, compiled, device, extension, pbx } from '../../unit/stacks/fixture.ts';
import { openPlace, type StackPlace, type Wanted } from './place.ts';

if (missingTerraform !== null) console.warn(`test/real/stacks/life.test.ts${terraformNote}`);

const apply = ['apply', '-auto-approve'] as const;
const planned = ['plan', '-detailed-exitcode'] as const;

/** Applies, and demands an empty plan after it. */
async function applied(place: StackPlace, wanted: Wanted): Promise<string> {
  const { code, output } = await place.run(wanted, ...apply);
  expect(code, output).toBe(0);
  return output;
}

describe.skipIf(missingTerraform !== null)(
  `stacks under real Terraform (provider and null_resource by stand-ins)${terraformNote}`,
  { timeout: 120_000 },
  () => {
    it('is valid, applies, and plans nothing after it', async () => {
      const place = await openPlace();
      const on = extension('main', '110', {
        values: { number: '110', name: '${file("/etc/hostname")} %{x' },
      });
      const wanted = { targets: [pbx('main'), device('recepcion')], desired: [on, account('recepcion', on)] };
      expect((await place.run(wanted, 'validate')).code).toBe(0);
      await applied(place, wanted);
      expect(place.echo.objects.get('memory:main#extension:110')?.name).toBe('${file("/etc/hostname")} %{x');
      expect((await place.run(wanted, ...planned)).code).toBe(0);
    });

    it('repoints a phone before the extension goes that it was for', async () => {
      const place = await openPlace();
      const [old, next] = [extension('main', '110'), extension('main', '111')];
      const targets = [pbx('main'), device('recepcion')];
      await applied(place, { targets, desired: [old, account('recepcion', old)] });
      place.echo.done.length = 0;
      await applied(place, { targets, desired: [next, account('recepcion', next)] });
      expect(place.echo.done).toEqual([
        'create memory:main#extension:111',
        'update mac:recepcion#account:1',
        'delete memory:main#extension:110',
      ]);
    });

    it('never destroys what is protected', async () => {
      const place = await openPlace();
      const targets = [pbx('main')];
      await applied(place, { targets, desired: [extension('main', '110', { protect: true })] });
      const { code, output } = await place.run(
        { targets, desired: [extension('main', '110', { protect: true })] },
        'destroy',
        '-auto-approve',
      );
      expect(code).toBe(1);
      expect(output).toMatch(/prevent_destroy/);
    });

    it('imports what is taken over, by its natural key', async () => {
      const place = await openPlace();
      const targets = [pbx('main')];
      const plain = [extension('main', '110')];
      await applied(place, { targets, desired: plain });
      const there = await openPlace();
      for (const [id, object] of place.echo.objects) there.echo.objects.set(id, object);
      const adopting = { targets, desired: [extension('main', '110', { adopt: 'values' })] };
      const { output } = await there.run(adopting, ...planned);
      expect(output).toMatch(/1 to import, 0 to add, \d to change, 0 to destroy/);
      await applied(there, adopting);
      expect(there.echo.done.filter((line) => !line.startsWith('update'))).toEqual([]);
      // Also where nobody could look at the state: importing it again does nothing.
      expect((await there.run({ ...adopting, known: null }, ...planned)).code).toBe(0);
    });

    it('forgets what is released and leaves it where it is', async () => {
      const place = await openPlace();
      const targets = [pbx('main')];
      await applied(place, { targets, desired: [extension('main', '110'), extension('main', '111')] });
      place.echo.done.length = 0;
      const desired = [extension('main', '110')];
      const released = new Set(['acme/pbx:main/extension:111']);
      await applied(place, { targets, desired, compiled: { ...compiled(targets, desired), released } });
      expect(place.echo.done).toEqual([]);
      expect([...(await place.known()).occupants.keys()]).toEqual(['alta_extension.main_110']);
    });

    it('hands a PBX over to people and takes it back, and nothing is created or destroyed', async () => {
      const place = await openPlace();
      const desired = [extension('main', '110')];
      await applied(place, { targets: [pbx('main')], desired });
      place.echo.done.length = 0;
      const guided = { targets: [pbx('main', 'guided')], desired };
      const output = await applied(place, guided);
      expect(output).toMatch(/1 to forget|will no longer be managed/);
      expect(output).toContain('alta attest acme/pbx:main/extension:110');
      const state = attestedState(guided.targets, desired);
      await applied(place, { ...guided, state });
      expect([...(await place.known()).occupants.keys()]).toEqual(['null_resource.extension_main_110']);
      await applied(place, { targets: [pbx('main')], desired, state });
      expect([...(await place.known()).occupants.keys()]).toEqual(['alta_extension.main_110']);
      expect(place.echo.done).toEqual([]);
    });

    it('runs the gate when anything changed, and asks again where it failed', async () => {
      const place = await openPlace();
      const targets = [pbx('main')];
      const wanted = { targets, desired: [extension('main', '110')], verify: true };
      await place.alta(7);
      const failed = await place.run(wanted, ...apply);
      expect(failed.code).toBe(1);
      expect(await place.arguments()).toMatch(/^verify --client acme --workspace \S+\n$/);
      expect((await place.run(wanted, ...planned)).output).toMatch(/null_resource\.verified is tainted/);
      await place.alta(0);
      await applied(place, wanted);
      expect((await place.run(wanted, ...planned)).code).toBe(0);
      const renamed = extension('main', '110', { values: { number: '110', name: 'Ventas' } });
      const { output } = await place.run({ ...wanted, desired: [renamed] }, ...planned);
      expect(output).toMatch(/null_resource\.verified must be replaced/);
    });

    it('reminds in every plan of what a person must do, and fails nothing', async () => {
      const place = await openPlace();
      const main = pbx('main', 'guided');
      const on = extension('main', '110');
      const phone = account('recepcion', on);
      const targets = [main, device('recepcion')];
      const wanted = { targets, desired: [on, phone] };
      const first = await place.run(wanted, ...planned);
      expect(first.code, first.output).toBe(0);
      expect(first.output).toMatch(
        /Warning: Check block assertion failed[\s\S]*alta attest acme\/pbx:main\/extension:110/,
      );
      await applied(place, wanted);
      expect(place.echo.done).toEqual([]);

      const state = attestedState([main], [on]);
      const output = await applied(place, { ...wanted, state });
      expect(output).not.toContain('Check block assertion failed');
      expect([...(await place.known()).occupants.keys()].sort()).toEqual([
        'alta_account.recepcion_1',
        'null_resource.extension_main_110',
      ]);
      expect((await place.run({ ...wanted, state }, ...planned)).code).toBe(0);

      // The panel must be changed again: the phone stays as it is, whatever else the YAML says of it.
      place.echo.done.length = 0;
      const changed = extension('main', '110', { values: { number: '110', name: 'Ventas' } });
      const waiting = account('recepcion', on, { values: { label: 'Ventas' } });
      const again = await applied(place, { targets, desired: [changed, waiting], state });
      expect(again).toMatch(/Waiting for it:\s+acme\/device:recepcion\/account:1/);
      expect(place.echo.done).toEqual([]);
      expect([...(await place.known()).occupants.keys()]).toEqual(['alta_account.recepcion_1']);
    });
  },
);
