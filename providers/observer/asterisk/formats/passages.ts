import type { Line, Passage } from '../sighting.ts';

/** No line of Asterisk is that long; what is may not slow anybody down. */
const MAX_LINE = 2_000;

/** CSI and OSC sequences: colours, cursor movements, window titles. */
const escapes = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]/g;

/** `pbx*CLI> sip show peers` */
const prompt = /^[^\s*]{0,64}\*CLI>\s?(.*)$/;

/** `root@pbx:~# asterisk -rx "sip show peers"`, as typed at a shell */
const shell = /(?:^|[\s/])(?:rasterisk|asterisk)\s+(?:-\w+\s+)*-\w*x\s*(["'])([^"']{1,200})\1/;

/** Rows of the manager interface's action Command, from version 14 on. */
const outputRow = /^Output: ?/;

/**
 * Text as it was pasted or received, cut where the next command was typed. Line ends, colours, prompts and the `Output:` of the manager
 * interface are taken away; the rest of a line, spaces included, stays.
 */
export function passagesOf(text: string, command = ''): readonly Passage[] {
  const passages: { command: string; lines: Line[] }[] = [{ command, lines: [] }];
  for (const [line, raw] of text.split(/\r\n|\n|\r/).entries()) {
    if (raw.length > MAX_LINE) continue;
    const plain = raw
      .replace(escapes, '')
      .replace(/[\0\ufeff]/g, '')
      .replace(outputRow, '');
    const typed = typedOn(plain);
    if (typed?.isCommand) passages.push({ command: typed.text, lines: [] });
    else if (typed?.text !== '') passages.at(-1)?.lines.push({ text: typed?.text ?? plain, line });
  }
  return passages;
}

/** What stands behind a prompt: a command, or what was printed while nobody typed. Null where there is no prompt. */
function typedOn(line: string): { readonly text: string; readonly isCommand: boolean } | null {
  const typed = prompt.exec(line)?.[1] ?? shell.exec(line)?.[2];
  if (typed === undefined) return null;
  const isCommand = /^\s*[a-z]{2,}\b/.test(typed);
  return { text: isCommand ? typed.trim().replace(/\s+/g, ' ') : typed.trimEnd(), isCommand };
}
