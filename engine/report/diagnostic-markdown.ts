import type { Diagnostic, Lang } from '../model/index.ts';
import { placeOf } from './diagnostic-text.ts';
import { messageMarkdown } from './message.ts';
import { markdownCode } from './safe.ts';
import { words } from './words.ts';

/** A diagnostic in one line of Markdown: severity, title, place, what happened, what to do. */
export function diagnosticMarkdown(diagnostic: Diagnostic, lang: Lang): string {
  const { summary, detail, hint } = messageMarkdown(diagnostic, lang);
  const where = [placeOf(diagnostic), diagnostic.address].flatMap((part) => part ?? []).map(markdownCode);
  const about = where.length === 0 ? '' : ` (${where.join(', ')})`;
  const label = words[lang].severity[diagnostic.severity];
  return [`**${label}**: ${summary}${about}.`, detail, hint].filter((part) => part !== '').join(' ');
}
