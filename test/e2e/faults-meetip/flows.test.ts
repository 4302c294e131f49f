/** What `verify` says of declared call flows, as far as a server lists its numbers, ring groups and menus. */
import { describe, expect, it } from 'vitest';
import type { LabMeetip, LabMeetipDid, LabMeetipObject } from '../../../lab/index.ts';
import { on } from '../../support/bench.ts';
import { goodSecret } from '../../support/site.ts';
import { extension, pbxOf, secretsOf, startEmpty, type Work } from './scenario.ts';

const dids: LabMeetipDid[] = [
  { number: '34910000001', ext: '600', type: '2' },
  { number: '34910000002', ext: '500', type: '3' },
  { number: '34910000003', ext: '700', type: '4' },
  { number: '34910000004', ext: '110' },
];

const objects: LabMeetipObject[] = [
  { kind: 'Ring Group', number: '600', name: 'Ventas', members: ['110'], overflow: '111' },
  {
    kind: 'IVR',
    number: '500',
    name: 'Bienvenida',
    keys: {
      1: { destination: 'Ring Group', value: '600' },
      2: { destination: 'Voicemail', value: '112' },
    },
  },
  { kind: 'Queue', number: '700', name: 'Soporte' },
];

const flows = {
  grupo: { number: '+34910000001', reaches: ['110', '111'] },
  falta: { number: '+34910000001', reaches: ['110', '112'] },
  menú: { number: '+34910000002', reaches: ['110', '111'] },
  buzón: { number: '+34910000002', reaches: ['112'] },
  cola: { number: '+34910000003', reaches: ['110'] },
  directo: { number: '+34910000004', reaches: ['110'] },
  nadie: { number: '+34910000009', reaches: ['110'] },
  ventas: { reaches: ['110'] },
  Soporte: { reaches: ['110'] },
  Compras: { reaches: ['110'] },
};

type Name = keyof typeof flows;

/** A client with three extensions on `sede`, whose YAML says where calls go. */
async function startFlows(names: readonly Name[], settings: Partial<LabMeetip>): Promise<Work> {
  const tenant = { firstNumber: 110, extensions: 3, dids, objects };
  const work = await startEmpty({ tenant, settings });
  const numbers = ['110', '111', '112'];
  await work.seal(...numbers.flatMap((number) => secretsOf(number, `${goodSecret}${number}`, '4071')));
  await work.declare({
    pbx: { sede: pbxOf(work, {}) },
    extensions: numbers.map((number) => extension(number, `Sala ${number}`)),
    checks: { callFlows: names.map((name) => ({ name, pbx: 'sede', ...flows[name] })) },
  });
  return work;
}

/** Result and evidence of each, in order. */
async function verdicts(names: readonly Name[], settings: Partial<LabMeetip> = {}) {
  const found: unknown[] = [];
  await on(startFlows(names, settings), async (work) => {
    const checks = (await work.verify()).filter(({ check }) => check === 'call-flow');
    found.push(...checks.map(({ result, evidence }) => [result, evidence]));
    expect(work.leaks()).toEqual([]);
  });
  return found;
}

const usual = ['license.info', 'tenant.*', 'uads.list', 'department.list', 'ext.*', 'monitor.list', 'did.*'];

describe.concurrent('a call flow', () => {
  it('passes where a ring group, a menu before it or the number itself reaches all that is declared', async () => {
    expect(await verdicts(['grupo', 'menú', 'directo', 'ventas'])).toEqual([
      ['passed', 'grupo: 110 ✓, 111 ✓ · DID 34910000001 → Ring group 600 (110; overflow 111)'],
      [
        'passed',
        'menú: 110 ✓, 111 ✓ · DID 34910000002 → IVR 500 (1: Ring group 600, 2: Voicemail), Ring group 600 (110; overflow 111)',
      ],
      ['passed', 'directo: 110 ✓ · DID 34910000004 → Extension 110'],
      ['passed', 'ventas: 110 ✓ · Ring group 600 (110; overflow 111)'],
    ]);
  });

  it('fails where one is missing, where only its mailbox is reached, and where nothing has that number or name', async () => {
    expect(await verdicts(['falta', 'buzón', 'nadie', 'Compras'])).toEqual([
      ['failed', expect.stringMatching(/^falta: 110 ✓, 112 ✗ · /)],
      ['failed', expect.stringMatching(/^buzón: 112 ✗ · /)],
      ['failed', 'nadie: 110 ✗ · 4 DIDs, none of them +34910000009'],
      ['failed', 'Compras: 110 ✗ · no DID, ring group, menu or queue of that name'],
    ]);
  });

  it('is left to a person where it leads into a queue', async () => {
    const words = 'whose members the API does not show';
    expect(await verdicts(['cola', 'Soporte'])).toEqual([
      ['manual', `cola: 110 ? · DID 34910000003 → Queues 700, ${words}`],
      ['manual', `Soporte: 110 ? · Queue 700, ${words}`],
    ]);
  });

  it('is left to a person where the key lacks a right, which is named', async () => {
    const denied = { keys: [{ actions: [...usual, 'ivr.list', 'erg.list'] }] };
    expect(await verdicts(['grupo', 'menú', 'directo', 'Compras'], denied)).toEqual([
      [
        'manual',
        expect.stringMatching(/^grupo: 110 \?, 111 \? .*: the key may not use pbxware\.ring_group\.list$/),
      ],
      ['manual', expect.stringMatching(/^menú: 110 \?, 111 \? .*pbxware\.ring_group\.list$/)],
      ['passed', expect.stringMatching(/^directo: 110 ✓/)],
      [
        'manual',
        expect.stringMatching(/^Compras: 110 \? .*; the key may not use pbxware\.ring_group\.list$/),
      ],
    ]);
  });

  it('is left to a person on builds that have no such lists', async () => {
    const older = { doubts: { flowLists: 'unknown' } } as const;
    expect(await verdicts(['grupo', 'menú', 'directo', 'Soporte'], older)).toEqual([
      ['manual', expect.stringMatching(/pbxware\.ring_group\.list: an error that is not known/)],
      ['manual', expect.stringMatching(/pbxware\.ivr\.list: an error that is not known/)],
      ['passed', expect.stringMatching(/^directo: 110 ✓/)],
      ['manual', expect.stringMatching(/^Soporte: 110 \? · nothing of that name is shown/)],
    ]);
  });

  it('is unknown where not even the numbers may be listed', async () => {
    const denied = { keys: [{ actions: usual.filter((action) => action !== 'did.*') }] };
    expect(await verdicts(['directo'], denied)).toEqual([['unknown', 'directo: 110']]);
  });
});
