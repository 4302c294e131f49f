import type { Origin } from '../model/index.ts';
import type { ClientDocument } from '../model/input.ts';
import type { ItemSource, Sources } from './origin.ts';
import type { Plain, PlainMap } from './plain.ts';
import type { Path } from './problem.ts';
import type { Finding } from './types.ts';

/** The files of one client as one document. */
export interface Merged {
  readonly data: ClientDocument;
  readonly sources: Sources;
  readonly findings: readonly Finding[];
}

interface Part {
  readonly filename: string;
  readonly data: PlainMap;
}

const ONCE = ['client', 'engine', 'policy'] as const;
const MAPS = ['access', 'provisioning', 'pbx'] as const;
const LISTS = ['extensions', 'devices', 'released'] as const;
const CHECKS = ['callFlows', 'testCalls'] as const;

/** Mutable collectors of one merge. */
interface Merge {
  readonly parts: readonly Part[];
  readonly keys: Record<string, string>;
  readonly lists: Record<string, ItemSource[]>;
  readonly findings: Finding[];
}

/** Merges the files of a folder in the order given: lists are joined, maps united; what may stand once is an error twice. */
export function mergeParts(parts: readonly Part[]): Merged {
  const merge: Merge = { parts, keys: {}, lists: {}, findings: [] };
  const data: PlainMap = { apiVersion: 'alta/v1', kind: 'Client' };
  for (const key of ONCE) assign(data, key, once(merge, key));
  for (const key of MAPS) assign(data, key, united(merge, key));
  for (const key of LISTS) assign(data, key, joined(merge, [key]));
  const checks: PlainMap = {};
  for (const key of CHECKS) assign(checks, key, joined(merge, ['checks', key]));
  if (Object.keys(checks).length > 0) data.checks = checks;
  return { data: trusted(data), sources: { keys: merge.keys, lists: merge.lists }, findings: merge.findings };
}

/** Every part was validated, and what the schema refused was taken out. */
function trusted(data: PlainMap): ClientDocument {
  const document: unknown = data;
  return document as ClientDocument;
}

function assign(target: PlainMap, key: string, value: Plain | undefined): void {
  if (value !== undefined) target[key] = value;
}

function once(merge: Merge, key: (typeof ONCE)[number]): Plain | undefined {
  let value: Plain | undefined;
  for (const { filename, data } of merge.parts) {
    if (!Object.hasOwn(data, key)) continue;
    if (value !== undefined) {
      merge.findings.push(twice(key, { filename, path: [key] }, merge.keys[key] ?? filename));
      continue;
    }
    value = data[key];
    merge.keys[key] = filename;
  }
  return value;
}

function united(merge: Merge, key: (typeof MAPS)[number]): PlainMap | undefined {
  const all: PlainMap = {};
  for (const { filename, data } of merge.parts) {
    for (const [label, value] of Object.entries(asMap(data[key]))) {
      const place = `${key}.${label}`;
      const first = merge.keys[place];
      if (first !== undefined) {
        merge.findings.push(twice(`${key}.${label}`, { filename, path: [key, label] }, first));
        continue;
      }
      all[label] = value;
      merge.keys[place] = filename;
    }
  }
  return Object.keys(all).length === 0 ? undefined : all;
}

function joined(merge: Merge, path: Path): Plain[] | undefined {
  const items: Plain[] = [];
  const origins: ItemSource[] = [];
  for (const { filename, data } of merge.parts) {
    const list = path.reduce<Plain | undefined>((here, step) => asMap(here)[String(step)], data);
    for (const [index, item] of (Array.isArray(list) ? list : []).entries()) {
      if (item === null) continue;
      items.push(item);
      origins.push({ filename, index });
    }
  }
  if (items.length === 0) return undefined;
  merge.lists[path.join('.')] = origins;
  return items;
}

function twice(what: string, origin: Origin, first: string): Finding {
  const params = { what };
  const firstOrigin = { filename: first, path: origin.path };
  return { severity: 'error', code: 'declared-twice', params, origin, at: 'key', first: firstOrigin };
}

function asMap(value: Plain | undefined): PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
