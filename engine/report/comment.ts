import type { Lang } from '../model/index.ts';
import { type Block, budget } from './budget.ts';
import { count, pluralForm, words } from './words.ts';

/** What GitHub accepts in one comment. */
export const commentLimit = 65_536;

/** The blocks within `room` characters, with a note of what was left out. */
export function withinRoom(blocks: readonly Block[], room: number, lang: Lang): string {
  const whole = budget(blocks, room);
  if (whole.leftOut === 0) return whole.text;
  const noteRoom = 2 * pluralForm(lang, 2, words[lang].plan.leftOut).length;
  const cut = budget(blocks, room - noteRoom);
  return `${cut.text}\n> ${count(lang, cut.leftOut, words[lang].plan.leftOut)}\n`;
}

/** A list under a title; a row may have several lines. */
export function listBlock(title: string, rows: readonly string[]): Block {
  return { open: `\n**${title}**\n\n`, rows: rows.map((row) => `${row}\n`), close: '' };
}
