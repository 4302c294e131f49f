import type { Origin } from '../model/index.ts';
import type { Path } from './problem.ts';

/** One item of a merged list: the file it came from, and its place in that file's own list. */
export interface ItemSource {
  readonly filename: string;
  readonly index: number;
}

/** Which file each part of a merged client came from. */
export interface Sources {
  /** `client`, `pbx.main`, `access.oficina`… → file. */
  readonly keys: Readonly<Record<string, string>>;
  /** `extensions`, `devices`, `released`, `checks.callFlows`, `checks.testCalls` → one entry for each item. */
  readonly lists: Readonly<Record<string, readonly ItemSource[]>>;
}

/**
 * Where a path of the merged client stands in the files: `['extensions', 4, 'name']` → file and path there. A path that
 * nobody declared is placed in the file of its nearest parent, or in `fallback`.
 */
export function originOf(sources: Sources, path: Path, fallback: string): Origin {
  const inList = listItem(sources, path);
  if (inList !== null) return inList;
  const [first, second] = path;
  const filename =
    sources.keys[`${String(first)}.${String(second)}`] ?? sources.keys[String(first)] ?? fallback;
  return { filename, path };
}

function listItem(sources: Sources, path: Path): Origin | null {
  for (const depth of [1, 2]) {
    const list = sources.lists[path.slice(0, depth).join('.')];
    const index = path[depth];
    const item = typeof index === 'number' ? list?.[index] : undefined;
    if (item === undefined) continue;
    return {
      filename: item.filename,
      path: [...path.slice(0, depth), item.index, ...path.slice(depth + 1)],
    };
  }
  return null;
}
