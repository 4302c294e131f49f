import { describe, expect, it } from 'vitest';
import type { Desired } from '../../../engine/model/index.ts';
import { type ClientInput, planClient, resolveReferences } from '../../../engine/plan/index.ts';
import { actual, changesOf, desired, entry, input, state, unread, view } from './kit.ts';
import { account, line, onPhone, ours, phone, planOne } from './phone-kit.ts';

const shown = actual('10', {
  values: { number: '10', registrationName: 'ext10' },
  fingerprints: { sip: 'hmac:1' },
});

function resolved(over: Partial<ClientInput>): Desired | undefined {
  const all = input(over);
  return resolveReferences(all.desired, all.views, all.state).find(({ address }) => address === onPhone);
}

describe('what an account takes from its extension', () => {
  const phones = view([], { target: phone() });

  it('is what the YAML declares there', () => {
    const declared = desired('10', { values: { registrationName: 'ana' } });
    const found = resolved({ desired: [declared, account()], views: [view([shown]), phones] });
    expect(found?.values).toEqual({ label: 'Ana', registerName: 'ana' });
  });

  it('is what the PBX shows, where nothing is declared', () => {
    const found = resolved({ desired: [desired('10'), account()], views: [view([shown]), phones] });
    expect(found?.values.registerName).toBe('ext10');
  });

  it('is not known while the extension is not there', () => {
    const found = resolved({
      desired: [desired('10'), account()],
      views: [view([]), phones],
      state: state([ours()]),
    });
    expect(found?.values.registerName).toBeUndefined();
  });

  it('is what was last applied, while the PBX cannot be read', () => {
    const views = [unread('unreachable'), phones];
    const found = resolved({ desired: [desired('10'), account()], views, state: state([ours()]) });
    expect(found?.values.registerName).toBe('10');
  });

  it('is not what was applied for another extension, while the PBX cannot be read', () => {
    const views = [unread('unreachable'), phones];
    const before = state([ours({ dependsOn: ['acme/pbx:main/extension:11'] })]);
    const found = resolved({ desired: [desired('10'), account()], views, state: before });
    expect(found?.values.registerName).toBeUndefined();
  });

  it('is not known where neither PBX nor state say it', () => {
    const found = resolved({ desired: [account()], views: [unread('guided')] });
    expect(found?.values).toEqual({ label: 'Ana' });
  });

  it('is what a PBX that people write to will compute', () => {
    const foreseen = desired('10', { computed: { registrationName: 'ext9000110' } });
    const views = [unread('guided'), phones];
    expect(resolved({ desired: [foreseen, account()], views })?.values.registerName).toBe('ext9000110');
    const behind = [unread('unreachable'), phones];
    expect(resolved({ desired: [foreseen, account()], views: behind })?.values.registerName).toBeUndefined();
  });

  it('replaces what was known before', () => {
    const before = account({ values: { label: 'Ana', registerName: 'old' } });
    const found = resolved({ desired: [desired('10'), before], views: [view([shown]), phones] });
    expect(found?.values.registerName).toBe('ext10');
  });

  it('is as good as the same list where nobody takes anything', () => {
    const all = input({ desired: [desired('10')] });
    expect(resolveReferences(all.desired, all.views, all.state)).toBe(all.desired);
  });
});

describe('a secret that the PBX makes', () => {
  const given = { password: { name: 'x', source: 'pbx', marker: null } } as const;

  it('has the fingerprint of what the PBX shows as its marker', () => {
    const views = [view([shown]), view([], { target: phone() })];
    const found = resolved({ desired: [desired('10'), account({ secrets: given })], views });
    expect(found?.secrets.password?.marker).toBe('pbx:hmac:1');
  });

  it('has none where the PBX does not show it', () => {
    const hidden = actual('10', { values: shown.values });
    const views = [view([hidden]), view([], { target: phone() })];
    const found = resolved({ desired: [account({ secrets: given })], views });
    expect(found?.secrets.password?.marker).toBeNull();
  });

  it('is asked of no account that depends on nothing', () => {
    const found = resolved({ desired: [account({ secrets: given, dependsOn: [] })], views: [view([shown])] });
    expect(found?.secrets.password?.marker).toBeNull();
  });

  it('leaves other secrets of the account as they are', () => {
    const both = { ...given, pin: { name: 'y', source: 'declared', marker: 'rev' } } as const;
    const found = resolved({ desired: [account({ secrets: both })], views: [view([shown])] });
    expect(found?.secrets.pin?.marker).toBe('rev');
  });

  it('is left to the PBX itself', () => {
    const made = desired('10', { secrets: { sip: { name: 'x', source: 'pbx', marker: null } } });
    expect(resolveReferences([made], [view([shown])], state([]))).toEqual([made]);
    expect(
      changesOf({ desired: [made], views: [view([actual('10')])], state: state([entry('10')]) }),
    ).toEqual([]);
  });

  it('is written again where the extension is made in the same apply', () => {
    const views = [view([]), view([line()], { target: phone() })];
    const change = planOne({
      desired: [account({ secrets: given })],
      views,
      state: state([ours({ secrets: { password: { marker: 'pbx:old' } } })]),
    });
    expect(change.fields.map(({ field, unknown }) => [field, unknown])).toEqual([
      ['registerName', true],
      ['password', false],
    ]);
  });

  it('is not compared where the PBX cannot be read', () => {
    const views = [unread('unreachable'), view([line()], { target: phone() })];
    const own = state([ours({ secrets: { password: { marker: 'pbx:old' } } })]);
    const all = input({ desired: [account({ secrets: given })], views, state: own });
    const plan = planClient({ ...all, desired: resolveReferences(all.desired, views, own) });
    expect(plan.unverifiable).toEqual([{ address: onPhone, field: 'password', code: 'no-marker' }]);
  });
});
