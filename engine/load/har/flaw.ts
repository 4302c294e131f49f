/** What may stand at a place of a JSON text. */
type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

const SPACE = /[ \t\n\r]*/y;
const PLAIN = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Offset of the first character that keeps a text from being JSON; its length where the text ends too early, null where nothing is wrong.
 * The parser of the platform tells the place in words only, with a piece of the text, which may be a secret.
 */
export function jsonFlaw(text: string): number | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = after(SPACE, text, 0);
  while (at < text.length) {
    const end = endOf(text, at, expected, open);
    if (end.flaw !== undefined) return end.flaw;
    expected = end.expected;
    at = after(SPACE, text, end.at);
  }
  return expected === 'nothing' ? null : text.length;
}

type Step =
  | { readonly at: number; readonly expected: Expected; readonly flaw?: undefined }
  | { readonly flaw: number };

/** The end of the token that begins at an offset, and what may follow it. */
function endOf(text: string, at: number, expected: Expected, open: ('{' | '[')[]): Step {
  const character = text[at] ?? '';
  const value = expected === 'value' || expected === 'value-or-end';
  if (character === '"') return stringStep(text, at, expected, open);
  if (value && (character === '{' || character === '[')) {
    open.push(character);
    return { at: at + 1, expected: character === '{' ? 'key-or-end' : 'value-or-end' };
  }
  if (character === ':' && expected === 'colon') return { at: at + 1, expected: 'value' };
  if (character === ',' && expected === 'comma-or-end')
    return { at: at + 1, expected: open.at(-1) === '{' ? 'key' : 'value' };
  if (closes(character, expected, open.at(-1))) {
    open.pop();
    return { at: at + 1, expected: behind(open) };
  }
  const end = value ? after(PLAIN, text, at) : at;
  return end === at ? { flaw: at } : { at: end, expected: behind(open) };
}

function closes(character: string, expected: Expected, around: '{' | '[' | undefined): boolean {
  if (character === '}') return around === '{' && (expected === 'key-or-end' || expected === 'comma-or-end');
  if (character === ']')
    return around === '[' && (expected === 'value-or-end' || expected === 'comma-or-end');
  return false;
}

function stringStep(text: string, at: number, expected: Expected, open: readonly ('{' | '[')[]): Step {
  if (expected === 'colon' || expected === 'comma-or-end' || expected === 'nothing') return { flaw: at };
  const end = stringEnd(text, at + 1);
  if (typeof end !== 'number') return end;
  const isKey = expected === 'key' || expected === 'key-or-end';
  return { at: end, expected: isKey ? 'colon' : behind(open) };
}

function stringEnd(text: string, from: number): number | { readonly flaw: number } {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return { flaw: at };
    const end = code === 0x5c ? after(ESCAPE, text, at) : at + 1;
    if (end === at) return { flaw: at };
    at = end;
  }
  return { flaw: text.length };
}

function behind(open: readonly unknown[]): Expected {
  return open.length === 0 ? 'nothing' : 'comma-or-end';
}

/** Where a pattern that matches at an offset ends; the offset itself where it does not match. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
