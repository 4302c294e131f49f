/** Texts that something on the way to a server and back may spoil: YAML, forms, JSON, SQL, HTML, and people. */
export const texts: Readonly<Record<string, string>> = {
  accents: 'Recepción Ñandú ÀÇÜß',
  'decomposed accents': 'Recepcio\u0301n',
  'other scripts': '日本語 Ελλάς Привет שלום مرحبا',
  'a face': '😀 Sala 👩‍💻',
  'double quotes': 'Recepción "Norte"',
  apostrophes: "L'Hospitalet d'en 'Pep'",
  backslashes: 'C:\\alta\\n\\u0041',
  slashes: 'Planta 1/2 //',
  'what forms escape': 'a=b&name=Otro&ext=999+c d',
  percents: '100% %41 %00 %2B %',
  'plus signs': '+34 1+1 ++',
  markup: '<b>Sala</b> &amp; <Sur> <!--',
  'a database': "'; DROP TABLE extensions; --",
  'JSON in a text': '{"ext":"999"} [] null',
  'PHP in a text': '<?php $x = {$y}; ?>',
  'a notice': 'Warning: Deprecated Notice',
  'what YAML reads otherwise': 'yes',
  'a number to YAML': '0123',
  'a comment to YAML': '#1: x - y ~ | > * & !',
  'a line end that is none': 'uno\u2028dos',
  'an invisible mark': '\uFEFFSala\u200B\u200E',
  'a hard blank inside': 'Sala\u00A0Sur',
  'blanks around': '  Sala  ',
  'many blanks inside': 'Sala   Sur',
  semicolons: 'a;b,c:d|e',
  'angle numbers': 'Ana <118>',
  'the last plane': '\u{10FFFD}\uE000',
  'one letter': 'Z',
};

export const emails: readonly string[] = [
  'a+b@acme.example',
  'A.B_c%d-e@Acme-Sur.Example',
  '100%41@acme.example',
  '_@a.b.c.example',
];

/** What the schema lets through, and this kind of server does not take. By field. */
export const refused: readonly (readonly [field: string, value: unknown])[] = [
  ['name', '\u00A0'],
  ['name', '   '],
  ['email', "o'brien@acme.example"],
  ['email', 'a@acme.123'],
  ['callerId', 'anonymous'],
  ['callerId', 'internal'],
  ['title', 'x'.repeat(61)],
  ['mediaEncryption', 'off'],
  ['ringTimeout', 100],
  ['type', 'iax'],
  ['role', 'admin'],
  ['internalOnly', true],
  ['mobile', '+34600000001'],
  ['registrationName', '412110'],
];

/** Seeded, so that what fails fails again: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const alphabet = [...`aZ09 ñ€😀'"\\/&=+%;:,.<>[]{}()|!?#@$^*~\`-_\u00AD\u0301\u2028\uFEFF`];

/** A text of up to `longest` characters that a YAML file may hold. */
export function oddText(random: () => number, longest: number): string {
  const length = 1 + Math.floor(random() * longest);
  const letters = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)] ?? '');
  return `x${letters.join('')}`.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}
