/** What a shell made of a line, or why it is not trusted. */
export type Reading = { words: readonly string[] } | { refused: 'metacharacter' | 'quote' };

/** Live outside of quotes; in double quotes only some of them are. */
const LIVE = /[;&|<>$`\\(){}*?[\]#~!\n\r=]/;
const LIVE_IN_QUOTES = /[$`\\!]/;

/**
 * Parts a line into words as a shell does, for lines of plain words and quotes. Anything that a shell would act upon is refused: who
 * asks for fixed commands needs none of it.
 */
export function read(line: string): Reading {
  const words: string[] = [];
  let word: string | null = null;
  for (const [piece] of line.matchAll(/'[^']*'?|"[^"]*"?|[ \t]+|[^'" \t]+/g)) {
    const quote = piece[0] === "'" || piece[0] === '"' ? piece[0] : null;
    if (quote !== null && (piece.length === 1 || !piece.endsWith(quote))) return { refused: 'quote' };
    const live = quote === null ? LIVE : quote === '"' ? LIVE_IN_QUOTES : null;
    if (live?.test(piece) === true) return { refused: 'metacharacter' };
    if (quote === null && piece.trim() === '') {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + (quote === null ? piece : piece.slice(1, -1));
  }
  return { words: word === null ? words : [...words, word] };
}
