import { AltaError } from '../../../engine/model/index.ts';
import type { Write } from '../../contract.ts';
import { failure, inWrite } from '../../transport/refusal.ts';
import { createBody } from './bodies.ts';
import { isSameSecret } from './dialect.ts';
import { fetchInventory } from './inventory.ts';
import { asked, type Known, type Outcome, surroundings } from './known.ts';
import { aboutOf, type Link } from './link.ts';
import { rowsAfter } from './lost.ts';
import { isScalar, valueAt } from './profile/path.ts';
import type { Row } from './rows.ts';
import type { Box, Company } from './tenant.ts';

type Creation = Extract<Write, { readonly action: 'create' }>;

/**
 * A new extension, in one request. Where the answer got lost, the list tells whether it is there.
 * @throws `already-exists` where it is there with other values, and what the server answers
 */
export async function create(write: Creation, box: Box, known: Known): Promise<Outcome> {
  const { rows } = known.inventory;
  const there = rows.find(({ key }) => key === write.key);
  if (there !== undefined) return metOrTaken(there, write, box.link, rows);
  const question = asked(write, box, known, { number: write.key });
  const body = createBody(write, box.link.profile, surroundings(known), question.body);
  try {
    const answer = await box.login.ask({ ...question, body });
    return await made(write, box, known, idIn(answer.body, question.call.object?.path ?? '$', box.link));
  } catch (error) {
    if (mayExist(error)) return await orExisting(error, write, box, known.company);
    const now = await rowsAfter(error, box, known.company);
    const done = now?.find((row) => row.key === write.key && holds(row, write));
    if (now === null || done === undefined) throw error;
    return { written: { id: done.id }, rows: now };
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
function holds({ values, secrets }: Row, write: Creation): boolean {
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
