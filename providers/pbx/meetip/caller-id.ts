import { AltaError, type Values } from '../../../engine/model/index.ts';
import { failure, inWrite } from '../../transport/refusal.ts';
import { actions } from './actions.ts';
import { aboutOf, type Link, pause, type Question } from './call.ts';
import type { Native } from './dialect.ts';
import { fetchConfiguration, type Outgoing, outgoingOf } from './inventory.ts';
import { type Attempt, attemptOf, type Found, persist } from './persist.ts';

/** The extension whose outgoing number is set. */
interface Place {
  readonly server: string;
  readonly id: string;
  readonly number: string;
  /** Address of the resource. */
  readonly object: string;
  /** Made a moment ago: it may take the settle time until its services show. */
  readonly isNew: boolean;
}

/** Before looking again for the services of a new extension, ms. [field] */
const waits: readonly number[] = [3_000, 7_000];

/**
 * Sets the number, and switches its service on: both are needed. [inference] What is there already is not sent again. `callerid` is asked
 * for in every call, and what stands beside it goes with it, the emergency number first: whether leaving it out would delete it is not
 * documented.
 * @throws an AltaError that says what was `written`
 */
export async function setOutgoing(values: Values, place: Place, link: Link): Promise<void> {
  const before = await soon(place, link);
  const wanted = wantedOf(values, before, place, link);
  const differs = wanted !== null;
  if (differs) await setNumber(wanted, place, link);
  if (values.callerId === undefined || (before.on === true && !differs)) return;
  try {
    await switchOn(place, link);
  } catch (error) {
    throw inWrite(error, differs ? 'something' : 'nothing', place.object);
  }
}

/**
 * Refuses, before anything of the extension is written, what {@link setOutgoing} could not do.
 * @throws `unsupported-operation`, and what reading throws
 */
export async function refuseUnsayable(values: Values, place: Place, link: Link): Promise<void> {
  wantedOf(values, await now(place, link, 'nothing'), place, link);
}

type Wanted = Pick<Outgoing, 'number' | 'emergency' | 'beside'>;

/**
 * Null where it is all there already.
 * @throws `unsupported-operation` where others have set something beside it that the API cannot say again
 */
function wantedOf(values: Values, before: Outgoing, { object }: Place, link: Link): Wanted | null {
  const number = String(values.callerId ?? before.number);
  const emergency = String(values.emergencyCallerId ?? before.emergency);
  if (number === before.number && emergency === before.emergency) return null;
  const { beside, unsayable } = before;
  if (unsayable.length === 0) return { number, emergency, beside };
  const about = aboutOf(link, { action: actions.setCallerId, write: true, object });
  const operation = `${about.operation} (${unsayable.join(', ')})`;
  throw failure('unsupported-operation', 'PBXware', { ...about, operation }, 'nothing');
}

/** What is set now; of a new extension, as soon as it shows. */
async function soon(place: Place, link: Link): Promise<Outgoing> {
  for (const wait of place.isNew ? waits : []) {
    const found = await outgoingOf(link, place.server, place.id);
    if (!(found instanceof AltaError)) return found;
    link.context.log('wait for a new extension', { host: link.target.host, waitMs: wait });
    await pause(link, wait, actions.callerId, { address: place.object, written: 'nothing' });
  }
  return now(place, link, 'nothing');
}

async function now(place: Place, link: Link, before: 'nothing' | 'unknown'): Promise<Outgoing> {
  try {
    const found = await outgoingOf(link, place.server, place.id);
    if (found instanceof AltaError) throw found;
    return found;
  } catch (error) {
    throw inWrite(error, before, place.object);
  }
}

async function setNumber(wanted: Wanted, place: Place, link: Link): Promise<void> {
  const { number, emergency, beside } = wanted;
  const spare = emergency === '' ? {} : { emergencycid: emergency };
  const params: Native = { callerid: number, ...spare, ...beside };
  const look = async (): Promise<Found> => {
    const there = await now(place, link, 'unknown');
    return there.number === number && there.emergency === emergency ? 'stored' : 'other';
  };
  const question = questionOf(actions.setCallerId, params, place);
  await persist({ object: place.object, send: sender(question, place, link), look }, link);
}

async function switchOn(place: Place, link: Link): Promise<void> {
  const look = async (): Promise<Found> => {
    const { on } = await now(place, link, 'unknown');
    return on === true ? 'stored' : 'other';
  };
  const question = questionOf(actions.setCallerIdState, { state: 'yes' }, place);
  await persist({ object: place.object, send: sender(question, place, link), look }, link);
}

/** Sent again only while the id still has its number: a try comes after a pause. */
function sender(
  question: Question,
  { server, id, number, object }: Place,
  link: Link,
): () => Promise<Attempt> {
  let tries = 0;
  return async () => {
    tries += 1;
    const found = tries === 1 ? null : await fetchConfiguration(link, server, { id, number });
    if (found instanceof AltaError) throw inWrite(found, 'nothing', object);
    return attemptOf(link, question);
  };
}

function questionOf(action: Question['action'], params: Native, { server, id, object }: Place): Question {
  return { action, params: { server, id, ...params }, write: true, object };
}
