import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { ValueObject } from '../../stacks/plugin/index.ts';

/** What the toy provider has made: things by their id, and every call that changed them. */
export interface Store {
  readonly things: Record<string, Thing>;
  readonly calls: string[];
}

export interface Thing {
  name: string;
  kind: string;
  size: number | null;
  tags: ValueObject | null;
  lines: readonly ValueObject[] | null;
  secret: string | null;
  serial: number;
}

/** A file, since Terraform starts several processes of one provider after another. */
export function readStore(path: string): Store {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { things: {}, calls: [] };
}

export function changeStore<T>(path: string, change: (store: Store) => T): T {
  const store = readStore(path);
  const result = change(store);
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(store, null, 2));
  renameSync(temporary, path);
  return result;
}
