/**
 * JSON with two spaces, ending in a newline. Reads back as the same data, but what a terminal or a CI log would obey or hide (format
 * characters, C1 controls, separators, `##[…]`) stands as an escape.
 */
export function jsonText(document: unknown): string {
  const text = JSON.stringify(document, null, 2)
    .replace(/##/g, '#\\u0023')
    .replace(/[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu, escaped);
  return `${text}\n`;
}

/** One escape per UTF-16 unit, as JSON has it. */
function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
