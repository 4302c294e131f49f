import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParseCache } from '../../load/index.ts';

const folder = join('.alta', 'cache');

/**
 * Parsed files under `.alta/cache` of the workspace, one file for all, keyed by content: a warm run skips the YAML parser.
 * Losing it costs time only; every failure to read or write it is silent on purpose. It holds what the YAML holds, and
 * ciphertexts; only files without errors enter it, so nothing secret does.
 */
export function openCache(root: string, version: string): ParseCache & { save(): void } {
  const path = join(root, folder, `parsed-${version}.json`);
  const known = readEntries(path);
  const used = new Map<string, unknown>();
  let grown = false;
  return {
    get: (key) => {
      const value = known.get(key);
      if (value !== undefined) used.set(key, value);
      return value;
    },
    set: (key, value) => {
      grown = true;
      used.set(key, value);
    },
    save: () => {
      if (grown || used.size < known.size) writeEntries(root, path, used);
    },
  };
}

function readEntries(path: string): Map<string, unknown> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8'))));
  } catch {
    return new Map();
  }
}

function writeEntries(root: string, path: string, entries: ReadonlyMap<string, unknown>): void {
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(temporary, JSON.stringify(Object.fromEntries(entries)));
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
}
