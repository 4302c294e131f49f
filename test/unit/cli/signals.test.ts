import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { hearSignals } from '../../../cli/signals.ts';

/** What is told where the process gets these signals. */
function heard(...signals: readonly NodeJS.Signals[]): readonly NodeJS.Signals[] {
  const source = new EventEmitter();
  const told: NodeJS.Signals[] = [];
  const forget = hearSignals(source, (signal) => told.push(signal));
  for (const signal of signals) source.emit(signal, signal);
  forget();
  expect(source.eventNames()).toEqual([]);
  return told;
}

describe('signals', () => {
  it('are all told that ask for an end', () => {
    expect(heard('SIGINT', 'SIGTERM', 'SIGINT')).toEqual(['SIGINT', 'SIGTERM', 'SIGINT']);
  });

  it('of a terminal that closes are told once', () => {
    expect(heard('SIGHUP', 'SIGHUP')).toEqual(['SIGHUP']);
  });

  it('of a terminal that closes are not told to who ends already', () => {
    expect(heard('SIGTERM', 'SIGHUP')).toEqual(['SIGTERM']);
  });

  it('that follow a closed terminal are told', () => {
    expect(heard('SIGHUP', 'SIGTERM')).toEqual(['SIGHUP', 'SIGTERM']);
  });
});
