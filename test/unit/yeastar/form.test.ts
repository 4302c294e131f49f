import { expect, it } from 'vitest';
import { driver } from '../../../providers/pbx/yeastar/driver.ts';
import { targetAt } from './support.ts';

const target = targetAt('https://192.0.2.10:8088');

it('fills in a new extension in the order of the panel', () => {
  const lines = driver.form(
    {
      action: 'create',
      kind: 'extension',
      key: '10',
      values: { nat: true, concurrentRegistrations: 2, name: 'Almacén' },
      secrets: { sip: 'extensions/sede/10/sip' },
    },
    target,
  );
  expect(lines).toEqual([
    { do: 'open', path: ['Settings', 'Extensions'] },
    { do: 'press', label: 'Add' },
    { do: 'open', path: ['Basic'] },
    { do: 'set', label: 'Type', value: 'SIP' },
    { do: 'set', label: 'Extension', value: '10' },
    { do: 'set', label: 'Caller ID Name', value: 'Almacén' },
    { do: 'set', label: 'Registration Name', value: '10' },
    { do: 'secret', label: 'Registration Password', name: 'extensions/sede/10/sip' },
    { do: 'set', label: 'Concurrent Registrations', value: '2' },
    { do: 'open', path: ['Advanced'] },
    { do: 'set', label: 'NAT', value: 'true' },
    { do: 'press', label: 'Save' },
    { do: 'press', label: 'Apply' },
  ]);
});

it('asks only for what changes', () => {
  const change = {
    action: 'update',
    kind: 'extension',
    key: '10',
    values: { nat: true },
    secrets: {},
  } as const;
  expect(driver.form(change, target)).toEqual([
    { do: 'open', path: ['Settings', 'Extensions', '10'] },
    { do: 'open', path: ['Advanced'] },
    { do: 'set', label: 'NAT', value: 'true' },
    { do: 'press', label: 'Save' },
    { do: 'press', label: 'Apply' },
  ]);
});

it('deletes and applies', () => {
  const change = { action: 'delete', kind: 'extension', key: '10', values: {}, secrets: {} } as const;
  expect(driver.form(change, target)).toEqual([
    { do: 'open', path: ['Settings', 'Extensions', '10'] },
    { do: 'press', label: 'Delete' },
    { do: 'press', label: 'Apply' },
  ]);
});
