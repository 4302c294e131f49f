/** What a company holds already: as YAML, and as verify sees where calls lead. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type EditResult, importTarget } from '../../../engine/run/index.ts';
import type { LabExtensionSeed } from '../../../lab/index.ts';
import { on } from '../../support/bench.ts';
import { addressOf, dialects, extension, startEmpty, startNew, type Variant, type Work } from './scenario.ts';

const dids = {
  '+34910000001': 'queue:700',
  '+34910000002': 'extension:10',
  '+34910000003': '',
  '+34910000004': 'queue:701',
};

/** What people leave behind in a panel. */
const seed: LabExtensionSeed[] = [
  { number: '1', name: 'yes', callerId: '+34910000001', role: 'admin' },
  { number: '007', name: '  Almacén / "Muelle" & 7 ', mobile: '+34600000001', mobileExtension: '0610' },
  { number: '120', name: '#1: Sala <Sur> {x} [y] | > % @', internalOnly: 'true', dialling: 'local' },
  { number: '130', name: "Jefe d'obra: sí 📞", voicemail: 'true', recording: 'true' },
  { number: '900', name: 'null', mobile: '600000002', callerId: '+34910000002', dialling: 'international' },
  { number: '90001', name: '0x10', email: 'Eva.Sanz+1@acme.example' },
];

const company: Variant['company'] = { dids, queues: { 700: ['10', '11'], 701: [] } };

const everything = { client: 'acme', pbx: 'nube', numbers: [], dryRun: false } as const;

async function imported(scenario: Work): Promise<EditResult> {
  return importTarget(scenario.context({ command: 'import' }), everything);
}

async function clientOf(scenario: Work): Promise<{ extensions: Record<string, unknown>[] }> {
  return parse(await readFile(join(scenario.context().root, 'clients/acme/client.yaml'), 'utf8'));
}

/** The plan of what was imported is empty, and nothing was written to the server. */
async function expectImported(scenario: Work): Promise<void> {
  const { box } = scenario;
  const before = JSON.stringify(box.saved());
  expect((await imported(scenario)).diagnostics).toEqual([]);
  const { extensions } = await clientOf(scenario);
  expect(extensions.map(({ number }) => number).sort()).toEqual(Object.keys(box.saved()).sort());
  const { plan, diagnostics } = await scenario.plan();
  expect([diagnostics, plan?.clients[0]?.diagnostics]).toEqual([[], []]);
  expect(plan?.clients[0]?.counts.changes).toBe(0);
  expect((await scenario.apply()).codes).toEqual([]);
  expect(await scenario.changes()).toEqual([]);
  expect(JSON.stringify(box.saved())).toBe(before);
  expect([box.sessions(), scenario.leaks()]).toEqual([0, []]);
}

