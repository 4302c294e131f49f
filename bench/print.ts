import Table from 'cli-table3';
import type { Row } from './row.ts';
import type { Spread } from './sample.ts';

/** `×1.35`; null where there is nothing to divide by. */
export function ratioOf(ours: Spread | null | undefined, floor: Spread | null | undefined): number | null {
  if (!ours || !floor || floor.median === 0) return null;
  return ours.median / floor.median;
}

/** The rows as a plain table, with the notes below it. */
export function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: ['measure', 'median (min–max)', 'CPU ms', 'against', '× wall', '× CPU', 'target'],
    style: { head: [], border: [] },
  });
  for (const row of rows) table.push(cellsOf(row));
  const notes = rows.flatMap(({ measure, ours, note }) =>
    note === undefined || ours === null ? [] : [`${measure}: ${note}`],
  );
  return [table.toString(), ...notes].join('\n');
}

function cellsOf(row: Row): string[] {
  const { measure, ours, unit, cpuMs, floor, target, note } = row;
  return [
    measure,
    ours === null ? (note ?? '') : `${spread(ours)} ${unit}`,
    cpuMs === undefined ? '' : spread(cpuMs),
    floor === null ? '' : `${floor.name}: ${spread(floor.value)}`,
    times(ratioOf(ours, floor?.value)),
    times(ratioOf(cpuMs, floor?.cpuMs)),
    target,
  ];
}

function times(ratio: number | null): string {
  return ratio === null ? '' : `×${ratio < 0.1 ? ratio.toPrecision(1) : ratio.toFixed(2)}`;
}

function spread({ median, min, max }: Spread): string {
  return min === max ? number(median) : `${number(median)} (${number(min)}–${number(max)})`;
}

function number(value: number): string {
  return value >= 20 || Number.isInteger(value) ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}

/** The rows as data, with their ratios. */
export function jsonOf(rows: readonly Row[], facts: Readonly<Record<string, unknown>>): string {
  const measured = rows.map((row) => ({
    ...row,
    ratio: { wall: ratioOf(row.ours, row.floor?.value), cpu: ratioOf(row.cpuMs, row.floor?.cpuMs) },
  }));
  return JSON.stringify({ format_version: '1.0', ...facts, rows: measured }, null, 2);
}
