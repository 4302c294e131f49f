import { AltaError } from '../../../engine/model/index.ts';
import type { Write } from '../../contract.ts';
import { inWrite } from '../../transport/refusal.ts';
import { mismatch, orAbsent } from './answers.ts';
import { updateBody } from './bodies.ts';
import { create } from './creation.ts';
import { fetchOwn, proveSame } from './fetch-object.ts';
import { namedBy } from './guard.ts';
import { absent, asked, type Known, type Outcome, surroundings } from './known.ts';
import { aboutOf, type Link } from './link.ts';
import { rowsAfter } from './lost.ts';
import { fieldsOf } from './profile/fields.ts';
import { isEchoed } from './profile/marks.ts';
import { crossesList, type Json } from './profile/path.ts';
import type { Row } from './rows.ts';
import type { Box } from './tenant.ts';

type Update = Extract<Write, { readonly action: 'update' }>;
type Deletion = Extract<Write, { readonly action: 'delete' }>;

/**
 * One write, in one request. What is known of an id may be old: an update or a delete looks first that it is still this extension's.
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
  const echoed = isEchoed(box.link.profile);
  const object = echoed ? await fetchOwn(row.id, write, box, known) : null;
  if (!echoed) await proveSame(row.id, write, box, known);
  const question = asked(write, box, known, { id: row.id, number: write.key });
  if (object !== null) refuseLists(write, object, box.link);
  const body = updateBody(write, box.link.profile, surroundings(known), object, question.body);
  await box.login.ask({ ...question, body });
  const values = { ...row.values, ...write.values };
  const changed: Row = { ...row, values, secrets: withoutKeys(row.secrets, Object.keys(write.secrets)) };
  return { written: { id: row.id }, rows: rows.map((one) => (one === row ? changed : one)) };
}

/** Fields that the profile says are keys of an object, where the server has a list: writing one would end all its entries. */
function refuseLists(write: Update, object: Json, link: Link): void {
  const about = aboutOf(link, { operation: 'extension/update', object: write.address });
  for (const name of namedBy(write)) {
    const field = fieldsOf(link.profile)[name];
    const places = field === undefined ? [] : [field.writePath ?? field.path, ...(field.also ?? [])];
    const place = places.find((path) => crossesList(object, path));
    if (place !== undefined) throw mismatch(link, `fields.${name}`, `${place}: inside an array`, about);
  }
}

/** What was sent is not what is known to be shown. */
function withoutKeys<T>(map: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

async function remove(write: Deletion, box: Box, known: Known): Promise<Outcome> {
  const { rows } = known.inventory;
  const row = rows.find(({ key }) => key === write.key);
  if (row === undefined) return { written: {}, rows };
  if (!(await isThere(row.id, write, box, known))) return { written: {}, rows: null };
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

/** False where somebody deleted it meanwhile. @throws where the id is another extension's by now */
async function isThere(id: string, write: Deletion, box: Box, known: Known): Promise<boolean> {
  try {
    await proveSame(id, write, box, known);
    return true;
  } catch (error) {
    if (error instanceof AltaError && error.code === 'not-found') return false;
    throw error;
  }
}
