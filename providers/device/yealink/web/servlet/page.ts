import type { HttpAnswer } from '../../../../transport/http.ts';

/**
 * The text of a page. What is looked for in it is taken by bounded patterns: a page may be anything, and large. Odd bytes do no
 * harm, since only what has the right form is used.
 */
export function textOf(answer: HttpAnswer): string {
  return answer.body.toString('utf8');
}

/** A variable of a page's script: `var g_rsa_n = "a1b2";`. Empty where it is not there. [field] */
export function variable(page: string, name: string): string {
  return new RegExp(`\\b${name}\\s*=\\s*(["'])(.{0,4096}?)\\1`).exec(page)?.[2] ?? '';
}

/** What stands in `<div id="_RES_INFO_">`, parsed; undefined where there is none, or no JSON. [field] */
export function resultOf(page: string): unknown {
  const [, shown] =
    /<div[^>]{0,200}\bid=["']?_RES_INFO_["']?[^>]{0,200}>([\s\S]{0,1024}?)<\/div>/i.exec(page) ?? [];
  return shown === undefined ? undefined : parsed(unescaped(shown.trim()));
}

function unescaped(text: string): string {
  return text
    .replace(/&quot;|&#0*34;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether a page is the login form, or sends there. Asked only where what was expected is missing: the scripts of other
 * pages may name the form too.
 */
export function isLogin(page: string): boolean {
  return /loginForm|\bq=login\b|name=["']?pwd\b|"authstatus"\s*:\s*"none"/.test(page);
}

/** The lines of `g_dataAccStatus`: `{"Account1":"user@host:2"}`, in a script's string or bare. Null where it is not there. [field] */
export function accountStatus(page: string): Readonly<Record<string, string>> | null {
  const [, object] = /\bg_dataAccStatus\s{0,20}=[^{;]{0,200}(\{[^}]{0,16384}\})/.exec(page) ?? [];
  const value = object === undefined ? undefined : parsed(object.replace(/\\"/g, '"'));
  if (typeof value !== 'object' || value === null) return null;
  const texts = Object.entries(value).filter(([, text]) => typeof text === 'string');
  return Object.fromEntries(texts);
}

/**
 * The one MAC that a page shows. Where it shows several, the one whose line is about it and not about another network; empty
 * where that does not leave one. [inference]
 */
export function macOf(page: string): string {
  const all = page.split('\n').flatMap((line) => macsIn(line).map((mac) => ({ line, mac })));
  const own = all.filter(({ line }) => /mac/i.test(line) && !/wi-?fi|wlan|blue|gateway|router/i.test(line));
  return only(all.map(({ mac }) => mac)) ?? only(own.map(({ mac }) => mac)) ?? '';
}

function macsIn(line: string): readonly string[] {
  const spaced = line.match(/\b[0-9a-f]{2}([:-][0-9a-f]{2}){5}\b/gi) ?? [];
  const bare = /mac\w{0,40}["']?\s{0,20}[:=]\s{0,20}["']([0-9a-f]{12})["']/i.exec(line)?.[1];
  return [...spaced, ...(bare === undefined ? [] : [bare])].map((mac) =>
    mac.replace(/[:-]/g, '').toLowerCase(),
  );
}

function only(texts: readonly string[]): string | null {
  const distinct = [...new Set(texts)];
  return distinct.length === 1 ? (distinct[0] ?? null) : null;
}
