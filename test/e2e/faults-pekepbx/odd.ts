/** Texts that something on the way to a server and back may spoil: YAML, JSON, templates of a profile, and people. */
export const texts: readonly string[] = [
  'Recepción Ñandú ÀÇÜß',
  'Recepcio\u0301n',
  '日本語 Ελλάς Привет שלום مرحبا',
  '😀 Sala 👩‍💻',
  'Recepción "Norte"',
  "L'Hospitalet d'en 'Pep'",
  'C:\\alta\\n\\u0041\\',
  'Planta 1/2 //',
  'a=b&full_name=Otro&companyId=90002+c d',
  '100% %41 %00 %2B %',
  '<b>Sala</b> &amp; <Sur> <!--',
  "'; DROP TABLE Peke_Company; --",
  '{"extension":"999"} [] null',
  '{companyId} {number} {token} {password}',
  '$(id) `id` $HOME',
  'yes',
  'null',
  '0123',
  '1e3',
  '[object Object]',
  '__proto__',
  'constructor',
  'anonymous',
  'ext9000132',
  '#1: x - y ~ | > * & !',
  '\uFEFFSala\u200B\u200E',
  'Mesa\u202eala',
  'Sala\u00A0Sur',
  '  Sala  ',
  'Sala   Sur',
  '\u{10FFFD}\uE000',
  'Z',
  '😀'.repeat(100),
];

/** What cannot be a name there: said before anything is sent. */
export const noNames: readonly string[] = ['   ', '\u00A0', 'uno\u2028dos', 'uno\u2029', 'x'.repeat(101)];

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

const letters = [...'aZ0 "\'\\/{}[]<>&%$#@;:,.|~^`=+-_*()?!ñÇé€日😀\u00a0\u200b\u0301\u2028'];

/** Up to that many characters of every kind. */
export function oddText(random: () => number, most: number): string {
  const length = Math.floor(random() * (most + 1));
  return Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('');
}

export function oneOf<T>(random: () => number, all: readonly T[]): T {
  const found = all[Math.floor(random() * all.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}
