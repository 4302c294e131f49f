import { targetOf } from '../../engine/model/index.ts';
import type { HandOff } from './hand-off.ts';
import type { Reminder } from './model.ts';
import { handOffName } from './names.ts';
import type { Waiting } from './waiting.ts';

/**
 * One warning of every plan for each step that nobody vouched for. Terraform speaks English, so do they; it breaks lines that are not
 * indented, and a command must be copied whole.
 */
export function remindersOf(pending: readonly HandOff[], { on }: Waiting): readonly Reminder[] {
  const held = new Map<string, string[]>();
  for (const [address, step] of on) held.set(step, [...(held.get(step) ?? []), address]);
  return pending
    .map((step) => reminderOf(step, held.get(step.address) ?? []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const asked: Readonly<Record<HandOff['action'], string>> = {
  create: 'must be made by hand',
  update: 'must be changed by hand',
  delete: 'must be removed by hand',
};

function reminderOf(step: HandOff, waiting: readonly string[]): Reminder {
  const { address, part, action } = step;
  const what = part === 'fields' ? 'has fields that only a person can set' : asked[action];
  const held = waiting.length === 0 ? '' : ` Waiting for it: ${waiting.join(', ')}.`;
  return {
    name: nameOf(step),
    message: [
      `${address} ${what}, and nobody has vouched for it yet.${held}`,
      '',
      '  To see the steps:  alta attest',
      `  Once done:         alta attest ${address}`,
    ].join('\n'),
  };
}

/** A removal may stand beside what took its name. */
function nameOf({ address, kind, key, part, action }: HandOff): string {
  const label = targetOf(address).replace(/^[^:]*:/, '');
  const name = handOffName(kind, label, key);
  if (action === 'delete') return `${name}_removal`;
  return part === 'fields' ? `${name}_by_hand` : name;
}
