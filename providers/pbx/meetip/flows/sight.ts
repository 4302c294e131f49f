import { AltaError } from '../../../../engine/model/index.ts';
import { type Action, actions } from '../actions.ts';
import { entriesOf, type Json } from '../answers.ts';
import { aboutOf, type Link, type Question, tell } from '../call.ts';
import { fetchLines } from '../inventory.ts';
import { type Did, didIn } from './dids.ts';
import { groupIn, menuIn, type Named, namedIn, type Place } from './places.ts';

/** A list that the server does not show to this key. */
export interface Hidden {
  readonly why: string;
}

/** The lists that have been asked for so far; what is missing was not needed yet. */
export interface Sight {
  readonly dids?: readonly Did[];
  readonly groups?: readonly Place[] | Hidden;
  readonly menus?: readonly Place[] | Hidden;
  /** Only what they are called: nobody documents how their members are asked for. */
  readonly queues?: readonly Named[] | Hidden;
  readonly extensions?: readonly Named[] | Hidden;
}

export type List = keyof Sight;

export function isHidden<T extends object>(list: T | Hidden): list is Hidden {
  return 'why' in list;
}

/**
 * Asks for one list. Only numbers are always there: a key may lack the right to the others, and older builds may not know them, which is
 * an answer too.
 * @throws what `tell` throws; of the others only what leaves open whether the server shows them
 */
export async function look(list: List, link: Link, server: string): Promise<Sight> {
  try {
    return await looks[list](link, server);
  } catch (error) {
    if (list === 'dids' || !(error instanceof AltaError) || !hiding.includes(error.code)) throw error;
    const { operation, evidence } = error.params;
    const denied = error.code === 'forbidden';
    return { [list]: { why: denied ? `the key may not use ${operation}` : `${operation}: ${evidence}` } };
  }
}

/** Not allowed; an action that is not known or not licensed; an answer of another form. */
const hiding: readonly string[] = ['forbidden', 'strange-answer', 'limit-reached'];

const looks: { readonly [Name in List]: (link: Link, server: string) => Promise<Sight> } = {
  dids: async (...at) => ({ dids: (await fetchEntries(actions.dids, ...at)).map(didIn) }),
  groups: async (...at) => ({ groups: (await fetchEntries(actions.ringGroups, ...at)).map(groupIn) }),
  menus: async (...at) => ({ menus: (await fetchEntries(actions.menus, ...at)).map(menuIn) }),
  queues: async (...at) => ({ queues: (await fetchEntries(actions.queues, ...at)).map(namedIn) }),
  extensions: async (...at) => ({ extensions: await fetchLines(...at) }),
};

async function fetchEntries(action: Action, link: Link, server: string): Promise<readonly Json[]> {
  const question: Question = { action, params: { server } };
  return entriesOf(await tell(link, question), aboutOf(link, question)).map(([, entry]) => entry);
}
