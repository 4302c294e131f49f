/** What a box holds already: as YAML, and as verify sees where calls lead on it. Registrations are in `phones.test.ts`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { importTarget } from '../../../engine/run/index.ts';
import type { LabExtensionSeed, LabYeastarP, LabYeastarPCallFlow } from '../../../lab/index.ts';
import { on } from '../../support/bench.ts';
import { type PBench, pbxOf, seal, start } from './scenario.ts';

const organizations = [
  { id: '1', name: 'Acme' },
  { id: '2', name: 'Ventas' },
  { id: '3', name: 'Norte', parent: '2' },
];

/** What people have set up there over the years. */
const seed: LabExtensionSeed[] = [
  { number: '1500', first_name: 'Eva', last_name: '', reg_name: 'Xq7Zk2', caller_id: '+34910000001' },
  { number: '1501', first_name: 'Ñuño', last_name: "O'Brien de la Peña", role_id: '1', title: 'Jefe' },
  { number: '1502', first_name: '#1: "Sala"', last_name: '- & norte', role_id: '3', enb_vm: '0' },
  { number: '1503', first_name: 'Bea', mobile_number: '+34600000001', concurrent_registrations: '3' },
  { number: '1900', type: 'FXS' },
];

/** The same on a box with organisations: in one, in several, and in one whose name is another's too. */
const organised = [...organizations, { id: '4', name: 'Taller' }, { id: '5', name: 'Norte', parent: '4' }];
const members = (...ids: string[]) => JSON.stringify(ids.map((value) => ({ value })));
const inOrganisations: LabExtensionSeed[] = [
  { number: '1500', first_name: 'Eva', organization_list: members('2') },
  { number: '1501', first_name: 'Leo', organization_list: members('4', '2') },
  { number: '1502', first_name: 'Mar', organization_list: members('5', '1') },
];

const boxes: readonly (readonly [string, Partial<LabYeastarP>, number])[] = [
  ['that shows passwords', { seed, getPassword: true }, 7],
  ['that shows none', { seed, getPassword: false }, 7],
  ['that shows the keys of its panel', { seed, advancedKeys: true }, 7],
  ['of the Cloud', { seed: seed.slice(0, 4), model: 'Cloud' }, 7],
  ['with several pages', { seed, doubts: { maxPageSize: 3, overlongPage: 'clamp' } }, 7],
  ['with organisations', { extensions: 0, seed: inOrganisations, organizations: organised }, 3],
  ['whose menus are not granted', { seed, denied: ['system/get_menuoptions'] }, 7],
];

describe.concurrent('what is imported from a box', () => {
  it.each(boxes)('%s is what is there: a plan changes nothing', (_, settings, count) =>
    on(start({ settings }), async (bench) => {
      await bench.declare({ pbx: { sede: pbxOf(bench) }, extensions: [] });
      const context = bench.context({ command: 'import' });
      const options = { client: 'acme', pbx: 'sede', numbers: [], dryRun: false };
      expect((await importTarget(context, options)).diagnostics).toEqual([]);
      const yaml = parse(await readFile(join(context.root, 'clients/acme/client.yaml'), 'utf8'));
      expect(yaml.extensions).toHaveLength(count);
      const box = bench.lab.box('sede');
      const before = JSON.stringify([box.saved(), box.running()]);
      const { plan, diagnostics } = await bench.plan();
      expect([diagnostics, plan?.clients[0]?.diagnostics]).toEqual([[], []]);
      expect(plan?.clients[0]?.counts.changes).toBe(0);
      expect((await bench.apply()).codes).toEqual([]);
      expect(await bench.changes()).toEqual([]);
      expect(JSON.stringify([box.saved(), box.running()])).toBe(before);
      expect([box.sessions(), bench.leaks()]).toEqual([0, []]);
    }),
  );

  it('says in YAML what the panel shows', () =>
    on(start({ settings: { seed, extensions: 0, advancedKeys: true } }), async (bench) => {
      await bench.declare({ pbx: { sede: pbxOf(bench) }, extensions: [] });
      const context = bench.context({ command: 'import' });
      await importTarget(context, { client: 'acme', pbx: 'sede', numbers: ['150*'], dryRun: false });
      const yaml = parse(await readFile(join(context.root, 'clients/acme/client.yaml'), 'utf8'));
      expect(yaml.extensions.slice(0, 3)).toMatchObject([
        { number: '1500', name: 'Eva', registrationName: 'Xq7Zk2', callerId: '+34910000001', role: 'user' },
        { number: '1501', name: "Ñuño O'Brien de la Peña", role: 'admin', title: 'Jefe', nat: true },
        { number: '1502', name: '#1: "Sala" - & norte', voicemail: false },
      ]);
      expect(yaml.extensions[2]).not.toHaveProperty('role');
      expect(yaml.extensions[0].secrets).toEqual({
        sip: { source: 'unmanaged' },
        portal: { source: 'unmanaged' },
      });
    }));

  it('can be managed from then on: a declared change is the only one', () =>
    on(start({ settings: { seed, organizations } }), async (bench) => {
      await bench.declare({ pbx: { sede: pbxOf(bench) }, extensions: [] });
      const context = bench.context({ command: 'import' });
      await importTarget(context, { client: 'acme', pbx: 'sede', numbers: ['1500'], dryRun: false });
      const filename = 'clients/acme/client.yaml';
      expect((await bench.apply()).codes).toEqual([]);
      const yaml = parse(await readFile(join(context.root, filename), 'utf8'));
      yaml.extensions[0].name = 'Eva Sanz';
      await bench.write(filename, yaml);
      expect(await bench.changes()).toEqual(['update acme/pbx:sede/extension:1500']);
      const before = bench.lab.box('sede').saved()['1500'];
      expect((await bench.apply()).codes).toEqual([]);
      expect(bench.lab.box('sede').running()['1500']).toEqual({ ...before, last_name: 'Sanz' });
    }));
});

