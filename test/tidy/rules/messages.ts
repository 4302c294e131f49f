import type { Message, Text } from '../../../engine/model/index.ts';
import { isProduct, isUnder, type SourceFile } from '../source.ts';

/** Codes that nothing but the catalogue names. */
export function unusedCodes(files: readonly SourceFile[], codes: readonly string[]): readonly string[] {
  const users = files.filter((file) => isProduct(file) && !isUnder(file, 'engine/model/messages/'));
  const named = new Set(
    users.flatMap(({ text }) => text.match(/(?<=['"`])[a-z0-9]+(-[a-z0-9]+)*(?=['"`])/g) ?? []),
  );
  return codes.filter((code) => !named.has(code));
}

/** Codes whose placeholders differ between the languages, or that say a part in one language only. */
export function unequalCodes(messages: Readonly<Record<string, Message>>): readonly string[] {
  return Object.entries(messages)
    .filter(([, { en, es }]) => shapeOf(en) !== shapeOf(es))
    .map(([code]) => code);
}

function shapeOf(text: Text): string {
  const parts = Object.entries(text).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(parts.map(([part, words]) => [part, placeholders(words)]));
}

function placeholders(words: string): readonly string[] {
  return [...new Set(words.match(/\{\w+\}/g) ?? [])].sort();
}
