import { type Document, isMap, isScalar, type Scalar } from 'yaml';
import { canonicalise } from './canonical.ts';
import { openDocument, printDocument } from './document.ts';
import { type FileKind, schemaOf } from './schema.ts';

/** Tells editors which schema a file follows. */
const MODELINE = /^ *yaml-language-server:/;

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
  const modeline = takeHead(document);
  canonicalise(document.contents, schemaOf(kind), '');
  const first = firstKey(document);
  if (first !== null && modeline !== '') {
    first.commentBefore = [modeline, first.commentBefore].filter((text) => text != null).join('\n');
  }
  return printDocument(document);
}

/**
 * The parser gives the comment at the start of a file to the first key. What stands above a blank line is the file's
 * own, and so is the line that names the schema for editors, which is returned.
 */
function takeHead(document: Document): string {
  const first = firstKey(document);
  const comment = first?.commentBefore;
  if (first === null || comment == null) return '';
  const blank = comment.lastIndexOf('\n\n');
  if (blank !== -1) {
    const above = [document.commentBefore, comment.slice(0, blank)].filter((text) => text != null);
    document.commentBefore = above.join('\n');
  }
  const lines = blank === -1 ? comment.split('\n') : comment.slice(blank + 2).split('\n');
  const modelines = lines.filter((line) => MODELINE.test(line));
  const own = lines.filter((line) => !MODELINE.test(line)).join('\n');
  first.commentBefore = own === '' ? null : own;
  return modelines.join('\n');
}

function firstKey(document: Document): Scalar | null {
  const key: unknown = isMap(document.contents) ? document.contents.items[0]?.key : null;
  return isScalar(key) ? key : null;
}
