import {
  AltaError,
  type Change,
  type Desired,
  errorDiagnostic,
  originOf,
  stateKey,
} from '../../engine/model/index.ts';
import { beforeOf } from '../../engine/plan/index.ts';
import { prepareWrite } from '../../engine/run/apply/write.ts';
import type { ApplyAnswer, ApplyRequest, Call, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { keyIn, valuesIn } from './desired.ts';
import { inputFor } from './input.ts';
import { type Instance, type Place, placeOfKnown } from './instance.ts';
import { decodeMemory, isStale, type Memory, nothingKnown } from './memory.ts';
import { isProtected } from './plan-destroy.ts';
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
  try {
    const memory = decodeMemory(plannedPrivate) ?? nothingKnown;
    if (isProtected(prior, memory.entry)) throw new AltaError('provider-protected', { address });
    const place = placeOfKnown(instance, prior, address);
    return await remove(instance, shape, { prior, address, memory, place }, call);
  } catch (error) {
    if (!(error instanceof AltaError)) throw error;
    return {
      state: prior,
      private: plannedPrivate,
      remarks: [remarkOfError(error, instance.lang, address, shape)],
    };
  }
}

interface Doomed {
  readonly prior: ValueObject;
  readonly address: string;
  readonly memory: Memory;
  readonly place: Place;
}

async function remove(
  instance: Instance,
  shape: ResourceShape,
  doomed: Doomed,
  call: Call,
): Promise<ApplyAnswer> {
  const { prior, address, memory, place } = doomed;
  const { target } = place;
  const desired = bare(shape, prior, address);
  const id = stateKey(target.key, shape.kind, desired.key);
  if (instance.made.has(id)) return { state: null };
  const sight = await instance.readings.of(target);
  const why = unreadable(sight);
  if (why !== null && memory.deferred === true && memory.entry === null) return { state: null };
  if (why !== null) throw new AltaError(why.code, why.params, { address });
  const actual = sight.find(shape.kind, desired.key);
  if (actual === null) {
    instance.claims.settle(id);
    return { state: null };
  }
  if (isStale(memory, id, beforeOf(actual))) {
    throw new AltaError('provider-stale', { address }, { written: 'nothing' });
  }
  const change = deletion(desired, place, beforeOf(actual));
  const sources = {
    desired: null,
    actual,
    entry: memory.entry,
    scope: instance.client,
    origin: originOf(target),
  };
  const prepared = await prepareWrite(change, sources, instance.hub.workspace.vault);
  const input = await inputFor(instance, { id, desired, sight, actual, memory });
  const { readings, hub, lang } = instance;
  const situation = { ...place, sight, input, desired };
  const announce = async (): Promise<void> => {};
  const delivered = await hub.convoys.send({ situation, prepared, readings, announce, signal: call.signal });
  const { diagnostic, commitFailed, reread } = delivered;
  const still = reread?.view.reading?.resources.some(
    (one) => one.kind === shape.kind && one.key === desired.key,
  );
  const open = delivered.result === 'done' && still === true;
  const problem =
    diagnostic ??
    commitFailed ??
    (open ? errorDiagnostic('provider-unconfirmed', { address, fields: '*' }) : null);
  if (problem === null) {
    instance.claims.settle(id);
    return { state: null };
  }
  return { state: prior, remarks: [remarkOf({ ...problem, address }, lang, shape)] };
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

function deletion({ address, kind, key }: Desired, { target }: Place, before: string): Change {
  return {
    address,
    target: target.address,
    targetKey: target.key,
    kind,
    key,
    action: 'delete',
    section: 'requested',
    means: 'api',
    fields: [],
    before,
    revs: {},
    after: [],
    blocked: null,
  };
}