describe.concurrent.each(dialects)('import from dialect %s', (dialect) => {
  it.each<[string, Variant]>([
    ['as it is', {}],
    ['with small pages', { settings: { maxPageSize: 3 } }],
    ['known by its name alone', { pbx: { tenant: undefined, tenantName: 'Acme S.L.' } }],
  ])('%s writes YAML whose plan is empty', (_, variant) =>
    on(startEmpty(dialect, { ...variant, company, settings: { seed, ...variant.settings } }), expectImported),
  );

  it('says in YAML what the panel shows', () =>
    on(startEmpty(dialect, { company, settings: { seed } }), async (scenario) => {
      await imported(scenario);
      const { extensions } = await clientOf(scenario);
      const at = (number: string) => extensions.find((one) => one.number === number);
      expect(at('1')).toMatchObject({ name: 'yes', role: 'admin', callerId: '+34910000001' });
      expect(at('007')).toMatchObject({ name: '  Almacén / "Muelle" & 7 ', mobileExtension: '0610' });
      expect(at('120')).toMatchObject({ internalOnly: true, callerId: 'anonymous', voicemail: false });
      expect(at('130')).toMatchObject({ voicemail: true, callRecording: true });
      expect(at('90001')).toMatchObject({ registrationName: 'ext9000190001', role: 'user' });
      expect(at('120')).not.toHaveProperty('mobile');
      const sip = at('1')?.secrets;
      const portal = { source: 'unmanaged' };
      expect(sip).toEqual({ a: { portal }, b: { sip: { source: 'unmanaged' }, portal } }[dialect]);
    }));

  it('can be managed from then on: a declared change is the only one, and passwords stay', () =>
    on(startEmpty(dialect, { company, settings: { seed } }), async (scenario) => {
      await imported(scenario);
      expect((await scenario.apply()).codes).toEqual([]);
      const yaml = await clientOf(scenario);
      const found = yaml.extensions.find(({ number }) => number === '120');
      Object.assign(found ?? {}, { name: 'Sala Sur' });
      await scenario.write('clients/acme/client.yaml', yaml);
      const before = scenario.box.saved()['120'];
      expect(await scenario.changes()).toEqual([`update ${addressOf('120')}`]);
      expect((await scenario.apply()).codes).toEqual([]);
      expect(scenario.box.saved()['120']).toEqual({ ...before, name: 'Sala Sur' });
    }));
});

/** A way in, the extensions that it should reach, and what verify says of it. */
const flows = [
  [{ name: 'Ventas', number: '+34910000001' }, ['10', '11'], 'passed DID +34910000001 → queue Cola 700'],
  [{ name: 'Ventas', number: '34910000001' }, ['32'], 'failed DID +34910000001 → queue Cola 700'],
  [{ name: 'Directo', number: '+34910000002' }, ['10'], 'passed DID +34910000002 → extension'],
  [{ name: 'Directo', number: '+34910000002' }, ['11'], 'failed DID +34910000002 → extension'],
  [{ name: 'Libre', number: '+34910000003' }, ['10'], 'failed DID +34910000003 → nothing'],
  [{ name: 'Vacía', number: '+34910000004' }, ['10'], 'failed DID +34910000004 → queue Cola 701'],
  [{ name: 'Ajena', number: '+34910000099' }, ['10'], 'failed no DID +34910000099'],
  [{ name: 'Cola 700' }, ['11'], 'passed queue Cola 700'],
  [{ name: 'cola 700', number: '700' }, ['11'], 'passed queue Cola 700'],
  [{ name: 'Menú' }, ['10'], 'manual no queue of that name'],
] as const;

describe.concurrent.each(dialects)('call flows of dialect %s', (dialect) => {
  it.each<[string, Variant['settings']]>([
    ['as the platform tells them', {}],
    ['over many pages', { maxPageSize: 1 }],
  ])('are told %s', (_, settings) =>
    on(startNew(dialect, { company, settings: { ...settings } }), async (scenario) => {
      const others = ['10', '11'].map((number) => ({
        ...extension(number, scenario.box.saved()[number]?.name ?? '', {
          email: scenario.box.saved()[number]?.email,
          adopt: true,
        }),
        secrets: { sip: { source: 'unmanaged' }, portal: { source: 'unmanaged' } },
      }));
      const callFlows = flows.map(([flow, reaches]) => ({ ...flow, pbx: 'nube', reaches: [...reaches] }));
      await scenario.redeclare({}, [extension('32', 'Almacén'), ...others], { checks: { callFlows } });
      expect((await scenario.apply()).codes).toEqual([]);
      const checks = (await scenario.verify()).filter(({ check }) => check === 'call-flow');
      const told = checks.map(({ result, evidence }) => `${result} ${evidence}`);
      expect(told).toEqual(flows.map(([, , words]) => expect.stringContaining(words.split(' ')[0] ?? '')));
      for (const [index, [, , words]] of flows.entries())
        expect(told[index]).toContain(words.slice(words.indexOf(' ') + 1));
      expect([scenario.box.sessions(), scenario.leaks()]).toEqual([0, []]);
    }),
  );
});
