import { stripVTControlCharacters } from 'node:util';

/** Takes a stream in pieces and hands on whole lines, each behind the name of its client. */
export interface LinePrinter {
  write(piece: string): void;
  /** The last line, where it has no end. */
  end(): void;
}

/**
 * Lines of several processes stay readable between one another: `acme │ Plan: 1 to add`.
 *
 * @param named the client, and the width of the longest name; null = there is only one, and its lines stay as they are.
 */
export function linePrinter(
  named: { readonly client: string; readonly width: number } | null,
  print: (line: string) => void,
  color: boolean,
): LinePrinter {
  const head = named === null ? '' : `${named.client.padEnd(named.width)} │ `;
  let rest = '';
  const line = (text: string): void => {
    const shown = color ? text : stripVTControlCharacters(text);
    print(`${head}${shown}`.trimEnd());
  };
  return {
    write(piece) {
      const lines = (rest + piece).split(/\r?\n/);
      rest = lines.pop() ?? '';
      lines.forEach(line);
    },
    end() {
      if (rest !== '') line(rest);
      rest = '';
    },
  };
}
