import { AltaError, errorDiagnostic, type StateEntry, stateKey } from '../../engine/model/index.ts';
import { beforeOf } from '../../engine/plan/index.ts';
import type { PlanAnswer, PlanRequest, ValueObject } from '../plugin/contract.ts';
import type { ResourceShape } from '../schema/resource.ts';
import { keyIn } from './desired.ts';
import { type Instance, placeOfKnown } from './instance.ts';
import { decodeMemory, encodeMemory, type Memory, nothingKnown } from './memory.ts';
import { remarkOf } from './remark.ts';

/** A deletion of what is there now: an apply refuses it where it has changed by then. */
export async function planDestroy(
  instance: Instance,
  shape: ResourceShape,
  { prior, priorPrivate }: PlanRequest,
): Promise<PlanAnswer> {
  const memory = decodeMemory(priorPrivate) ?? nothingKnown;
  if (prior === null) return { planned: null, private: priorPrivate };
  const address = `${String(prior.target)}/${shape.kind}:${keyIn(shape, prior) ?? '?'}`;
  if (isProtected(prior, memory.entry)) {
    const problem = errorDiagnostic('provider-protected', { address }, { address });
    return { planned: null, remarks: [remarkOf(problem, instance.lang, shape)] };
  }
  const rests = await seenNow(instance, shape, prior, address);
  return { planned: null, private: rests === null ? priorPrivate : encodeMemory({ ...memory, ...rests }) };
}

/** Null where it cannot be seen: an apply says why, and deletes nothing. */
async function seenNow(
  instance: Instance,
  shape: ResourceShape,
  prior: ValueObject,
  address: string,
): Promise<Pick<Memory, 'before' | 'about'> | null> {
  try {
    const { target } = placeOfKnown(instance, prior, address);
    const { view, find } = await instance.readings.of(target);
    const key = keyIn(shape, prior) ?? '';
    if (view.reading === null) return null;
    return { before: beforeOf(find(shape.kind, key)), about: stateKey(target.key, shape.kind, key) };
  } catch (error) {
    if (error instanceof AltaError) return null;
    throw error;
  }
}

export function isProtected(state: ValueObject, entry: StateEntry | null): boolean {
  return state.protect === true || entry?.protect === true;
}
