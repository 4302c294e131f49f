import { visible } from '../model/foreign.ts';

/**
 * Foreign text (names from PBXs, requests, YAML) on its way to a terminal or a CI log. Control, bidi and tag characters are
 * made visible, and what a CI runner would obey is broken: `##[…]` and `##vso[…]` anywhere in a line, `::…` at its start.
 */
export function safeText(foreign: string): string {
  return visible(foreign)
    .replace(/##/g, '#\\u{23}')
    .replace(/^(\s*):(?=:)/, '$1\\u{3a}');
}

/** The same in double quotes, so that spaces at its ends and an empty text can be seen. */
export function quoted(foreign: string): string {
  return `"${safeText(foreign).replace(/"/g, '\\"')}"`;
}

const email = /^[\w.+-]+@[\w.-]+$/;

/**
 * Foreign text in Markdown, always as code, where no forge looks for mentions, links or references. Anything that could end the
 * code, a table cell or an HTML comment is written as a character reference, which Markdown shows and never obeys.
 */
export function markdownCode(foreign: string): string {
  const text = visible(foreign);
  if (text === '') return '';
  const harmless = !/[`|<>@!]|##/.test(text) && text.trim() === text;
  return harmless || email.test(text) ? `\`${text}\`` : `<code>${htmlText(text)}</code>`;
}

/** Foreign text inside an HTML tag of ours in Markdown: letters and digits as they are, the rest as references. */
export function htmlText(foreign: string): string {
  return inert(visible(foreign), /[^\p{L}\p{N} ]/gu);
}

/** Text of ours in Markdown: a stray marker in it stays a character. */
export function markdownLiteral(text: string): string {
  return inert(text, /[\\`*_[\]<>|~@]/g);
}

function inert(text: string, dangerous: RegExp): string {
  return text.replace(dangerous, (character) => `&#${character.codePointAt(0) ?? 0xfffd};`);
}

/** The message of a GitHub workflow command: one line, with `%`, CR and LF escaped as the runner expects. */
export function annotationData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** A property of a GitHub workflow command: also `:` and `,` are escaped. */
export function annotationProperty(text: string): string {
  return annotationData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
