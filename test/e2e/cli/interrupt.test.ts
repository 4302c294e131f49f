import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { Ended, Running } from './alta.ts';
import { type Desk, extension, openDesk, sede } from './desk.ts';
import { hasTerminal, onTerminal } from './terminal.ts';

const desks: Desk[] = [];

afterAll(() => Promise.all(desks.map((desk) => desk.close())));

/** A desk whose box is to get 2001 to 2003. One for each test: they run at the same time, since most of their time is waiting. */
async function ready(): Promise<Desk> {
  const desk = await openDesk([sede]);
  desks.push(desk);
  await desk.passwords(['2001', '2002', '2003']);
  await desk.declare(['2001', '2002', '2003'].map((number) => extension(number)));
  return desk;
}

const created = ({ lab }: Desk): string[] =>
  Object.keys(lab.box('sede').saved()).filter((number) => number !== '1000');
const slow = ({ lab }: Desk, path: string, ms: number, times = 1): string =>
  lab.box('sede').addFault({ kind: 'latency', ms, times, match: { path } });

/** Resolves once the box was asked for `path`. */
async function asked({ lab }: Desk, path: string): Promise<void> {
  const until = Date.now() + 15_000;
  const hasIt = (): boolean =>
    lab
      .box('sede')
      .requests()
      .entries.some((entry) => entry.path.includes(path));
  while (!hasIt()) {
    if (Date.now() > until) throw new Error(`the box was never asked for ${path}`);
    await pause(10);
  }
}

/** Ends a command with Ctrl-C, and tells how long that took, ms. */
async function interrupted(running: Running, times = 1): Promise<Ended & { readonly ms: number }> {
  const started = Date.now();
  for (let n = 0; n < times; n += 1) {
    running.send('SIGINT');
    await pause(100);
  }
  return { ...(await running.ended), ms: Date.now() - started };
}

