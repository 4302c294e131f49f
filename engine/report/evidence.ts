import type { Lang } from '../model/index.ts';

/** What an answer holds at a place, for people: the types of JSON, and nothing. */
const kinds: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  en: {},
  es: {
    missing: 'no está',
    null: 'nulo',
    string: 'texto',
    number: 'número',
    boolean: 'sí/no',
    object: 'objeto',
    array: 'lista',
  },
};

/** `id: missing` → `id: no está`. What is no kind at the end of a piece of evidence stays as it is. */
export function evidenceText(evidence: string, lang: Lang): string {
  const [, path = '', kind = ''] = /^(.*: )([a-z]+)$/s.exec(evidence) ?? [];
  return Object.hasOwn(kinds[lang], kind) ? `${path}${kinds[lang][kind]}` : evidence;
}
