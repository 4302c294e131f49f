import type { Cost } from './child.ts';
import { type Spread, spreadOf } from './sample.ts';

/** What a number is compared with: measured in the same run, on the same machine. */
export interface Floor {
  readonly name: string;
  readonly value: Spread;
  /** Processor time of the floor, ms, where it is a process. */
  readonly cpuMs?: Spread;
}

/** One line of the table. */
export interface Row {
  readonly measure: string;
  readonly unit: 'ms' | 'MB' | 'requests' | 'of kills';
  /** Null = not measured here; the note says why. */
  readonly ours: Spread | null;
  /** User and system time of the whole process, ms: steadier than wall clock on a machine that others use too. */
  readonly cpuMs?: Spread;
  readonly floor: Floor | null;
  /** What design §12 asks for. */
  readonly target: string;
  readonly note?: string;
}

/** What a group of rows works with. */
export interface Bench {
  readonly rounds: number;
  /** Encrypted SIP secrets in each generated workspace. */
  readonly secrets: number;
  readonly kills: number;
  /** A fresh folder, removed at the end of the run. */
  readonly folder: (name: string) => Promise<string>;
  /** Tells whoever waits what is being measured. */
  readonly say: (text: string) => void;
}

/** `before`: the rows of this run so far. */
export type Group = (bench: Bench, before: readonly Row[]) => Promise<readonly Row[]>;

/** Wall clock and processor time of whole processes beside those of a floor. */
export function processRow(
  measure: string,
  target: string,
  ours: readonly Cost[],
  floor: { readonly name: string; readonly costs: readonly Cost[] },
  note?: string,
): Row {
  return {
    measure,
    unit: 'ms',
    ours: spreadOf(ours.map(({ wallMs }) => wallMs)),
    cpuMs: spreadOf(ours.map(({ cpuMs }) => cpuMs)),
    floor: {
      name: floor.name,
      value: spreadOf(floor.costs.map(({ wallMs }) => wallMs)),
      cpuMs: spreadOf(floor.costs.map(({ cpuMs }) => cpuMs)),
    },
    target,
    ...(note === undefined ? {} : { note }),
  };
}

/** Peak memory of whole processes beside that of a floor. */
export function memoryRow(
  measure: string,
  target: string,
  ours: readonly Cost[],
  floor: { readonly name: string; readonly costs: readonly Cost[] },
): Row {
  const peak = (costs: readonly Cost[]) => spreadOf(costs.map(({ peakMb }) => peakMb));
  return {
    measure,
    unit: 'MB',
    ours: peak(ours),
    floor: { name: floor.name, value: peak(floor.costs) },
    target,
  };
}
