import type { Values } from '../../engine/model/index.ts';
import type { FormLine, GuidedChange } from '../contract.ts';
import { toNativeKey } from './dialect.ts';

/** Canonical field → the label on the panel, in the panel's order. */
const labels: Readonly<Record<string, string>> = {
  number: 'Extension',
  name: 'Full name',
  email: 'Mail',
  callerId: 'Outbound caller',
  role: 'Level',
  internalOnly: 'Internal calls only',
  concurrentRegistrations: 'Registrations',
  nat: 'NAT',
  department: 'Group',
  location: 'Location',
  voicemail: 'Voicemail',
  sip: 'SIP password',
  portal: 'Panel password',
  pin: 'PIN',
};

/** The panel's form for a change, line by line; a secret appears by its name alone. */
export function form(change: GuidedChange): readonly FormLine[] {
  const path = ['Telephony', 'Extensions'];
  if (change.action === 'create')
    return [{ do: 'open', path: [...path, 'New'] }, ...entries(change), ...ending('Save')];
  const open: FormLine = { do: 'open', path: [...path, toNativeKey(change.key)] };
  if (change.action === 'delete') return [open, ...ending('Delete')];
  return [open, ...entries(change), ...ending('Save')];
}

function entries(change: GuidedChange): readonly FormLine[] {
  const created: Values = change.action === 'create' ? { number: change.key } : {};
  const values: Values = { ...created, ...change.values };
  return Object.entries(labels).flatMap(([field, label]): readonly FormLine[] => {
    const value = values[field];
    const name = change.secrets[field];
    if (value !== undefined) return [{ do: 'set', label, value: String(value) }];
    return name === undefined ? [] : [{ do: 'secret', label, name }];
  });
}

function ending(button: string): readonly FormLine[] {
  return [
    { do: 'press', label: button },
    { do: 'press', label: 'Apply' },
  ];
}
