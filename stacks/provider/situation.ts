import type { ActualView, Desired } from '../../engine/model/index.ts';
import {
  AltaError,
  type Change,
  type Diagnostic,
  type Secret,
  type StateEntry,
  stateKey,
  type Unverifiable,
} from '../../engine/model/index.ts';
import { type ClientInput, planClient } from '../../engine/plan/index.ts';
import type { ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { type Wanted, wantedOf, withDefaults } from './desired.ts';
import { inputFor } from './input.ts';
import { type Instance, type Place, placeOf } from './instance.ts';
import type { Memory } from './memory.ts';
import type { Sight } from './readings.ts';

/** One resource, seen from all sides: what a plan of it rests on. */
export interface Situation extends Place {
  /** State key. */
  readonly id: string;
  /** The configuration with its defaults. */
  readonly config: ValueObject;
  /** Normalised. */
  readonly desired: Desired;
  /** Write-only values of the configuration. */
  readonly given: Readonly<Record<string, Secret>>;
  /** Secret fields that the configuration only gives at apply. */
  readonly open: readonly string[];
  readonly sight: Sight;
  readonly actual: ActualView | null;
  /** What was last applied: Terraform's memory of it, or what a killed run was creating. */
  readonly entry: StateEntry | null;
  readonly input: ClientInput;
  /** What the engine would do about it; null = nothing. */
  readonly change: Change | null;
  readonly unverifiable: readonly Unverifiable[];
  /** Of the driver, of the target as it was read. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Looks at one resource as a plan of the embedded engine does, with the same code: so both come to the same changes.
 * @throws AltaError for a configuration that cannot be understood; what the target says is in `diagnostics`
 */
export async function situate(
  instance: Instance,
  shape: ResourceShape,
  config: ValueObject,
  memory: Memory,
): Promise<Situation> {
  const { hub, readings, client } = instance;
  const { vault } = hub.workspace;
  const place = placeOf(instance, String(config.target), addressOf(shape, config));
  const { target, driver } = place;
  const whole = withDefaults(shape, config, driver);
  const wanted = wantedOf(shape, whole, target, {
    scope: client,
    marker: (source) => vault.marker(source),
    fingerprint: (context, value) => vault.fingerprint(context, value),
  });
  const checked = driver.check(wanted.desired, target);
  const normal = await markedByPbx(instance, driver.normalise(consenting(wanted, memory), target));
  const sight = await readings.of(target);
  const actual = sight.find(shape.kind, normal.key);
  const id = stateKey(target.key, shape.kind, normal.key);
  const input = await inputFor(instance, { id, desired: normal, sight, actual, memory });
  const plan = planClient(input);
  const found = plan.changes.find(({ address }) => address === normal.address) ?? null;
  const objections =
    sight.view.reading === null ? [] : (driver.checkReading?.(normal, target, sight.view.reading) ?? []);
  return {
    ...place,
    config: whole,
    id,
    desired: normal,
    given: wanted.given,
    open: wanted.open,
    sight,
    actual,
    entry: input.state.resources[id] ?? null,
    input,
    change: found,
    unverifiable: plan.unverifiable.filter(({ address }) => address === normal.address),
    diagnostics: [...checked, ...objections],
  };
}

function addressOf({ keyAttribute, kind }: ResourceShape, config: ValueObject): string {
  return `${String(config.target)}/${kind}:${String(config[keyAttribute])}`;
}

/** An import is consent to the values of what is there. */
function consenting({ desired }: Wanted, memory: Memory): Desired {
  return memory.imported === true && desired.adopt === 'no' ? { ...desired, adopt: 'values' } : desired;
}

/** The secret that a PBX gives is known by the fingerprint of what it shows now. */
async function markedByPbx(instance: Instance, desired: Desired): Promise<Desired> {
  const [extension] = desired.dependsOn;
  const asks = Object.values(desired.secrets).some(({ source }) => source === 'pbx');
  if (desired.kind !== 'account' || extension === undefined || !asks) return desired;
  const print = await shownSecret(instance, extension);
  const secrets = Object.entries(desired.secrets).map(([field, secret]) => {
    if (secret.source !== 'pbx') return [field, secret] as const;
    return [field, { ...secret, marker: print === null ? null : `pbx:${print}` }] as const;
  });
  return { ...desired, secrets: Object.fromEntries(secrets) };
}

/** Keyed fingerprint of an extension's secret as its PBX shows it; null where it does not, or is not ours to ask. */
export async function shownSecret(instance: Instance, extension: string): Promise<string | null> {
  const target = instance.compiled.targets.find(({ address }) => extension.startsWith(`${address}/`));
  if (target === undefined || target.mode === 'guided') return null;
  const sight = await instance.readings.of(target);
  const key = extension.slice(extension.lastIndexOf(':') + 1);
  return sight.find('extension', key)?.fingerprints.sip ?? null;
}

/** Why a target could not be read, as an error; null where it was. */
export function unreadable({ view }: Sight): Diagnostic | null {
  if (view.reading !== null) return null;
  const { diagnostics, target } = view;
  const why = diagnostics.find(({ severity }) => severity === 'error') ?? diagnostics[0];
  if (why !== undefined) return why;
  throw new AltaError('internal', { message: `${target.address} was not read` });
}
