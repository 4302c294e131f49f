import type { Secret } from '../../../engine/model/index.ts';
import type { Capabilities, Reading, Registration } from '../../contract.ts';
import type { Detail, Device, Entry } from './answers.ts';
import { editionOf } from './box.ts';
import type { Lists } from './check-reading.ts';
import { toActual, toForeign } from './dialect.ts';
import { type Field, plainFields, probedFields } from './fields.ts';
import type { Found } from './inventory.ts';
import type { Menus } from './menus.ts';

/** What stands for an extension's organisations among the keys that it shows. */
const MEMBERSHIP = 'organization_list';

/** What was read of one box. */
export interface Look {
  readonly device: Device;
  readonly menus: Menus;
  /** Of the whole box. */
  readonly entries: readonly Entry[];
  /** With details: of all, or of those that were asked for. */
  readonly found: readonly Found[];
  /** Keys that the SIP extensions of this box showed in the last whole reading; null = there was none to judge by. */
  readonly keys: ReadonlySet<string> | null;
  /** By id; null = not asked for, or not shown. */
  readonly passwords: ReadonlyMap<number, Secret> | null;
}

/** Everything in one: what the box is, what it can, what it holds. Pure. */
export function readingOf(look: Look): Reading {
  const { device, menus, found, passwords } = look;
  return {
    edition: editionOf(device),
    identity: device.serial === '' ? {} : { serial: device.serial },
    can: capabilitiesOf(look),
    resources: found.map(({ entry, detail }) => {
      if (detail.type !== 'sip') return toForeign(detail, entry);
      const sip = passwords?.get(detail.id);
      return { ...toActual(detail, entry, menus), secrets: sip === undefined ? {} : { sip } };
    }),
    lists: listsOf(look),
  };
}

/** The keys that some details show, `organization_list` among them; null where none is of a SIP extension. */
export function keysIn(found: readonly Found[]): ReadonlySet<string> | null {
  const sip = found.map(({ detail }) => detail).filter(({ type }) => type === 'sip');
  return sip.length === 0 ? null : new Set(sip.flatMap(keysOf));
}

export function keysOf({ shown, departments }: Detail): readonly string[] {
  return [...Object.keys(shown), ...(departments === undefined ? [] : [MEMBERSHIP])];
}

/**
 * A field that no SIP extension shows is hidden on this box. The switches that nothing documents are then a person's job; so they are on a
 * box without a SIP extension, where nothing tells. SIP passwords are in no list: hidden, unless this reading asked for them.
 */
function capabilitiesOf({ keys, menus, passwords }: Look): Capabilities {
  const shows = ({ native }: Field) => keys?.has(native) === true;
  const switches = namesOf(probedFields).filter(([, field]) => !shows(field));
  const plain = keys === null ? [] : namesOf(plainFields).filter(([, field]) => !shows(field));
  const guided = switches.map(([name]) => name);
  const hidden = [
    ...plain.map(([name]) => name),
    ...guided,
    ...otherHidden(keys, menus),
    ...(passwords === null ? ['sip'] : []),
  ];
  return {
    guidedActions: {},
    guidedFields: guided.length === 0 ? {} : { extension: guided },
    hiddenFields: hidden.length === 0 ? {} : { extension: hidden },
    commit: false,
  };
}

function namesOf(table: Readonly<Record<string, Field>>): readonly (readonly [string, Field])[] {
  return Object.entries(table);
}

/** Organisations are known by their names only where the box tells these. */
function otherHidden(keys: ReadonlySet<string> | null, { departments }: Menus): readonly string[] {
  const shows = (...some: readonly string[]) => keys === null || some.some((key) => keys.has(key));
  const named = departments !== null && departments.length > 0;
  return [
    ...(shows('first_name', 'last_name') ? [] : ['name']),
    ...(shows('role_id') ? [] : ['role']),
    ...(named && shows(MEMBERSHIP) ? [] : ['department']),
  ];
}

function listsOf({ entries, menus: { departments, roles } }: Look): NonNullable<Reading['lists']> {
  const lists: Lists = {
    numbers: entries.map(({ number }) => number),
    ...(departments === null ? {} : { departments: departments.map(({ name }) => name) }),
    ...(roles === null ? {} : { roles: roles.map(({ name }) => name) }),
  };
  return { ...lists };
}

/** Registered or not, as the list tells for the SIP phones of each. */
export function registrationsOf(keys: readonly string[], entries: readonly Entry[]): readonly Registration[] {
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  return keys.map((key) => registrationOf(key, byNumber.get(key)));
}

function registrationOf(key: string, entry: Entry | undefined): Registration {
  if (entry === undefined) return { key, status: 'unknown', evidence: 'not in the list' };
  const { phone } = entry;
  if (phone === undefined)
    return { key, status: 'unknown', evidence: 'the list tells nothing of SIP phones' };
  return { key, status: phone.registered ? 'registered' : 'unregistered', evidence: phone.evidence };
}
