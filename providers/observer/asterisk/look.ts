import { AltaError } from '../../../engine/model/index.ts';
import type { Registration } from '../../contract.ts';
import type { Asker } from './asker.ts';
import { isAskable } from './commands.ts';
import { judge, sightingsOf } from './judge.ts';
import type { Options } from './options.ts';
import type { Answer, Technology } from './sighting.ts';
import { type Known, weigh } from './weigh.ts';

/** Questions about single peers in one look, at most: each of them is a command of its own, of some 40 ms. */
const MOST_QUESTIONS = 300;
/** As many of them as a host is asked at once; its gate may let fewer through. */
const AT_ONCE = 4;

/**
 * One look at all names together: a list, another of the other channel driver where that one leaves somebody out, and a question of its own
 * for whoever is still in doubt. `host` is named where it throws.
 * @throws `strange-answer` where neither channel driver is there, and whatever the asker throws
 */
export async function look(
  keys: readonly string[],
  asker: Asker,
  options: Options,
  host: string,
): Promise<readonly Registration[]> {
  if (keys.length === 0) return [];
  const sip = options.technology === 'pjsip' ? null : await asker.sipPeers();
  const isEnough = sip !== null && (options.technology === 'sip' || allRegistered(keys, weigh(sip), options));
  const pjsip = isEnough || options.technology === 'sip' ? null : await asker.pjsip();
  if (sip === null && pjsip === null) throw nobodyThere(host, options);
  const lists = [...(sip ?? []), ...(pjsip ?? [])];
  const doubts = sip === null ? [] : [...new Set(keys)].filter(isDoubtful(weigh(lists), options));
  const { answers, unasked } = await askSingly(doubts, asker);
  const asked: Technology[] = [...(sip ? (['sip'] as const) : []), ...(pjsip ? (['pjsip'] as const) : [])];
  const known = weigh([...lists, ...answers]);
  return keys.map((key) => judge(key, known, { fronted: options.fronted, asked, unasked }));
}

function allRegistered(keys: readonly string[], known: Known, { fronted }: Options): boolean {
  return keys.every((key) => judge(key, known, { fronted, asked: null }).status === 'registered');
}

/** Nobody listed has the name, or, behind a proxy, only the list tells of an address. */
function isDoubtful(known: Known, { fronted }: Options): (key: string) => boolean {
  return (key) => {
    const seen = sightingsOf(key, known);
    if (seen.length === 0) return true;
    return fronted && seen.every((one) => one.technology === 'sip' && one.binding === 'held');
  };
}

async function askSingly(
  doubts: readonly string[],
  asker: Asker,
): Promise<{ readonly answers: readonly Answer[]; readonly unasked: ReadonlyMap<string, string> }> {
  const askable = doubts.filter(isAskable);
  const asked = askable.slice(0, MOST_QUESTIONS);
  const found: Answer[] = [];
  for (let at = 0; at < asked.length; at += AT_ONCE) {
    const some = asked.slice(at, at + AT_ONCE).map((name) => asker.sipPeer(name));
    found.push(...(await Promise.all(some)).flat());
  }
  const late = askable.slice(MOST_QUESTIONS).map((name) => [name, tooMany] as const);
  const odd = doubts.filter((name) => !isAskable(name)).map((name) => [name, unaskable] as const);
  return { answers: found, unasked: new Map([...late, ...odd]) };
}

const tooMany = `not asked for by itself: more than ${MOST_QUESTIONS} in doubt`;
const unaskable = 'not asked for by itself: its characters are not those of a SIP user name';

function nobodyThere(host: string, { technology }: Options): AltaError {
  const missing = { auto: 'neither chan_sip nor chan_pjsip', sip: 'no chan_sip', pjsip: 'no chan_pjsip' };
  const evidence = `${missing[technology]} there`;
  return new AltaError('strange-answer', { host, operation: 'registrations', evidence });
}