describe('Ctrl-C while something is written', () => {
  it.concurrent('finishes the step under way, says so, and starts nothing new', async () => {
    const desk = await ready();
    slow(desk, 'extension/add', 1000);
    const running = await desk.start(['apply', '--yes']);
    await asked(desk, 'extension/add');
    const { code, out, err } = await interrupted(running);
    expect(err).toContain('Interrupted: finishing the step under way');
    expect(out).toMatch(
      /✓ created {2}extension 2001[\s\S]*create: not done {2}extension 2002[\s\S]*Interrupted: /,
    );
    expect([code, created(desk)]).toEqual([6, ['2001']]);
  });

  it.concurrent('has the state saved, and the next apply does the rest', async () => {
    const desk = await ready();
    slow(desk, 'extension/add', 1000);
    const running = await desk.start(['apply', '--yes', '--json']);
    await asked(desk, 'extension/add');
    const { out } = await interrupted(running);
    expect(JSON.parse(out)).toMatchObject({
      interrupted: true,
      counts: { done: 1, skipped: 2 },
      clients: [{ state: 'saved' }],
    });
    expect(Object.keys(JSON.parse(await desk.read('state/acme.json')).resources)).toHaveLength(1);
    expect(await desk.run(['apply', '--yes'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Result: 2 done.'),
    });
    expect(
      desk.lab
        .box('sede')
        .requests()
        .entries.filter(({ path }) => path.includes('extension/add')),
    ).toHaveLength(3);
  });

  it.concurrent('leaves nobody waiting for the lease', async () => {
    const desk = await ready();
    slow(desk, 'extension/add', 500);
    const running = await desk.start(['apply', '--yes']);
    await asked(desk, 'extension/add');
    await interrupted(running);
    expect((await desk.run(['apply', '--yes'])).code).toBe(0);
  });

  it.concurrent('a second time aborts the step', async () => {
    const desk = await ready();
    slow(desk, 'extension/add', 20_000);
    const running = await desk.start(['apply', '--yes']);
    await asked(desk, 'extension/add');
    const { code, err, ms } = await interrupted(running, 2);
    expect(err).toContain('Aborting the step under way');
    expect([code, err]).toEqual([6, expect.not.stringContaining('[internal]')]);
    expect(ms).toBeLessThan(10_000);
  });

  it.concurrent('a second time leaves an intent behind, and a plan goes on from it', async () => {
    const desk = await ready();
    slow(desk, 'extension/add', 20_000);
    const running = await desk.start(['apply', '--yes']);
    await asked(desk, 'extension/add');
    await interrupted(running, 2);
    const plan = await desk.run(['plan', '--detailed-exitcode']);
    expect([plan.code, plan.err]).toEqual([2, expect.not.stringContaining('error:')]);
  });

  it.concurrent('a third time ends the process at once', async () => {
    const desk = await ready();
    slow(desk, 'extension/add', 20_000);
    desk.lab.box('sede').addFault({ kind: 'hang', times: 0, match: { path: 'logout' } });
    const running = await desk.start(['apply', '--yes']);
    await asked(desk, 'extension/add');
    const { code, ms } = await interrupted(running, 3);
    expect([code === 1 || code === 6, ms < 5_000]).toEqual([true, true]);
  });
});

describe('Ctrl-C before anything is written', () => {
  it.concurrent.each(['plan', 'drift', 'verify', 'doctor', 'import acme/pbx:sede', 'apply --yes'])(
    'ends %s at once',
    async (line) => {
      const desk = await ready();
      slow(desk, 'extension/query', 20_000, 0);
      const running = await desk.start(line.split(' '));
      await asked(desk, 'extension/query');
      const { code, out, err, ms } = await interrupted(running);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('error: Interrupted [command-interrupted]');
      expect(ms).toBeLessThan(10_000);
    },
  );

  it.concurrent('is one JSON document', async () => {
    const desk = await ready();
    slow(desk, 'extension/query', 20_000, 0);
    const running = await desk.start(['plan', '--json']);
    await asked(desk, 'extension/query');
    const { code, out } = await interrupted(running);
    expect([code, JSON.parse(out)]).toMatchObject([
      1,
      { errored: true, diagnostics: [{ code: 'command-interrupted' }] },
    ]);
  });

  it.concurrent('leaves the box, the state and the lease as they were', async () => {
    const desk = await ready();
    slow(desk, 'extension/query', 20_000);
    const running = await desk.start(['apply', '--yes']);
    await asked(desk, 'extension/query');
    await interrupted(running);
    expect(created(desk)).toEqual([]);
    expect(await readdir(join(desk.root, 'state'))).not.toContain('acme.json');
    expect((await desk.run(['apply', '--yes'])).code).toBe(0);
  });

  it.concurrent('ends the wait for somebody else’s lease', async () => {
    const desk = await ready();
    slow(desk, 'extension/add', 3000);
    const first = await desk.start(['apply', '--yes']);
    await asked(desk, 'extension/add');
    const second = await desk.start(['apply', '--yes', '--lock-timeout', '5m']);
    await second.seen(/Waiting for the turn/);
    const { code, err, ms } = await interrupted(second);
    expect([code, err]).toEqual([1, expect.stringContaining('[command-interrupted]')]);
    expect(ms).toBeLessThan(2_000);
    expect((await first.ended).code).toBe(0);
  });
});

describe.skipIf(!hasTerminal)('on a terminal (needs script of util-linux)', () => {
  const apply = (desk: Desk) => onTerminal(['apply'], { cwd: desk.root });

  it.concurrent('Ctrl-C at the question is a no', async () => {
    const desk = await ready();
    const session = await apply(desk);
    await session.seen(/Apply this\?/);
    session.type('\u0003');
    const { code, out } = await session.ended;
    expect([code, out, created(desk)]).toEqual([
      1,
      expect.stringMatching(/\[(declined|command-interrupted)\]/),
      [],
    ]);
  });

  it.concurrent('a signal at the question is an interruption, and no defect', async () => {
    const desk = await ready();
    const session = await apply(desk);
    await session.seen(/Apply this\?/);
    session.interrupt();
    const { code, out } = await session.ended;
    expect([code, out, created(desk)]).toEqual([1, expect.stringContaining('[command-interrupted]'), []]);
  });

  it.concurrent('a signal right after the plan is shown is one too', async () => {
    const desk = await ready();
    const session = await apply(desk);
    await session.seen(/Plan: 3 to create/);
    session.interrupt();
    const { code, out } = await session.ended;
    expect([code, out, created(desk)]).toEqual([1, expect.stringContaining('[command-interrupted]'), []]);
  });

  it.concurrent('yes applies', async () => {
    const desk = await ready();
    const session = await apply(desk);
    await session.seen(/Apply this\?/);
    session.type('y');
    expect((await session.ended).code).toBe(0);
    expect(created(desk)).toEqual(['2001', '2002', '2003']);
  });

  it.concurrent('Enter alone does not', async () => {
    const desk = await ready();
    const session = await apply(desk);
    await session.seen(/Apply this\?/);
    session.type('\r');
    const { code, out } = await session.ended;
    expect([code, out, created(desk)]).toEqual([1, expect.stringContaining('[declined]'), []]);
  });
});
