/** Configuration files as text (D). A key may come more than once: `security.user_password` legally does (C). */

export type Entry = readonly [key: string, value: string];

export const VERSION_LINE = '#!version:1.0.0.1';

/** Puts a parameter back to the factory's value (D). */
export const FACTORY = '%NULL%';

/**
 * The `key = value` lines in their order, keys and values trimmed; undefined for a text that does not begin with
 * the version line, which phones ignore (D). A byte-order mark makes another first line (I).
 */
export function parseCfg(text: string, lineEnds: 'any' | 'lf'): Entry[] | undefined {
  const [first, ...lines] = text.split(lineEnds === 'any' ? /\r?\n/ : '\n');
  if (first?.trimEnd() !== VERSION_LINE) return undefined;
  return lines.flatMap((line) => entryOf(line, lineEnds));
}

/** The file a phone exports. */
export function formatCfg(entries: readonly Entry[]): string {
  return [VERSION_LINE, ...entries.map(([key, value]) => `${key} = ${value}`), ''].join('\n');
}

/** The key of a line scoped to models, `[T46S,T48S]key` (D: from about V86); undefined for other models. */
export function scopedKey(key: string, model: string): string | undefined {
  const [, models, plain] = /^\[([^\]]*)\](.*)$/.exec(key) ?? [];
  if (models === undefined) return key;
  return models.split(',').some((name) => name.trim() === model) ? plain?.trim() : undefined;
}

function entryOf(line: string, lineEnds: 'any' | 'lf'): Entry[] {
  const at = line.indexOf('=');
  if (line.trimStart().startsWith('#') || at === -1) return [];
  const value = line.slice(at + 1);
  return [
    [line.slice(0, at).trim(), lineEnds === 'any' ? value.trim() : value.replace(/^[ \t]+|[ \t]+$/g, '')],
  ];
}
