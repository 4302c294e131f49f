import type { FormLine, Scalar } from '../../../engine/model/index.ts';
import type { GuidedChange } from '../../contract.ts';
import { type Control, lineOf, press } from '../../panel.ts';
import { partsOf } from './fields.ts';

/**
 * The tabs of Extension and Trunk › Extension › Add, in the order they are filled in. Labels as in the columns of the vendor's file for
 * import [vendor-docs]; names of the tabs as in the vendor's tests of the panel [vendor-code]; which label is on which tab is [inference].
 */
const tabs: readonly { readonly tab: string; readonly controls: readonly Control[] }[] = [
  {
    tab: 'User',
    controls: [
      { label: 'First Name', field: 'firstName' },
      { label: 'Last Name', field: 'lastName' },
      { label: 'Email Address', field: 'email' },
      { label: 'Mobile Number', field: 'mobile' },
      { label: 'User Password', field: 'portal' },
      { label: 'User Role', field: 'role', shown: roleShown },
      { label: 'Organization', field: 'department' },
      { label: 'Job Title', field: 'title' },
      { label: 'Extension Number', field: 'number' },
      { label: 'Caller ID', field: 'callerId' },
      { label: 'Registration Name', field: 'registrationName' },
      { label: 'Registration Password', field: 'sip' },
      { label: 'IP Phone Concurrent Registrations', field: 'concurrentRegistrations' },
    ],
  },
  {
    tab: 'Voicemail',
    controls: [
      { label: 'Enable Voicemail', field: 'voicemail' },
      { label: 'Voicemail Access PIN', field: 'pin' },
    ],
  },
  { tab: 'Advanced', controls: [{ label: 'NAT', field: 'nat' }] },
  { tab: 'Security', controls: [{ label: 'Disable Outbound Calls', field: 'internalOnly' }] },
];

function roleShown(role: Scalar): string {
  return role === 'admin' ? 'Administrator' : 'None';
}

const list = ['Extension and Trunk', 'Extension'];

/** The panel's form for a change: only what changes, Save, and the Apply that the panel then offers. Pure. */
export function form(change: GuidedChange): readonly FormLine[] {
  const open: FormLine = { do: 'open', path: list };
  const edit: FormLine = { do: 'open', path: [...list, change.key] };
  switch (change.action) {
    case 'create':
      return [open, press('Add'), press('SIP Extension'), ...entries(withNumber(change)), ...saved];
    case 'update':
      return [edit, ...entries(change), ...saved];
    case 'delete':
      return [edit, press('Delete'), press('Apply')];
  }
}

const saved: readonly FormLine[] = [press('Save'), press('Apply')];

/** The registration name is the number where nothing else is declared; the panel would make one up. [vendor-docs] */
function withNumber(change: GuidedChange): GuidedChange {
  const { key, values } = change;
  return { ...change, values: { registrationName: key, ...values, number: key } };
}

function entries(change: GuidedChange): readonly FormLine[] {
  const parted = { ...change, values: { ...change.values, ...namesOf(change) } };
  return tabs.flatMap(({ tab, controls }) => {
    const lines = controls.flatMap((control) => lineOf(control, parted));
    return lines.length === 0 ? [] : [{ do: 'open', path: [tab] } as const, ...lines];
  });
}

/** The panel asks for a name in two parts. An empty second one is told where an old one may stand there. */
function namesOf({ action, values: { name } }: GuidedChange): GuidedChange['values'] {
  if (name === undefined) return {};
  const { first, last } = partsOf(String(name));
  return { firstName: first, ...(last === '' && action === 'create' ? {} : { lastName: last }) };
}
