import type { Lead } from './leads.ts';
import type { Place } from './places.ts';
import { isHidden, type List, type Sight } from './sight.ts';

/** Places that a call goes through one after another, at most. */
const MOST_STEPS = 12;

/** What was found on the way. */
export interface Trail {
  readonly reaches: ReadonlySet<string>;
  readonly complete: boolean;
  /** Each place once, in the order of their distance. */
  readonly said: ReadonlySet<string>;
  /** Why it is not complete, where that is not said with a place. */
  readonly doubts: ReadonlySet<string>;
  /** Lists to be asked for before this means anything. */
  readonly wants: ReadonlySet<List>;
}

interface Walk {
  readonly sight: Sight;
  readonly seen: Set<Place>;
  readonly reaches: Set<string>;
  readonly said: Set<string>;
  readonly doubts: Set<string>;
  readonly wants: Set<List>;
  complete: boolean;
}

/** Goes every way at once, step by step, and into each place once: menus may lead in circles. Pure. */
export function follow(start: Lead, sight: Sight): Trail {
  const walk: Walk = {
    sight,
    seen: new Set(),
    reaches: new Set(),
    said: new Set(),
    doubts: new Set(),
    wants: new Set(),
    complete: true,
  };
  let leads: readonly Lead[] = [start];
  for (let steps = 0; leads.length > 0 && steps <= MOST_STEPS; steps += 1)
    leads = leads.flatMap((lead) => step(lead, walk));
  if (leads.length > 0) stop(`more than ${MOST_STEPS} places behind one another`, walk);
  return walk;
}

/** Where it leads on. */
function step(lead: Lead, walk: Walk): readonly Lead[] {
  switch (lead.kind) {
    case 'end':
      return [];
    case 'hidden':
      return stop(`${lead.label}, whose members the API does not show`, walk);
    case 'extension':
      return reach(lead.number, walk);
    case 'group':
      return enter(lead, 'groups', walk);
    case 'menu':
      return enter(lead, 'menus', walk);
    case 'member':
      return placeAt(lead, 'groups', walk) === undefined
        ? reach(lead.number, walk)
        : enter(lead, 'groups', walk);
    case 'number':
      return recognise(lead, walk);
  }
}

function reach(number: string, { reaches }: Walk): readonly Lead[] {
  reaches.add(number);
  return [];
}

function stop(words: string, walk: Walk): readonly Lead[] {
  walk.doubts.add(words);
  walk.complete = false;
  return [];
}

function placeAt({ number }: Lead, name: 'groups' | 'menus', { sight }: Walk): Place | undefined {
  const list = sight[name];
  return list === undefined || isHidden(list) ? undefined : list.find((one) => one.number === number);
}

function enter(lead: Lead, name: 'groups' | 'menus', walk: Walk): readonly Lead[] {
  const list = walk.sight[name];
  if (list === undefined) return want(name, walk);
  if (isHidden(list)) return stop(`${lead.label}, whose members the API does not show: ${list.why}`, walk);
  const place = placeAt(lead, name, walk);
  if (place === undefined) return stop(`${lead.label}, which is not in the list`, walk);
  if (walk.seen.has(place)) return [];
  walk.seen.add(place);
  walk.said.add(place.said);
  if (place.open) walk.complete = false;
  return place.leads;
}

const kindIn = { extensions: 'extension', groups: 'group', menus: 'menu' } as const;

/** All that has a number takes it from everything else of the tenant [field]: the first list that holds it tells what it is. */
function recognise(lead: Lead, walk: Walk): readonly Lead[] {
  for (const name of ['extensions', 'groups', 'menus'] as const) {
    const list = walk.sight[name];
    if (list === undefined) return want(name, walk);
    if (isHidden(list) || !list.some(({ number }) => number === lead.number)) continue;
    return step({ ...lead, kind: kindIn[name] }, walk);
  }
  return stop(`${lead.number}, which no list of extensions, ring groups or menus shows`, walk);
}

function want(list: List, { wants }: Walk): readonly Lead[] {
  wants.add(list);
  return [];
}
