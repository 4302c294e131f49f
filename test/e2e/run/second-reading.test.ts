import { expect, it } from 'vitest';
import { on, pbxBlock, startBench } from '../../support/bench.ts';

const sip = 'Kf7mQ2xRt-p9WbL4hZc6';

/** Two boxes with a new extension each. Reading the first takes so long that both are read again before anything is written. */
async function slowAndOther() {
  const boxes = ['norte', 'sur'].map(
    (name) => ({ name, edition: 'v2.0.0', extensions: 1, tls: false }) as const,
  );
  const bench = await startBench({ boxes, held: () => [] });
  for (const name of ['norte', 'sur']) await bench.secret('values', `extensions/${name}/2000/sip`, sip);
  await bench.declare({
    pbx: Object.fromEntries(['norte', 'sur'].map((name) => [name, pbxBlock(bench.service(name))])),
    extensions: ['norte', 'sur'].map((pbx) => ({ pbx, number: '2000', name: 'Sala' })),
  });
  bench.lab.box('norte').addFault({ kind: 'latency', ms: 800, match: { path: '/extension/list' } });
  return bench;
}

it('a target that cannot be read again before writing fails by name, and the other is written', () =>
  on(slowAndOther(), async (bench) => {
    bench.lab.box('sur').addFault({ kind: 'nonJson', match: { path: '/extension/list', nth: 2 } });
    const run = await bench.apply();
    expect(bench.lab.box('sur').faults()).toMatchObject([{ struck: 1 }]);
    expect(run.codes).toContain('strange-answer');
    expect(run.steps).toMatchObject([
      { address: 'acme/pbx:norte/extension:2000', result: 'done' },
      {
        address: 'acme/pbx:sur/extension:2000',
        result: 'failed',
        written: 'nothing',
        diagnostic: { code: 'strange-answer' },
      },
    ]);
    expect((await bench.apply()).codes).toEqual([]);
    expect(await bench.changes()).toEqual([]);
  }));
