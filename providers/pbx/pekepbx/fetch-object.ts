import { AltaError } from '../../../engine/model/index.ts';
import type { Write } from '../../contract.ts';
import { strange } from '../../transport/refusal.ts';
import { mismatch, orAbsent } from './answers.ts';
import { fetchInventory, isOwn } from './inventory.ts';
import { absent, type Known, surroundings } from './known.ts';
import { aboutOf, type Question } from './link.ts';
import { operationOf, resourceOf } from './profile/defaults.ts';
import { isJson, type Json, typeOf, valueAt } from './profile/path.ts';
import { idOf, numberOf } from './rows.ts';
import { questionFor } from './scope.ts';
import type { Box } from './tenant.ts';

type Named = Pick<Write, 'key' | 'address'>;

/**
 * The object under an id as it is now. It holds that id and this number, and where it says whose it is, it is the company's.
 * @throws `not-found`, `strange-answer`
 */
export async function fetchObject(id: string, write: Named, box: Box, known: Known): Promise<Json> {
  const question = questionFor(box, known.company, 'extension', 'get', { id, number: write.key });
  if (question === null) throw new TypeError('the profile has no get of extension');
  const { body: _none, ...rest } = question;
  const read: Question = { ...rest, object: write.address };
  const answer = await orAbsent(box.login.ask(read));
  if (answer === null) throw absent(write, box.link, 'HTTP 404');
  const path = read.call.object?.path ?? '$';
  const object = valueAt(answer.body, path);
  const about = aboutOf(box.link, read);
  if (!isJson(object))
    throw mismatch(box.link, 'resources.extension.get', `${path}: ${typeOf(object)}`, about);
  const same =
    numberOf(object, surroundings(known), box.link, about) === write.key &&
    idOf(object, box.link, about) === id &&
    saysOwn(object, box, known) !== false;
  if (!same) throw strange('another extension under this id', about);
  return object;
}

/**
 * The object that an update sends back, proven to be this extension of this company.
 * @throws as {@link fetchObject}
 */
export async function fetchOwn(id: string, write: Named, box: Box, known: Known): Promise<Json> {
  const object = await fetchObject(id, write, box, known);
  if (saysOwn(object, box, known) === null) await findSame(id, write, box, known);
  return object;
}

/**
 * Proof that an id is still this extension's, right before a write that relies on it: by its get, and by the list where the profile has no
 * get, it answers otherwise than the profile says, or it does not say whose the object is.
 * @throws `not-found`, `strange-answer`
 */
export async function proveSame(id: string, write: Named, box: Box, known: Known): Promise<void> {
  const shown = await shownObject(id, write, box, known);
  if (shown === null || saysOwn(shown, box, known) === null) await findSame(id, write, box, known);
}

/** Errors of a get that say nothing of the extension: the list has the last word. */
const mute: ReadonlySet<string> = new Set([
  'not-found',
  'forbidden',
  'profile-guess-wrong',
  'profile-outdated',
]);

async function shownObject(id: string, write: Named, box: Box, known: Known): Promise<Json | null> {
  if (operationOf(box.link.profile, 'extension', 'get') === null) return null;
  try {
    return await fetchObject(id, write, box, known);
  } catch (error) {
    if (error instanceof AltaError && mute.has(error.code)) return null;
    throw error;
  }
}

async function findSame(id: string, write: Named, box: Box, { company }: Known): Promise<void> {
  const { rows } = await fetchInventory(box, company);
  const there = rows.find(({ key }) => key === write.key);
  if (there === undefined) throw absent(write, box.link, 'not in the list');
  const about = aboutOf(box.link, { operation: 'extension/list', object: write.address });
  if (there.id !== id) throw strange('another id for this number', about);
}

/** Null where an object that should say whose it is does not: then the list must tell. */
function saysOwn(object: Json, { link }: Box, { company }: Known): boolean | null {
  const owner = resourceOf(link.profile, 'extension').company;
  return owner === undefined ? true : isOwn(object, owner, company);
}
