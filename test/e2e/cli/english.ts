/** Spanish writes these too. */
const alike = new Set(['has', 'me', 'he', 'so', 'do', 'as', 'use']);

/**
 * English words that no Spanish sentence holds. Left out: what both languages write alike (error, no, local), and the names of
 * commands, fields and formats (file, name, secrets).
 */
const english = new Set(
  `the and of to with without not is are was were be been being this that these those from for by or on
  at it its have had which what where when who how why only every each any some nothing something
  anything nobody somebody must cannot could should would will may does did do done made make makes
  created changed deleted written writes reading waiting create update delete waits found missing unknown failed skipped
  blocked deferred pending folder field fields change changes warning says inferred there here then
  than before after again already yet still another other first last new old same different command
  commands option options arguments box boxes targets step steps passwords key keys device devices
  account accounts person people needs need shows show there nor through between because but so also
  all both into out over under while until during against about as an if else they them their you your
  we our us he she his her my me yes please run try use used using see look looked took take given give
  gives put get gets got has answered answer answers expected refused taken listed declared applied
  planned verified unreachable unreadable timeout weak wrong invalid empty`
    .split(/\s+/)
    .filter((word) => !alike.has(word)),
);

/**
 * The English words of a Spanish output. What is not ours to translate is left out first: quoted text (names on boxes, the target's own
 * words), commands and values in backticks, addresses, paths, URLs, codes in brackets, YAML, the labels of a panel, a target's own names in brackets.
 */
export function englishIn(text: string): readonly string[] {
  const own = text
    .replaceAll('&#58;', ':')
    .replace(/\([\w.]+\.\w+\)/g, '')
    .replace(/^(?: +| *\d+ )\|.*$/gm, '')
    .replace(/^ {4,}(- )?\w+:.*$/gm, '')
    .replace(/^ +(- )?(Abra|Ponga|Pulse) .*$/gm, '')
    .replaceAll('Yeastar S-Series, K2 and Cloud PBX', '')
    .replace(/\bDIDs?\b/g, '')
    .replace(/"[^"\n]*"/g, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(/\[[^\]\n]*\]/g, '')
    .replace(/\S*[/:@_=]\S+/g, '')
    .replace(/--?[a-z][\w-]*( <[^>]*>)?/g, '');
  const words = own.match(/\p{L}[\p{L}’']*/gu) ?? [];
  return [...new Set(words.map((word) => word.toLowerCase()))].filter((word) => english.has(word));
}
