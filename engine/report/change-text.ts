import type { Action, Change } from '../model/index.ts';
import { fill } from './fill.ts';
import { changeNotes, fieldNotes, fieldValues, type Reader, symbols } from './notes.ts';
import { labelOf } from './phrases.ts';
import { quoted, safeText } from './safe.ts';
import type { Paint, Style } from './style.ts';
import { blockKey } from './view.ts';

/** The words, marks and language of one rendering. */
export interface Pen extends Reader {
  readonly style: Style;
}

/** One change: a line that says what happens and why it might not, then a line per field. */
export function changeLines(change: Change, pen: Pen): string[] {
  const { action, blocked } = change;
  const title = paintOf(action, pen.style)(`${symbols[action]} ${labelOf(change, pen.lang)}`);
  const notes = changeNotes(change, pen, fill).map((note) => pen.style.dim(note));
  const reason = blocked === null ? '' : pen.words.blocks[blockKey(blocked, change.section)].reason;
  const block = blocked === null ? [] : [pen.style.error(`✗ ${pen.words.plan.blocked}: ${reason}`)];
  return [[title, ...notes, ...block].join('  '), ...indent(indent(fieldLines(change, pen)))];
}

function paintOf(action: Action, style: Style): Paint {
  const paints = { create: style.add, update: style.change, delete: style.remove } as const;
  return action === 'record' || action === 'forget' ? style.dim : paints[action];
}

function fieldLines(change: Change, pen: Pen): string[] {
  const width = Math.max(0, ...change.fields.map(({ field }) => field.length));
  return change.fields.map((field) => {
    const values = fieldValues(field, change, pen.words, valueText);
    const notes = fieldNotes(field, change, pen.words).map((note) => pen.style.dim(note));
    return [safeText(field.field).padEnd(width), values, ...notes].join('  ');
  });
}

function valueText(value: string | number | boolean): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
