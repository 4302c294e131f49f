import { type Document, isMap, isScalar, isSeq, type Node, type YAMLSeq } from 'yaml';
import type { Device, Extension } from '../model/input.ts';
import { extensionKey, field } from './canonical.ts';
import { openDocument, printDocument } from './document.ts';
import { listOf, newNode, type Path, removeIn, root, setNode, setValue } from './nodes.ts';
import { type FileKind, type SchemaPlace, schemaBelow, schemaOf } from './schema.ts';

/** The fields to set; those not named stay as they are. */
export type ExtensionPatch = Pick<Extension, 'pbx' | 'number'> & Partial<Extension>;
export type DevicePatch = Pick<Device, 'id'> & Partial<Device>;

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
