import type { Written } from '../../../engine/model/index.ts';
import type { Write } from '../../contract.ts';
import { failure, inWrite } from '../../transport/refusal.ts';
import { paths } from './api.ts';
import { aboutCall } from './call.ts';
import { toNative } from './dialect.ts';
import { errno, refusedBy } from './errors.ts';
import { natField } from './fields.ts';
import { guard, impossible, type Known } from './guard.ts';
import { type Box, fetchRow } from './inventory.ts';
import { type Job, persist } from './persist.ts';

type Setting = Exclude<Write, { readonly action: 'delete' }>;

/**
 * One write, in one request where nothing speaks against it. `nat` goes apart and is read back: no document names it, and
 * a box that does not take it must not lose the rest. [inference]
 * @throws an AltaError that says what was `written`
 */
export async function perform(write: Write, box: Box, known: Known): Promise<void> {
  let written: Written = 'nothing';
  try {
    guard(write, box, known);
    const job = jobOf(write, known);
    if (job !== null) {
      await persist(job, box);
      written = 'something';
    }
    if (write.action !== 'delete') await setNat(write, box, known);
  } catch (error) {
    throw inWrite(error, written, write.address);
  }
}

/** The main request; null where only `nat` changes, or nothing. */
function jobOf(write: Write, { inventory }: Known): Job | null {
  const { action, key, address } = write;
  if (action === 'delete') return { action, key, address, native: {}, name: '' };
  const { nat: _apart, ...values } = write.values;
  const shown = inventory.rows.find(({ number }) => number === key)?.shown ?? {};
  const changed = toNative(values, write.secrets, shown);
  const native = action === 'create' ? { registername: key, ...changed } : changed;
  if (Object.keys(native).length === 0) return null;
  return { action, key, address, native, name: nameOf(write) };
}

function nameOf(write: Setting): string {
  const before = write.action === 'update' ? write.before.name : undefined;
  return String(write.values.name ?? before ?? '');
}

/** @throws `unsupported-operation` where the box does not show it, `field-ignored` where it took no notice */
async function setNat(write: Setting, box: Box, known: Known): Promise<void> {
  const { key, address } = write;
  const { nat: wanted } = write.values;
  if (wanted === undefined) return;
  const shown = await shownNat(write, box);
  if (shown === undefined) throw impossible('set nat', write, box, known);
  if (natField.decode(shown) === wanted) return;
  const native = { nat: natField.encode(wanted, shown) };
  await persist({ action: 'update', key, address, native, name: nameOf(write) }, box);
  await proveNat(write, native.nat, box);
}

async function proveNat(write: Setting, value: string, box: Box): Promise<void> {
  const found = await shownNat(write, box);
  if (found?.toLowerCase() === value) return;
  const about = aboutCall(box.link, { path: paths.update, object: write.address, write: true });
  const params = { field: 'nat', found: found ?? '-', value };
  throw failure('field-ignored', 'nat', about, 'something', params);
}

/** @throws `not-found` where somebody removed the extension meanwhile */
async function shownNat({ key, address }: Setting, box: Box): Promise<string | undefined> {
  const row = await fetchRow(box, key);
  if (row === null)
    throw refusedBy(errno.noSuchExtension, aboutCall(box.link, { path: paths.query, object: address }));
  return row.shown.nat;
}
