import { describe, expect, it } from 'vitest';
import { attest } from '../../../engine/run/attest.ts';
import { peersOf } from '../../../lab/asterisk/index.ts';
import type { LabPekepbx } from '../../../lab/index.ts';
import { type Bench, on, startBench } from '../../support/bench.ts';
import { trustIn } from '../../support/papers.ts';
import { startScene } from './scene.ts';

const sip = 'Kf7mQ2xRt-p9WbL4hZc6';
const portal = 'Rb6zLm4cPf-x8QjD2tNk';

/** A person vouches for what the panel's form asked. */
async function done(bench: Pick<Bench, 'context'>, address: string): Promise<void> {
  await attest(bench.context({ command: 'attest' }), { address, note: 'visto', lockTimeoutMs: 0 });
}

const desk = { id: 'mesa', driver: 'yealink', mode: 'guided', model: 'T46U', mac: '80:5e:c0:00:00:01' };
const laptop = { id: 'portatil', driver: 'microsip', mode: 'guided' };

/** Values of the phones' forms that have one of these labels, in their order. */
async function formed(pbx: object, number: string, over: object = {}): Promise<readonly string[]> {
  const bench = await startBench({ boxes: [], held: () => [] });
  try {
    await bench.secret('values', `extensions/sede/${number}/sip`, sip);
    await bench.secret('values', `extensions/sede/${number}/portal`, portal);
    const accounts = [{ line: 1, extension: `sede/${number}` }];
    const email = 'recepcion@acme.example';
    await bench.declare({
      pbx: { sede: { mode: 'guided', sip: { server: 'sede.example' }, ...pbx } },
      extensions: [{ pbx: 'sede', number, name: 'Recepción', email, ...over }],
      devices: [desk, laptop].map((device) => ({ ...device, accounts })),
    });
    expect((await bench.apply()).codes).toEqual([]);
    await done(bench, `acme/pbx:sede/extension:${number}`);
    const { forms } = await bench.plan();
    const labels = ['Register Name', 'User Name', 'registerName', 'userName'];
    return forms
      .flatMap(({ lines }) => lines)
      .flatMap((line) => (line.do === 'set' && labels.includes(line.label) ? [line.value] : []));
  } finally {
    await bench.close();
  }
}

describe('the forms of phones show the name that a guided PBX will compute:', () => {
  it.each([
    ['pekepbx: company and number', { driver: 'pekepbx', tenant: '90001' }, '10', {}, 'ext9000110'],
    ['meetip: tenant code and number', { driver: 'meetip', tenant: '301' }, '110', {}, '301110'],
    ['yeastar: the number', { driver: 'yeastar' }, '2000', {}, '2000'],
    ['yeastar, declared', { driver: 'yeastar' }, '2000', { registrationName: 'puerta' }, 'puerta'],
    ['yeastar-p: the number', { driver: 'yeastar-p' }, '2000', {}, '2000'],
  ])('%s', async (_, pbx, number, over, name) => {
    const pins = pbx.driver === 'meetip' ? { secrets: { pin: { source: 'unmanaged' } } } : {};
    const profile = pbx.driver === 'pekepbx' ? { profile: 'pekepbx-v36' } : {};
    const values = await formed({ ...pbx, ...profile }, number, { ...pins, ...over });
    expect(values).toEqual([name, name, name, name]);
  });

  it('none where the company is not declared', async () => {
    const values = await formed({ driver: 'pekepbx', profile: 'pekepbx-v36', tenantName: 'Acme' }, '10');
    expect(values).toEqual(['…', '…', '…', '…']);
  });
});

it('a phone of a guided tenant is set up through its own API, registers, and both sides are proven', async () => {
  const nube: LabPekepbx = {
    driver: 'pekepbx',
    name: 'nube',
    tls: false,
    companies: [{ code: '90001', seed: [{ number: '10', sipPassword: sip }] }],
  };
  const phone = { name: 'mesa', generation: 'c', model: 'T54W', tls: false } as const;
  const started = startScene<LabPekepbx>({
    boxes: [nube],
    phones: [phone],
    asterisk: (lab) => ({
      peers: () => peersOf(lab.box('nube'), { name: (number) => `ext90001${number}` }),
    }),
  });
  await on(started, async (scene) => {
    const { sip: place } = scene.service('nube');
    const [mesa] = scene.lab.phones;
    if (mesa === undefined) throw new Error('no phone');
    await scene.secret('values', 'extensions/nube/10/sip', sip);
    await scene.secret('values', 'extensions/nube/10/portal', portal);
    await scene.declare({
      pbx: {
        nube: {
          driver: 'pekepbx',
          mode: 'guided',
          profile: 'pekepbx-v36',
          tenant: '90001',
          sip: place,
          observer: scene.shell(),
        },
      },
      extensions: [{ pbx: 'nube', number: '10', name: 'Secretaría', email: 'secretaria@acme.example' }],
      devices: [
        {
          id: 'mesa',
          driver: 'yealink',
          model: mesa.model,
          mac: mesa.mac,
          address: mesa.url,
          ...trustIn(mesa),
          accounts: [{ line: 1, extension: 'nube/10' }],
        },
      ],
    });
    expect((await scene.apply()).codes).toEqual([]);
    await done(scene, 'acme/pbx:nube/extension:10');
    const { codes, steps } = await scene.apply();
    expect([codes, steps.map(({ address, result }) => [address, result])]).toEqual([
      [],
      [['acme/device:mesa/account:1', 'done']],
    ]);
    expect(scene.lab.phone('mesa').settings()).toMatchObject({
      'account.1.auth_name': 'ext9000110',
      'account.1.user_name': 'ext9000110',
    });
    const seen = await scene.verify({ waitMs: 10_000 });
    expect([seen.codes, seen.results]).toEqual([[], { 'nube/10': 'passed', 'device:mesa/1': 'passed' }]);
    expect(await scene.changes()).toEqual([]);
  });
});
