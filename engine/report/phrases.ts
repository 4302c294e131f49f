import type { Kind, Lang } from '../model/index.ts';
import { safeText } from './safe.ts';
import type { Totals } from './totals.ts';
import { isLookedAt, type PlanView } from './view.ts';
import { count, words } from './words.ts';

/** `acme/pbx:sede` → `pbx:sede`, for use under the client's name. */
export function shortTarget(address: string): string {
  return address.slice(address.indexOf('/') + 1);
}

/** `extension 10`, for use under the target's name. */
export function labelOf(thing: { readonly kind: Kind; readonly key: string }, lang: Lang): string {
  return `${words[lang].kinds[thing.kind]} ${safeText(thing.key)}`;
}

/** `2026-03-01T09:30:12Z` → `2026-03-01 09:30 UTC`. Anything else stays as it is. */
export function momentText(moment: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/.exec(moment);
  return match === null ? safeText(moment) : `${match[1]} ${match[2]} UTC`;
}

/** `2 to create, 1 to change, 0 to delete (1 of them blocked)`. The first three stand always. */
export function totalsLine(totals: Totals, lang: Lang): string {
  const { plan } = words[lang];
  const main = [
    count(lang, totals.create, plan.create),
    count(lang, totals.update, plan.update),
    count(lang, totals.delete, plan.delete),
    ...(totals.stateOnly > 0 ? [count(lang, totals.stateOnly, plan.stateOnly)] : []),
  ].join(', ');
  return totals.blocked > 0 ? `${main} (${count(lang, totals.blocked, plan.blockedCount)})` : main;
}

/** What is said where nothing at all is to be done; null where something is. */
export function noChangeText({ clients, totals }: PlanView, lang: Lang): string | null {
  const { changes, deferred, pending, stateOnly, blocked } = totals;
  if (changes + deferred + pending + stateOnly + blocked > 0) return null;
  const looked = clients.every(({ targets }) => targets.every(({ target }) => isLookedAt(target)));
  return looked ? words[lang].plan.none : words[lang].plan.noneUnread;
}

/** The name of a field that could not be compared; `*` is the whole object. */
export function fieldName(field: string, lang: Lang): string {
  return field === '*' ? words[lang].plan.wholeObject : field;
}

/** `12 changes · 0 deferred · 1 waiting for a person · 0 not verifiable`: the four counts, always all of them. */
export function countsLine(totals: Totals, lang: Lang): string {
  return (['changes', 'deferred', 'pending', 'unverifiable'] as const)
    .map((name) => count(lang, totals[name], words[lang].plan[name]))
    .join(' · ');
}

/** How many names of a long list are shown. */
const listed = 5;

/** The first names of a list, then how many more there are. Only the names shown are rendered. */
export function listing<T>(items: readonly T[], lang: Lang, nameOf: (item: T) => string): string {
  const names = items.slice(0, listed).map(nameOf);
  const rest = items.length - names.length;
  return [...names, ...(rest > 0 ? [count(lang, rest, words[lang].plan.more)] : [])].join(', ');
}
