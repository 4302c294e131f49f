import { AltaError, type Written as Progress } from '../../../engine/model/index.ts';
import type { Write, Written } from '../../contract.ts';
import { failure, inWrite } from '../../transport/refusal.ts';
import type { Detail } from './answers.ts';
import type { Box } from './box.ts';
import { aboutOf, paths } from './call.ts';
import { choose } from './choose.ts';
import { createDefaults, membershipOf, type Native, switchOf, toNative } from './dialect.ts';
import { guard, guardType, impossible, type Known, type Setting, switchesOf } from './guard.ts';
import { fetchDetail, find } from './inventory.ts';
import { change, create, type Job, remove } from './persist.ts';

/**
 * One write, in one request where nothing speaks against it. Switches that no document names are read back, and go apart from all else but a
 * new extension whose box shows them: a box that does not take them must not lose the rest, and an extension that is half made is nobody's
 * after a crash. [inference]
 * @throws an AltaError that says what was `written`
 */
export async function perform(write: Write, box: Box, known: Known): Promise<Written> {
  const progress: { written: Progress } = { written: 'nothing' };
  try {
    guard(write, box, known);
    if (write.action === 'delete') return await performDelete(write, box, known);
    const id = await performMain(write, box, known, progress);
    if (switchesOf(write).length > 0) await performSwitches(write, id, box, known, progress);
    return id === undefined ? {} : { id: String(id) };
  } catch (error) {
    throw inWrite(error, progress.written, write.address);
  }
}

/** All but the switches of an update. @returns the id of what was written */
async function performMain(
  write: Setting,
  box: Box,
  known: Known,
  progress: { written: Progress },
): Promise<number | undefined> {
  const chosen = await choose(write, box, known);
  const native = toNative(write.values, write.secrets, chosen);
  if (write.action === 'create') {
    const id = await createWhole(write, { ...createDefaults(write.key), ...native }, box, known);
    progress.written = 'something';
    return id;
  }
  const found = await find(box, write.key, hintOf(write.id));
  if (found === null) throw gone(write, box);
  guardType(found, write, box, known);
  if (Object.keys(native).length === 0) return found.id;
  await change(found.id, jobOf(write, { ...membershipOf(found), ...native }, known), box);
  progress.written = 'something';
  return found.id;
}

/** With the switches that extensions show here; once more without them where the box refuses a value and may mean one of them. */
async function createWhole(
  write: Setting,
  native: Native,
  box: Box,
  known: Known,
): Promise<number | undefined> {
  const shown = switchesOf(write).filter((one) => known.keys?.has(one.native) === true);
  const all = Object.assign({}, native, ...shown.map(({ field, value }) => switchOf(field, value)));
  try {
    return await create(jobOf(write, all, known), box);
  } catch (error) {
    const other = !(error instanceof AltaError) || error.code !== 'value-refused';
    if (shown.length === 0 || other) throw error;
    return create(jobOf(write, native, known), box);
  }
}

function hintOf(id: string | undefined): number | undefined {
  return id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
}

function jobOf(write: Setting, native: Native, { device }: Known): Job {
  const before = write.action === 'update' ? write.before.name : undefined;
  const name = String(write.values.name ?? before ?? '');
  const { address, key, secrets } = write;
  return { address, native, secrets, owner: { key, name, cloud: device.cloud } };
}

/** @throws `unsupported-operation` where the box does not show a switch, `field-ignored` where it took no notice */
async function performSwitches(
  write: Setting,
  id: number | undefined,
  box: Box,
  known: Known,
  progress: { written: Progress },
): Promise<void> {
  for (const { name, value, field, native } of switchesOf(write)) {
    const found = await shownNow(write, id, box);
    const shown = found.shown[native];
    if (shown === undefined) throw impossible(`set ${name}`, write, box, known);
    if (field.decode(shown) === value) continue;
    const changed = { ...membershipOf(found), ...switchOf(field, value) };
    await change(found.id, jobOf({ ...write, secrets: {} }, changed, known), box);
    progress.written = 'something';
    const after = (await shownNow(write, found.id, box)).shown[native] ?? '-';
    if (field.decode(after) !== value) throw ignored(write, name, after, box);
  }
}

async function shownNow(write: Setting, id: number | undefined, box: Box): Promise<Detail> {
  const found = await (id === undefined ? find(box, write.key) : fetchDetail(box, id));
  if (found === null) throw gone(write, box);
  return found;
}

async function performDelete(
  write: Write & { readonly action: 'delete' },
  box: Box,
  known: Known,
): Promise<Written> {
  const found = await find(box, write.key, hintOf(write.id));
  if (found === null) return {};
  guardType(found, write, box, known);
  await remove(found.id, write, box);
  return {};
}

/** Somebody removed it meanwhile. */
function gone({ address: object }: Setting, { link }: Box) {
  return failure(
    'not-found',
    'not in the list',
    aboutOf(link, { path: paths.update, object, write: true }),
    'nothing',
  );
}

function ignored(write: Setting, field: string, found: string, { link }: Box) {
  const about = aboutOf(link, { path: paths.update, object: write.address, write: true });
  const params = { field, found, value: String(write.values[field]) };
  return failure('field-ignored', field, about, 'something', params);
}
