import type { Device } from './answers.ts';
import { type Box, fetchDevice, fetchMenus } from './box.ts';
import { fetchInventory, type Inventory } from './inventory.ts';
import type { Menus } from './menus.ts';
import { fetchPasswords } from './passwords/fetch.ts';
import { keysIn, type Look } from './reading.ts';

/** What a session remembers of the box. */
export interface Memory {
  device?: Device;
  menus?: Menus;
  /** Keys of the SIP extensions at the last whole reading; null = there was none. */
  keys?: ReadonlySet<string> | null;
}

/** Looks at the whole box, or at some numbers of it: then what the session knows of the box itself is not asked for again. */
export async function readBox(box: Box, memory: Memory, keys?: readonly string[]): Promise<Look> {
  if (keys === undefined) return readWhole(box, memory);
  memory.device ??= await fetchDevice(box);
  memory.menus ??= await fetchMenus(box);
  const { device, menus } = memory;
  const inventory = await fetchInventory(box, keys);
  return {
    device,
    menus,
    ...inventory,
    keys: memory.keys === undefined ? keysIn(inventory.found) : memory.keys,
    passwords: await passwordsFor(box, inventory),
  };
}

async function readWhole(box: Box, memory: Memory): Promise<Look> {
  const device = await fetchDevice(box);
  const menus = await fetchMenus(box);
  const inventory = await fetchInventory(box);
  const keys = keysIn(inventory.found);
  Object.assign(memory, { device, menus, keys });
  return { device, menus, ...inventory, keys, passwords: null };
}

/**
 * One request for each, so never for a whole box: a plan of a thousand extensions would take a thousand, and carry a thousand live
 * passwords. Who may write asks for those it has just written, or that it sets up a phone for.
 */
async function passwordsFor(box: Box, { found }: Inventory): Promise<Look['passwords']> {
  if (box.link.context.purpose !== 'write') return null;
  const ids = found.flatMap(({ detail }) => (detail.type === 'sip' ? [detail.id] : []));
  return ids.length === 0 ? null : fetchPasswords(box, ids);
}
