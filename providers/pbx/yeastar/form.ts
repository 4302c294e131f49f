import type { FormLine, GuidedChange } from '../../contract.ts';
import { type Control, lineOf, press } from '../../panel.ts';

/** The tabs of Settings › Extensions › Add with the panel's labels, in the order they are filled in. [vendor-docs] */
const tabs: readonly { readonly tab: string; readonly controls: readonly Control[] }[] = [
  {
    tab: 'Basic',
    controls: [
      { label: 'Type', field: 'type' },
      { label: 'Extension', field: 'number' },
      { label: 'Caller ID Name', field: 'name' },
      { label: 'Caller ID', field: 'callerId' },
      { label: 'Registration Name', field: 'registrationName' },
      { label: 'Registration Password', field: 'sip' },
      { label: 'Concurrent Registrations', field: 'concurrentRegistrations' },
      { label: 'User Password', field: 'portal' },
      { label: 'Email', field: 'email' },
      { label: 'Mobile Number', field: 'mobile' },
    ],
  },
  {
    tab: 'Features',
    controls: [
      { label: 'Voicemail', field: 'voicemail' },
      { label: 'Voicemail PIN', field: 'pin' },
    ],
  },
  { tab: 'Advanced', controls: [{ label: 'NAT', field: 'nat' }] },
  { tab: 'Call Permission', controls: [{ label: 'Outbound Restriction', field: 'internalOnly' }] },
];

/** The panel's form for a change: only what changes, Save, and the Apply without which nothing takes effect. Pure. */
export function form(change: GuidedChange): readonly FormLine[] {
  const open: FormLine = { do: 'open', path: ['Settings', 'Extensions'] };
  const edit: FormLine = { do: 'open', path: ['Settings', 'Extensions', change.key] };
  switch (change.action) {
    case 'create':
      return [open, press('Add'), ...entries(withFixed(change)), press('Save'), press('Apply')];
    case 'update':
      return [edit, ...entries(change), press('Save'), press('Apply')];
    case 'delete':
      return [edit, press('Delete'), press('Apply')];
  }
}

/** What a new extension needs, declared or not. The registration name is the number where nothing else is declared. */
function withFixed(change: GuidedChange): GuidedChange {
  const { key, values } = change;
  return { ...change, values: { registrationName: key, ...values, type: 'SIP', number: key } };
}

function entries(change: GuidedChange): readonly FormLine[] {
  return tabs.flatMap(({ tab, controls }) => {
    const lines = controls.flatMap((control) => lineOf(control, change));
    return lines.length === 0 ? [] : [{ do: 'open', path: [tab] } as const, ...lines];
  });
}
