import { AltaError } from '../../../engine/model/index.ts';
import type { Write, Written } from '../../contract.ts';
import { failure, inWrite, strange } from '../../transport/refusal.ts';
import { mismatch } from './answers.ts';
import { createBody, updateBody } from './bodies.ts';
import { isSameSecret } from './dialect.ts';
import { fetchInventory, type Inventory } from './inventory.ts';
import { aboutOf, type Link, type Question } from './link.ts';
import { isJson, isScalar, type Json, typeOf, valueAt } from './profile/path.ts';
import { idOf, numberOf, type Row, type Surroundings } from './rows.ts';
import { questionFor, type Scoped } from './scope.ts';
import { type Box, type Company, companyVariables, orAbsent } from './tenant.ts';

type Creation = Extract<Write, { readonly action: 'create' }>;
type Update = Extract<Write, { readonly action: 'update' }>;
type Deletion = Extract<Write, { readonly action: 'delete' }>;

/** What a session knows by the time it writes. */
export interface Known {
  readonly company: Company;
  readonly inventory: Inventory;
}

/** What a write came to: the answer, and the rows as they are now. Null rows = they must be read again. */
export interface Outcome {
  readonly written: Written;
  readonly rows: readonly Row[] | null;
}

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

async function create(write: Creation, box: Box, known: Known): Promise<Outcome> {
  const { rows } = known.inventory;
  const there = rows.find(({ key }) => key === write.key);
  if (there !== undefined) return metOrTaken(there, write, box.link, rows);
  const question = asked(write, box, known, { number: write.key });
  const body = createBody(write, box.link.profile, surroundings(known), question.body);
  try {
    const answer = await box.login.ask({ ...question, body });
    return await made(write, box, known, idIn(answer.body, question.call.object?.path ?? '$', box.link));
  } catch (error) {
    if (!mayExist(error)) throw error;
    return await orExisting(error, write, box, known.company);
  }
}

/** A server that says no to a new extension may mean that it is there: by a colleague, or by an answer that got lost. */
function mayExist(error: unknown): boolean {
  if (!(error instanceof AltaError)) return false;
  const vague = error.code === 'value-refused' || error.code === 'field-refused';
  return error.code === 'already-exists' || (vague && error.written === 'nothing');
}

async function orExisting(error: unknown, write: Creation, box: Box, company: Company): Promise<Outcome> {
  const { rows } = await fetchInventory(box, company);
  const there = rows.find(({ key }) => key === write.key);
  if (there === undefined) throw error;
  return metOrTaken(there, write, box.link, rows);
}

/** A create that meets what it would have made has succeeded. */
function metOrTaken(there: Row, write: Creation, link: Link, rows: readonly Row[]): Outcome {
  if (holds(there, write)) return { written: { id: there.id }, rows };
  const about = aboutOf(link, { operation: 'extension/create', object: write.address, write: true });
  throw failure('already-exists', 'with other values', about, 'nothing');
}

/** Whether a row shows everything that a write would set. What it never shows counts as held. */
export function holds({ values, secrets }: Row, write: Creation): boolean {
  const plain = Object.entries(write.values).every(
    ([name, value]) => values[name] === undefined || values[name] === value,
  );
  const secret = Object.entries(write.secrets).every(([name, value]) => {
    const shown = secrets[name];
    return shown === undefined || isSameSecret(shown, value);
  });
  return plain && secret;
}

/** The new row. Where the answer does not tell its id, the list does. */
async function made(write: Creation, box: Box, known: Known, id: string | null): Promise<Outcome> {
  if (id !== null) {
    const row: Row = { key: write.key, id, values: { number: write.key, ...write.values }, secrets: {} };
    return { written: { id }, rows: [...known.inventory.rows, row] };
  }
  const rows = await fetchInventory(box, known.company).then(
    (inventory) => inventory.rows,
    (error: unknown) => {
      throw inWrite(error, 'something', write.address);
    },
  );
  const found = rows.find(({ key }) => key === write.key);
  return found === undefined ? { written: {}, rows: null } : { written: { id: found.id }, rows };
}

function idIn(body: unknown, path: string, { profile }: Link): string | null {
  const id = valueAt(valueAt(body, path), profile.identity.id.path);
  return isScalar(id) && /^[\w.:@+-]{1,128}$/.test(String(id)) ? String(id) : null;
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
  await orAbsent(box.login.ask(question));
  return { written: {}, rows: rows.filter((one) => one !== row) };
}

function asked(
  write: Write,
  box: Box,
  { company }: Known,
  more: Readonly<Record<string, string>>,
): Question & Scoped {
  const question = questionFor(box, company, 'extension', write.action, more);
  if (question === null) throw new TypeError(`the profile has no ${write.action} of extension`);
  return { ...question, write: true, object: write.address };
}

function surroundings({ company, inventory }: Known): Surroundings {
  return { variables: companyVariables(company), choices: inventory.choices };
}

function absent(write: Pick<Write, 'address'>, link: Link, evidence: string): AltaError {
  const about = aboutOf(link, { operation: 'extension/get', object: write.address, write: true });
  return failure('not-found', evidence, about, 'nothing');
}
