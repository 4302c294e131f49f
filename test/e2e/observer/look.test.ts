/** A PBX that only people write to is read by verify all the same, where it has an address and a login. */
import { describe, expect, it } from 'vitest';
import type { LabMeetip } from '../../../lab/index.ts';
import { on, pbxBlock, startBench } from '../../support/bench.ts';

const box: LabMeetip = {
  driver: 'meetip',
  name: 'sede',
  tenants: [{ code: '301', name: 'Acme S.L.', extensions: 1 }],
};
const found = { pbx: 'sede', number: '100', name: 'Sala', email: 'sala@acme.example' };

/** The tenant's first extension, which a person made in the panel, declared by `over` as it is or not. */
async function guided(over: object = {}, block: object = {}) {
  const bench = await startBench<LabMeetip>({ boxes: [box], held: () => [] });
  const control = bench.lab.box('sede');
  control.edit('100', { name: 'Sala', email: 'sala@acme.example' });
  await bench.declare({
    pbx: { sede: pbxBlock(bench.service('sede'), { mode: 'guided', tenant: '301', ...block }) },
    extensions: [{ ...found, secrets: { sip: { source: 'unmanaged' } }, ...over }],
  });
  return { ...bench, control };
}

const results = async (bench: { verify(): Promise<readonly { check: string; result: string }[]> }) =>
  Object.fromEntries((await bench.verify()).map(({ check, result }) => [check, result]));

describe('verify of a guided PBX', () => {
  it('reads what a person has done', () =>
    on(guided(), async (bench) => {
      expect(await results(bench)).toMatchObject({ configuration: 'passed', registration: 'not-expected' });
    }));

  it('sees what a person has done otherwise', () =>
    on(guided({ name: 'Recepción' }), async (bench) => {
      expect(await results(bench)).toMatchObject({ configuration: 'failed' });
    }));

  it('writes nothing, and leaves the plan to people', () =>
    on(guided({ name: 'Recepción' }), async (bench) => {
      const before = bench.control.saved();
      await bench.verify();
      const { plan } = await bench.plan();
      expect(plan?.clients[0]?.targets).toMatchObject([{ status: 'guided' }]);
      expect((await bench.apply()).steps.map(({ result }) => result)).toEqual(['pending']);
      expect(bench.control.saved()).toEqual(before);
    }));

  it('knows nothing where there is no address', () =>
    on(guided({}, { url: undefined, tls: undefined }), async (bench) => {
      expect(await results(bench)).toMatchObject({ configuration: 'unknown', registration: 'unknown' });
    }));
});
