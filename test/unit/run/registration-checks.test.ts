import { describe, expect, it } from 'vitest';
import type { Desired, Values } from '../../../engine/model/index.ts';
import { registrationChecks } from '../../../engine/run/verify/registration-checks.ts';
import type { Registration } from '../../../providers/contract.ts';

const ten = 'acme/pbx:main/extension:10';

function resource(address: string, dependsOn: readonly string[] = [], values: Values = {}): Desired {
  const [, kind = 'extension', key = ''] = /\/(\w+):([^/]+)$/.exec(address) ?? [];
  return {
    address,
    kind: kind === 'account' ? 'account' : 'extension',
    key,
    values,
    secrets: {},
    references: {},
    dependsOn,
    protect: false,
    adopt: 'no',
    origin: { filename: 'clients/acme/client.yaml', path: [] },
  };
}

const account = (device: string, values: Values = {}, on = [ten]): Desired =>
  resource(`acme/device:${device}/account:1`, on, values);

const said = (status: Registration['status']): Registration => ({ key: '', status, evidence: status });

function results(desired: readonly Desired[], found: Readonly<Record<string, Registration['status']>>) {
  const answers = new Map(Object.entries(found).map(([address, status]) => [address, said(status)]));
  return registrationChecks(desired, answers).map(({ address, result, seen }) =>
    [address, result, seen].filter((part) => part !== undefined).join(' '),
  );
}

const phone = 'acme/device:phone/account:1';

describe('the check of a registration', () => {
  it.each([
    ['registered', 'passed'],
    ['unregistered', 'failed'],
    ['unknown', 'unknown'],
  ] as const)('of an account that is %s has %s', (status, result) => {
    expect(results([resource(ten), account('phone')], { [phone]: status })).toContain(`${phone} ${result}`);
  });

  it('of an account follows that of its extension', () => {
    const desired = [account('phone'), resource(ten), resource('acme/pbx:main/extension:11')];
    expect(results(desired, {})).toEqual([
      `${ten} unknown`,
      `${phone} unknown`,
      'acme/pbx:main/extension:11 unknown',
    ]);
  });

  it('of a line that is switched off is never expected, whatever it says', () => {
    const desired = [resource(ten), account('phone', { active: false })];
    expect(results(desired, { [ten]: 'unregistered', [phone]: 'registered' })).toEqual([
      `${ten} not-expected`,
      `${phone} not-expected`,
    ]);
  });

  it('is proven by the PBX where the device does not say', () => {
    expect(results([resource(ten), account('phone')], { [ten]: 'registered', [phone]: 'unknown' })).toEqual([
      `${ten} passed`,
      `${phone} unknown pbx-only`,
    ]);
  });

  it('is not proven by the PBX where two could have registered', () => {
    const desired = [resource(ten), account('phone'), account('mobile')];
    expect(results(desired, { [ten]: 'registered' })).toEqual([
      `${ten} passed`,
      `${phone} unknown`,
      'acme/device:mobile/account:1 unknown',
    ]);
  });

  it('does not count a line that is switched off among those that could have', () => {
    const desired = [resource(ten), account('phone'), account('mobile', { active: false })];
    expect(results(desired, { [ten]: 'registered' })).toContain(`${phone} unknown pbx-only`);
  });

  it('of an account without a declared extension is its own', () => {
    expect(results([account('phone', {}, [])], { [phone]: 'registered' })).toEqual([`${phone} passed`]);
  });
});
