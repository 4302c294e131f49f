import type { LabExtensionSeed } from '../settings.ts';
import type { Box } from './box.ts';
import { noCalls } from './calls.ts';
import { startPlan } from './flow/plan.ts';
import { withPort } from './ports.ts';
import { newExtension } from './record.ts';
import { activate, discard, numbered, type StoredExtension, save, takeId } from './store.ts';

/**
 * What a colleague does in the web panel: Save writes, the Apply button makes it run (C). The panel's own checks are left out, so that
 * any situation can be set up. Keys are those of the API; the record's id stays.
 */
export interface Press {
  apply?: boolean;
}

export function editInPanel(
  { settings, store }: Box,
  number: string,
  fields: Record<string, string>,
  press: Press = {},
): void {
  const current = known(store.saved, number, settings.name);
  save(store, { ...current, ...fields, number: fields.number ?? number, id: current.id, type: current.type });
  if (press.apply) activate(store);
}

export function createInPanel(box: Box, seed: LabExtensionSeed, press: Press = {}): void {
  const { settings, store } = box;
  if (numbered(store.saved, seed.number) !== undefined)
    throw new Error(`extension ${seed.number} exists on ${settings.name}`);
  save(store, withPort(newExtension(seed, takeId(store)), box));
  if (press.apply) activate(store);
}

export function removeInPanel({ settings, store }: Box, number: string, press: Press = {}): void {
  discard(store, known(store.saved, number, settings.name).id);
  if (press.apply) activate(store);
}

/** Back to the factory's configuration; the API is set up again with the same client. */
export function emptyBox(box: Box): void {
  box.store.saved.clear();
  box.registrar.book.clear();
  box.access.grants = [];
  box.calls = noCalls();
  box.plan = startPlan({});
  activate(box.store);
}

function known(state: ReadonlyMap<string, StoredExtension>, number: string, box: string): StoredExtension {
  const extension = numbered(state, number);
  if (extension === undefined) throw new Error(`no extension ${number} on ${box}`);
  return extension;
}
