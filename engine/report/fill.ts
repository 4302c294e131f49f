import type { Params } from '../model/index.ts';
import { markdownCode, markdownLiteral, safeText } from './safe.ts';

const placeholder = /\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** One way of filling templates: {@link fill} for terminals, {@link fillMarkdown} for Markdown. */
export type Fill = (template: string, params: Params) => string;

/** The template with its `{placeholders}` filled for a terminal or a log. A parameter nobody gave shows as `?`. */
export function fill(template: string, params: Params): string {
  return template.replace(placeholder, (_, name: string) => safeText(textOf(params, name)));
}

/** The template as Markdown: parameters become code, also inside the template's own `code`. */
export function fillMarkdown(template: string, params: Params): string {
  return template
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? filledCode(part, params) : filledProse(part, params)))
    .join('');
}

/** What we wrote ourselves stays as it is; a text parameter makes the whole piece foreign. */
function filledCode(part: string, params: Params): string {
  const values = [...part.matchAll(placeholder)].map(([, name = '']) => given(params, name));
  const filled = part.slice(1, -1).replace(placeholder, (_, name: string) => textOf(params, name));
  return values.every((value) => typeof value === 'number') ? `\`${filled}\`` : markdownCode(filled);
}

function filledProse(part: string, params: Params): string {
  return part
    .split(/(\{[A-Za-z_][A-Za-z0-9_]*\})/)
    .map((piece, index) => {
      if (index % 2 === 0) return markdownLiteral(piece);
      const name = piece.slice(1, -1);
      const text = textOf(params, name);
      return typeof given(params, name) === 'number' ? text : markdownCode(text);
    })
    .join('');
}

function given(params: Params, name: string): Params[string] | undefined {
  return Object.hasOwn(params, name) ? params[name] : undefined;
}

function textOf(params: Params, name: string): string {
  const value = given(params, name);
  if (value === undefined) return '?';
  return typeof value === 'object' ? value.join(', ') : String(value);
}
