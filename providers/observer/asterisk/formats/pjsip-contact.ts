import type { Binding, Reach, Sighting } from '../sighting.ts';

/**
 * What chan_pjsip says of a contact: the first word is the command line's, the second the manager interface's. Until version 13 `Created`
 * stood for NonQual, and `Unknown` for a contact whose first answer was awaited. [vendor-code: 13 to 22]
 */
const reaches: Readonly<Record<string, Reach>> = {
  Avail: 'reachable',
  Reachable: 'reachable',
  NonQual: 'unmonitored',
  NonQualified: 'unmonitored',
  Created: 'unmonitored',
  Unknown: 'pending',
  Unavail: 'unreachable',
  Unreachable: 'unreachable',
};

/** The best of several contacts speaks for all: one phone that answers is enough. */
const order: readonly Reach[] = ['reachable', 'unmonitored', 'pending', 'unreachable'];

/** A contact as listed. */
export interface Contact {
  /** The address of record it belongs to. */
  readonly aor: string;
  /** As much of the URI as its column shows. */
  readonly shown: string;
  /** Null where it does not fit into its column. */
  readonly uri: string | null;
  readonly status: string;
  /** `2.475 ms`; empty where nobody looks. */
  readonly time: string;
}

export function isContactStatus(word: string): boolean {
  return Object.hasOwn(reaches, word) || word === 'Removed';
}

/** `192.0.2.10:5060` out of `sip:10@192.0.2.10:5060;transport=udp`. */
export function addressIn(uri: string): string | null {
  return /^sips?:(?:[^@]*@)?([^;?]+)/.exec(uri)?.[1] ?? null;
}

/** A phone leaves a contact with a user, mostly its own name; those of the configuration often have none. */
export function namesUser({ aor, shown, uri }: Contact): boolean {
  if (uri !== null || shown.includes('@')) return shown.includes('@');
  const [, user = ''] = /^sips?:(.+)$/.exec(shown) ?? [];
  return user !== '' && aor.startsWith(user);
}

/** What the contacts of one name come to. Without any, nobody is registered. */
export function sightingOf(
  name: string,
  contacts: readonly Contact[],
  binding: Exclude<Binding, 'none'>,
): Sighting {
  const [best] = [...contacts]
    .filter(({ status }) => status !== 'Removed')
    .sort((a, b) => rankOf(a) - rankOf(b));
  if (best === undefined) return { name, binding: 'none', reach: 'unsaid', words: 'no contact' };
  const { uri, status, time } = best;
  const at = uri === null ? null : addressIn(uri);
  return {
    name,
    binding,
    reach: reaches[status] ?? 'unsaid',
    words: time === '' ? status : `${status} ${time}`,
    ...(at === null ? {} : { at }),
    ...(uri === null ? {} : { contact: uri }),
  };
}

function rankOf({ status }: Contact): number {
  const rank = order.indexOf(reaches[status] ?? 'unsaid');
  return rank < 0 ? order.length : rank;
}
