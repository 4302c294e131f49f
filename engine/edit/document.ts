import { type Document, parseDocument, type Scalar } from 'yaml';
import { parseYaml } from '../load/parse.ts';
import { AltaError } from '../model/index.ts';

/** Text that another YAML reader might take for a number: always written in double quotes. */
const NUMERIC = /^[+-]?[0-9][0-9._:]*$/;

/** Strings that YAML 1.1 readers take for something else (`no`, `12:30`) are written in quotes. */
const OPTIONS = {
  uniqueKeys: false,
  resolveKnownTags: false,
  compat: 'yaml-1.1',
  logLevel: 'error',
} as const;

/**
 * Opens a file for changes that keep its comments.
 * @throws AltaError `file-not-editable` where it is not valid YAML
 */
export function openDocument(text: string): Document {
  const source = text.replace(/^\uFEFF/, '');
  const { problem } = parseYaml(source);
  if (problem !== null && problem.code !== 'file-empty')
    throw new AltaError('file-not-editable', { rule: problem.code });
  return parseDocument(source, OPTIONS);
}

/** The file's text. Long values stay on one line: a folded ciphertext would not be one value to other tools. */
export function printDocument(document: Document): string {
  return document.toString({ lineWidth: 0, indentSeq: true, flowCollectionPadding: true });
}

/** Chooses how a string is quoted: numbers in double quotes, the rest bare where YAML allows it. */
export function quote(scalar: Scalar): void {
  if (typeof scalar.value !== 'string') return;
  if (scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED') return;
  scalar.type = NUMERIC.test(scalar.value) ? 'QUOTE_DOUBLE' : 'PLAIN';
}
