import { type Document, isMap, isScalar, isSeq, type Node, YAMLMap, YAMLSeq } from 'yaml';
import { AltaError } from '../model/index.ts';
import type { Device, Extension } from '../model/input.ts';
import { canonicalise, extensionKey, field, keyRank, keyText } from './canonical.ts';
import { openDocument, printDocument } from './document.ts';
import { type FileKind, keyOrder, type SchemaPlace, schemaBelow, schemaOf } from './schema.ts';

/** The fields to set; those not named stay as they are. */
export type ExtensionPatch = Pick<Extension, 'pbx' | 'number'> & Partial<Extension>;
export type DevicePatch = Pick<Device, 'id'> & Partial<Device>;

type Path = readonly (string | number)[];

/**
 * Sets the value at a path, making the blocks on the way; `undefined` removes it. Everything else keeps its order and
 * its comments.
 * @throws AltaError `file-not-editable`
 */
export function setIn(kind: FileKind, text: string, path: Path, value: unknown): string {
  const document = openDocument(text);
  if (value === undefined) return removeIn(document, path) ? printDocument(document) : text;
  setValue(document, kind, path, value);
  return printDocument(document);
}

/** {@link setIn} on an open document. */
export function setValue(document: Document, kind: FileKind, path: Path, value: unknown): void {
  setNode(document, root(document), schemaOf(kind), path, value);
}

/** Adds extensions, each in its place by PBX and number, or sets fields of those that are there. */
export function upsertExtensions(text: string, patches: readonly ExtensionPatch[]): string {
  return upsert(text, 'extensions', patches, extensionSortKey);
}

/** The same text where there is no such extension. */
export function removeExtension(text: string, pbx: string, number: string): string {
  return remove(text, 'extensions', (item) => extensionSortKey(item) === extensionKey(pbx, number));
}

/** Adds devices, each in its place by id, or sets fields of those that are there. `accounts` are set as a whole. */
export function upsertDevices(text: string, patches: readonly DevicePatch[]): string {
  return upsert(text, 'devices', patches, deviceSortKey);
}

/** The same text where there is no such device. */
export function removeDevice(text: string, id: string): string {
  return remove(text, 'devices', (item) => deviceSortKey(item) === id);
}

function extensionSortKey(item: unknown): string {
  return extensionKey(String(field(item, 'pbx') ?? ''), String(field(item, 'number') ?? ''));
}

function deviceSortKey(item: unknown): string {
  return String(field(item, 'id') ?? '');
}

function upsert(
  text: string,
  list: 'extensions' | 'devices',
  patches: readonly object[],
  sortKey: (item: unknown) => string,
): string {
  if (patches.length === 0) return text;
  const document = openDocument(text);
  const seq = listOf(document, list);
  const place = schemaBelow(schemaBelow(schemaOf('client'), list), 0);
  for (const patch of patches) upsertItem(document, seq, place, patch, sortKey);
  return printDocument(document);
}

function upsertItem(
  document: Document,
  seq: YAMLSeq,
  place: SchemaPlace | null,
  patch: object,
  sortKey: (item: unknown) => string,
): void {
  const item = newNode(document, place, '', patch);
  const key = sortKey(item);
  const existing = seq.items.find((other) => sortKey(other) === key);
  if (isMap(existing)) {
    for (const [name, value] of Object.entries(patch)) setNode(document, existing, place, [name], value);
    return;
  }
  const next = seq.items.findIndex((other) => sortKey(other) > key);
  insert(seq, item, next === -1 ? seq.items.length : next);
}

/** A comment above the first item is the collection's own to the parser; a new first item must not take it over. */
function insert(seq: YAMLSeq, item: Node, index: number): void {
  const first = seq.items[0];
  if (index === 0 && seq.commentBefore != null && (isMap(first) || isScalar(first))) {
    first.commentBefore = seq.commentBefore;
    seq.commentBefore = null;
  }
  seq.items.splice(index, 0, item);
  seq.flow = false;
}

function remove(text: string, list: 'extensions' | 'devices', same: (item: unknown) => boolean): string {
  const document = openDocument(text);
  const seq = root(document).get(list);
  const index = isSeq(seq) ? seq.items.findIndex(same) : -1;
  if (!isSeq(seq) || index === -1) return text;
  if (index === 0) seq.commentBefore = null;
  seq.items.splice(index, 1);
  if (seq.items.length === 0) root(document).delete(list);
  return printDocument(document);
}

function listOf(document: Document, name: string): YAMLSeq {
  const map = root(document);
  const known = map.get(name);
  if (isSeq(known)) return known;
  const made = new YAMLSeq(document.schema);
  put(document, map, schemaOf('client'), name, made);
  return made;
}

/** Whether there was something to remove. */
function removeIn(document: Document, path: Path): boolean {
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

function root(document: Document): YAMLMap {
  if (isMap(document.contents)) return document.contents;
  if (document.contents !== null) throw new AltaError('file-not-editable', { rule: 'expected-map' });
  const made = new YAMLMap(document.schema);
  document.contents = made;
  return made;
}

function setNode(
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

function newNode(document: Document, place: SchemaPlace | null, name: string, value: unknown): Node {
  const node = document.createNode(value, { aliasDuplicateObjects: false });
  canonicalise(node, place, name);
  return node;
}
