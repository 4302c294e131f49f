import type { Plain, PlainMap } from './plain.ts';
import type { Path, Problem } from './problem.ts';

/**
 * Takes values that the schema refused out of the data, so that the cross-checks can trust its types and do not report
 * the same mistake again: an unquoted number becomes the text that was meant, a broken map an empty one, the rest is
 * left out (null in lists, so that indexes stay).
 */
export function repair(
  data: PlainMap,
  problems: readonly Problem[],
  sourceOf: (path: Path) => string | undefined,
): PlainMap {
  for (const { code, where } of problems) {
    if (!('path' in where) || where.path.length === 0 || KEEP.has(code)) continue;
    replace(data, where.path, substitute(code, where.path, sourceOf));
  }
  return data;
}

/** Problems about something that is missing: there is no value to take out. */
const KEEP: ReadonlySet<string> = new Set(['missing-field', 'pbx-without-kind', 'item-twice']);

function substitute(
  code: string,
  path: Path,
  sourceOf: (path: Path) => string | undefined,
): Plain | undefined {
  if (code === 'number-unquoted' || code === 'text-unquoted') return sourceOf(path);
  return code === 'expected-map' ? {} : undefined;
}

function replace(data: PlainMap, path: Path, value: Plain | undefined): void {
  const parent = path.slice(0, -1).reduce<Plain | undefined>(step, data);
  const last = path.at(-1);
  if (Array.isArray(parent) && typeof last === 'number') parent[last] = value ?? null;
  if (!isMap(parent) || typeof last !== 'string') return;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}

function step(here: Plain | undefined, part: string | number): Plain | undefined {
  if (Array.isArray(here)) return here[Number(part)];
  return isMap(here) && Object.hasOwn(here, part) ? here[String(part)] : undefined;
}

function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
