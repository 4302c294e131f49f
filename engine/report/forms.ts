import type { FormLine, GuidedForm, Lang } from '../model/index.ts';
import { fill, fillMarkdown } from './fill.ts';
import { momentText } from './phrases.ts';
import { markdownCode, safeText } from './safe.ts';
import { plainStyle, type Style } from './style.ts';
import { count, type FormWords, words } from './words.ts';

/** The steps for a person, numbered, each with the panel's own labels in the panel's order. Empty without forms. */
export function formsText(forms: readonly GuidedForm[], lang: Lang, style: Style = plainStyle): string[] {
  if (forms.length === 0) return [];
  const text = words[lang].forms;
  return [
    style.strong(count(lang, forms.length, text.title)),
    ...forms.flatMap((form, index) => formText(form, index + 1, lang, style)),
  ];
}

function formText(form: GuidedForm, number: number, lang: Lang, style: Style): string[] {
  const text = words[lang].forms;
  const since = fill(words[lang].plan.since, { since: momentText(form.since) });
  return [
    `  ${number}. ${safeText(form.address)}: ${text.actions[form.action]}  ${style.dim(since)}`,
    ...form.lines.map((line) => `     ${lineText(line, text)}`),
    `     ${style.dim(fill(text.attest, { address: form.address }))}`,
  ];
}

function lineText(line: FormLine, text: FormWords): string {
  const verb = (word: string): string =>
    word.padEnd(Math.max(text.open.length, text.set.length, text.press.length));
  if (line.do === 'open') return `${verb(text.open)}  ${line.path.map(safeText).join(' › ')}`;
  if (line.do === 'press') return `${verb(text.press)}  [${safeText(line.label)}]`;
  const value = line.do === 'set' ? safeText(line.value) : `(${fill(text.secret, { name: line.name })})`;
  return `${verb(text.set)}  ${safeText(line.label)}: ${value}`;
}

/** The same as a Markdown list with boxes to tick, one entry per form. */
export function formsMarkdown(forms: readonly GuidedForm[], lang: Lang): string[] {
  const text = words[lang].forms;
  return forms.map((form) => {
    const title = `- [ ] **${text.actions[form.action]}** ${markdownCode(form.address)}`;
    const lines = form.lines.map((line) => `  - ${lineMarkdown(line, text)}`);
    return [title, ...lines, `  - ${fillMarkdown(text.attest, { address: form.address })}`].join('\n');
  });
}

function lineMarkdown(line: FormLine, text: FormWords): string {
  if (line.do === 'open') return `${text.open} ${line.path.map(markdownCode).join(' › ')}`;
  if (line.do === 'press') return `${text.press} ${markdownCode(line.label)}`;
  const value = line.do === 'set' ? markdownCode(line.value) : fillMarkdown(text.secret, { name: line.name });
  return `${text.set} ${markdownCode(line.label)}: ${value}`;
}
