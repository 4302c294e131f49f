import { describe, expect, it, onTestFinished } from 'vitest';
import { doctor } from '../../../engine/run/index.ts';
import type { LabFault } from '../../../lab/index.ts';
import { type Relay, startRelay } from '../../contract/yeastar-relay.ts';
import { type Bench, pbxBlock, startBench } from '../../support/bench.ts';
import { planOptions } from '../../support/commands.ts';
import type { Run } from '../../support/runs.ts';
import { registerPasswords } from './scenario.ts';

const names = ['almacen', 'sede', 'tienda'] as const;
const sips = {
  almacen: 'Kf7mQ2xRt-p9WbL4hZc6',
  sede: 'Vx3nTq8sJd_k5YgB7wHu',
  tienda: 'Rb6zLm4cPf-x8QjD2tNk',
};

/** Three boxes that each want a new extension; the second hangs on a cable that can be pulled. */
async function startThree(): Promise<Bench & { readonly cable: Relay }> {
  const boxes = names.map((name) => ({ name, edition: 'v2.0.0', extensions: 2 }) as const);
  const bench = await startBench({ boxes, held: registerPasswords });
  const cable = await startRelay(bench.service('sede').url);
  const options = { writeIntervalMs: 0, timeLimitMs: 1_000 };
  for (const name of names) await bench.secret('values', `extensions/${name}/2000/sip`, sips[name]);
  await bench.declare({
    pbx: Object.fromEntries(
      names.map((name) => [
        name,
        pbxBlock(bench.service(name), { options, ...(name === 'sede' ? { url: cable.url } : {}) }),
      ]),
    ),
    extensions: names.map((name) => ({ pbx: name, number: '2000', name: 'Recepción' })),
  });
  const close = async () => {
    await cable.unplug();
    await bench.close();
  };
  return { ...bench, cable, close };
}

/** Where the new extension is running. */
function running({ lab }: Bench): readonly string[] {
  return names.filter((name) => lab.box(name).running()['2000']?.username === 'Recepción');
}

/** What the run says of the second box: its errors, and the steps that did not happen. */
function toldOf({ result, steps }: Run) {
  const [client] = result?.planned.plan?.clients ?? [];
  return {
    status: client?.targets.find(({ address }) => address === 'acme/pbx:sede')?.status,
    codes: client?.diagnostics.filter(({ address }) => address === 'acme/pbx:sede').map(({ code }) => code),
    steps: steps
      .filter(({ target }) => target === 'acme/pbx:sede')
      .map(({ address, result, blocked }) => [address, result, blocked?.code]),
  };
}

const forever = (fault: LabFault): LabFault => ({ ...fault, times: 0 });

describe('one of three boxes', () => {
  it.each<[string, string, (bench: Awaited<ReturnType<typeof startThree>>) => unknown]>([
    ['is switched off', 'unreachable', ({ cable }) => cable.unplug()],
    ['hangs up', 'connection-reset', ({ lab }) => lab.box('sede').addFault(forever({ kind: 'offline' }))],
    ['hangs', 'timeout', ({ lab }) => lab.box('sede').addFault(forever({ kind: 'hang' }))],
    [
      'is too busy',
      'target-busy',
      ({ lab }) => lab.box('sede').addFault(forever({ kind: 'status', status: 429 })),
    ],
  ])('%s: the others converge, and the report names the step that did not happen', async (_, code, act) => {
    const bench = await startThree();
    onTestFinished(bench.close);
    await act(bench);
    const run = await bench.apply();
    expect(running(bench)).toEqual(['almacen', 'tienda']);
    expect(toldOf(run)).toEqual({
      status: 'unreachable',
      codes: [code],
      steps: [['acme/pbx:sede/extension:2000', 'blocked', 'target-unreadable']],
    });
    bench.lab.box('sede').clearFaults();
    await bench.cable.plug();
    expect((await bench.apply()).codes).toEqual([]);
    expect(await bench.changes()).toEqual([]);
    expect(running(bench)).toEqual(names);
    expect(names.map((name) => bench.lab.box(name).sessions())).toEqual([0, 0, 0]);
    expect(bench.leaks()).toEqual([]);
  });

  it.each<[string, string, LabFault]>([
    ['refuses us', 'forbidden', { kind: 'status', status: 403 }],
    ['talks HTML', 'strange-answer', { kind: 'nonJson' }],
  ])('%s: the others converge, and the report names the box', async (_, code, fault) => {
    const bench = await startThree();
    onTestFinished(bench.close);
    bench.lab.box('sede').addFault(forever(fault));
    const run = await bench.apply();
    expect(running(bench)).toEqual(['almacen', 'tienda']);
    expect(toldOf(run)).toMatchObject({ status: 'failed', codes: [code] });
    bench.lab.box('sede').clearFaults();
    expect((await bench.apply()).codes).toEqual([]);
    expect(await bench.changes()).toEqual([]);
    expect(running(bench)).toEqual(names);
    expect(names.map((name) => bench.lab.box(name).sessions())).toEqual([0, 0, 0]);
    expect(bench.leaks()).toEqual([]);
  });

  it('refuses our password: it is not tried again before doctor did, and the others converge', async () => {
    const bench = await startThree();
    onTestFinished(bench.close);
    const box = bench.lab.box('sede');
    box.addFault(forever({ kind: 'errno', errno: '20003' }));
    const run = await bench.apply();
    expect(running(bench)).toEqual(['almacen', 'tienda']);
    expect(toldOf(run)).toMatchObject({ status: 'failed', codes: ['wrong-credentials'] });
    box.clearFaults();
    expect((await bench.apply()).codes).toEqual(['refused-before']);
    await doctor(bench.context(), planOptions);
    expect((await bench.apply()).codes).toEqual([]);
    expect(running(bench)).toEqual(names);
  });

  it('that is switched off in the middle loses its step only, and says what was written', async () => {
    const bench = await startThree();
    onTestFinished(bench.close);
    const box = bench.lab.box('sede');
    box.addFault({ kind: 'hang', match: { path: '/extension/add' } });
    const run = await bench.apply();
    expect(running(bench)).toEqual(['almacen', 'tienda']);
    expect(run.steps.map(({ target, result, written }) => [target, result, written])).toEqual([
      ['acme/pbx:almacen', 'done', undefined],
      ['acme/pbx:sede', 'failed', 'unknown'],
      ['acme/pbx:tienda', 'done', undefined],
    ]);
    box.clearFaults();
    expect((await bench.apply()).codes).toEqual([]);
    expect(running(bench)).toEqual(names);
  });
});
