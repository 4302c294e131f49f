import { distance } from 'fastest-levenshtein';

/** The known word that was probably meant, if one is near enough. */
export function suggest(word: string, known: readonly string[]): string | null {
  const wanted = plain(word);
  let best: string | null = null;
  let least = Math.max(1, Math.min(4, Math.floor(wanted.length / 3))) + 1;
  for (const candidate of known) {
    const steps = stepsBetween(wanted, plain(candidate));
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best;
}

/** Edit distance; letters in another order (`nmae`) count as one step. */
function stepsBetween(a: string, b: string): number {
  const sorted = (word: string) => [...word].sort().join('');
  return a !== b && a.length === b.length && sorted(a) === sorted(b) ? 1 : distance(a, b);
}

/** Case, dashes and underscores are not what people misspell. */
function plain(word: string): string {
  return word.slice(0, 100).toLowerCase().replace(/[-_ ]/g, '');
}
