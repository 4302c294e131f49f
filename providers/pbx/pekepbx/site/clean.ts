import { AltaError } from '../../../../engine/model/index.ts';
import { facts } from '../facts.ts';
import { fetchObject } from '../fetch-object.ts';
import { fetchInventory } from '../inventory.ts';
import { marksAt } from '../profile/marks.ts';
import type { Row } from '../rows.ts';
import type { Box } from '../tenant.ts';
import { perform } from '../writer.ts';
import type { LeftBehind, Said } from './contract.ts';
import { note, type Run } from './run.ts';
import { saidOf, tried } from './trial.ts';

/** A server that does not answer is asked once more, after a pause, ms. */
const PAUSE_MS = 2_000;
const ATTEMPTS = 2;

/**
 * Takes away what the test made, and looks that it is gone. The number was free when the test began, so that what is there now is its own.
 * What no list shows may be elsewhere: in another company, or under another number, where a guess was wrong. Never throws.
 * @returns what is left, or may be; null where nothing is
 */
export async function cleanUp(run: Run, box: Box): Promise<LeftBehind | null> {
  if (!run.sent) return null;
  let evidence: readonly Said[] = [];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      if (attempt > 1) await box.link.context.clock.sleep(PAUSE_MS, box.link.context.signal);
      const there = await takeAway(run, box);
      const gone = there !== null || (await isGone(run, box));
      const says = there !== null ? 'deleted' : gone ? 'nothing-there' : 'not-listed';
      note(run, { step: 'clean-up', outcome: gone ? 'done' : 'failed', evidence: [{ says }] });
      return gone ? null : leftOf(run);
    } catch (error) {
      evidence = [error instanceof AltaError ? saidOf(error) : { says: 'aborted' }];
    }
  }
  note(run, { step: 'clean-up', outcome: 'failed', evidence });
  return leftOf(run);
}

/** @throws what the server answers; `strange-answer` where it is there after it was deleted */
async function takeAway(run: Run, box: Box): Promise<Row | null> {
  const { company, number, address } = run;
  const { inventory, there } = await findNow(run, box);
  if (there === null) return null;
  run.row = there;
  await perform({ action: 'delete', kind: 'extension', key: number, address }, box, { company, inventory });
  const after = await fetchInventory(box, company);
  if (!after.rows.some(({ key }) => key === number)) return there;
  const { host } = box.link.target;
  const params = { host, operation: 'extension/delete', evidence: 'still in the list' };
  throw new AltaError('strange-answer', params, { written: 'unknown' });
}

/** The canary in the list. One that no list has shown yet may still be made: it is given the time that a late write takes. */
async function findNow(run: Run, box: Box) {
  const first = await look(run, box);
  if (first.there !== null || run.row !== null) return first;
  await box.link.context.clock.sleep(facts.lateWriteMs, box.link.context.signal);
  return look(run, box);
}

async function look({ company, number }: Run, box: Box) {
  const inventory = await fetchInventory(box, company);
  return { inventory, there: inventory.rows.find(({ key }) => key === number) ?? null };
}

/**
 * Whether what is in no list is nowhere: a list has shown it before, and its get does not answer any more; or no create was accepted, and
 * where it would have been put is no guess.
 */
async function isGone(run: Run, box: Box): Promise<boolean> {
  const { row, company, inventory, number: key, address } = run;
  if (row === null) return run.made === null && marksAt(run.box.link.profile, placesOfNew(run)).length === 0;
  const answered = await tried(fetchObject(row.id, { key, address }, box, { company, inventory }));
  return !answered.ok;
}

/** What decides where a create puts it. */
function placesOfNew({ box }: Run): readonly string[] {
  const scopes = box.link.profile.tenant.scopes.flatMap(({ ops }, index) =>
    ops === undefined || ops.includes('create') || ops.includes('list') ? [`tenant.scopes.${index}`] : [],
  );
  return ['resources.extension.create', 'resources.extension.list', 'identity.number', ...scopes];
}

/** Where somebody must look. */
export function leftOf({ box, company, number, row, made }: Run): LeftBehind {
  return { host: box.link.target.host, company: company.id, number, id: row?.id ?? made?.id ?? null };
}
