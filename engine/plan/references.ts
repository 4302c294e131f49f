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
 * last applied, if it was the same one. What none of them says stays out of `values`: it is known after apply. Secrets that the PBX gives get the fingerprint
 * of what it shows now as their marker.
 */
export function resolveReferences(
  desired: readonly Desired[],
  views: readonly TargetView[],
  state: Pick<State, 'resources'>,
): readonly Desired[] {
  if (!desired.some(takesFromOthers)) return desired;
  const byAddress = new Map(desired.map((one) => [one.address, one]));
  const viewOf = new Map(views.map((view) => [view.target.address, view]));
  const shown: Shown = (address) => {
    const view = viewOf.get(targetOf(address));
    return view === undefined ? undefined : resourcesOf(view).get(address);
  };
  const isRead = (address: string): boolean => viewOf.get(targetOf(address))?.status === 'read';
  const isGuided = (address: string): boolean => viewOf.get(targetOf(address))?.status === 'guided';
  return desired.map((one) => {
    if (!takesFromOthers(one)) return one;
    const targetKey = viewOf.get(targetOf(one.address))?.target.key ?? '';
    const entry = state.resources[stateKey(targetKey, one.kind, one.key)];
    const taken = Object.entries(one.references).flatMap(([field, from]): [string, Scalar][] => {
      const there =
        byAddress.get(from.address)?.values[from.field] ?? shown(from.address)?.values[from.field];
      const last = entry?.dependsOn.includes(from.address) === true ? entry.values[field] : undefined;
      const foreseen = isGuided(from.address)
        ? byAddress.get(from.address)?.computed?.[from.field]
        : undefined;
      const value = there ?? (isRead(from.address) ? undefined : (last ?? foreseen));
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

/** Each view is indexed once, however often something is looked up in it: hundreds of phones take from one PBX, each in its turn. */
const indexed = new WeakMap<TargetView, ReadonlyMap<string, ActualView>>();

/** What a target shows, by the address that the YAML would give it. */
function resourcesOf(view: TargetView): ReadonlyMap<string, ActualView> {
  const known = indexed.get(view);
  if (known !== undefined) return known;
  const { target, reading } = view;
  const resources = (reading?.resources ?? []).map(
    (one) => [resourceAddress(target.address, one.kind, one.key), one] as const,
  );
  const found = new Map(resources);
  indexed.set(view, found);
  return found;
}
