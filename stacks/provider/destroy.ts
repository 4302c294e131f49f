import {
  AltaError,
  type Desired,
  type Diagnostic,
  errorDiagnostic,
  originOf,
  stateKey,
  warningDiagnostic,
} from '../../engine/model/index.ts';
import { beforeOf } from '../../engine/plan/index.ts';
import { prepareWrite } from '../../engine/run/apply/write.ts';
import type { ApplyAnswer, ApplyRequest, Call, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import type { Delivered } from './convoy.ts';
import { deletion } from './deletion.ts';
import { keyIn, valuesIn } from './desired.ts';
import { inputFor } from './input.ts';
import { type Instance, type Place, placeOfKnown } from './instance.ts';
import { afterPlan, encodeMemory, isStale, type Memory, remembered } from './memory.ts';
import { deletionForm } from './panel.ts';
import { isProtected } from './plan-destroy.ts';
import type { Sight } from './readings.ts';
import { remarkOf, remarkOfError } from './remark.ts';
import { unreadable } from './situation.ts';

/** Deletes one resource. What is gone already is a success; what is protected stays. */
export async function destroyResource(
  instance: Instance,
  shape: ResourceShape,
  { prior, plannedPrivate }: ApplyRequest,
  call: Call,
): Promise<ApplyAnswer> {
  if (prior === null) return { state: null };
  const address = `${String(prior.target)}/${shape.kind}:${keyIn(shape, prior) ?? '?'}`;
  const memory = remembered(shape, prior, plannedPrivate);
  const kept = { state: prior, private: encodeMemory(afterPlan(memory)) };
  try {
    if (isProtected(prior, memory.entry)) throw new AltaError('provider-protected', { address });
    const place = await placeOfKnown(instance, prior, memory, address);
    if (place === null) return { state: null };
    const problem = await remove(instance, shape, { prior, address, memory, place }, call);
    if (problem === null) return { state: null };
    return { ...kept, remarks: [remarkOf({ ...problem, address }, instance.lang, shape)] };
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    return { ...kept, remarks: [remarkOfError(error, instance.lang, address, shape)] };
  }
}

interface Doomed {
  readonly prior: ValueObject;
  readonly address: string;
  readonly memory: Memory;
  readonly place: Place;
}

/** Null where it is gone. @throws AltaError where nothing was sent */
async function remove(
  instance: Instance,
  shape: ResourceShape,
  doomed: Doomed,
  call: Call,
): Promise<Diagnostic | null> {
  const { prior, address, memory, place } = doomed;
  const { target } = place;
  const desired = bare(shape, prior, address);
  const id = stateKey(target.key, shape.kind, desired.key);
  if (instance.made.has(id)) return null;
  const sight = await instance.readings.of(target);
  if (neverThere(sight, memory)) return null;
  refuseUnreadable(sight, address);
  const actual = sight.find(shape.kind, desired.key);
  if (actual === null) {
    instance.claims.settle(id);
    return null;
  }
  refuseStale(memory, id, beforeOf(actual), address);
  refuseByHand(shape, desired.key, sight, place, address);
  const change = deletion(shape.kind, desired.key, target, beforeOf(actual));
  if (!(await instance.puts.over(target.address, call.signal))) {
    return { ...warningDiagnostic('deletes-wait', { target: target.address }), severity: 'error' };
  }
  const { hub, readings, client, dues } = instance;
  const sources = { desired: null, actual, entry: memory.entry, scope: client, origin: originOf(target) };
  const prepared = await prepareWrite(change, sources, hub.workspace.vault);
  const input = await inputFor(instance, { id, desired, sight, actual, memory });
  const situation = { ...place, id, sight, input, desired };
  const announce = async (): Promise<void> => {
    // What was taken over meanwhile under another name of the configuration stays.
    if (instance.made.has(id)) throw new AltaError('provider-both-ways', { address }, { written: 'nothing' });
  };
  const load = { situation, prepared, readings, announce, dues, signal: call.signal };
  const problem = problemIn(await hub.convoys.send(load), desired);
  if (problem === null) instance.claims.settle(id);
  return problem;
}

/** A device that was away when Terraform was told of it never got it. */
function neverThere(sight: Sight, { deferred, entry, imported }: Memory): boolean {
  return unreadable(sight) !== null && deferred === true && entry === null && imported !== true;
}

function refuseUnreadable(sight: Sight, address: string): void {
  const why = unreadable(sight);
  if (why !== null) throw new AltaError(why.code, why.params, { address });
}

function refuseStale(memory: Memory, id: string, now: string, address: string): void {
  if (isStale(memory, id, now)) throw new AltaError('provider-stale', { address }, { written: 'nothing' });
}

function refuseByHand(
  { kind }: ResourceShape,
  key: string,
  { view }: Sight,
  place: Place,
  address: string,
): void {
  if (view.reading?.can.guidedActions[kind]?.includes('delete') !== true) return;
  const form = deletionForm(deletion(kind, key, place.target), place);
  throw new AltaError('provider-person-first', { address, form }, { written: 'nothing' });
}

function problemIn({ result, diagnostic, commitFailed, reread }: Delivered, { address, kind, key }: Desired) {
  const resources = reread?.view.reading?.resources ?? [];
  const still = resources.some((one) => one.kind === kind && one.key === key);
  const unconfirmed = errorDiagnostic('provider-unconfirmed', { address, fields: '*' });
  return diagnostic ?? commitFailed ?? (result === 'done' && still ? unconfirmed : null);
}

function bare(shape: ResourceShape, prior: ValueObject, address: string): Desired {
  return {
    address,
    kind: shape.kind,
    key: keyIn(shape, prior) ?? '',
    values: valuesIn(shape, prior),
    secrets: {},
    references: {},
    dependsOn: [],
    protect: false,
    adopt: 'no',
    origin: { filename: '', path: [] },
  };
}
