import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { quote } from './document.ts';
import { keyOrder, type SchemaPlace, schemaBelow, wantsText } from './schema.ts';

/** How the items of a list are sorted, by the key that holds it. Other lists keep their order. */
const LIST_ORDER: Readonly<Record<string, (item: unknown) => string>> = {
  extensions: (item) => extensionKey(String(field(item, 'pbx') ?? ''), String(field(item, 'number') ?? '')),
  devices: (item) => String(field(item, 'id') ?? ''),
  accounts: (item) => naturalKey(String(field(item, 'line') ?? '')),
  released: (item) => (isScalar(item) ? naturalKey(String(item.value)) : ''),
};

/** Groups of secrets.yaml: their entries are sorted by name. */
const SORTED_MAPS = new Set(['connect', 'values']);

const REFERENCE_KEYS = new Set(['secret', 'env', 'file', 'source']);

/** Brings a node and all below it to the canonical form, in place: order of keys and items, quotes, block style. */
export function canonicalise(node: unknown, place: SchemaPlace | null, name: string): void {
  if (isScalar(node)) canonicalScalar(node, place);
  if (isMap(node)) canonicalMap(node, place, name);
  if (isSeq(node)) canonicalSeq(node, place, name);
}

function canonicalScalar(scalar: Scalar, place: SchemaPlace | null): void {
  if (typeof scalar.value === 'number' && wantsText(place))
    scalar.value = scalar.source ?? String(scalar.value);
  quote(scalar);
}

function canonicalMap(map: YAMLMap, place: SchemaPlace | null, name: string): void {
  for (const pair of map.items) {
    if (isScalar(pair.key)) quote(pair.key);
    hoistComment(pair.value);
    canonicalise(pair.value, schemaBelow(place, keyText(pair)), keyText(pair));
  }
  const rank = keyRank(keyOrder(place));
  if (SORTED_MAPS.has(name)) reorder(map.items, (pair) => pair.key, keyText);
  else
    reorder(
      map.items,
      (pair) => pair.key,
      (pair) => rank(keyText(pair)),
    );
  map.flow = isReference(map) || map.items.length === 0;
}

function canonicalSeq(seq: YAMLSeq, place: SchemaPlace | null, name: string): void {
  for (const [index, item] of seq.items.entries()) canonicalise(item, schemaBelow(place, index), '');
  const key = LIST_ORDER[name];
  if (key !== undefined) reorder(seq.items, (item) => item, key);
  seq.flow = seq.items.length === 0;
}

/**
 * The parser gives a comment between a key and its first item to the collection. It belongs to the item, and must move
 * with it.
 */
function hoistComment(collection: unknown): void {
  if (!isMap(collection) && !isSeq(collection)) return;
  const comment = collection.commentBefore;
  const first: unknown = isMap(collection) ? collection.items[0]?.key : collection.items[0];
  if (comment == null || !(isScalar(first) || isMap(first) || isSeq(first))) return;
  first.commentBefore = first.commentBefore == null ? comment : `${comment}\n${first.commentBefore}`;
  collection.commentBefore = null;
}

/** Stable sort that leaves the blank line above the first item where it was: above the first item. */
function reorder<T>(items: T[], lead: (item: T) => unknown, key: (item: T) => string): void {
  const keys = new Map(items.map((item) => [item, key(item)]));
  const before = items[0];
  items.sort((a, b) => compareText(keys.get(a) ?? '', keys.get(b) ?? ''));
  const after = items[0];
  if (before === undefined || after === undefined || before === after) return;
  const [was, is] = [lead(before), lead(after)];
  if (!hasSpace(was) || !hasSpace(is)) return;
  was.spaceBefore = is.spaceBefore ?? false;
  is.spaceBefore = false;
}

function hasSpace(node: unknown): node is { spaceBefore?: boolean } {
  return isScalar(node) || isMap(node) || isSeq(node);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Keys in the schema's order first, the others after them as they were. */
export function keyRank(order: readonly string[]): (key: string) => string {
  return (key) => {
    const index = order.indexOf(key);
    return String(index === -1 ? order.length : index).padStart(4, '0');
  };
}

/** Sorts extensions: by PBX, then by the value of the number. */
export function extensionKey(pbx: string, number: string): string {
  return `${pbx}\u0000${naturalKey(number)}`;
}

/** Numbers by their value: `9` before `10`, and `010` after `10`. */
function naturalKey(text: string): string {
  return text.replace(/[0-9]+/g, (digits) => {
    const value = digits.replace(/^0+(?=.)/, '').padStart(20, '0');
    return `${value}:${String(digits.length).padStart(2, '0')}`;
  });
}

/** `{ secret: name }` reads best on one line. */
function isReference(map: YAMLMap): boolean {
  const [only] = map.items;
  if (map.items.length !== 1 || only === undefined || !REFERENCE_KEYS.has(keyText(only))) return false;
  const nodes = [only.key, only.value];
  return nodes.every((node) => isScalar(node) && node.comment == null && node.commentBefore == null);
}

export function keyText(pair: Pair): string {
  const { key } = pair;
  if (!isScalar(key)) return String(key);
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** The value of a field of an item, as it is written. */
export function field(item: unknown, name: string): unknown {
  if (!isMap(item)) return undefined;
  const value: unknown = item.get(name, true);
  if (!isScalar(value)) return undefined;
  return typeof value.value === 'number' ? (value.source ?? value.value) : value.value;
}
