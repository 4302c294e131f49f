import { describe, expect, it } from 'vitest';
import type { HostLimits } from '../../../engine/model/index.ts';
import type { HostGate } from '../../../providers/contract.ts';
import { createGate, type GateOptions } from '../../../providers/transport/gate.ts';
import { type FakeClock, fakeClock, settled } from './fake-clock.ts';
import { thrown } from './servers.ts';

const never = new AbortController().signal;

interface Bench {
  readonly gate: HostGate;
  readonly clock: FakeClock;
  /** `start a`, `end a`, each with the time since the beginning. */
  readonly events: string[];
  read(name: string, ms: number, signal?: AbortSignal): Promise<void>;
  write(name: string, ms: number, signal?: AbortSignal): Promise<void>;
}

function bench(limits: Partial<HostLimits>, options: GateOptions = {}): Bench {
  const clock = fakeClock();
  const begin = clock.elapsed();
  const all = {
    concurrency: 99,
    writers: 99,
    readIntervalMs: 0,
    writeIntervalMs: 0,
    sessions: null,
    ...limits,
  };
  const gate = createGate(all, clock, options);
  const events: string[] = [];
  const work = (name: string, ms: number) => async () => {
    events.push(`start ${name} ${clock.elapsed() - begin}`);
    await clock.sleep(ms);
    events.push(`end ${name} ${clock.elapsed() - begin}`);
  };
  return {
    gate,
    clock,
    events,
    read: (name, ms, signal = never) => gate.read(work(name, ms), signal),
    write: (name, ms, signal = never) => gate.write(work(name, ms), signal),
  };
}

const starts = (events: readonly string[]) => events.filter((event) => event.startsWith('start'));

describe('concurrency', () => {
  it('holds for all requests together', async () => {
    const { read, write, clock, events } = bench({ concurrency: 2 });
    const all = [read('a', 10), write('b', 10), read('c', 10), write('d', 10)];
    await clock.advance(5);
    expect(starts(events)).toEqual(['start a 0', 'start b 0']);
    await clock.advance(50);
    await Promise.all(all);
    expect(starts(events)).toEqual(['start a 0', 'start b 0', 'start c 10', 'start d 10']);
  });

  it('gives turns in order of arrival', async () => {
    const { read, clock, events } = bench({ concurrency: 1 });
    const all = ['a', 'b', 'c', 'd'].map((name) => read(name, 10));
    await clock.advance(100);
    await Promise.all(all);
    expect(starts(events)).toEqual(['start a 0', 'start b 10', 'start c 20', 'start d 30']);
  });

  it('is given back by what fails', async () => {
    const { gate, read, clock, events } = bench({ concurrency: 1 });
    await thrown(gate.read(() => Promise.reject(new Error('no')), never));
    await thrown(
      gate.read(() => {
        throw new Error('no');
      }, never),
    );
    const next = read('a', 1);
    await clock.advance(1);
    await next;
    expect(events).toEqual(['start a 0', 'end a 1']);
  });
});

describe('writers', () => {
  it('take turns while reads go on', async () => {
    const { read, write, clock, events } = bench({ concurrency: 3, writers: 1 });
    const all = [write('w1', 20), write('w2', 20), read('r1', 10), read('r2', 10)];
    await clock.advance(100);
    await Promise.all(all);
    expect(starts(events).sort()).toEqual(['start r1 0', 'start r2 0', 'start w1 0', 'start w2 20']);
  });

  it('are not starved by reads that came later', async () => {
    const { read, write, clock, events } = bench({ concurrency: 1, writeIntervalMs: 15 });
    const all = [write('w1', 10), write('w2', 10), ...['r1', 'r2', 'r3', 'r4'].map((name) => read(name, 10))];
    await clock.advance(200);
    await Promise.all(all);
    expect(starts(events)).toEqual([
      'start w1 0',
      'start r1 10',
      'start r2 20',
      'start w2 30',
      'start r3 40',
      'start r4 50',
    ]);
  });
});

