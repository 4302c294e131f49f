import type { ActualView, Change, Desired, StateEntry, Target } from '../../../engine/model/index.ts';
import { type ClientInput, resolveReferences } from '../../../engine/plan/index.ts';
import { actual, desired, entry, input, onlyChange, target } from './kit.ts';

/** A phone with one account of one extension, as {@link desired} and its kin are for a PBX. */
export const phone = (over: Partial<Target> = {}): Target =>
  target('mesa', { address: 'acme/device:mesa', kind: 'device', key: 'mac:1', ...over });
export const extension = 'acme/pbx:main/extension:10';
export const onPhone = 'acme/device:mesa/account:1';

export function account(over: Partial<Desired> = {}): Desired {
  return desired('1', {
    address: onPhone,
    kind: 'account',
    values: { label: 'Ana' },
    references: { registerName: { address: extension, field: 'registrationName' } },
    dependsOn: [extension],
    ...over,
  });
}

export function line(over: Partial<ActualView> = {}): ActualView {
  return actual('1', { kind: 'account', values: { label: 'Ana', registerName: '10' }, ...over });
}

export function ours(over: Partial<StateEntry> = {}): StateEntry {
  return entry('1', {
    address: onPhone,
    kind: 'account',
    targetKey: 'mac:1',
    values: { label: 'Ana', registerName: '10' },
    dependsOn: [extension],
    ...over,
  });
}

/** The one change of an input whose accounts take from their extensions. */
export function planOne(over: Partial<ClientInput>): Change {
  const all = input(over);
  return onlyChange({ ...over, desired: resolveReferences(all.desired, all.views, all.state) });
}
