import {
  type ActualView,
  type Change,
  type Desired,
  type FieldChange,
  keyOfState,
  type StateEntry,
  type Target,
} from '../model/index.ts';
import type { Dependents } from './dependents.ts';
import type { ClientInput } from './input.ts';
import { beforeOf } from './match.ts';

/**
 * A SIP secret that somebody changed in the PBX goes back to the declared one. Whether he changed it on the phones too cannot be read there: they
 * are written with it, so that the revert cuts nobody off.
 */
export function followReverts(
  changes: readonly Change[],
  dependents: Dependents,
  input: ClientInput,
): readonly Change[] {
  const reverted = changes.filter(isRevert).flatMap((change) => dependents.get(keyOfState(change)) ?? []);
  if (reverted.length === 0) return changes;
  const planned = new Map(changes.map((change) => [keyOfState(change), change]));
  const phones = phonesIn(input);
  const added = reverted.flatMap((entry) => {
    const phone = phones.get(keyOfState(entry));
    return phone === undefined ? [] : (withPassword(planned.get(keyOfState(entry)), entry, phone) ?? []);
  });
  const replaced = new Map(added.map((change) => [keyOfState(change), change]));
  return [
    ...changes.map((change) => replaced.get(keyOfState(change)) ?? change),
    ...added.filter((change) => !planned.has(keyOfState(change))),
  ];
}

/** An account that can be written to now, with all that is known of it. */
interface Phone {
  readonly target: Target;
  readonly desired: Desired;
  readonly actual: ActualView;
}

function isRevert({ kind, action, means, fields }: Change): boolean {
  const secret = fields.some(({ field, why }) => field === 'sip' && why === 'drift');
  return kind === 'extension' && action === 'update' && means === 'api' && secret;
}

/** State key → account, of the devices that were read and are written to directly. */
function phonesIn({ views, desired }: ClientInput): ReadonlyMap<string, Phone> {
  const wanted = new Map(desired.map((one) => [one.address, one]));
  return new Map(
    views.flatMap(({ target, reading }) =>
      (target.publication === undefined ? (reading?.resources ?? []) : []).flatMap((actual) => {
        const one = wanted.get(`${target.address}/${actual.kind}:${actual.key}`);
        const id = keyOfState({ targetKey: target.key, kind: actual.kind, key: actual.key });
        return one === undefined ? [] : [[id, { target, desired: one, actual }] as const];
      }),
    ),
  );
}

/** Null where its password is written anyway, or is not ours to write. */
function withPassword(
  planned: Change | undefined,
  entry: StateEntry,
  { target, desired, actual }: Phone,
): Change | null {
  const { password } = desired.secrets;
  const ours = typeof entry.secrets.password?.marker === 'string' && typeof password?.marker === 'string';
  if (!ours || password?.source !== 'declared') return null;
  const revs = { password: password.marker };
  if (planned === undefined) {
    const { address, kind, key, dependsOn } = desired;
    const what = {
      address,
      target: target.address,
      targetKey: target.key,
      kind,
      key,
      action: 'update',
    } as const;
    const why = { section: 'drift', means: 'api', fields: [again], blocked: null } as const;
    return { ...what, ...why, before: beforeOf(actual), revs, after: dependsOn };
  }
  if (planned.fields.some(({ sensitive }) => sensitive)) return null;
  return {
    ...planned,
    action: 'update',
    fields: [...planned.fields, again],
    revs: { ...planned.revs, ...revs },
  };
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
