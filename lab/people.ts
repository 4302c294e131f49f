/**
 * Invented people and secrets, the same on every start: names and digits come from a seeded generator, so that no
 * password is written down anywhere.
 */

/** The full name of somebody who does not exist: the same for the same text. */
export function personFor(text: string): string {
  const random = randomFrom(`person ${text}`);
  return `${pick(GIVEN_NAMES, random)} ${pick(SURNAMES, random)} ${pick(SURNAMES, random)}`;
}

/** Twenty letters and digits that every vendor takes for strong but those who want a sign too: the same for the same text. */
export function secretFor(text: string): string {
  return strongSecret(randomFrom(`secret ${text}`));
}

export function digitsFor(text: string, length: number): string {
  const random = randomFrom(`digits ${text}`);
  return Array.from({ length }, () => pick('0123456789', random)).join('');
}

const GIVEN_NAMES = [
  'Álvaro',
  'Begoña',
  'Concepción',
  'Damián',
  'Estíbaliz',
  'Fermín',
  'Gala',
  'Héctor',
  'Íñigo',
  'Jimena',
  'Lucía',
  'Martín',
  'Noelia',
  'Óscar',
  'Pilar',
  'Ramón',
  'Sofía',
  'Tomás',
  'Úrsula',
  'Verónica',
];
const SURNAMES = [
  'Acuña',
  'Beltrán',
  'Cordón',
  'Durán',
  'Echagüe',
  'Farré',
  'Gascón',
  'Ibáñez',
  'Lacalle',
  'Muñoz',
  'Núñez',
  'Ordóñez',
  'Peña',
  'Quintana',
  'Roldán',
  'Sáez',
  'Túñez',
  'Urrutia',
  'Valdés',
  'Zúñiga',
];

/** Twenty characters with upper and lower case, and digits that never touch: strong in every reading of the rule. */
function strongSecret(random: () => number): string {
  const shape = 'Aa0aA0aa0Aa0aA0aaAa0';
  const alphabets: Record<string, string> = {
    A: 'ABCDEFGHJKLMNPQRSTUVWXYZ',
    a: 'abcdefghijkmnopqrstuvwxyz',
    '0': '23456789',
  };
  return [...shape].map((kind) => pick(alphabets[kind] ?? '', random)).join('');
}

function pick<T>(choices: ArrayLike<T>, random: () => number): T {
  return choices[Math.floor(random() * choices.length)] as T;
}

/** mulberry32, seeded with the FNV-1a hash of a text. */
function randomFrom(text: string): () => number {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
