import { type Code, type Lang, messages, type Params } from '../../engine/model/index.ts';
import { evidenceText, fill } from '../../engine/report/index.ts';
import type { Said } from '../../engine/run/profile/index.ts';

/** What a call or a step of a visit showed, by the codes of the drivers' tools. */
const words: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  en: {
    'own-error': 'an error of ours',
    aborted: 'stopped',
    'company-found': 'found',
    pages: 'rows: {rows}, pages: {pages}',
    'lists-at': 'there are lists at: {places}',
    'no-extension': 'no extension to ask for',
    same: 'what was asked for came for {same} of {count}',
    'not-mapped': 'not in the profile',
    'no-get': 'not tried: it is no GET',
    'new-token': 'a new token',
    fields: 'fields sent: {fields}',
    accepted: 'accepted',
    'accepted-without': 'accepted without it',
    'never-shown': 'accepted, never shown',
    'as-sent': 'reads as sent',
    'not-as-sent': 'does not read as sent: {fields}',
    'reads-otherwise': 'does not read as sent',
    'also-changed': 'changed with it: {keys}',
    'not-listed': 'not in the list afterwards',
    'get-gone': 'asked for by its id, there is none',
    'get-answers': 'asked for by its id, it still answers',
    'list-gone': 'the list has it no more',
    'list-has': 'the list still has it',
    deleted: 'deleted',
    'nothing-there': 'nothing was there',
  },
  es: {
    'own-error': 'un error nuestro',
    aborted: 'interrumpido',
    'company-found': 'encontrada',
    pages: 'filas: {rows}, páginas: {pages}',
    'lists-at': 'hay listas en: {places}',
    'no-extension': 'no hay ninguna extensión que pedir',
    same: 'llegó lo pedido en {same} de {count}',
    'not-mapped': 'no está en el perfil',
    'no-get': 'sin probar: no es un GET',
    'new-token': 'un token nuevo',
    fields: 'campos enviados: {fields}',
    accepted: 'aceptado',
    'accepted-without': 'aceptado sin ella',
    'never-shown': 'aceptado, nunca se muestra',
    'as-sent': 'se lee lo enviado',
    'not-as-sent': 'no se lee lo enviado: {fields}',
    'reads-otherwise': 'no se lee lo enviado',
    'also-changed': 'ha cambiado con ello: {keys}',
    'not-listed': 'después no está en la lista',
    'get-gone': 'al pedirla por su id, no hay ninguna',
    'get-answers': 'al pedirla por su id, aún responde',
    'list-gone': 'la lista ya no la tiene',
    'list-has': 'la lista aún la tiene',
    deleted: 'borrada',
    'nothing-there': 'no había nada',
  },
};

/** All that was shown, in one line. */
export function saidText(evidence: readonly Said[], lang: Lang): string {
  return evidence.map((said) => oneText(said, lang)).join('; ');
}

function oneText({ says, of = {} }: Said, lang: Lang): string {
  if (says === 'error') return errorText(of, lang);
  const { [says]: template } = words[lang];
  return template === undefined ? says : fill(template, of);
}

/** The title of an error, the place of the profile, and what was seen there. */
function errorText({ code, place, fields, evidence }: Params, lang: Lang): string {
  const title = isKnown(code) ? messages[code][lang].summary : String(code);
  const seen = typeof evidence === 'string' ? evidenceText(evidence, lang) : undefined;
  return [title, place, fields, seen].filter((one) => one !== undefined).join(': ');
}

function isKnown(code: unknown): code is Code {
  return typeof code === 'string' && Object.hasOwn(messages, code);
}
