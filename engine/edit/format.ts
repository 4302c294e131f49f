import type { Document } from 'yaml';
import { canonicalise } from './canonical.ts';
import { openDocument, printDocument } from './document.ts';
import { type FileKind, schemaOf } from './schema.ts';

/**
 * The canonical text of a file, which is what `alta fmt` writes: block style, keys in the schema's order, extensions by
 * PBX and number, devices by id, accounts by line, secrets by name, numbers in double quotes. Comments stay with what
 * they stand above or behind. Formatting twice equals formatting once.
 * @throws AltaError `file-not-editable` where the text is not valid YAML
 */
export function formatFile(kind: FileKind, text: string): string {
  const document = openDocument(text);
  if (document.contents === null) return text.replace(/^\uFEFF/, '');
  return formatDocument(kind, document);
}

/** Brings an open document to the canonical form, in place, and prints it. */
export function formatDocument(kind: FileKind, document: Document): string {
  canonicalise(document.contents, schemaOf(kind), '');
  return printDocument(document);
}