const callFlow: LabYeastarPCallFlow = {
  trunks: ['operador', 'reserva'],
  routes: [
    { name: 'Ventas', dids: ['34910000001'], to: 'queue 6400' },
    {
      name: 'Soporte',
      dids: ['34910000002'],
      trunks: ['operador'],
      to: 'ring_group 6300',
      closed: 'ivr 6500',
    },
    { name: 'Directo', dids: ['3491000001X'], to: 'extension 1002' },
    { name: 'Guardia', dids: ['34910000003'], to: 'queue 6401' },
    { name: 'Fuera', dids: ['34910000004'], to: 'external_num 600000001' },
    { name: 'Resto', to: 'ivr 6500' },
  ],
  queues: [
    { number: '6400', name: 'Cola de ventas', agents: ['2000', '1001'], failover: 'ring_group 6300' },
    { number: '6401', name: 'Cola de guardia', agents: ['1000'], dynamic: ['1001'] },
  ],
  ringGroups: [{ number: '6300', name: 'Grupo de soporte', members: ['1002', '1900'] }],
  ivrs: [{ number: '6500', name: 'Bienvenida', keys: { '1': 'extension 1000', '2': 'queue 6400' } }],
};

/** A way in, the extensions that it should reach, and what verify says of it. */
const flows = [
  [{ name: 'Ventas', number: '+34910000001' }, ['2000', '1001'], 'passed 2000 ✓, 1001 ✓'],
  [{ name: 'Ventas', number: '+34910000001' }, ['1002'], 'passed 1002 ✓'],
  [{ name: 'Ventas', number: '+34910000001' }, ['2000', '1000'], 'failed 2000 ✓, 1000 ✗'],
  [{ name: 'Soporte', number: '+34910000002' }, ['1002', '2000'], 'passed 1002 ✓, 2000 ✓'],
  [{ name: 'Directo', number: '+34910000017' }, ['1002'], 'passed 1002 ✓'],
  [{ name: 'Directo', number: '+34910000017' }, ['1000'], 'failed 1000 ✗'],
  [{ name: 'Guardia', number: '+34910000003' }, ['1000', '2000'], 'manual 1000 ✓, 2000 ?'],
  [{ name: 'Fuera', number: '+34910000004' }, ['1000'], 'manual 1000 ?'],
  [{ name: 'Lo demás', number: '+34910000099' }, ['1000', '2000'], 'passed 1000 ✓, 2000 ✓'],
  [{ name: 'Cola de ventas' }, ['2000'], 'passed 2000 ✓'],
  [{ name: '6300' }, ['1002', '1000'], 'failed 1002 ✓, 1000 ✗'],
  [{ name: 'Bienvenida' }, ['1000', '1002'], 'passed 1000 ✓, 1002 ✓'],
  [{ name: 'No hay' }, ['1000'], 'failed 1000 ✗'],
] as const;

/** Adopted ones of the box, and a new one. */
async function declareAll(bench: PBench, more: object = {}): Promise<void> {
  const extensions = ['1000', '1001', '1002'].map((number) => ({
    ...{ pbx: 'sede', number, name: bench.lab.box('sede').saved()[number]?.first_name },
    secrets: { sip: { source: 'unmanaged' } },
    adopt: true,
  }));
  const ours = { pbx: 'sede', number: '2000', name: 'Recepción' };
  await bench.declare({ pbx: { sede: pbxOf(bench) }, extensions: [...extensions, ours], ...more });
}

/** What verify says of the flows on such a box. */
async function saidOf(settings: Partial<LabYeastarP>): Promise<readonly string[]> {
  const bench = await start({ settings: { callFlow, ...settings } });
  try {
    await seal(bench, 2000);
    const callFlows = flows.map(([flow, reaches]) => ({ pbx: 'sede', ...flow, reaches: [...reaches] }));
    await declareAll(bench, { checks: { callFlows } });
    expect((await bench.apply()).codes).toEqual([]);
    const checks = await bench.verify();
    expect([bench.lab.box('sede').sessions(), bench.leaks()]).toEqual([0, []]);
    const found = checks.filter(({ check }) => check === 'call-flow');
    return found.map(({ result, evidence }) => `${result} ${/: ([^·]*)/.exec(evidence)?.[1]?.trim()}`);
  } finally {
    await bench.close();
  }
}

/** What is said where inbound routes are hidden: no number is known to lead anywhere. */
const unseen = flows.map(([flow, reaches, told]) => {
  if (flow.name === 'No hay') return 'manual 1000 ?';
  return 'number' in flow ? `manual ${reaches.map((number) => `${number} ?`).join(', ')}` : told;
});

describe.concurrent('call flows', () => {
  it.each<[string, Partial<LabYeastarP>, readonly string[]]>([
    ['as the box tells them', {}, flows.map(([, , told]) => told)],
    [
      'over many pages',
      { doubts: { maxPageSize: 1, overlongPage: 'clamp' } },
      flows.map(([, , told]) => told),
    ],
    ['whose routes are not granted', { denied: ['inbound_route'] }, unseen],
  ])('are told %s', async (_, settings, told) => {
    expect(await saidOf(settings)).toEqual(told);
  });
});
