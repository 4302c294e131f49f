import { visible } from '../../../engine/model/index.ts';
import type { Registration } from '../../contract.ts';
import type { Technology } from './sighting.ts';
import { type Verdict, verdictBehindProxy, verdictOf } from './verdict.ts';
import type { Known, Seen } from './weigh.ts';

export interface Circumstances {
  /** A SIP proxy stands in front of Asterisk. */
  readonly fronted: boolean;
  /** The channel drivers that were asked, all that there are; null where that is not known: then nothing proves an absence. */
  readonly asked: readonly Technology[] | null;
  /** Why a name was not asked for by itself; absent = it was, or there was no need. */
  readonly unasked?: ReadonlyMap<string, string>;
}

/** Lists of chan_pjsip cut names that are longer, at 47 letters or more: not to stand there proves nothing of these. */
const LISTED_NAME = 40;
/** Longest text quoted. */
const QUOTE = 300;

const rank: Readonly<Record<Registration['status'], number>> = { registered: 0, unknown: 1, unregistered: 2 };

/** What is known of one SIP user name. Either channel driver may have it; one that is registered is enough. Pure. */
export function judge(key: string, known: Known, circumstances: Circumstances): Registration {
  const [best] = sightingsOf(key, known)
    .map((seen) => ({ seen, verdict: verdictIn(seen, known, circumstances) }))
    .sort((one, other) => rank[one.verdict.status] - rank[other.verdict.status]);
  if (best === undefined) return missing(key, known, circumstances);
  const { seen, verdict } = best;
  const contact = seen.binding === 'held' ? (seen.contact ?? seen.at) : undefined;
  return {
    key,
    status: verdict.status,
    evidence: quoted(`${seen.from}: ${seen.words}${seen.at ? ` at ${seen.at}` : ''}; ${verdict.means}`),
    ...(contact === undefined ? {} : { contact: quoted(contact) }),
    ...(verdict.trying === undefined ? {} : { trying: verdict.trying }),
  };
}

export function sightingsOf(key: string, { seen }: Known): readonly Seen[] {
  return [seen.sip.get(key), seen.pjsip.get(key)].filter((one) => one !== undefined);
}

function verdictIn(seen: Seen, known: Known, { fronted }: Circumstances): Verdict {
  if (!fronted) return verdictOf(seen);
  return verdictBehindProxy(seen, seen.technology, holdsOthers(known.seen[seen.technology]));
}

function holdsOthers(seen: ReadonlyMap<string, Seen>): boolean {
  return [...seen.values()].some(({ binding }) => binding === 'held');
}

/** Not to be listed proves nothing: the database may hold it. Only having looked everywhere for it does. */
function missing(key: string, known: Known, { asked, unasked }: Circumstances): Registration {
  const unknown = known.unknown.filter(({ name }) => name === key);
  const words = [...new Set(unknown.map((one) => `${one.from}: ${one.words}`))];
  const looked = (technology: Technology) =>
    technology === 'pjsip'
      ? known.whole.has('pjsip') && key.length <= LISTED_NAME
      : unknown.some((one) => one.technology === 'sip' && one.everywhere);
  if (asked !== null && asked.length > 0 && asked.every(looked)) {
    const told = [...(words.length > 0 ? words : ['not listed']), 'Asterisk knows nobody of that name'];
    return { key, status: 'unregistered', evidence: quoted(told.join('; ')) };
  }
  const cut = known.cut.find(({ name }) => key.startsWith(name));
  const told = [
    ...words,
    ...(cut === undefined ? [] : [`${cut.from}: ${cut.name}…, a name that is cut off there`]),
    ...(words.length === 0 && cut === undefined ? ['not listed, which proves nothing'] : []),
    ...(unknown.some(({ everywhere }) => !everywhere) ? ['the database may hold it all the same'] : []),
    ...(unasked?.has(key) ? [unasked.get(key)] : []),
  ];
  return { key, status: 'unknown', evidence: quoted(told.join('; ')) };
}

function quoted(text: string): string {
  return visible(text.slice(0, QUOTE));
}
