import type { Compiled } from '../../engine/compile/index.ts';
import {
  type Change,
  type Desired,
  digestOf,
  type GuidedState,
  type Kind,
  keyOfState,
  type State,
  type StateEntry,
  type Target,
  targetOf,
} from '../../engine/model/index.ts';
import {
  type ClientInput,
  defaultLimits,
  everything,
  guidedPart,
  planClient,
  resolveReferences,
  type TargetView,
} from '../../engine/plan/index.ts';
import type { Driver, FieldFact } from '../../providers/contract.ts';

/** A step that only a person can do. */
export interface HandOff {
  /** Alta's address: what `alta attest` takes. */
  readonly address: string;
  readonly kind: Kind;
  readonly key: string;
  /** State key. */
  readonly id: string;
  /** `whole` = all of it is done by hand, on a guided target; `fields` = some fields of what the provider makes. */
  readonly part: 'whole' | 'fields';
  /** Digest of what a person vouched for, which is what is desired now; null = nobody did. */
  readonly attested: string | null;
  readonly action: 'create' | 'update' | 'delete';
}

/** The YAML of one client with what Alta's own state says of its steps, as far as both are known without asking anybody. */
export interface HandedOff {
  /** With references filled in as far as they are known offline. */
  readonly desired: readonly Desired[];
  readonly handOffs: readonly HandOff[];
}

/**
 * What people do for this client, and what of it was vouched for. A guided target is judged by Alta's own plan, which goes by attestations
 * there: what that plan would ask for is not attested, what it would not ask for is settled. Contacts nobody: fields that only a reading
 * tells to be a person's are known once somebody attested them.
 */
export function handedOff(
  compiled: Compiled,
  state: State,
  drivers: ReadonlyMap<string, Driver | null>,
): HandedOff {
  const views = compiled.targets.map(unseen);
  const desired = resolveReferences(compiled.desired, views, state);
  const { changes } = planClient(inputOf(compiled, state, desired, views));
  const asked = new Map(changes.filter(isWhole(compiled)).map((change) => [keyOfState(change), change]));
  const targets = new Map(compiled.targets.map((target) => [target.address, target]));
  const declared = desired.flatMap((one) => {
    const target = targets.get(targetOf(one.address));
    if (target === undefined) return [];
    const id = keyOfState({ targetKey: target.key, kind: one.kind, key: one.key });
    const found =
      target.mode === 'guided'
        ? wholeStep(one, id, state.guided[id], asked.get(id))
        : fieldsStep(one, id, state, drivers.get(target.driver) ?? null);
    return found ?? [];
  });
  return { desired, handOffs: [...declared, ...[...asked.values()].filter(isRemoval).map(removal)] };
}

/** Guided targets go by state; nobody else was asked. */
function unseen(target: Target): TargetView {
  const status = target.mode === 'guided' ? 'guided' : 'skipped';
  return { target, status, reading: null, diagnostics: [] };
}

function isWhole({ targets }: Compiled): (change: Change) => boolean {
  const guided = new Set(targets.filter(({ mode }) => mode === 'guided').map(({ address }) => address));
  return (change) => guided.has(change.target) && guidedPart(change) !== null;
}

/** Null where the step was settled without anybody's word: it was there before the target became a person's. */
function wholeStep(
  { address, kind, key }: Desired,
  id: string,
  guided: GuidedState | undefined,
  change: Change | undefined,
): HandOff | null {
  const base = { address, kind, key, id, part: 'whole' } as const;
  const part = change === undefined ? null : guidedPart(change);
  if (part !== null && (guided?.attested === undefined || guided.digest !== part.digest)) {
    return { ...base, attested: null, action: part.action };
  }
  return guided?.attested === undefined ? null : { ...base, attested: guided.digest, action: guided.action };
}

/** Fields that the driver's facts or an earlier run give to a person. Null where there are none. */
function fieldsStep(desired: Desired, id: string, state: State, driver: Driver | null): HandOff | null {
  const { address, kind, key, values } = desired;
  const facts = driver?.facts.kinds[kind]?.fields ?? {};
  const recorded = recordOfFields(state.guided[id], state.resources[id], facts);
  const named = [
    ...Object.keys(facts).filter((field) => facts[field]?.write === 'guided'),
    ...Object.keys(recorded?.values ?? {}),
  ];
  const fields = [...new Set(named)].filter((field) => field in values);
  if (fields.length === 0) return null;
  const same = fields.every((field) => recorded?.values[field] === values[field]);
  const attested = recorded?.attested !== undefined && same ? recorded.digest : null;
  return { address, kind, key, id, part: 'fields', attested, action: 'update' };
}

/**
 * What state has of a step about fields. What was vouched for while all of the target was done by hand is none: it was written into state as
 * applied in the same moment. What nobody vouched for counts only where the driver does not claim to write it.
 */
function recordOfFields(
  guided: GuidedState | undefined,
  entry: StateEntry | undefined,
  facts: Readonly<Record<string, FieldFact>>,
): GuidedState | undefined {
  if (guided?.attested !== undefined) return entry?.appliedAt === guided.attested.at ? undefined : guided;
  const byMachine = Object.keys(guided?.values ?? {}).some((field) => facts[field]?.write === 'yes');
  return guided?.action === 'update' && !byMachine ? guided : undefined;
}

function isRemoval({ action }: Change): boolean {
  return action === 'delete';
}

function removal(change: Change): HandOff {
  const { address, kind, key } = change;
  return { address, kind, key, id: keyOfState(change), part: 'whole', attested: null, action: 'delete' };
}

function inputOf(
  compiled: Compiled,
  state: State,
  desired: readonly Desired[],
  views: readonly TargetView[],
): ClientInput {
  return {
    client: compiled.client,
    status: compiled.status,
    tree: '',
    state,
    desired,
    views,
    desiredElsewhere: new Set<string>(),
    released: compiled.released,
    referenced: compiled.referenced,
    selection: everything,
    versions: {},
    limits: defaultLimits,
    diagnostics: [],
  };
}

/** What a resource comes to for whoever must know that it changed: its values, and which version of each secret. Never a secret. */
export function wishOf({ values, references, secrets, leave = [], protect }: Desired): string {
  const versions = Object.fromEntries(
    Object.entries(secrets).map(([field, { name, source, marker }]) => [
      field,
      [name, source, revOf(marker)],
    ]),
  );
  return digestOf({ values, references, versions, leave, protect });
}

/** The random rev of a secret. Fingerprints of values (`hmac:…`, `pbx:…`) stay out of Terraform's files. */
export function revOf(marker: string | null): string | null {
  return marker === null || marker.includes(':') ? null : marker;
}
