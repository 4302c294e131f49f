import { type Change, type FieldChange, type SecretMarker, stateKey } from '../../engine/model/index.ts';
import { beforeOf } from '../../engine/plan/index.ts';
import type { Situation } from './situation.ts';

/** The change with the account's password in it, whatever else it holds: the phone gets the secret that its PBX goes back to. */
export function withPassword({ change, desired, target, actual }: Situation): Change | null {
  const { password } = desired.secrets;
  if (password === undefined) return change;
  if (change === null) return base(password);
  if (change.fields.some(({ sensitive }) => sensitive)) return change;
  const revs = { ...change.revs, password: password.marker };
  return { ...change, action: 'update', fields: [...change.fields, again], revs };

  function base({ marker }: SecretMarker): Change {
    const { address, kind, key, dependsOn } = desired;
    return {
      address,
      target: target.address,
      targetKey: target.key,
      kind,
      key,
      action: 'update',
      section: 'drift',
      means: 'api',
      fields: [again],
      before: beforeOf(actual),
      revs: { password: marker },
      after: dependsOn,
      blocked: null,
    };
  }
}

const again: FieldChange = {
  field: 'password',
  before: null,
  after: null,
  sensitive: true,
  unknown: false,
  why: 'drift',
  guided: false,
};

/** The state key of a target's resource, without looking at it. */
export function keyOn({ target, desired }: Pick<Situation, 'target' | 'desired'>): string {
  return stateKey(target.key, desired.kind, desired.key);
}
