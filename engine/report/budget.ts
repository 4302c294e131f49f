/** A block of Markdown that may lose rows from its end, never a part of a row. */
export interface Block {
  /** Stands before the rows; left out together with them where not even one fits. */
  readonly open: string;
  readonly rows: readonly string[];
  readonly close: string;
}

/** Text that fits, and how many rows it cost. */
export interface Budgeted {
  readonly text: string;
  readonly leftOut: number;
}

/** The blocks, in order, within `room` characters (UTF-16 code units, the unit of the forges' limits). */
export function budget(blocks: readonly Block[], room: number): Budgeted {
  const kept: string[] = [];
  let left = room;
  let leftOut = 0;
  for (const block of blocks) {
    const frame = block.open.length + block.close.length;
    const rows = rowsThatFit(block.rows, left - frame);
    leftOut += block.rows.length - rows.length;
    if (rows.length === 0 && (block.rows.length > 0 || frame > left)) continue;
    const text = `${block.open}${rows.join('')}${block.close}`;
    left -= text.length;
    kept.push(text);
  }
  return { text: kept.join(''), leftOut };
}

function rowsThatFit(rows: readonly string[], room: number): readonly string[] {
  let used = 0;
  for (const [index, row] of rows.entries()) {
    used += row.length;
    if (used > room) return rows.slice(0, index);
  }
  return rows;
}
