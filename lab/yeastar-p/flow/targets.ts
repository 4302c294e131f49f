import type { Box } from '../box.ts';
import { callerName } from '../record.ts';
import { numbered } from '../store.ts';
import { type Numbered, type Target, targetOf } from './plan.ts';
import type { LabYeastarPDestination } from './settings.ts';

/** An extension among the members of something (D). */
export interface Member {
  text: string;
  text2: string;
  value: string;
  type: 'extension';
}

/** Members by id; an extension that was deleted has left (I). */
export function membersOf(box: Box, numbers: readonly string[]): Member[] {
  const found = numbers.map((number) => numbered(box.store.saved, number));
  return found
    .filter((extension) => extension !== undefined)
    .map((extension) => ({
      text: callerName(extension),
      text2: extension.number,
      value: extension.id,
      type: 'extension',
    }));
}

/** Where a call goes, as the box says it: the kind and the record's id, or the number outside. */
export interface Aim {
  kind: Target['kind'];
  value: string;
}

/** A destination whose target is gone hangs up (I). */
export function aimOf(box: Box, destination: LabYeastarPDestination = 'end_call'): Aim {
  const { kind, number } = targetOf(destination);
  const value = kind === 'external_num' ? number : idOf(box, kind, number);
  return value === undefined ? { kind: 'end_call', value: '' } : { kind, value };
}

/** The three keys in which the details tell a destination, `<key>`, `<key>_prefix` and `<key>_value` (D). */
export function destinationKeys(
  box: Box,
  key: string,
  destination: LabYeastarPDestination | undefined,
): Record<string, string> {
  const { kind, value } = aimOf(box, destination);
  return { [key]: kind, [`${key}_prefix`]: '', [`${key}_value`]: value };
}

function idOf(box: Box, kind: Target['kind'], number: string): string | undefined {
  const { queues, ringGroups, ivrs } = box.plan;
  const byNumber = (entries: Array<Numbered<{ number: string }>>): string | undefined => {
    const found = entries.find((entry) => entry.number === number);
    return found === undefined ? undefined : String(found.id);
  };
  if (kind === 'queue') return byNumber(queues);
  if (kind === 'ring_group') return byNumber(ringGroups);
  if (kind === 'ivr') return byNumber(ivrs);
  return kind === 'end_call' ? '' : numbered(box.store.saved, number)?.id;
}
