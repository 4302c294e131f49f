import { type Document, isMap, isScalar, isSeq, type Node, YAMLMap, YAMLSeq } from 'yaml';
import type { Device, Extension } from '../model/input.ts';
import { AltaError } from '../model/index.ts';
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
  if (value === undefined) document.deleteIn(path);
  else setNode(document, root(document), schemaOf(kind), path, value);
  return printDocument(document);
}

/** Adds an extension in its place by PBX and number, or sets fields of the one that is there. */
export function upsertExtension(text: string, patch: ExtensionPatch): string {
  const { pbx, number } = patch;
  const same = (item: unknown) => field(item, 'pbx') === pbx && String(field(item, 'number')) === number;
  const sortKey = (item: unknown) => extensionKey(String(field(item, 'pbx')), String(field(item, 'number')));
  return upsert(text, 'extensions', patch, same, sortKey, extensionKey(pbx, number));
}

export function removeExtension(text: string, pbx: string, number: string): string {
  return remove(text, 'extensions', (item) => field(item, 'pbx') === pbx && String(field(item, 'number')) === number);
}

/** Adds a device in its place by id, or sets fields of the one that is there. `accounts` are set as a whole. */
export function upsertDevice(text: string, patch: DevicePatch): string {
  const same = (item: unknown) => field(item, 'id') === patch.id;
  return upsert(text, 'devices', patch, same, (item) => String(field(item, 'id')), patch.id);
}

export function removeDevice(text: string, id: string): string {
  return remove(text, 'devices', (item) => field(item, 'id') === id);
}

function upsert(
  text: string,
  list: 'extensions' | 'devices',
  patch: object,
  same: (item: unknown) => boolean,
  sortKey: (item: unknown) => string,
  key: string,
): string {
  const document = openDocument(text);
  const place = schemaOf('client');
  const seq = listOf(document, list);
  const itemPlace = schemaBelow(schemaBelow(place, list), 0);
  const existing = seq.items.find(same);
  if (isMap(existing)) {
    for (const [name, value] of Object.entries(patch)) setNode(document, existing, itemPlace, [name], value);
    return printDocument(document);
  }
  const item = newNode(document, itemPlace, '', patch);
  const next = seq.items.findIndex((other) => sortKey(other) > key);
  insert(seq, item, next === -1 ? seq.items.length : next);
  return printDocument(document);
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

function root(document: Document): YAMLMap {
  if (isMap(document.contents)) return document.contents;
  if (document.contents !== null) throw new AltaError('file-not-editable', { rule: 'expected-map' });
  const made = new YAMLMap(document.schema);
  document.contents = made;
  return made;
}

function setNode(document: Document, map: YAMLMap, place: SchemaPlace | null, path: Path, value: unknown): void {
  const [step, ...rest] = path;
  if (step === undefined) return;
  const below = schemaBelow(place, step);
  const known: unknown = map.get(step, true);
  if (rest.length > 0 && isSeq(known)) return setItem(document, known, below, rest, value);
  if (rest.length > 0) {
    const child = isMap(known) ? known : new YAMLMap(document.schema);
    if (child !== known) put(document, map, place, String(step), child);
    return setNode(document, child, below, rest, value);
  }
  const node = newNode(document, below, String(step), value);
  if (isScalar(known) && isScalar(node)) {
    node.comment = known.comment;
    node.commentBefore = known.commentBefore;
  }
  put(document, map, place, String(step), node);
}

function setItem(document: Document, seq: YAMLSeq, place: SchemaPlace | null, path: Path, value: unknown): void {
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
