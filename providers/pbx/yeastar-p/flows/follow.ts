import type { CallFlow, FlowQuestion } from '../../../contract.ts';
import { matchOf } from './match.ts';
import { type Destination, type Place, type PlaceKind, placeKinds, type Route } from './places.ts';

/** Everything that calls may lead through; null = this API client is not told. */
export interface Plan {
  readonly routes: readonly Route[] | null;
  readonly places: Readonly<Record<PlaceKind, readonly Place[] | null>>;
  /** Number of each extension by its id. */
  readonly numbers: ReadonlyMap<string, string>;
}

/** Where one way in leads. Pure. */
export function flowOf({ name, number }: FlowQuestion, plan: Plan): CallFlow {
  return number === undefined ? ofName(name, plan) : ofNumber(number, plan);
}

/** The first route that takes it wins [vendor-docs]; but each has its own trunks, so a second one leaves it open. */
function ofNumber(number: string, plan: Plan): CallFlow {
  const { routes } = plan;
  if (routes === null) return unknown('inbound routes are not shown');
  const found = [...routes]
    .sort((a, b) => a.pos - b.pos)
    .flatMap((route) => {
      const match = matchOf(route, number);
      return match === null ? [] : [{ route, match }];
    });
  const [first] = found.filter(({ match }) => match.by !== 'any').concat(found);
  if (first === undefined) return absent(`${routes.length} inbound routes, none takes ${number}`);
  const { route, match } = first;
  const trail = newTrail(plan);
  const alone = match.by !== 'any' && found.every((one) => one.route === route || one.match.by === 'any');
  if (match.by === 'extension') addNumber(match.number, trail);
  else walkRoute(route, trail);
  return told(`${number} → ${route.name}`, trail, alone && !route.open);
}

function walkRoute(route: Route, trail: Trail): void {
  for (const one of route.onward) walk(one, trail);
}

/** By its name in the panel, or by its own number. */
function ofName(name: string, plan: Plan): CallFlow {
  const places = placeKinds.flatMap((kind) => plan.places[kind] ?? []);
  const place = places.find((one) => isNamed(one, name));
  const trail = newTrail(plan);
  if (place !== undefined) {
    walk({ kind: place.kind, value: place.id }, trail);
    return told(name, trail, true);
  }
  const route = plan.routes?.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (route !== undefined) {
    walkRoute(route, trail);
    return told(name, trail, !route.open && route.option === 'patterns');
  }
  const hidden = plan.routes === null || placeKinds.some((kind) => plan.places[kind] === null);
  return hidden
    ? unknown('not everything is shown that could have this name')
    : absent(`${places.length} queues, ring groups and menus, none of that name`);
}

function isNamed(place: Place, name: string): boolean {
  return place.number === name || place.name.toLowerCase() === name.toLowerCase();
}

/** What is found on the way. */
interface Trail {
  readonly plan: Plan;
  readonly reaches: Set<string>;
  readonly words: string[];
  readonly seen: Set<string>;
  complete: boolean;
}

function newTrail(plan: Plan): Trail {
  return { plan, reaches: new Set(), words: [], seen: new Set(), complete: true };
}

/** Ends at which no extension rings. [vendor-docs] */
const ends: readonly string[] = [
  '',
  'disabled',
  'end_call',
  'ext_vm',
  'group_vm',
  'play_greeting',
  'play_prompt',
  'fax_to_email',
];

function walk({ kind, value }: Destination, trail: Trail): void {
  if (ends.includes(kind)) return;
  const place = isPlaceKind(kind) ? trail.plan.places[kind]?.find(({ id }) => id === value) : undefined;
  if (kind === 'extension') addId(value, trail);
  else if (place !== undefined) enter(place, trail);
  else trail.complete = false;
}

function enter(place: Place, trail: Trail): void {
  const key = `${place.kind} ${place.id}`;
  if (trail.seen.has(key)) return;
  trail.seen.add(key);
  const members = place.members.map((id) => trail.plan.numbers.get(id) ?? '?');
  const list = members.length === 0 ? '' : ` (${members.join(', ')})`;
  trail.words.push(`${place.kind} ${place.number} ${place.name}${list}`);
  if (place.open) trail.complete = false;
  for (const id of place.members) addId(id, trail);
  for (const one of place.onward) walk(one, trail);
}

function addId(id: string, trail: Trail): void {
  const number = trail.plan.numbers.get(id);
  if (number === undefined) trail.complete = false;
  else trail.reaches.add(number);
}

/** A number that a route makes of what was dialled: no extension of that number, nobody rings. */
function addNumber(number: string, trail: Trail): void {
  if ([...trail.plan.numbers.values()].includes(number)) trail.reaches.add(number);
}

function isPlaceKind(kind: string): kind is PlaceKind {
  return (placeKinds as readonly string[]).includes(kind);
}

function told(from: string, { reaches, words, complete }: Trail, sure: boolean): CallFlow {
  const numbers = [...reaches].sort();
  const through = words.length === 0 ? numbers.join(', ') || 'no extension' : words.join(', ');
  return { status: 'found', reaches: numbers, complete: complete && sure, evidence: `${from} → ${through}` };
}

function absent(evidence: string): CallFlow {
  return { status: 'absent', reaches: [], complete: true, evidence };
}

function unknown(evidence: string): CallFlow {
  return { status: 'unknown', reaches: [], complete: false, evidence };
}
