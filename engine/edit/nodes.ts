import { type Document, isMap, isScalar, isSeq, type Node, YAMLMap, YAMLSeq } from 'yaml';
import { AltaError } from '../model/index.ts';
import { canonicalise, keyRank, keyText } from './canonical.ts';
import { type FileKind, keyOrder, type SchemaPlace, schemaBelow, schemaOf } from './schema.ts';

/** Keys and indexes from the document's root. */
export type Path = readonly (string | number)[];

/** Sets the value at a path of an open document, making the blocks on the way. */
export function setValue(document: Document, kind: FileKind, path: Path, value: unknown): void {
  setNode(document, root(document), schemaOf(kind), path, value);
}

/** The list of that name, made in its place where there is none. */
export function listOf(document: Document, name: string): YAMLSeq {
  const map = root(document);
  const known = map.get(name);
  if (isSeq(known)) return known;
  const made = new YAMLSeq(document.schema);
  put(document, map, schemaOf('client'), name, made);
  return made;
}

/** Removes the value at a path; whether there was something to remove. */
export function removeIn(document: Document, path: Path): boolean {
  const [last, ...above] = [...path].reverse();
  const parent = above.reverse().reduce<unknown>(childOf, document.contents);
  if (isSeq(parent) && typeof last === 'number' && last < parent.items.length) {
    parent.items.splice(last, 1);
    return true;
  }
  if (!isMap(parent)) return false;
  const index = parent.items.findIndex((pair) => keyText(pair) === String(last));
  if (index !== -1) parent.items.splice(index, 1);
  return index !== -1;
}

/** The node of a key or an index, also of a key that YAML reads as a number. */
function childOf(node: unknown, step: string | number): unknown {
  if (isSeq(node)) return node.items[Number(step)];
  return isMap(node) ? node.items.find((pair) => keyText(pair) === String(step))?.value : undefined;
}

/**
 * The map that a file is; made where the file is empty.
 * @throws AltaError `file-not-editable` where it is something else
 */
export function root(document: Document): YAMLMap {
  if (isMap(document.contents)) return document.contents;
  if (document.contents !== null) throw new AltaError('file-not-editable', { rule: 'expected-map' });
  const made = new YAMLMap(document.schema);
  document.contents = made;
  return made;
}

/** Sets the value at a path below a map, making the blocks on the way. */
export function setNode(
  document: Document,
  map: YAMLMap,
  place: SchemaPlace | null,
  path: Path,
  value: unknown,
): void {
  const [step, ...rest] = path;
  if (step === undefined) return;
  const below = schemaBelow(place, step);
  const known = childOf(map, step);
  if (rest.length > 0 && isSeq(known)) {
    setItem(document, known, below, rest, value);
    return;
  }
  if (rest.length > 0) {
    const child = isMap(known) ? known : new YAMLMap(document.schema);
    if (child !== known) put(document, map, place, String(step), child);
    setNode(document, child, below, rest, value);
    return;
  }
  const node = newNode(document, below, String(step), value);
  if (isScalar(known) && isScalar(node)) {
    node.comment = known.comment ?? null;
    node.commentBefore = known.commentBefore ?? null;
  }
  put(document, map, place, String(step), node);
}

function setItem(
  document: Document,
  seq: YAMLSeq,
  place: SchemaPlace | null,
  path: Path,
  value: unknown,
): void {
  const [index, ...rest] = path;
  const item = seq.items[Number(index)];
  if (rest.length > 0 && isMap(item)) setNode(document, item, schemaBelow(place, 0), rest, value);
  else seq.items[Number(index)] = newNode(document, schemaBelow(place, 0), '', value);
}

/** Replaces a value, or adds it where the schema's order puts it among the keys that are there. */
function put(document: Document, map: YAMLMap, place: SchemaPlace | null, key: string, node: Node): void {
  const pair = map.items.find((one) => keyText(one) === key);
  if (pair !== undefined) {
    pair.value = node;
    return;
  }
  const rank = keyRank(keyOrder(place));
  const next = map.items.findIndex((one) => rank(keyText(one)) > rank(key));
  map.items.splice(next === -1 ? map.items.length : next, 0, document.createPair(key, node));
  if (map.items.length === 1) map.flow = false;
}

/** A value as a node in canonical form. `name` is the key that will hold it. */
export function newNode(document: Document, place: SchemaPlace | null, name: string, value: unknown): Node {
  const node = document.createNode(value, { aliasDuplicateObjects: false });
  canonicalise(node, place, name);
  return node;
}
