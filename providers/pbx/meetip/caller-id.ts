import { AltaError, type Values } from '../../../engine/model/index.ts';
import { inWrite } from '../../transport/refusal.ts';
import { actions } from './actions.ts';
import type { Link, Question } from './call.ts';
import type { Native } from './dialect.ts';
import { type Outgoing, outgoingOf } from './inventory.ts';
import { attemptOf, type Found, persist } from './persist.ts';

/** The extension whose outgoing number is set. */
interface Place {
  readonly server: string;
  readonly id: string;
  /** Address of the resource. */
  readonly object: string;
}

/**
 * Sets the number, and switches its service on: both are needed. [inference] What is there already is not sent again. `callerid` is asked
 * for in every call, and the emergency number goes with it: whether leaving it out would delete it is not documented.
 * @throws an AltaError that says what was `written`
 */
export async function setOutgoing(values: Values, place: Place, link: Link): Promise<void> {
  const before = await now(place, link, 'nothing');
  const number = String(values.callerId ?? before.number);
  const emergency = String(values.emergencyCallerId ?? before.emergency);
  const differs = number !== before.number || emergency !== before.emergency;
  if (differs) await setNumber({ number, emergency }, place, link);
  if (values.callerId === undefined || (before.on === true && !differs)) return;
  try {
    await switchOn(place, link);
  } catch (error) {
    throw inWrite(error, differs ? 'something' : 'nothing', place.object);
  }
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

async function setNumber(
  wanted: { readonly number: string; readonly emergency: string },
  place: Place,
  link: Link,
): Promise<void> {
  const { number, emergency } = wanted;
  const params: Native = { callerid: number, ...(emergency === '' ? {} : { emergencycid: emergency }) };
  const look = async (): Promise<Found> => {
    const there = await now(place, link, 'unknown');
    return there.number === number && there.emergency === emergency ? 'stored' : 'other';
  };
  const question = questionOf(actions.setCallerId, params, place);
  await persist({ object: place.object, send: () => attemptOf(link, question), look }, link);
}

async function switchOn(place: Place, link: Link): Promise<void> {
  const look = async (): Promise<Found> => {
    const { on } = await now(place, link, 'unknown');
    return on === true ? 'stored' : 'other';
  };
  const question = questionOf(actions.setCallerIdState, { state: 'yes' }, place);
  await persist({ object: place.object, send: () => attemptOf(link, question), look }, link);
}

function questionOf(action: Question['action'], params: Native, { server, id, object }: Place): Question {
  return { action, params: { server, id, ...params }, write: true, object };
}