describe('intervals', () => {
  it('lie between the starts of two reads', async () => {
    const { read, clock, events } = bench({ readIntervalMs: 30 });
    const all = [read('a', 100), read('b', 1), read('c', 1)];
    await clock.advance(200);
    await Promise.all(all);
    expect(starts(events)).toEqual(['start a 0', 'start b 30', 'start c 60']);
  });

  it('lie between the end of a write and the start of the next', async () => {
    const { write, clock, events } = bench({ writeIntervalMs: 30 });
    const first = write('a', 50);
    await clock.advance(50);
    await first;
    const second = write('b', 1);
    await clock.advance(100);
    await second;
    expect(starts(events)).toEqual(['start a 0', 'start b 80']);
  });

  it('of writes also follow a write that failed', async () => {
    const { gate, write, clock, events } = bench({ writeIntervalMs: 30 });
    await thrown(gate.write(() => Promise.reject(new Error('no')), never));
    const next = write('b', 1);
    await clock.advance(100);
    await next;
    expect(starts(events)).toEqual(['start b 30']);
  });

  it('of writes do not hold up reads', async () => {
    const { read, write, clock, events } = bench({ writeIntervalMs: 1_000 });
    const all = [write('a', 1), read('b', 1)];
    await clock.advance(5);
    await Promise.all(all);
    expect(starts(events).sort()).toEqual(['start a 0', 'start b 0']);
  });

  it('leave no sleep behind', async () => {
    const { read, clock } = bench({ readIntervalMs: 30 });
    const all = [read('a', 1), read('b', 1)];
    await clock.advance(100);
    await Promise.all(all);
    expect(clock.sleeping()).toBe(0);
  });
});

describe('abort', () => {
  it('ends a wait with its reason and lets the next go', async () => {
    const { read, clock, events } = bench({ concurrency: 1 });
    const stop = new AbortController();
    const first = read('a', 10);
    const second = thrown(read('b', 10, stop.signal));
    const third = read('c', 10);
    stop.abort(new Error('stopped'));
    expect(await second).toMatchObject({ message: 'stopped' });
    await clock.advance(50);
    await Promise.all([first, third]);
    expect(starts(events)).toEqual(['start a 0', 'start c 10']);
  });

  it('ends a wait for an interval', async () => {
    const { read, clock } = bench({ readIntervalMs: 1_000 });
    const stop = new AbortController();
    const first = read('a', 1);
    const second = thrown(read('b', 1, stop.signal));
    await clock.advance(5);
    stop.abort(new Error('stopped'));
    expect(await second).toMatchObject({ message: 'stopped' });
    await first;
    expect(clock.sleeping()).toBe(0);
  });

  it('of the gate ends all waits', async () => {
    const run = new AbortController();
    const { read, write, clock } = bench({ concurrency: 1 }, { signal: run.signal });
    const first = read('a', 10);
    const waits = Promise.all([thrown(read('b', 1)), thrown(write('c', 1))]);
    run.abort(new Error('over'));
    expect(await waits).toMatchObject([{ message: 'over' }, { message: 'over' }]);
    await clock.advance(10);
    await first;
  });

  it('before the turn never calls the request', async () => {
    const { read, write, events } = bench({});
    await thrown(read('a', 1, AbortSignal.abort()));
    await thrown(write('b', 1, AbortSignal.abort()));
    expect(events).toEqual([]);
  });
});

describe('mayWrite', () => {
  it('is asked when the turn has come, not before', async () => {
    const asked: number[] = [];
    const clockOf = () => made.clock.elapsed() - 1_000;
    const made = bench({ writers: 1 }, { mayWrite: () => void asked.push(clockOf()) });
    const all = [made.write('a', 10), made.write('b', 10)];
    await made.clock.advance(50);
    await Promise.all(all);
    expect(asked).toEqual([0, 10]);
  });

  it('is not asked for reads', async () => {
    const asked: number[] = [];
    const { gate } = bench({}, { mayWrite: (ms) => void asked.push(ms) });
    await gate.read(async () => {}, never);
    expect(asked).toEqual([]);
  });

  it('is told the time the write may take', async () => {
    const asked: number[] = [];
    const { gate } = bench({}, { mayWrite: (ms) => void asked.push(ms) });
    await gate.write(async () => {}, never);
    await gate.write(async () => {}, never, 2_000);
    expect(asked).toEqual([15_000, 2_000]);
  });

  it('stops the write by throwing, and gives the turn back', async () => {
    let lost = true;
    const made = bench(
      { writers: 1, writeIntervalMs: 1_000 },
      {
        mayWrite: async () => {
          if (lost) throw new Error('lease lost');
        },
      },
    );
    expect(await thrown(made.write('a', 1))).toMatchObject({ message: 'lease lost' });
    lost = false;
    const next = made.write('b', 1);
    await made.clock.advance(1);
    await next;
    expect(starts(made.events)).toEqual(['start b 0']);
  });

  it('that takes its time does not let an aborted write start', async () => {
    const stop = new AbortController();
    const made = bench({}, { mayWrite: () => made.clock.sleep(10) });
    const outcome = thrown(made.write('a', 1, stop.signal));
    await settled();
    stop.abort(new Error('stopped'));
    await made.clock.advance(10);
    expect(await outcome).toMatchObject({ message: 'stopped' });
    expect(made.events).toEqual([]);
  });
});
