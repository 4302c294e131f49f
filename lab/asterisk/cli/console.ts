import type { Daemon } from '../host.ts';
import type { Command, Printed } from './command.ts';
import { commandsOf } from './commands.ts';

/**
 * Runs one line of the daemon's console. Words are found in capitals too; the longest command that fits is meant (V). An empty line
 * does nothing, and fails.
 */
export function runLine(daemon: Daemon, line: string): Printed {
  const words = wordsOf(line);
  if (words.length === 0) return { text: '', ok: false };
  const commands = commandsOf(daemon);
  const [command] = commands
    .filter((one) => beginsWith(words, one))
    .sort((one, other) => other.words.length - one.words.length);
  if (command !== undefined) return command.run(daemon, words.slice(command.words.split(' ').length));
  const best = nearest(words, commands).join(' ');
  return {
    text: `No such command '${line}' (type 'core show help ${best}' for other possible commands)\n`,
    ok: false,
  };
}

/** Blanks part words, unless in double quotes or behind a backslash (V). */
function wordsOf(line: string): string[] {
  const found = line.match(/(?:\\.|"(?:\\.|[^"\\])*"?|[^\s"\\])+/g) ?? [];
  return found.map((word) => word.replace(/\\(.)|"/g, '$1'));
}

function beginsWith(words: readonly string[], { words: wanted }: Command): boolean {
  return wanted.split(' ').every((word, index) => words[index]?.toLowerCase() === word);
}

/** Commands that the lab does not serve, for the sake of what is said of unknown ones: each length that real ones have. */
const elsewhere = ['reload', 'core reload', 'sip reload'];

/** As many words as a command could have that differs in its last one only, and one more (V, W). */
function nearest(words: readonly string[], commands: readonly Command[]): readonly string[] {
  const known = [...commands.map((one) => one.words), ...elsewhere]
    .filter((one) => one !== 'sip reload' || commands.some(({ technology }) => technology === 'chan_sip'))
    .map((one) => one.split(' '));
  const isNear = (length: number): boolean =>
    known.some(
      (one) =>
        one.length === length &&
        one.slice(0, -1).every((word, index) => words[index]?.toLowerCase() === word),
    );
  const far = words.findIndex((_word, index) => !isNear(index + 1));
  return far === -1 ? words : words.slice(0, far + 1);
}
