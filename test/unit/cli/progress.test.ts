import { describe, expect, it, vi } from 'vitest';
import { listen } from '../../../cli/interrupt.ts';
import { liveProgress, plainProgress, progressText } from '../../../cli/progress.ts';

/** A clock that moves only when told, ticking as a timer would. */
function stage() {
  let now = 0;
  const ticks = new Set<{ every: number; due: number; tick: () => void }>();
  const lines: string[] = [];
  const output = { write: (text: string) => void lines.push(text), isTTY: false };
  const clock = {
    elapsed: () => now,
    every: (ms: number, tick: () => void) => {
      const timer = { every: ms, due: now + ms, tick };
      ticks.add(timer);
      return () => void ticks.delete(timer);
    },
  };
  const pass = (ms: number): void => {
    now += ms;
    for (const timer of ticks) {
      if (timer.due > now) continue;
      timer.due += timer.every;
      timer.tick();
    }
  };
  return { lines, clock, pass, progress: plainProgress(output, 'en', clock), timers: ticks };
}

describe('without a terminal', () => {
  it('the first line comes at once', () => {
    const { lines, progress } = stage();
    progress.event({ phase: 'read', done: 0, total: 3 });
    expect(lines).toEqual(['Reading the targets 0/3\n']);
  });

  it('many events in ten seconds are one line', () => {
    const { lines, progress, pass } = stage();
    for (let done = 0; done < 9; done += 1) {
      progress.event({ phase: 'read', done, total: 9 });
      pass(1000);
    }
    expect(lines).toHaveLength(1);
  });

  it('a long wait is not silent', () => {
    const { lines, progress, pass } = stage();
    progress.event({ phase: 'read', done: 1, total: 3 });
    pass(10_000);
    pass(10_000);
    expect(lines).toHaveLength(3);
  });

  it('nothing is said after a pause', () => {
    const { lines, progress, pass, timers } = stage();
    progress.event({ phase: 'read', done: 1, total: 3 });
    progress.pause();
    pass(60_000);
    expect([lines.length, timers.size]).toEqual([1, 0]);
  });
});

describe('on a terminal', () => {
  const spinner = { text: '', start: vi.fn(), stop: vi.fn() };
  const lines: string[] = [];
  const progress = liveProgress({ write: (text) => void lines.push(text), isTTY: true }, 'es', spinner);

  it('one line lives', () => {
    progress.event({ phase: 'read', done: 1, total: 2 });
    progress.event({ phase: 'read', done: 2, total: 2 });
    expect([spinner.start.mock.calls.length, spinner.text]).toEqual([1, 'Leyendo los equipos 2/2']);
  });

  it('a line to be read stops it first', () => {
    progress.line('Interrumpido');
    expect([spinner.stop.mock.calls.length, lines]).toEqual([1, ['Interrumpido\n']]);
  });
});

it('shows no total that is not known, and nothing hidden in a name', () => {
  const event = { phase: 'apply', done: 0, total: 0, detail: 'acme\u202E' } as const;
  expect(progressText(event, 'en')).toBe('Applying: acme\\u{202e}');
});

describe('Ctrl-C', () => {
  function press(times: number) {
    const listeners: (() => void)[] = [];
    const exit = vi.fn();
    const said: string[] = [];
    const onInterrupt = (heard: () => void) => {
      listeners.push(heard);
      return () => undefined;
    };
    const interrupt = listen({ exit, onInterrupt }, 'en', (line) => said.push(line));
    for (let n = 0; n < times; n += 1) listeners[0]?.();
    return { stop: interrupt.stop.aborted, abort: interrupt.abort.aborted, said: said.length, exit };
  }

  it('once finishes the step under way', () => {
    expect(press(1)).toMatchObject({ stop: true, abort: false, said: 1 });
  });

  it('twice aborts it', () => {
    expect(press(2)).toMatchObject({ stop: true, abort: true, said: 2 });
  });

  it('three times ends the process', () => {
    expect(press(3).exit).toHaveBeenCalledWith(1);
  });
});
