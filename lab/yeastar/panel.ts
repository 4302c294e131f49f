import type { LabExtension, LabExtensionSeed } from '../settings.ts';
import type { Box } from './box.ts';
import { activate, discard, save } from './config.ts';
import { md5 } from './login.ts';
import { newExtension } from './shape.ts';

/**
 * What a colleague does in the web panel: Save writes the configuration, the Apply button makes it run (D: manual).
 * The panel's own checks are left out, so that any situation can be set up. Field names are those of v2.0.0.
 */
export interface Press {
  apply?: boolean;
}

export function editInPanel(
  box: Box,
  number: string,
  fields: Record<string, string>,
  press: Press = {},
): void {
  const current = known(box, number);
  const login = fields.loginpassword ? { loginpassword: md5(fields.loginpassword) } : {};
  const next: LabExtension = { ...current, ...fields, ...login, number: fields.number ?? number };
  if (next.number !== number) discard(box.config, number);
  save(box.config, next);
  finish(box, press);
}

export function createInPanel(box: Box, seed: LabExtensionSeed, press: Press = {}): void {
  if (box.config.saved.has(seed.number))
    throw new Error(`extension ${seed.number} exists on ${box.settings.name}`);
  save(box.config, newExtension(seed, box.settings));
  finish(box, press);
}

export function removeInPanel(box: Box, number: string, press: Press = {}): void {
  discard(box.config, known(box, number).number);
  finish(box, press);
}

/** Back to the factory's configuration; the API account is set up again with the same credentials. */
export function emptyBox(box: Box): void {
  for (const state of [box.config.saved, box.config.running, box.config.pending]) state.clear();
  box.contacts.clear();
  box.groups.clear();
  box.calls.live.clear();
  box.access.tokens.clear();
  box.access.expired.clear();
  box.config.onRun();
}

function known(box: Box, number: string): LabExtension {
  const extension = box.config.saved.get(number);
  if (extension === undefined) throw new Error(`no extension ${number} on ${box.settings.name}`);
  return extension;
}

function finish(box: Box, press: Press): void {
  if (press.apply) activate(box.config);
}
