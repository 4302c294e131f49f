import { type Code, type Diagnostic, type Lang, messages, type Params, type Text } from '../model/index.ts';
import { evidenceText } from './evidence.ts';
import { type Fill, fill, fillMarkdown } from './fill.ts';

/** A diagnostic in words. `detail` and `hint` are empty where the code has none. */
export interface RenderedMessage {
  /** A short title. */
  readonly summary: string;
  /** What happened and where, with the values. */
  readonly detail: string;
  /** What to do next. */
  readonly hint: string;
}

/** The words of a code for terminals, logs and JSON. Foreign text in the parameters is made harmless. */
export function message(about: Pick<Diagnostic, 'code' | 'params'>, lang: Lang): RenderedMessage {
  return rendered(about.code, about.params, lang, fill);
}

/** The words of a code as Markdown. */
export function messageMarkdown(about: Pick<Diagnostic, 'code' | 'params'>, lang: Lang): RenderedMessage {
  return rendered(about.code, about.params, lang, fillMarkdown);
}

function rendered(code: Code, params: Params, lang: Lang, filled: Fill): RenderedMessage {
  const text: Text = messages[code][lang];
  const { evidence } = params;
  const said = typeof evidence === 'string' ? { ...params, evidence: evidenceText(evidence, lang) } : params;
  return {
    summary: filled(text.summary, said),
    detail: filled(text.detail ?? '', said),
    hint: filled(text.hint ?? '', said),
  };
}
