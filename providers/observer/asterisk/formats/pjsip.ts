import type { Line, Passage, Placed, Sighting } from '../sighting.ts';
import { type Contact, namesUser, sightingOf } from './pjsip-contact.ts';
import { type Aor, type Endpoint, isNamed, type Listing, readListings } from './pjsip-objects.ts';

const missing = /^\s*Unable to find object (\S{1,80})\.\s*$/;
const nothing = /^\s*No objects found\.\s*$/;

/** Commands whose empty answer is a whole list. */
const lists: Readonly<Record<string, 'all' | 'contacts'>> = {
  'pjsip show endpoints': 'all',
  'pjsip show aors': 'all',
  'pjsip show contacts': 'contacts',
};

/** `pjsip show endpoints`, `aors`, `contacts`, the same for one object, and `pjsip list …`. */
export function readPjsip({ command, lines }: Passage): readonly Placed[] {
  return [...readListings(lines).flatMap(answerOf), ...lines.flatMap((line) => refusalIn(command, line))];
}

function answerOf(listing: Listing): readonly Placed[] {
  const { endpoints, aors, contacts, count, torn, line } = listing;
  const whole = (shown: number) => count === shown && !torn;
  const base = { technology: 'pjsip', unknown: [], line } as const;
  if (endpoints.length > 0) {
    const sightings = endpoints.flatMap(sightingsOf);
    const complete = whole(endpoints.length);
    return [{ ...base, from: 'pjsip show endpoints', lists: 'all', complete, sightings }];
  }
  if (aors.length > 0) {
    const sightings = aors.map(aorSighting);
    return [{ ...base, from: 'pjsip show aors', lists: 'all', complete: whole(aors.length), sightings }];
  }
  if (contacts.length === 0) return [];
  const sightings = byAor(contacts).map(([name, own]) => {
    const binding = own.some(namesUser) ? 'held' : 'unsaid';
    return sightingOf(name, own, binding);
  });
  return [
    { ...base, from: 'pjsip show contacts', lists: 'contacts', complete: whole(contacts.length), sightings },
  ];
}

/** Of the endpoint, and of those of its addresses of record that are called otherwise: phones register as these. */
function sightingsOf(endpoint: Endpoint): readonly Sighting[] {
  const { state, aors } = endpoint;
  const whole = endpoint.cut ? aors.find((aor) => !aor.cut && isNamed(endpoint, aor.name)) : undefined;
  const name = whole?.name ?? endpoint.name;
  const mark = endpoint.cut && whole === undefined ? { cut: true as const } : {};
  if (aors.length === 0) {
    // A list without its children: nobody can be reached, or somebody can who need not have registered.
    const reach = state === 'Unavailable' ? 'unreachable' : 'unsaid';
    return [{ name, ...mark, binding: 'unsaid', reach, words: state }];
  }
  const others = aors.filter((aor) => !isNamed(aor, name)).map(aorSighting);
  const contactsOf = (some: readonly Aor[]) => some.flatMap(({ contacts }) => contacts);
  const held = contactsOf(aors.filter(({ most }) => most > 0));
  const fixed = contactsOf(aors.filter(({ most }) => most === 0));
  const own = held.length > 0 ? sightingOf(name, held, 'held') : sightingOf(name, fixed, 'fixed');
  const told = own.binding === 'none' ? { ...own, words: `${state}, ${own.words}` } : own;
  return [{ ...told, ...mark }, ...others];
}

function aorSighting({ name, cut, most, contacts }: Aor): Sighting {
  const sighting = sightingOf(name, contacts, most > 0 ? 'held' : 'fixed');
  return cut ? { ...sighting, cut } : sighting;
}

function byAor(contacts: readonly Contact[]): readonly (readonly [string, readonly Contact[]])[] {
  const groups = new Map<string, Contact[]>();
  for (const contact of contacts) groups.set(contact.aor, [...(groups.get(contact.aor) ?? []), contact]);
  return [...groups];
}

function refusalIn(command: string, { text, line }: Line): readonly Placed[] {
  const name = missing.exec(text)?.[1];
  const base = { technology: 'pjsip', sightings: [], line } as const;
  if (name !== undefined) {
    const unknown = [{ name, words: `Unable to find object ${name}.`, everywhere: true }];
    return [{ ...base, from: command || 'pjsip show', lists: 'one', complete: true, unknown }];
  }
  const list = lists[command];
  if (list === undefined || !nothing.test(text)) return [];
  return [{ ...base, from: command, lists: list, complete: true, unknown: [] }];
}
