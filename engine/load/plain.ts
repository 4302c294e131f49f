import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { MAX_DEPTH, type YamlDocument } from './parse.ts';
import { type Problem, problemAt, problemIn } from './problem.ts';

/** Plain JSON-like data. */
export type Plain = string | number | boolean | null | Plain[] | PlainMap;
export interface PlainMap {
  [key: string]: Plain;
}

/** Most nodes that aliases may add by being expanded. */
const MAX_EXPANDED = 1000;
/** Longest text of one value: far above any ciphertext, and safe for any pattern. */
const MAX_TEXT = 65_536;
const MAX_KEY = 300;
/** Keys that would touch prototypes of objects. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

interface Anchor {
  readonly value: Plain;
  /** Nodes beneath it, with aliases expanded. */
  readonly weight: number;
}

interface Walk {
  readonly problems: Problem[];
  readonly anchors: Map<string, Anchor | 'open'>;
  path: (string | number)[];
  weight: number;
  aliases: number;
  expanded: number;
  bomb: Problem | null;
}

/**
 * Turns a document into plain data in one walk, and finds what YAML allows and Alta does not: duplicate keys, deep
 * nesting, merge keys, keys that touch prototypes, aliases that multiply.
 */
export function toPlain(document: YamlDocument): { data: Plain; problems: readonly Problem[] } {
  const walk: Walk = {
    problems: [],
    anchors: new Map(),
    path: [],
    weight: 0,
    aliases: 0,
    expanded: 0,
    bomb: null,
  };
  const data = plainOf(document.contents, walk);
  if (walk.bomb !== null) return { data: null, problems: [walk.bomb] };
  return { data, problems: walk.problems };
}

function plainOf(node: ParsedNode | null, walk: Walk): Plain {
  if (node === null || walk.bomb !== null) return null;
  walk.weight += 1;
  if (isAlias(node)) return aliased(node, walk);
  if (node.anchor === undefined) return contentOf(node, walk);
  walk.anchors.set(node.anchor, 'open');
  const before = walk.weight;
  const value = contentOf(node, walk);
  walk.anchors.set(node.anchor, { value, weight: walk.weight - before + 1 });
  return value;
}

function contentOf(node: ParsedNode, walk: Walk): Plain {
  if (isScalar(node)) return scalarValue(node, walk);
  if (walk.path.length >= MAX_DEPTH) {
    walk.problems.push(problemIn('yaml-depth', { limit: MAX_DEPTH }, node.range[0], node.range[0] + 1));
    return null;
  }
  if (isMap(node)) return mapValue(node as YAMLMap<ParsedNode, ParsedNode | null>, walk);
  if (!isSeq(node)) return null;
  return node.items.map((item, index) => within(index, item as ParsedNode | null, walk));
}

function within(step: string | number, node: ParsedNode | null, walk: Walk): Plain {
  walk.path.push(step);
  const value = plainOf(node, walk);
  walk.path.pop();
  return value;
}

function scalarValue(node: Scalar, walk: Walk): Plain {
  const { value } = node;
  if (typeof value === 'string' && value.length > MAX_TEXT) {
    walk.problems.push(problemAt('yaml-long-value', { limit: MAX_TEXT }, [...walk.path]));
    return null;
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'number' ? value : String(value);
}

function mapValue(map: YAMLMap<ParsedNode, ParsedNode | null>, walk: Walk): PlainMap {
  const data: PlainMap = {};
  for (const { key, value } of map.items) {
    const name = keyName(key, walk);
    if (name === null) continue;
    if (Object.hasOwn(data, name)) {
      walk.problems.push(problemIn('yaml-duplicate-key', { key: name }, key.range[0], key.range[1]));
      continue;
    }
    data[name] = within(name, value, walk);
  }
  return data;
}

/** The text of a key, also of one that YAML reads as a number; null where the key cannot be used. */
function keyName(key: ParsedNode, walk: Walk): string | null {
  const refuse = (code: Problem['code'], name: string) => {
    walk.problems.push(
      problemIn(code, { key: name }, key.range[0], Math.max(key.range[1], key.range[0] + 1)),
    );
    return null;
  };
  if (!isScalar(key) || key.value === null) return refuse('yaml-key', '');
  const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
  if (name.length > MAX_KEY) return refuse('yaml-key', '');
  if (name === '<<') return refuse('yaml-merge-key', name);
  if (FORBIDDEN_KEYS.has(name)) return refuse('yaml-forbidden-key', name);
  return name;
}

function aliased(node: Alias.Parsed, walk: Walk): Plain {
  const name = node.source;
  const anchor = walk.anchors.get(name);
  if (anchor === undefined || anchor === 'open') {
    walk.problems.push(problemAt('yaml-alias-unknown', { name }, [...walk.path]));
    return null;
  }
  walk.aliases += 1;
  walk.expanded += anchor.weight;
  walk.weight += anchor.weight;
  if (walk.expanded > MAX_EXPANDED) {
    const params = { count: walk.aliases, limit: MAX_EXPANDED };
    walk.bomb = problemIn('yaml-aliases', params, node.range[0], node.range[1]);
  }
  return anchor.value;
}
