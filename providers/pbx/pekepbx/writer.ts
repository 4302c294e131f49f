import type { Write } from '../../contract.ts';
import { inWrite, strange } from '../../transport/refusal.ts';
import { mismatch, orAbsent } from './answers.ts';
import { updateBody } from './bodies.ts';
import { create } from './creation.ts';
import { absent, asked, type Known, type Outcome, surroundings } from './known.ts';
import { aboutOf, type Question } from './link.ts';
import { rowsAfter } from './lost.ts';
import { isJson, type Json, typeOf, valueAt } from './profile/path.ts';
import { idOf, numberOf, type Row } from './rows.ts';
import { questionFor } from './scope.ts';
import type { Box } from './tenant.ts';

type Update = Extract<Write, { readonly action: 'update' }>;
type Deletion = Extract<Write, { readonly action: 'delete' }>;

/**
 * One write, in one request; an update that replaces reads the object first.
 * @throws an AltaError that says what was `written`
 */
export async function perform(write: Write, box: Box, known: Known): Promise<Outcome> {
  try {
    switch (write.action) {
      case 'create':
        return await create(write, box, known);
      case 'update':
        return await update(write, box, known);
      case 'delete':
        return await remove(write, box, known);
    }
  } catch (error) {
    throw inWrite(error, 'nothing', write.address);
  }
}

async function update(write: Update, box: Box, known: Known): Promise<Outcome> {
  const { rows } = known.inventory;
  const row = rows.find(({ key }) => key === write.key);
  if (row === undefined) throw absent(write, box.link, 'not in the list');
  const { update: style } = box.link.profile;
  const reads = style.style === 'replace' || (style.copy ?? []).length > 0;
  const object = reads ? await fetchObject(row.id, write, box, known) : null;
  const question = asked(write, box, known, { id: row.id, number: write.key });
  const body = updateBody(write, box.link.profile, surroundings(known), object, question.body);
  await box.login.ask({ ...question, body });
  const values = { ...row.values, ...write.values };
  const changed: Row = { ...row, values, secrets: withoutKeys(row.secrets, Object.keys(write.secrets)) };
  return { written: { id: row.id }, rows: rows.map((one) => (one === row ? changed : one)) };
}

/** What was sent is not what is known to be shown. */
function withoutKeys<T>(map: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

/**
 * The object under an id as it is now, and proof that it is still this extension.
 * @throws `not-found`, `strange-answer`
 */
export async function fetchObject(
  id: string,
  write: Pick<Write, 'key' | 'address'>,
  box: Box,
  known: Known,
): Promise<Json> {
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
    idOf(object, box.link, about) === id;
  if (!same) throw strange('another extension under this id', about);
  return object;
}

async function remove(write: Deletion, box: Box, known: Known): Promise<Outcome> {
  const { rows } = known.inventory;
  const row = rows.find(({ key }) => key === write.key);
  if (row === undefined) return { written: {}, rows };
  const { body: _none, ...question } = asked(write, box, known, { id: row.id, number: write.key });
  try {
    await orAbsent(box.login.ask(question));
  } catch (error) {
    const now = await rowsAfter(error, box, known.company);
    if (now === null || now.some(({ key }) => key === write.key)) throw error;
    return { written: {}, rows: now };
  }
  return { written: {}, rows: rows.filter((one) => one !== row) };
}
