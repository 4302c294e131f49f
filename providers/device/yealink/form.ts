import type { FormLine, GuidedChange } from '../../contract.ts';
import { type Control, lineOf, press } from '../../panel.ts';

const lineActive: Control = {
  label: 'Line Active',
  field: 'active',
  shown: (value) => (value === false ? 'Disabled' : 'Enable'),
};

const cipher: Readonly<Record<string, string>> = {
  off: 'Disabled',
  optional: 'Optional',
  required: 'Compulsory',
};

/**
 * The pages of Account with the panel's labels, in the order they are filled in. [the procedure: Register, up to Server Retry Counts ·
 * field: the rest]
 */
const pages: readonly { readonly page: string; readonly controls: readonly Control[] }[] = [
  {
    page: 'Register (Registro)',
    controls: [
      lineActive,
      { label: 'Label', field: 'label' },
      { label: 'Display Name', field: 'displayName' },
      { label: 'Register Name', field: 'registerName' },
      { label: 'User Name', field: 'userName' },
      { label: 'Password', field: 'password' },
      { label: 'Server Host', field: 'server' },
      { label: 'Port', field: 'port' },
      { label: 'Transport', field: 'transport', shown: (value) => String(value).toUpperCase() },
      { label: 'Server Expires', field: 'expires' },
      { label: 'Server Retry Counts', field: 'retries' },
      { label: 'Outbound Proxy Server 1', field: 'outboundProxy' },
    ],
  },
  {
    page: 'Advanced (Avanzado)',
    controls: [
      { label: 'Keep Alive Interval', field: 'keepAlive' },
      {
        label: 'RTP Encryption (SRTP)',
        field: 'mediaEncryption',
        shown: (value) => cipher[String(value)] ?? String(value),
      },
      { label: 'SIP Registration Retry Timer', field: 'retryInterval' },
      { label: 'Voice Mail', field: 'voicemailNumber' },
    ],
  },
];

const menu = 'Account (Cuenta)';

/**
 * The panel's form for a change: the line, only what changes, Confirm; then where it shows that the phone registered. A deleted account
 * is a line that is switched off. Pure.
 */
export function form(change: GuidedChange): readonly FormLine[] {
  if (change.action !== 'delete')
    return [...pages.flatMap(({ page, controls }) => fill(page, controls, change)), ...proof(change)];
  const off: GuidedChange = { ...change, values: { active: false }, secrets: {} };
  return fill('Register (Registro)', [lineActive], off);
}

function fill(page: string, controls: readonly Control[], change: GuidedChange): readonly FormLine[] {
  const lines = controls.flatMap((control) => lineOf(control, change));
  if (lines.length === 0) return [];
  return [
    { do: 'open', path: [menu, page] },
    { do: 'set', label: 'Account', value: `Account ${change.key}` },
    ...lines,
    press('Confirm'),
  ];
}

/** A line that is off does not register. */
function proof({ values }: GuidedChange): readonly FormLine[] {
  if (values.active === false) return [];
  return [{ do: 'open', path: [menu, 'Register (Registro)', 'Register Status: Registered'] }];
}
