/**
 * Ring groups, menus and queues: read alone. The vendor names the actions and no field of them (D); what they answer, clients have seen (C).
 * Who is in a queue is asked for in ways that nobody documents: not simulated.
 */
import type { Tenant } from './platform.ts';
import type { LabMeetipObject } from './settings.ts';
import { missing, UNKNOWN_OBJECT } from './texts.ts';
import { type Answer, type Call, phpMap } from './wire.ts';

/** Members and overflow are texts: numbers with commas between them, and one number or blank (C). */
export function listRingGroups({ tenant }: Call): Answer {
  return phpMap(objectsOf(tenant, 'Ring Group').map(([id, group]) => [id, summaryOf(group)]));
}

/** A map with one id, which repeats part of the list among the options (C); three of some twenty options. */
export function showRingGroup({ tenant, params: { id } }: Call): Answer {
  if (id === undefined) return missing('id');
  const group = new Map(objectsOf(tenant, 'Ring Group')).get(id);
  if (group === undefined) return UNKNOWN_OBJECT;
  const { last_dest, last_dest_vm, ...rest } = summaryOf(group);
  const options = { ring_strategy: 'all', timeout: '32', loops: '1', last_dest, last_dest_vm };
  return phpMap([[id, { ...rest, options }]]);
}

/** `type` 0 is the standard one (C). The words of `destination` C. */
export function listMenus({ tenant }: Call): Answer {
  return phpMap(
    objectsOf(tenant, 'IVR').map(([id, { name, number, keys = {}, disabled }]) => [
      id,
      {
        name,
        type: '0',
        ext: number,
        greeting: 'greeting-default',
        keymap: phpList(keys),
        status: disabled ? 'disabled' : 'enabled',
        operator: null,
      },
    ]),
  );
}

/** The number is called `number` here (C). */
export function listQueues({ tenant }: Call): Answer {
  return phpMap(
    objectsOf(tenant, 'Queue').map(([id, { name, number }]) => [
      id,
      { name, number, strategy: 'ringall', status: 'enabled' },
    ]),
  );
}

/** Of one kind, with made-up ids that are not their numbers. */
function objectsOf({ objects }: Tenant, kind: string): Array<[string, LabMeetipObject]> {
  const all = objects.map((object, index): [string, LabMeetipObject] => [String(FIRST_ID + index), object]);
  return all.filter(([, object]) => object.kind === kind);
}

const FIRST_ID = 31;

function summaryOf({ name, number, members = [], overflow, mailbox }: LabMeetipObject) {
  return {
    name,
    ext: number,
    destinations: members.join(','),
    last_dest: overflow ?? '',
    last_dest_vm: mailbox ? 'yes' : 'no',
  };
}

/** PHP writes a map whose keys count from 0 on as a list. */
function phpList(keys: NonNullable<LabMeetipObject['keys']>): object {
  const counted = Object.keys(keys).every((key, index) => key === String(index));
  return counted ? Object.values(keys) : keys;
}
