import { describe, expect, it } from 'vitest';
import { form } from '../../../../providers/device/yealink/form.ts';
import { seedValues } from './declared.ts';

const register = ['Account (Cuenta)', 'Register (Registro)'];

describe('the form', () => {
  it('of a new account is the procedure, field by field', () => {
    const secrets = { password: 'extensions/main/110/sip' };
    expect(form({ action: 'create', kind: 'account', key: '1', values: seedValues, secrets })).toEqual([
      { do: 'open', path: register },
      { do: 'set', label: 'Account', value: 'Account 1' },
      { do: 'set', label: 'Line Active', value: 'Enable' },
      { do: 'set', label: 'Label', value: 'Recepción' },
      { do: 'set', label: 'Display Name', value: 'Recepción Acme' },
      { do: 'set', label: 'Register Name', value: 'ext0301110' },
      { do: 'set', label: 'User Name', value: 'ext0301110' },
      { do: 'secret', label: 'Password', name: 'extensions/main/110/sip' },
      { do: 'set', label: 'Server Host', value: 'sip.acme.example' },
      { do: 'set', label: 'Port', value: '5060' },
      { do: 'set', label: 'Transport', value: 'UDP' },
      { do: 'set', label: 'Server Expires', value: '180' },
      { do: 'set', label: 'Server Retry Counts', value: '3' },
      { do: 'press', label: 'Confirm' },
      { do: 'open', path: [...register, 'Register Status: Registered'] },
    ]);
  });

  it('of an update holds what changes, and a page only where something is on it', () => {
    const lines = form({
      action: 'update',
      kind: 'account',
      key: '2',
      values: { keepAlive: 30 },
      secrets: {},
    });
    expect(lines).toEqual([
      { do: 'open', path: ['Account (Cuenta)', 'Advanced (Avanzado)'] },
      { do: 'set', label: 'Account', value: 'Account 2' },
      { do: 'set', label: 'Keep Alive Interval', value: '30' },
      { do: 'press', label: 'Confirm' },
      { do: 'open', path: [...register, 'Register Status: Registered'] },
    ]);
  });

  it('of a deletion switches the line off', () => {
    expect(form({ action: 'delete', kind: 'account', key: '2', values: seedValues, secrets: {} })).toEqual([
      { do: 'open', path: register },
      { do: 'set', label: 'Account', value: 'Account 2' },
      { do: 'set', label: 'Line Active', value: 'Disabled' },
      { do: 'press', label: 'Confirm' },
    ]);
  });
});
