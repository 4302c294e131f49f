import type { Change, FieldChange } from '../model/index.ts';
import type { Block } from './budget.ts';
import { fillMarkdown } from './fill.ts';
import { changeNotes, fieldNotes, fieldValues, type Reader, symbols } from './notes.ts';
import { fieldName, shortTarget } from './phrases.ts';
import { htmlText, markdownCode } from './safe.ts';
import { blockKey, type TargetView } from './view.ts';
import { count, pluralForm } from './words.ts';

/** The words and language of one rendering. */
export type MarkdownPen = Reader;

/** The changes of a target, collapsed. Deletions and blocked changes come first: they must not be what falls to the limit. */
export function targetBlock(client: string, view: TargetView, pen: MarkdownPen): Block {
  const changes = changesOf(view);
  const grave = changes.filter(isGrave);
  const others = changes.filter((change) => !isGrave(change));
  const { plan } = pen.words;
  const title = `<b>${htmlText(client)}</b> · ${htmlText(shortTarget(view.target.address))}`;
  const head = `| | ${plan.what} | ${plan.change} | ${plan.note} |\n|---|---|---|---|\n`;
  return {
    open: `\n<details><summary>${title} (${changes.length})</summary>\n\n${head}`,
    rows: [...grave, ...others].map((change) => changeRow(change, pen)),
    close: `${quietText(view, pen)}\n</details>\n`,
  };
}

export function changesOf(view: TargetView): readonly Change[] {
  return view.sections.flatMap(({ changes }) => changes);
}

function isGrave(change: Change): boolean {
  return change.action === 'delete' || change.blocked !== null;
}

/** Foreign and unverifiable things, in one line each. */
function quietText({ foreign, unverifiable }: TargetView, pen: MarkdownPen): string {
  const { plan } = pen.words;
  const lines = [
    ...(foreign.length === 0 ? [] : [count(pen.lang, foreign.length, plan.foreign)]),
    ...unverifiable.map(({ code, field, addresses }) => {
      const template = pluralForm(pen.lang, addresses.length, plan.notCompared);
      const withReason = template.replace('{why}', pen.words.unverifiable[code]);
      return fillMarkdown(withReason, { field: fieldName(field, pen.lang), n: addresses.length });
    }),
  ];
  return lines.length === 0 ? '' : `\n${lines.join('  \n')}\n`;
}

function changeRow(change: Change, pen: MarkdownPen): string {
  const what = `${pen.words.kinds[change.kind]} ${markdownCode(change.key)}`;
  const fields = change.fields.map((field) => fieldCell(field, change, pen)).join('<br>');
  const notes = [
    pen.words.sections[change.section],
    ...blockNotes(change, pen),
    ...changeNotes(change, pen, fillMarkdown),
  ];
  return `| ${symbols[change.action]} | ${what} | ${fields} | ${notes.join('<br>')} |\n`;
}

function blockNotes({ blocked, section }: Change, { words }: MarkdownPen): string[] {
  if (blocked === null) return [];
  return [`**${words.plan.blocked}**: ${words.blocks[blockKey(blocked, section)].reason}`];
}

function fieldCell(field: FieldChange, change: Change, { words }: MarkdownPen): string {
  const values = fieldValues(field, change, words, valueCell);
  const notes = fieldNotes(field, change, words).map((note) => ` *${note}*`);
  return `${markdownCode(field.field)}: ${values}${notes.join('')}`;
}

function valueCell(value: string | number | boolean): string {
  return value === '' ? '`""`' : markdownCode(String(value));
}
