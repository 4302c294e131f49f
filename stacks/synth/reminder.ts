import { targetOf } from '../../engine/model/index.ts';
import type { HandOff } from './hand-off.ts';
import type { Reminder } from './model.ts';
import { handOffName } from './names.ts';
import type { Waiting } from './waiting.ts';

/** One warning of every plan for each step that nobody vouched for. Terraform speaks English, so do they. */
export function remindersOf(pending: readonly HandOff[], { on }: Waiting): readonly Reminder[] {
  return pending.map((step) => reminderOf(step, on)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

const asked: Readonly<Record<HandOff['action'], string>> = {
  create: 'must be made by hand',
  update: 'must be changed by hand',
  delete: 'must be removed by hand',
};

function reminderOf(step: HandOff, on: ReadonlyMap<string, string>): Reminder {
  const { address, part, action } = step;
  const waiting = [...on].filter(([, other]) => other === address).map(([name]) => name);
  const what = part === 'fields' ? 'has fields that only a person can set' : asked[action];
  const held = waiting.length === 0 ? '' : ` Waiting for it: ${waiting.join(', ')}.`;
  return {
    name: nameOf(step),
    message: `${address} ${what}, and nobody has vouched for it yet.${held} What to do: alta attest. Once it is done: alta attest ${address}`,
  };
}

/** A removal may stand beside what took its name. */
function nameOf({ address, kind, key, part, action }: HandOff): string {
  const label = targetOf(address).replace(/^[^:]*:/, '');
  const name = handOffName(kind, label, key);
  if (action === 'delete') return `${name}_removal`;
  return part === 'fields' ? `${name}_by_hand` : name;
}
