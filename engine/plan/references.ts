import {
  type ActualView,
  type Desired,
  resourceAddress,
  type Scalar,
  type State,
  stateKey,
  targetOf,
} from '../model/index.ts';
import type { TargetView } from './input.ts';

/**
 * Fills in what a resource takes from another one: as the YAML declares it there, else as the other target shows it, else as it was
 * last applied. What none of them says stays out of `values`: it is known after apply. Secrets that the PBX gives get the fingerprint
 * of what it shows now as their marker.
 */
export function resolveReferences(
  desired: readonly Desired[],
  views: readonly TargetView[],
  state: Pick<State, 'resources'>,
): readonly Desired[] {
  if (!desired.some(takesFromOthers)) return desired;
  const byAddress = new Map(desired.map((one) => [one.address, one]));
  const shown = shownBy(views);
  const keys = new Map(views.map(({ target }) => [target.address, target.key]));
  return desired.map((one) => {
    if (!takesFromOthers(one)) return one;
    const entry = state.resources[stateKey(keys.get(targetOf(one.address)) ?? '', one.kind, one.key)];
    const taken = Object.entries(one.references).flatMap(([field, from]): [string, Scalar][] => {
      const there =
        byAddress.get(from.address)?.values[from.field] ?? shown(from.address)?.values[from.field];
      const value = there ?? (isRead(from.address, views) ? undefined : entry?.values[field]);
      return value === undefined ? [] : [[field, value]];
    });
    return {
      ...one,
      values: { ...withoutTaken(one), ...Object.fromEntries(taken) },
      secrets: marked(one, shown),
    };
  });
}

/** Fields of a resource whose value only an apply will tell. */
export function unknownFields({ references, values }: Desired): readonly string[] {
  return Object.keys(references).filter((field) => values[field] === undefined);
}

type Shown = (address: string) => ActualView | undefined;

function takesFromOthers({ references, secrets }: Desired): boolean {
  return Object.keys(references).length > 0 || Object.values(secrets).some(({ source }) => source === 'pbx');
}

/** An earlier resolution is not believed: the other target may show something else by now. */
function withoutTaken({ values, references }: Desired): Desired['values'] {
  return Object.fromEntries(Object.entries(values).filter(([field]) => !(field in references)));
}

function marked(one: Desired, shown: Shown): Desired['secrets'] {
  const [extension = ''] = one.dependsOn;
  const secrets = Object.entries(one.secrets).map(([field, secret]) => {
    if (secret.source !== 'pbx' || one.kind === 'extension') return [field, secret] as const;
    const print = shown(extension)?.fingerprints.sip;
    return [field, { ...secret, marker: typeof print === 'string' ? `pbx:${print}` : null }] as const;
  });
  return Object.fromEntries(secrets);
}

function isRead(address: string, views: readonly TargetView[]): boolean {
  return views.some(({ target, status }) => target.address === targetOf(address) && status === 'read');
}

/** What the targets show, by the address that the YAML would give it. */
function shownBy(views: readonly TargetView[]): Shown {
  const all = views.flatMap(({ target, reading }) =>
    (reading?.resources ?? []).map(
      (one) => [resourceAddress(target.address, one.kind, one.key), one] as const,
    ),
  );
  const byAddress = new Map(all);
  return (address) => byAddress.get(address);
}
